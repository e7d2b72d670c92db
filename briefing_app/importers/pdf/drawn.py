"""What is on a page beside its letters: the part that is seen, ruling lines, links."""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from pypdfium2 import PdfPage
    from pypdfium2.raw import FPDF_PAGEOBJECT

_MOST_OBJECTS = 5_000  # looked at for ruling lines
_MOST_LINKS = 1_000
_EVERYWHERE = re.compile(rb"Helvetica|Arial|Times|Courier|Symbol|ZapfDingbats")
_THIN = 2.0  # points; a ruling line is not wider


class Rule(NamedTuple):
    """A straight ruling line. Units: points, as a level page has them."""

    x0: float
    y0: float
    x1: float
    y1: float


class Box(NamedTuple):
    """The part of a page that is seen, in the page's own coordinates, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    def place(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """Return where a point lies when the text is held level, y downwards."""
        if turn == 1:
            return y - self.bottom, x - self.left
        if turn == 2:
            return self.right - x, y - self.bottom
        if turn == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def back(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """Return the point of the page that `place` was given."""
        if turn == 1:
            return self.left + y, self.bottom + x
        if turn == 2:
            return self.right - x, self.bottom + y
        if turn == 3:
            return self.right - y, self.top - x
        return self.left + x, self.top - y


def seen_of(page: PdfPage) -> Box:
    """Return the part of a page that is seen."""
    left, bottom, right, top = page.get_cropbox()
    outer = page.get_mediabox()
    cut = Box(max(left, outer[0]), max(bottom, outer[1]), min(right, outer[2]), min(top, outer[3]))
    return cut if cut.right - cut.left > 1 and cut.top - cut.bottom > 1 else Box(*outer)


class Links:
    """Where on a page a link leads: rectangles with addresses."""

    def __init__(self, places: list[tuple[Box, str]]) -> None:
        self._places = places

    def __bool__(self) -> bool:
        return bool(self._places)

    def at(self, x: float, y: float) -> str:
        """Return the address at a point, or nothing."""
        for box, target in self._places:
            if box.left <= x <= box.right and box.bottom <= y <= box.top:
                return target
        return ""


def links_of(pdfium: ModuleType, page: PdfPage) -> Links:
    """Return where on a page an address of the web or of mail is behind the text."""
    places: list[tuple[Box, str]] = []
    at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    for _ in range(_MOST_LINKS):
        if not pdfium.FPDFLink_Enumerate(page.raw, ctypes.byref(at), ctypes.byref(link)):
            break
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        size = pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, None, 0)
        rect = pdfium.FS_RECTF()
        if not 0 < size < 4096 or not pdfium.FPDFLink_GetAnnotRect(link, ctypes.byref(rect)):
            continue
        address = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, address, size)
        target = address.value.decode("utf-8", "replace").strip()
        if re.match(r"(?i)(?:https?|mailto):", target):
            places.append((Box(rect.left, rect.bottom, rect.right, rect.top), target))
    return Links(places)


def rules_of(pdfium: ModuleType, page: PdfPage, box: Box, turn: int) -> Iterator[Rule]:
    """Return the straight lines of a page, which tables are drawn with."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for number in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page.raw, number)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        places = (ctypes.byref(each) for each in (left, bottom, right, top))
        if not pdfium.FPDFPageObj_GetBounds(thing, *places):
            continue
        one = box.place(left.value, bottom.value, turn)
        two = box.place(right.value, top.value, turn)
        x0, x1 = sorted((one[0], two[0]))
        y0, y1 = sorted((one[1], two[1]))
        if (y1 - y0 <= _THIN < x1 - x0) or (x1 - x0 <= _THIN < y1 - y0):
            yield Rule(x0, y0, x1, y1)
        elif x1 - x0 > 4 * _THIN and y1 - y0 > 4 * _THIN and _is_frame(pdfium, thing):
            yield from (Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1))
            yield from (Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1))


def _is_frame(pdfium: ModuleType, thing: FPDF_PAGEOBJECT) -> bool:
    """Tell whether a path is a rectangle whose edges are drawn."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(thing, ctypes.byref(mode), ctypes.byref(stroked)):
        return False
    return bool(stroked.value) and pdfium.FPDFPath_CountSegments(thing) in (4, 5)


def lost_of(pdfium: ModuleType, page: PdfPage, known: frozenset[str]) -> frozenset[str]:
    """Return the fonts of texts that pdfium does not give, as it has no such font to measure them.

    The file does not hold these fonts, and this computer lacks them: SimSun in a Chinese file.
    `known` are fonts of which it gave letters.
    """
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    places = tuple(ctypes.byref(each) for each in (left, bottom, right, top))
    found: set[str] = set()
    for number in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page.raw, number)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        font = pdfium.FPDFTextObj_GetFont(thing)
        if not font or pdfium.FPDFFont_GetIsEmbedded(font) != 0:
            continue
        if pdfium.FPDFPageObj_GetBounds(thing, *places) and top.value <= bottom.value:
            name = ctypes.create_string_buffer(128)
            size = pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            if 1 < size <= len(name) and not _EVERYWHERE.match(name.value):
                found.add(name.value.decode("utf-8", "replace"))
    return frozenset(found - known)
