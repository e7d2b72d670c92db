"""What repeats on the pages: their heads and feet, and the numbers in them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing_app.importers.pdf.lines import Line
    from briefing_app.importers.pdf.page import Page, Row

_ZONE = 0.16  # of the height of a page, above and below
_OUTERMOST = 5  # base lines looked at in each
_PARTS = 3  # left, middle and right: what has more is a row of a table
_SHIFT = 6.0  # points by which a head may stand elsewhere
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,7}")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_LONGEST = 200  # code points


class _Outer(NamedTuple):
    above: bool
    depth: int  # base lines from the edge
    page: int
    line: Line


def repeated(pages: Sequence[Page]) -> frozenset[int]:
    """Return the ids of the lines that are heads and feet of their pages.

    A head stands with the same words at the same height on three pages, or on both of two; a number
    in it may count the pages. Nothing below a line that is none is one.
    """
    if len(pages) == 1:
        return frozenset(id(line) for line in _lone_number(pages[0]))
    least = 3 if len(pages) > 3 else 2
    outer = [one for page in pages for one in _outer(page)]
    same: dict[tuple[bool, str], list[_Outer]] = {}
    for one in outer:
        same.setdefault((one.above, _pattern(one.line.text)), []).append(one)
    alike = {id(one.line) for group in same.values() for one in _alike(group, least)}
    return frozenset(_from_the_edge(outer, alike))


def _outer(page: Page) -> Iterable[_Outer]:
    """Return the lines nearest to the upper and the lower edge."""
    top, bottom = _ZONE * page.height, (1 - _ZONE) * page.height
    for above, rows in ((True, page.rows[:_OUTERMOST]), (False, page.rows[: -_OUTERMOST - 1 : -1])):
        for depth, row in enumerate(rows):
            for line in row if len(row) <= _PARTS else ():
                inside = line.base <= top if above else line.base >= bottom
                if inside and len(line.text) <= _LONGEST:
                    yield _Outer(above, depth, page.number, line)


def _pattern(text: str) -> str:
    words = text.strip().casefold()
    return "#" if _ROMAN.fullmatch(words) else _NUMBER.sub("#", words)


def _alike(group: Sequence[_Outer], least: int) -> Iterable[_Outer]:
    """Return those of one pattern that say the same at one height, but for the page's number."""
    for level in _levels(group):
        if len({one.page for one in level}) < least:
            continue
        texts = [one.line.text.strip().casefold() for one in level]
        pages = Counter(text for text, _ in set(zip(texts, (o.page for o in level), strict=True)))
        offsets = [_offsets(text, one.page) for text, one in zip(texts, level, strict=True)]
        counted = Counter(offset for found in offsets for offset in found)
        for one, text, found in zip(level, texts, offsets, strict=True):
            if pages[text] >= least or any(counted[offset] >= least for offset in found):
                yield one


def _levels(group: Sequence[_Outer]) -> Iterable[list[_Outer]]:
    """Return the lines by height; what lies within a few points is of one."""
    level: list[_Outer] = []
    for one in sorted(group, key=lambda one: one.line.base):
        if level and one.line.base - level[0].line.base > _SHIFT:
            yield level
            level = []
        level.append(one)
    if level:
        yield level


def _offsets(words: str, page: int) -> set[int]:
    """Return how far each number in a line is from the number of its page."""
    if _ROMAN.fullmatch(words):
        values = [_VALUES[letter] for letter in words]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return {sum(-a if a < b else a for a, b in pairs) - page}
    return {int(number) - page for number in _NUMBER.findall(words) if len(number) < 6}


def _from_the_edge(outer: Sequence[_Outer], alike: set[int]) -> Iterable[int]:
    """Return what repeats in each base line from the edge on, up to the first with nothing such."""
    sides: dict[tuple[int, bool], dict[int, list[int]]] = {}
    for one in outer:
        sides.setdefault((one.page, one.above), {}).setdefault(one.depth, []).append(id(one.line))
    for depths in sides.values():
        for depth in range(_OUTERMOST):
            found = [line for line in depths.get(depth, []) if line in alike]
            if not found:
                break
            yield from found


def _lone_number(page: Page) -> Iterable[Line]:
    """Return the page number of a single page."""
    if len(page.rows) < 3:
        return
    last: Row = page.rows[-1]
    if len(last) == 1 and last[0].base > (1 - _ZONE) * page.height:
        text = last[0].text.strip()
        if text.isdecimal() and len(text) <= 3:
            yield last[0]
