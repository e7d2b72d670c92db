"""What a paragraph is: heading, list item, caption, table or running text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.importers.body import Draft, Piece, running, table
from briefing_app.importers.pdf.joining import Words, flow
from briefing_app.importers.pdf.paragraphs import LEADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing_app.importers.pdf.lines import Line
    from briefing_app.importers.pdf.paragraphs import Paragraph

_LARGER = 1.15  # times the size of running text: a heading
_LONGEST, _LONGEST_BOLD = 300, 140  # code points of a heading
_LABEL = 30  # code points of one that may be smaller than the text
_MOST_BOLD = 0.4  # of the letters: where more is bold, bold says nothing
CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)|tabelle|\u0440\u0438\u0441\.|\u0442\u0430\u0431\u043b\.|photo|foto)\s*\d",
    re.IGNORECASE,
)
_BULLET = re.compile(
    "([\u2022\u2023\u25e6\u25aa\u25ab\u25cf\u25cb\u25a0\u25a1\u25b8\u25ba\u2043\u2219\u00b7\u2713\u27a2\u2192\u2714\u2756\u25c6\u25c7\u2610\u2611*\u2013\u2014-])\\s+(?=\\S)"
)
_ORDERED = re.compile(r"\(?(\d{1,3}|[a-z])[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Style:
    """How a document is set: the size of its text, and the sizes of its headings, largest first."""

    body: float
    headings: tuple[float, ...] = ()
    bold_tells: bool = True


def style_of(lines: Sequence[Line]) -> Style:
    """Return the style of a document."""
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        letters = len(line.text)
        sizes[round(line.size * 2) / 2] += letters
        bold += letters * line.bold
    if not sizes:
        return Style(10.0)
    body = max(sizes, key=lambda size: (sizes[size], -size))
    larger: list[float] = []
    for size in sorted((s for s in sizes if s >= _LARGER * body), reverse=True):
        if not larger or size < 0.93 * larger[-1]:
            larger.append(size)
    return Style(body, tuple(larger), bold < _MOST_BOLD * sum(sizes.values()))


def drafts(found: Sequence[Paragraph], style: Style, words: Words) -> list[Draft]:
    """Return the blocks of some paragraphs."""
    ordered = _numbered(found)
    made: list[Draft] = []
    margins: list[float] = []  # of the items that enclose the one at hand
    for at, one in enumerate(found):
        draft = _draft(one, style, words, ordered=at in ordered)
        if draft.kind is BlockKind.ITEM:
            start = -one.lines[0].x1 if one.lines[0].rtl else one.lines[0].x0
            while margins and start < margins[-1] - 0.5 * one.size:
                margins.pop()
            if not margins or start > margins[-1] + 0.5 * one.size:
                margins.append(start)
            draft = replace(draft, level=min(len(margins), 6))
        elif not one.furniture:
            margins = []
        made.append(replace(draft, page=one.page, included=not one.furniture))
    return made


def _draft(one: Paragraph, style: Style, words: Words, *, ordered: bool) -> Draft:
    if one.rows:
        return table(one.rows)
    pieces = flow(one.lines, words)
    if one.furniture:
        return running(BlockKind.PARAGRAPH, pieces)
    text = "".join(piece.text for piece in pieces)
    if level := heading_level(one, text, style):
        return running(BlockKind.HEADING, [replace(p, bold=False) for p in pieces], level=level)
    mark = _ORDERED.match(text) if ordered else _BULLET.match(text)
    if mark:
        return running(BlockKind.ITEM, _behind(pieces, mark.end()), level=1, ordered=ordered)
    if CAPTION.match(text) and len(text) <= _LONGEST and one.size < style.body * _LARGER:
        return running(BlockKind.CAPTION, pieces)
    return running(BlockKind.PARAGRAPH, pieces)


def heading_level(one: Paragraph, text: str, style: Style) -> int:
    """Return the level of a heading, or 0 for what is none."""
    if one.rows or one.furniture or not any(letter.isalpha() for letter in text):
        return 0
    if _BULLET.match(text) or LEADER.search(text):
        return 0
    larger = one.size >= _LARGER * style.body
    if larger and len(text) <= _LONGEST:
        rank = sum(size > one.size * 1.04 for size in style.headings)
        return min(rank + 1, 6)
    if not (one.bold and style.bold_tells) or len(text) > _LONGEST_BOLD or len(one.lines) > 3:
        return 0
    least = 0.75 if len(text) <= _LABEL else 0.9
    if one.size < least * style.body or text[-1] in ".,;:" or CAPTION.match(text):
        return 0
    return min(len(style.headings) + 1, 6)


def _numbered(found: Sequence[Paragraph]) -> set[int]:
    """Return which paragraphs are items of a list that counts on from one.

    The numbers of such a list can be given up, since the reader counts itself; others are kept.
    """
    items: set[int] = set()
    going: list[int] = []
    for at, number in _marks(found):
        if going and number == len(going) + 1:
            going.append(at)
        else:
            items.update(going if len(going) > 1 else ())
            going = [at] if number == 1 else []
    items.update(going if len(going) > 1 else ())
    return items


def _marks(found: Sequence[Paragraph]) -> Iterable[tuple[int, int]]:
    """Return the places and numbers of what may be items; a heading in between ends a list."""
    for at, one in enumerate(found):
        if one.furniture:
            continue
        mark = None if one.rows or one.bold else _ORDERED.match(one.lines[0].text.strip())
        if mark and mark[1].isdecimal():
            yield at, int(mark[1])
        elif one.rows or one.bold or one.size > 1.1 * (found[at - 1].size if at else one.size):
            yield at, -1


def _behind(pieces: Sequence[Piece], length: int) -> list[Piece]:
    """Return pieces without so many characters at their beginning."""
    left: list[Piece] = []
    for piece in pieces:
        cut = min(length, len(piece.text))
        length -= cut
        if piece.text[cut:]:
            left.append(replace(piece, text=piece.text[cut:]))
    return left
