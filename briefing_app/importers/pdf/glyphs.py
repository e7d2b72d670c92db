"""What pdfium knows of a page: its letters with their places, its ruling lines, its links.

pdfium's own order and its invented blanks are not used: both are made anew from the places.
"""

from __future__ import annotations

import ctypes
import functools
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from briefing_app.importers.pdf.drawn import Box, Links, Rule, links_of, rules_of, seen_of

if TYPE_CHECKING:
    from types import ModuleType

    from pypdfium2 import PdfPage
    from pypdfium2.raw import FPDF_TEXTPAGE

MOST_LETTERS = 200_000  # of a page
_SAMPLED = 8  # one of so many letters is asked whether it is known
_SMALLEST = 1.0  # points; what is smaller is not meant to be read
_BOLD = re.compile(r"bold|black|heavy|demi\b|semibold|cmbx|sfbx|ecbx|-medi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|cmti|sfti|ecti|-ital|slanted", re.IGNORECASE)
_SIGNS = re.compile(r"dingbats|wingdings|webdings|marlett", re.IGNORECASE)
_SIGN = "\u2022"  # what a letter of such a font mostly is; what it looks like, nobody says
_FORCE_BOLD, _ITALIC_FLAG = 1 << 18, 1 << 6  # PDF 32000, table 123
_PLAIN = re.compile(
    "[\ufb00-\ufb06\ufb13-\ufb4f\ufb50-\ufdf1\ufdf3-\ufdff\ufe70-\ufefc\u2f00-\u2fd5]"
)
# pdfium makes 2 of a hyphen at the end of a line
_SPECIAL = {2: "-", 9: " ", 0xFFFE: "", 0xFFFF: ""}
_LAM_ALEF = re.compile("\u0644[\u0622\u0623\u0625\u0627]")
_MARKS = {  # what the symbol fonts of office programs put before list items
    "\uf0b7": "\u2022", "\uf0a7": "\u25aa", "\uf0d8": "\u25b8", "\uf0fc": "\u2713",
    "\uf0a8": "\u25aa", "\uf06e": "\u25a0", "\uf0e0": "\u2192", "\uf02d": "-",
}  # fmt: skip


class Glyph(NamedTuple):
    """A letter, or what a ligature stands for, as it lies when its line is held level.

    Units: points; x to the right, y downwards. `number` is pdfium's number of the letter on its page.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    italic: bool
    link: str
    owner: int
    number: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The letters of a page that run one way, and the size of the page held so.

    `turn` counts quarter turns of the text against the page; -1 is any other slant. `unknown` counts
    letters of which the file does not say what they stand for; `fonts` are those of all letters.
    """

    turn: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...] = ()
    unknown: int = 0
    fonts: frozenset[str] = frozenset()


class _Look(NamedTuple):
    turn: int
    size: float
    bold: bool
    italic: bool
    font: str
    signs: bool
    owner: int
    y: float


def sheets(page: PdfPage) -> tuple[Sheet, ...]:
    """Return the letters of a page by the way that they run; the way of most of them comes first."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 (170 ms that only a PDF is worth)

    box = seen_of(page)
    text = pdfium.FPDFText_LoadPage(page.raw)
    if not text:
        return ()
    try:
        reader = _Reader(pdfium, text, box, links_of(pdfium, page))
        found = reader.letters()
    finally:
        pdfium.FPDFText_ClosePage(text)
    ways = sorted(found, key=lambda turn: (turn < 0, -len(found[turn]), turn))
    rules = tuple(rules_of(pdfium, page, box, ways[0])) if ways and ways[0] >= 0 else ()
    width, height = box.right - box.left, box.top - box.bottom
    return tuple(
        Sheet(
            turn,
            *((height, width) if turn in (1, 3) else (width, height)),
            tuple(found[turn]),
            () if at else rules,
            0 if at else reader.unknown,
            reader.fonts,
        )
        for at, turn in enumerate(ways)
    )


class _Reader:
    """Reads the letters of a page; the buffers into which pdfium writes serve all of them."""

    def __init__(self, pdfium: ModuleType, text: FPDF_TEXTPAGE, box: Box, links: Links) -> None:
        self._pdfium = pdfium
        self._text = text
        self._box = box
        self._links = links
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._loose = pdfium.FS_RECTF()
        self._looks: dict[int, _Look] = {}
        self.unknown = 0

    @property
    def fonts(self) -> frozenset[str]:
        """The fonts of the letters that were read."""
        return frozenset(look.font for look in self._looks.values())

    def letters(self) -> dict[int, list[Glyph]]:
        """Return the letters by the turn of their text."""
        found: dict[int, list[Glyph]] = {}
        pending = ""
        pdfium, text = self._pdfium, self._text
        for index in range(min(pdfium.FPDFText_CountChars(text), MOST_LETTERS)):
            code = pdfium.FPDFText_GetUnicode(text, index)
            owner = pdfium.FPDFText_GetTextObject(text, index)
            if not owner or not code:
                continue
            if code == 32 and pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue  # a blank that pdfium made up
            character, pending = _character(code, pending)
            if not character:
                continue
            look = self._look(index, ctypes.addressof(owner.contents))
            if look.signs and character != " ":
                character = _SIGN
            glyph = self._glyph(index, character, look)
            if glyph is None:
                continue
            row = found.setdefault(look.turn, [])
            if row and row[-1].x0 == glyph.x0 and _same_place(row[-1], glyph):
                row[-1] = row[-1]._replace(text=row[-1].text + character, number=index)
            else:
                row.append(glyph)
        return {turn: [_turned(glyph) for glyph in row] for turn, row in found.items()}

    def _look(self, index: int, owner: int) -> _Look:
        if index % _SAMPLED == 0:
            asked = self._pdfium.FPDFText_HasUnicodeMapError(self._text, index)
            self.unknown += _SAMPLED * (asked == 1)
        if (look := self._looks.get(owner)) is None:
            self._pdfium.FPDFText_GetCharOrigin(self._text, index, self._x, self._y)
            look = _look(self._pdfium, self._text, index, owner, self._y.value)
            self._looks[owner] = look
        return look

    def _glyph(self, index: int, character: str, look: _Look) -> Glyph | None:
        """Return a letter; those of one text stand on one line, so its place is asked for once."""
        box, loose, turn = self._box, self._loose, look.turn
        if look.size < _SMALLEST:
            return None
        self._pdfium.FPDFText_GetLooseCharBox(self._text, index, loose)
        x, y = loose.left, look.y
        base = box.top - y
        if turn != 0:
            self._pdfium.FPDFText_GetCharOrigin(self._text, index, self._x, self._y)
            x, y = self._x.value, self._y.value
            _, base = box.place(x, y, max(turn, 0))
        if not _inside(box, x, y):
            return None
        if turn == 0:
            x0, x1 = loose.left - box.left, loose.right - box.left
        else:
            x0 = box.place(loose.left, loose.bottom, max(turn, 0))[0]
            x1 = box.place(loose.right, loose.top, max(turn, 0))[0]
        if x0 > x1:
            x0, x1 = x1, x0
        if x1 - x0 > 4 * look.size or x1 <= x0:  # a font that lies about itself
            x1 = x0 + 0.5 * look.size
        link = self._links.at(x, y) if self._links else ""
        return Glyph(
            character, x0, x1, base, look.size, look.bold, look.italic, link, look.owner, index
        )


def _character(code: int, pending: str) -> tuple[str, str]:
    """Return what a code stands for, and half of a pair that waits for the other half."""
    if 0xD800 <= code < 0xDC00:
        return "", chr(code)
    if 0xDC00 <= code < 0xE000:
        high = ord(pending) if pending else 0
        return (chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else ""), ""
    if 32 < code < 127:
        return chr(code), ""
    if code in _SPECIAL or code < 32 or code > 0x10FFFF:
        return _SPECIAL.get(code, ""), ""
    character = chr(code)
    if _PLAIN.match(character):
        character = unicodedata.normalize("NFKC", character)
    elif unicodedata.category(character) == "Co":
        character = _MARKS.get(character, "")
    return (" " if character.isspace() else character), ""


def _inside(box: Box, x: float, y: float) -> bool:
    return box.left - 2 <= x <= box.right + 2 and box.bottom - 2 <= y <= box.top + 2


def _turned(glyph: Glyph) -> Glyph:
    """Return a sign that stands for several letters with those in the order in which they are read.

    pdfium turns what a file says of a sign from right to left, but not what it takes apart itself.
    """
    text = glyph.text
    if len(text) < 2 or text.isascii() or _LAM_ALEF.fullmatch(text):
        return glyph
    if not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        return glyph
    return glyph._replace(text=text[::-1])


def _same_place(last: Glyph, new: Glyph) -> bool:
    return (
        last.number == new.number - 1
        and last.owner == new.owner
        and (last.x0, last.x1) == (new.x0, new.x1)
        and last.base == new.base
    )


def _look(pdfium: ModuleType, text: FPDF_TEXTPAGE, index: int, owner: int, y: float) -> _Look:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
    size = pdfium.FPDFText_GetFontSize(text, index)
    tall = math.hypot(matrix.c, matrix.d) or 1.0
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) if size >= 0 else 0.0
    quarter = round(angle / 90)
    turn = quarter % 4 if abs(angle - 90 * quarter) < 3 else -1
    name, flags = _font(pdfium, text, index)
    bold, italic, signs = _manner(name)
    return _Look(
        turn,
        abs(size) * tall,
        bold or bool(flags & _FORCE_BOLD),
        italic or bool(flags & _ITALIC_FLAG),
        name,
        signs,
        owner,
        y,
    )


@functools.lru_cache(256)
def _manner(font: str) -> tuple[bool, bool, bool]:
    """Return whether a font of this name is bold, slanted, and one of signs."""
    found = (pattern.search(font) for pattern in (_BOLD, _ITALIC, _SIGNS))
    bold, italic, signs = map(bool, found)
    return bold, italic, signs


def _font(pdfium: ModuleType, text: FPDF_TEXTPAGE, index: int) -> tuple[str, int]:
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    size = pdfium.FPDFText_GetFontInfo(text, index, name, len(name), ctypes.byref(flags))
    return (name.value.decode("utf-8", "replace") if 0 < size <= len(name) else ""), flags.value
