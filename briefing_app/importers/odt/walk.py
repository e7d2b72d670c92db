"""Go through the text of an OpenDocument and take every block of it, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.domain.text import clean_line
from briefing_app.importers import xml
from briefing_app.importers.body import Draft, Piece, code, running, table
from briefing_app.importers.links import clean_link

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from briefing_app.importers.odt.styles import Look, Styles

_SKIPPED = frozenset(
    ("tracked-changes", "annotation", "annotation-end", "sequence-decls", "variable-decls",
     "user-field-decls", "forms", "script", "ruby-text", "hidden-text", "hidden-paragraph",
     "note-citation", "title", "desc", "event-listeners", "index-title-template",
     "table-of-content-source", "bibliography-source", "alphabetical-index-source",
     "illustration-index-source", "table-index-source", "user-index-source", "object-index-source")
)  # fmt: skip
_LISTS = ("list", "ordered-list", "unordered-list")
_FRAMES = frozenset(
    ("frame", "g", "custom-shape", "rect", "ellipse", "circle", "polygon", "path", "caption",
     "text-box", "image", "object")
)  # fmt: skip
_SPACES = re.compile(r"\s+")
_MOST_SPACES = 1000
_MOST_REPEATED = 100  # cells that stand for themselves many times
_LONGEST_CELL = 1500  # code points; a longer one is a column of text
_QUOTES = ("quotations", "quote", "intense quote", "block text")
_CODES = ("preformatted text", "source code", "html preformatted")
_CAPTIONS = ("caption", "illustration", "table", "figure", "drawing", "text")


@dataclass(frozen=True, slots=True)
class _Place:
    """What the elements around a block make of it."""

    list_style: str = ""
    depth: int = 0
    ordered: bool = False
    begins: bool = False  # a list item whose first block comes next
    included: bool = True


@dataclass(frozen=True, slots=True)
class _Ink:
    """What the elements around a piece of text make of it."""

    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(slots=True)
class Walker:
    """Collects blocks.

    `picture` tells the digest of a picture and `formula` the text of one, each from its element.
    `title` is the first paragraph in the style for titles.
    """

    styles: Styles
    picture: Callable[[_Element], str]
    formula: Callable[[_Element], str]
    found: list[Draft] = field(default_factory=list)
    title: str = ""
    _notes: list[_Element] = field(default_factory=list)
    _frames: list[_Element] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)  # of the code that is being read

    def read(self, text: _Element) -> list[Draft]:
        """Return all blocks of a text, its notes behind a rule at the end."""
        self._inside(text, _Place())
        self._end_code()
        if self._notes:
            self.found.append(Draft(BlockKind.RULE))
        for note in self._notes:  # a note may have notes: those come behind it
            self._inside(note, _Place(depth=1, ordered=True, begins=True))
        self._end_code()
        return self.found

    def _inside(self, element: _Element, place: _Place) -> None:
        for child in element:
            kind = xml.local(child)
            if kind in _SKIPPED or xml.attribute(child, "display") == "none":
                continue
            count = len(self.found)
            self._block(child, kind, place)
            if place.begins and len(self.found) > count:
                place = replace(place, begins=False)

    def _block(self, element: _Element, kind: str, place: _Place) -> None:
        if kind in ("p", "h"):
            self._paragraph(element, kind, place)
        elif kind in _LISTS:
            self._list(element, kind, place)
        elif kind == "table":
            self._table(element, place)
        elif kind == "table-of-content":
            self._inside(element, replace(place, included=False))
        elif kind == "image":
            self._image(element, place)
        elif kind != "object":
            self._inside(element, place)

    def _paragraph(self, element: _Element, kind: str, place: _Place) -> None:
        look = self.styles.look("paragraph", xml.attribute(element, "style-name"))
        if look.hidden:
            return
        outline = xml.attribute(element, "outline-level") or xml.attribute(element, "level")
        level = int(outline[:2]) if outline.isdecimal() else look.level
        is_heading = kind == "h" or (level and not place.depth)
        ink = _Ink() if is_heading else _Ink(bool(look.bold), bool(look.italic))
        pieces: list[Piece] = []
        self._pieces(element, ink, pieces)
        frames, self._frames = self._frames, []
        if look.role in _CODES and not is_heading:
            self._lines.append("".join(piece.text for piece in pieces))
        else:
            draft = self._draft(pieces, place, look, max(1, min(level, 6)) if is_heading else 0)
            if draft.text:
                self._end_code()
                self.found.append(replace(draft, included=place.included))
                if look.role == "title" and not self.title:
                    self.title = draft.text
        for frame in frames:
            self._end_code()
            self._block(frame, xml.local(frame), _Place(included=place.included))

    def _draft(self, pieces: list[Piece], place: _Place, look: Look, level: int) -> Draft:
        if level:
            return running(BlockKind.HEADING, pieces, level=level)
        if look.role == "title":
            return running(BlockKind.HEADING, pieces, level=1)
        if place.begins:
            return running(BlockKind.ITEM, pieces, level=max(1, place.depth), ordered=place.ordered)
        if look.role in _QUOTES:
            return running(BlockKind.QUOTE, pieces)
        if look.role in _CAPTIONS:
            return running(BlockKind.CAPTION, pieces)
        return running(BlockKind.PARAGRAPH, pieces)

    def _end_code(self) -> None:
        if self._lines:
            self.found.append(code("\n".join(self._lines)))
            self._lines = []

    def _list(self, element: _Element, kind: str, place: _Place) -> None:
        style = xml.attribute(element, "style-name") or place.list_style
        depth = place.depth + 1
        ordered = kind == "ordered-list" or self.styles.is_ordered(style, depth)
        for item in element:
            begins = xml.local(item) == "list-item"
            self._inside(
                item, replace(place, list_style=style, depth=depth, ordered=ordered, begins=begins)
            )

    def _table(self, element: _Element, place: _Place) -> None:
        """Take a table row by row, or, where it only places text on the page, cell by cell."""
        self._end_code()
        rows = [row for row in element.iter("{*}table-row") if _nearest_table(row) is element]
        cells = [[cell for cell in row if xml.local(cell).endswith("table-cell")] for row in rows]
        widest = max(map(len, cells), default=0)
        if widest < 2 or not all(_is_data(cell) for row in cells for cell in row):
            for row in cells:
                for cell in row:
                    self._inside(cell, _Place(included=place.included))
            return
        frames: list[_Element] = []
        drafted = table([self._row(row, frames) for row in cells])
        if drafted.text:
            self.found.append(replace(drafted, included=place.included))
        for frame in frames:
            self._block(frame, xml.local(frame), _Place(included=place.included))

    def _row(self, cells: list[_Element], frames: list[_Element]) -> list[str]:
        texts: list[str] = []
        for cell in cells:
            pieces: list[Piece] = []
            for paragraph in cell.iter("{*}p", "{*}h"):
                if not _is_framed(paragraph, cell):
                    self._pieces(paragraph, _Ink(), pieces)
                    pieces.append(Piece(" "))
            frames += self._frames
            self._frames = []
            times = xml.attribute(cell, "number-columns-repeated")
            repeated = min(int(times[:4]), _MOST_REPEATED) if times.isdecimal() else 1
            texts += ["".join(piece.text for piece in pieces)] * max(1, repeated)
        while texts and not texts[-1].strip():  # the empty rest of a sheet
            texts.pop()
        return texts

    def _image(self, element: _Element, place: _Place) -> None:
        frame = element.getparent()
        if frame is not None and any(xml.local(e) in ("text-box", "object") for e in frame):
            return  # what stands for those where they cannot be shown
        words = (
            []
            if frame is None
            else [*frame.iterchildren("{*}title"), *frame.iterchildren("{*}desc")]
        )
        alt = clean_line(next(("".join(w.itertext()) for w in reversed(words)), ""))
        asset = self.picture(element)
        if alt or asset:
            self.found.append(Draft(BlockKind.IMAGE, alt=alt, asset=asset, included=place.included))

    def _pieces(self, element: _Element, ink: _Ink, pieces: list[Piece]) -> None:
        """Append the text of an element; shapes in it are put aside, and notes leave their number."""
        if element.text:
            pieces.append(_piece(element.text, ink))
        for child in element:
            kind = xml.local(child)
            if kind == "note" or kind in ("footnote", "endnote"):
                self._note(child, ink, pieces)
            elif kind in _FRAMES:
                self._frame(child, ink, pieces)
            elif kind not in _SKIPPED:
                self._inline(child, kind, ink, pieces)
            if child.tail:
                pieces.append(_piece(child.tail, ink))

    def _inline(self, child: _Element, kind: str, ink: _Ink, pieces: list[Piece]) -> None:
        if kind == "s":
            count = xml.attribute(child, "c")
            spaces = min(int(count[:5]), _MOST_SPACES) if count.isdecimal() else 1
            pieces.append(Piece(" " * spaces))
        elif kind in ("tab", "tab-stop"):
            pieces.append(Piece("\t"))
        elif kind == "line-break":
            pieces.append(Piece("\n"))
        elif kind == "a":
            address = clean_link(_web(xml.attribute(child, "href")))
            self._pieces(child, replace(ink, link=address), pieces)
        elif kind == "span":
            look = self.styles.look("text", xml.attribute(child, "style-name"))
            if not look.hidden:
                new = replace(
                    ink, bold=ink.bold or bool(look.bold), italic=ink.italic or bool(look.italic)
                )
                self._pieces(child, new, pieces)
        else:
            self._pieces(child, ink, pieces)

    def _note(self, note: _Element, ink: _Ink, pieces: list[Piece]) -> None:
        body = next((e for e in note if xml.local(e).endswith("-body")), None)
        if body is not None:
            self._notes.append(body)
            pieces.append(_piece(f"[{len(self._notes)}]", ink))

    def _frame(self, frame: _Element, ink: _Ink, pieces: list[Piece]) -> None:
        inside = next(frame.iterchildren("{*}object"), None)
        text = "" if inside is None else self.formula(inside)
        if text:
            pieces.append(_piece(text, ink))
        else:
            self._frames.append(frame)


def _piece(text: str, ink: _Ink) -> Piece:
    return Piece(_SPACES.sub(" ", text), ink.bold, ink.italic, ink.link)


def _web(href: str) -> str:
    return href if href.startswith(("http://", "https://", "mailto:")) else ""


def _nearest_table(row: _Element) -> _Element | None:
    return next(row.iterancestors("{*}table"), None)


def _is_framed(paragraph: _Element, cell: _Element) -> bool:
    """Tell whether a paragraph stands in a shape in a cell: it is read with the shape."""
    for around in paragraph.iterancestors():
        if around is cell:
            return False
        if xml.local(around) in _FRAMES:
            return True
    return False


def _is_data(cell: _Element) -> bool:
    if next(cell.iter("{*}table", "{*}h"), None) is not None:
        return False
    return sum(len(text) for text in cell.itertext()) <= _LONGEST_CELL
