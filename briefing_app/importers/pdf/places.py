"""Where on a page of the original a passage of the canonical text stands."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from briefing_app.importers.pdf import document as pdf
from briefing_app.importers.pdf.drawn import seen_of
from briefing_app.importers.pdf.glyphs import sheets
from briefing_app.importers.pdf.lines import letters_of
from briefing_app.importers.pdf.page import boxes_of, page_with_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pypdfium2 import PdfPage

    from briefing_app.importers.pdf.drawn import Box
    from briefing_app.importers.pdf.glyphs import Glyph, Sheet

_AROUND = 300  # letters on either side that tell two places with the same words apart
_AT_ONCE = 4_000  # letters compared at a time
_SHORTEST = 8  # letters of a part that is looked for by itself
_LONGEST = 20_000  # letters of a passage
_UNSURE = "-\u00ad\u2010\u2011"  # may have gone when lines were joined


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a page as it is shown. Units: points from its upper left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


class _Spot(NamedTuple):
    line: int
    glyph: Glyph


def places(data: bytes, number: int, text: str, start: int, end: int) -> tuple[Place, ...]:
    """Return the rectangles of a passage on a page, one for each line that it touches.

    What of the passage is not on this page is passed over: a paragraph may go on on the next. `number`
    counts from 1; `start` and `end` are code points of `text`, the canonical text of the document.
    Raises: UnreadableSource.
    """
    with pdf.opened(data) as document:
        if not 1 <= number <= len(document):
            return ()
        page = pdf.page_at(document, number - 1)
        try:
            found = sheets(page)
            if not found:
                return ()
            letters, spots = _stream(found[0], number, page)
            passage = _squeezed(text[start:end])[:_LONGEST]
            before = _squeezed(text[max(0, start - 2 * _AROUND) : start])[-_AROUND:]
            after = _squeezed(text[end : end + 2 * _AROUND])[:_AROUND]
            ranges = _ranges(letters, passage, before, after)
            marked = [spots[at] for one, two in ranges for at in range(one, two)]
            return tuple(
                _rectangles(marked, found[0].turn, seen_of(page), page.get_rotation() // 90)
            )
        finally:
            page.close()


def _stream(sheet: Sheet, number: int, page: PdfPage) -> tuple[str, list[_Spot]]:
    """Return the letters of a page in reading order without blanks, and where each of them is."""
    read, runs = page_with_letters(number, sheet, page.get_size())
    letters: list[str] = []
    spots: list[_Spot] = []
    lines = [line for box in boxes_of(read) for line in box.lines]
    for at, line in enumerate(lines):
        for letter, glyph in letters_of(runs[id(line)])[0]:
            for sign in _squeezed(letter):
                letters.append(sign)
                spots.append(_Spot(at, glyph))
    return "".join(letters), spots


def _squeezed(text: str) -> str:
    """Return what is left of a text without blanks, marks over letters, and hyphens."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not letter.isspace()
        and letter not in _UNSURE
        and unicodedata.category(letter) not in ("Mn", "Cf")
    )


def _ranges(letters: str, passage: str, before: str, after: str) -> list[tuple[int, int]]:
    """Return where a passage stands among the letters of a page, in parts if need be."""
    if not passage:
        return []
    whole = list(_all(letters, passage))
    if whole:
        best = max(
            whole,
            key=lambda at: (
                _same_end(letters[:at], before) + _same_start(letters[at + len(passage) :], after)
            ),
        )
        return [(best, best + len(passage))]
    around = before + passage + after
    ranges: list[tuple[int, int]] = []
    for start in range(0, len(around), _AT_ONCE):
        part = around[start : start + _AT_ONCE]
        for block in SequenceMatcher(None, letters, part, autojunk=False).get_matching_blocks():
            one = max(start + block.b, len(before))
            two = min(start + block.b + block.size, len(before) + len(passage))
            if block.size >= min(_SHORTEST, len(passage)) and one < two:
                ranges.append((block.a + one - start - block.b, block.a + two - start - block.b))
    return ranges


def _all(letters: str, passage: str) -> Iterable[int]:
    at = letters.find(passage)
    while at >= 0:
        yield at
        at = letters.find(passage, at + 1)


def _same_end(text: str, other: str) -> int:
    return _same_start(text[: -len(other) - 1 : -1] if other else "", other[::-1])


def _same_start(text: str, other: str) -> int:
    count = 0
    for one, two in zip(text, other, strict=False):
        if one != two:
            break
        count += 1
    return count


def _rectangles(marked: Sequence[_Spot], turn: int, box: Box, rotation: int) -> Iterable[Place]:
    """Return a rectangle for each line, as the page is shown."""
    lines: dict[int, list[Glyph]] = {}
    for spot in marked:
        lines.setdefault(spot.line, []).append(spot.glyph)
    for glyphs in lines.values():
        size, base = max((glyph.size, glyph.base) for glyph in glyphs)
        corners = (
            (min(glyph.x0 for glyph in glyphs), base - 0.85 * size),
            (max(glyph.x1 for glyph in glyphs), base + 0.25 * size),
        )
        shown = [box.place(*box.back(x, y, max(turn, 0)), rotation) for x, y in corners]
        (x0, x1), (y0, y1) = (sorted(each) for each in zip(*shown, strict=True))
        yield Place(x0, y0, x1, y1)
