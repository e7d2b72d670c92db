"""Paragraphs and table rows of an RTF document on their way to becoming blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from briefing_app.domain.article import BlockKind
from briefing_app.importers.body import Draft, Piece, code, running, table

_NUMBERED = re.compile(r"[(\[]?(?:\d+|[A-Za-z]{1,6}|\w{1,3}(?=[.)\]]))(?:[.)\]]|\.?\d|$)")
_LONGEST_CELL = 1500  # code points; a longer one is a column of text
_KINDS = {
    **dict.fromkeys(("quote", "intense quote", "quotations", "block text"), BlockKind.QUOTE),
    "caption": BlockKind.CAPTION,
}
_CODES = ("html preformatted", "preformatted text", "source code")


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph is, as its own control words and its style say.

    `outline` and `style` are the level, from 0, and the style's name; `marker` is what stands before
    a list item; `numbered` is what the list's own table says of it.
    """

    outline: int | None = None
    style: str = ""
    level: int = 0
    marker: str = ""
    numbered: bool | None = None
    in_table: bool = False


@dataclass(slots=True)
class Flow:
    """Collects the blocks of a text; a note has a flow of its own."""

    found: list[Draft] = field(default_factory=list)
    title: str = ""
    _pieces: list[Piece] = field(default_factory=list)
    _images: list[Draft] = field(default_factory=list)
    _cell: list[Draft] = field(default_factory=list)
    _row: list[list[Draft]] = field(default_factory=list)
    _rows: list[list[list[Draft]]] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)

    def add(self, piece: Piece) -> None:
        """Take a run of text."""
        self._pieces.append(piece)

    def image(self, image: Draft) -> None:
        """Take a picture; it stands behind the paragraph that it is in."""
        self._images.append(image)

    def paragraph(self, look: Look) -> None:
        """End a paragraph."""
        drafts = self._drafts(look)
        if look.in_table:
            self._cell += drafts
        else:
            if drafts or self._pieces:
                self._end_table()
            self._take(drafts, look)
        self._pieces.clear()

    def cell(self, look: Look) -> None:
        """End a cell of a table."""
        self._cell += self._drafts(look)
        self._pieces.clear()
        self._row.append(self._cell)
        self._cell = []

    def row(self, look: Look) -> None:
        """End a row of a table."""
        if self._cell or self._pieces:
            self.cell(look)
        if self._row:
            self._rows.append(self._row)
            self._row = []

    def end(self, look: Look) -> list[Draft]:
        """Return all blocks."""
        if self._row or self._cell:
            self.row(look)
        self.paragraph(replace(look, in_table=False))
        self._end_table()
        self._end_code()
        return self.found

    def _take(self, drafts: list[Draft], look: Look) -> None:
        for draft in drafts:
            if draft.kind is BlockKind.CODE:
                self._lines.append(draft.text)
                continue
            self._end_code()
            if look.style == "title" and draft.text and not self.title:
                self.title = draft.text
            self.found.append(draft)

    def _drafts(self, look: Look) -> list[Draft]:
        """Return what the paragraph that is being read is: its text, if any, and its pictures."""
        images, self._images = self._images, []
        draft = self._draft(look)
        return [draft, *images] if draft.text else images

    def _draft(self, look: Look) -> Draft:
        outline = 0 if look.style == "title" else look.outline
        if outline is not None:
            return running(BlockKind.HEADING, self._pieces, level=min(outline + 1, 6))
        if marker := look.marker.strip():
            ordered = bool(_NUMBERED.match(marker)) and marker not in ("o", "l", "n", "v")
            return self._item(look, ordered=ordered)
        if look.numbered is not None:
            return self._item(look, ordered=look.numbered)
        if look.style in _CODES:
            return code("".join(piece.text for piece in self._pieces))
        return running(_KINDS.get(look.style, BlockKind.PARAGRAPH), self._pieces)

    def _item(self, look: Look, *, ordered: bool) -> Draft:
        level = min(look.level, 8) + 1
        return running(BlockKind.ITEM, self._pieces, level=level, ordered=ordered)

    def _end_code(self) -> None:
        if self._lines:
            self.found.append(code("\n".join(self._lines)))
            self._lines = []

    def _end_table(self) -> None:
        """Put a table together, or take it apart where it only places text on the page."""
        rows, self._rows = self._rows, []
        if not rows:
            return
        self._end_code()
        if max(map(len, rows)) < 2 or not all(_is_data(cell) for row in rows for cell in row):
            self.found += [draft for row in rows for cell in row for draft in cell]
            return
        lines = [[" ".join(d.text for d in cell if d.text) for cell in row] for row in rows]
        drafted = table(lines)
        if drafted.text:
            self.found.append(drafted)
        self.found += [d for row in rows for cell in row for d in cell if d.kind is BlockKind.IMAGE]


def _is_data(cell: list[Draft]) -> bool:
    if any(draft.kind is BlockKind.HEADING for draft in cell):
        return False
    return sum(len(draft.text) for draft in cell) <= _LONGEST_CELL
