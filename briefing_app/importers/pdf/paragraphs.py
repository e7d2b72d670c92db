"""Paragraphs: where one ends among the lines of a box."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.importers.pdf.gutters import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing_app.importers.pdf.boxes import Box
    from briefing_app.importers.pdf.lines import Line

# in units of the letters' size
_INDENT = 0.7  # a first line stands at least that far in, or out
_DEEPEST = 8.0  # what stands farther in is set in the middle, and not a first line
_OTHER_SIZE = 1.12
_LOOSER = 1.28  # times the usual step: more room than between two lines of a paragraph
_MOST = 600  # boxes that are asked for the end of a column
_WINDOW = 4  # lines above and below that tell how wide the column is there
LEADER = re.compile(r"(?:\.\s?){4,}\s*\d+\s*$")  # dots to a page number, as in a list of contents
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s")
ENDINGS = frozenset(
    ".!?:;\u2026\u3002\uff01\uff1f\uff1a\u061f\u06d4\"'\u201d\u2019\u00bb\u201c)\u300d\u300f"
)
STOPS = frozenset(".!?\u2026\u3002\uff01\uff1f\u061f\u06d4")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, or a table; `furniture` is what repeats on the pages.

    `full` says that its last line reaches the end of its column, `indented` that its first one
    begins farther in than the others, `marked` that it has the mark of a list item. `column` is that
    of its page and box.
    """

    lines: list[Line]
    page: int
    x0: float
    x1: float
    rows: tuple[tuple[str, ...], ...] = ()
    furniture: bool = False
    full: bool = False
    indented: bool = False
    marked: bool = False
    column: tuple[int, int] = (0, 0)

    @property
    def size(self) -> float:
        """The size of its letters."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def text(self) -> str:
        """Its lines, a blank between them."""
        return " ".join(line.text.strip() for line in self.lines)


def paragraphs(boxes: Sequence[Box], number: int, body: float) -> list[Paragraph]:
    """Return the paragraphs of a page; `body` is the size of the document's running text."""
    pitch = _pitch(boxes)
    found: list[Paragraph] = []
    for at, box in enumerate(boxes):
        if box.rows:
            new = [Paragraph(list(box.lines), number, box.x0, box.x1, box.rows)]
        else:
            new = list(_split(box, number, _end(box, boxes), pitch, body))
        for one in new:
            one.column = (number, at)
        found.extend(new)
    return found


def _pitch(boxes: Sequence[Box]) -> float:
    """Return the usual step from line to line, in units of the size."""
    steps = Counter(
        round((b.base - a.base) / a.size * 20) / 20
        for box in boxes
        if not box.rows
        for a, b in itertools.pairwise(box.lines)
        if a.size * 0.5 < b.base - a.base
    )
    return max(steps, key=lambda step: (steps[step], -step)) if steps else 1.2


def _end(box: Box, boxes: Sequence[Box]) -> float:
    """Return where the column of a box ends, on the right or, for RTL, on the left."""
    first = box.lines[0]
    rtl = first.rtl
    if len(boxes) > _MOST:
        return _far(box.x0 if rtl else box.x1, rtl=rtl)
    ends = [
        _far(other.x0 if rtl else other.x1, rtl=rtl)
        for other in boxes
        if not other.rows
        and abs((other.x1 if rtl else other.x0) - (box.x1 if rtl else box.x0)) < 1.5 * first.size
        and abs(other.lines[0].size - first.size) < 0.1 * first.size
    ]
    return max(ends)


def _far(x: float, *, rtl: bool) -> float:
    return -x if rtl else x


def _start(line: Line, *, rtl: bool) -> float:
    return -line.x1 if rtl else line.x0


def _stop(line: Line, *, rtl: bool) -> float:
    return -line.x0 if rtl else line.x1


def _split(box: Box, number: int, end: float, pitch: float, body: float) -> Iterable[Paragraph]:
    rtl = sum(line.rtl for line in box.lines) > len(box.lines) / 2
    frame = _Frame(box.lines, end, rtl, pitch, body)
    lines = [box.lines[0]]
    first = 0
    for at in range(1, len(box.lines)):
        if frame.breaks(at, first):
            yield _made(lines, number, box, frame, first)
            lines, first = [], at
        lines.append(box.lines[at])
    yield _made(lines, number, box, frame, first)


def _made(lines: list[Line], number: int, box: Box, frame: _Frame, first: int) -> Paragraph:
    last = first + len(lines) - 1
    return Paragraph(
        lines,
        number,
        box.x0,
        box.x1,
        full=frame.room(last) < 1.5 * lines[-1].size,
        indented=frame.indented(first),
        marked=has_mark(lines[0]),
    )


def has_mark(line: Line) -> bool:
    """Tell whether a line begins as a list item does."""
    mark, blank, _ = line.text.strip().partition(" ")
    return bool(blank) and MARK.fullmatch(mark) is not None


def _is_looked_apart(last: Line, new: Line) -> bool:
    """Tell whether two lines differ in size, or in being bold, but for a change within a sentence."""
    if not 1 / _OTHER_SIZE < new.size / last.size < _OTHER_SIZE:
        return True
    if last.bold == new.bold:
        return False
    return last.pieces[-1].bold != new.pieces[0].bold


class _Frame:
    """The edges of a box, and what they say of its lines."""

    def __init__(
        self, lines: Sequence[Line], end: float, rtl: bool, pitch: float, body: float
    ) -> None:
        self._lines = lines
        self._rtl = rtl
        self._pitch = pitch
        self._body = body
        self._end = end
        self._stops = [_stop(line, rtl=rtl) for line in lines]
        self._starts = [_start(line, rtl=rtl) for line in lines]
        usual = Counter(round(start / 2) for start in self._starts)
        most = max(usual, key=lambda start: (usual[start], -start))
        self._edge = statistics.median(s for s in self._starts if round(s / 2) == most)
        self._centred = self._is_centred()
        self._ragged = self._is_ragged()

    def room(self, at: int) -> float:
        """Return how much room a line leaves at its end."""
        if len(self._lines) <= 2 * _WINDOW:
            return self._end - self._stops[at]
        near = self._stops[max(0, at - _WINDOW) : at + _WINDOW + 1]
        return max(near) - self._stops[at]

    def indented(self, at: int) -> bool:
        """Tell whether a line begins farther in than most."""
        inside = self._starts[at] - self._edge
        size = self._lines[at].size
        even = not self._centred and not self._ragged
        return even and _INDENT * size < inside < _DEEPEST * size

    def breaks(self, at: int, first: int) -> bool:
        """Tell whether a paragraph begins with a line; the one before began with another."""
        last, new = self._lines[at - 1], self._lines[at]
        if _is_looked_apart(last, new) or LEADER.search(last.text):
            return True
        step = (new.base - last.base) / new.size
        if not 0.4 < step < _LOOSER * max(self._pitch, 1.0):  # less: behind a label in the margin
            return True
        if self._is_marked(at) or self._counts_on(at, first):
            return True
        if new.size > 1.15 * self._body or self._centred:
            return False  # the lines of a headline are broken by hand
        return self._begins_elsewhere(at, first) or self._left_room(at)

    def _is_marked(self, at: int) -> bool:
        """Tell whether a line begins with the mark of a list item."""
        last, new = self._lines[at - 1], self._lines[at]
        mark, blank, rest = new.text.strip().partition(" ")
        if not blank or not rest or not MARK.fullmatch(mark):
            return False
        if mark in "-\u2013\u2014*o":
            return self._starts[at] - self._starts[at - 1] < -0.3 * new.size or (
                last.text.strip()[-1:] in ENDINGS or self._lines[at - 1].text.strip()[0] == mark
            )
        if mark[0].isalnum() or mark[0] == "(":
            moved = abs(self._starts[at] - self._starts[at - 1]) > 0.5 * new.size
            return moved or last.text.strip()[-1:] in ENDINGS or self.room(at - 1) > 3 * new.size
        return True

    def _counts_on(self, at: int, first: int) -> bool:
        """Tell whether a line begins with the number that follows the one its paragraph has."""
        one, two = (_NUMBER.match(self._lines[each].text.strip()) for each in (first, at))
        return one is not None and two is not None and int(two[1]) == int(one[1]) + 1

    def _begins_elsewhere(self, at: int, first: int) -> bool:
        """Tell whether a line begins farther in than most, or farther out, as first lines do."""
        if self._ragged:
            return False
        size = self._lines[at].size
        inside = self._starts[at] - self._edge
        step = self._starts[at] - self._starts[at - 1]
        if at - 1 == first and has_mark(self._lines[first]) and step > 0:
            return False  # the second line of an item
        if abs(step) <= 0.4 * size:
            return False
        if step > 0:
            ended = self._lines[at - 1].text.strip()[-1:] in ENDINGS or self.room(at - 1) > size
            return ended and _INDENT * size < inside < _DEEPEST * size
        if has_mark(self._lines[first]):  # an item ends where a line stands farther out again
            return at - 1 > first or self._lines[at - 1].text.strip()[-1:] in ENDINGS
        return inside < -_INDENT * size

    def _left_room(self, at: int) -> bool:
        """Tell whether the first word of a line would have had room in the line before."""
        last, new = self._lines[at - 1], self._lines[at]
        room = self.room(at - 1)
        if room <= new.lead + 0.55 * new.size:
            return False
        text = last.text.strip()
        if text[-1:] in ENDINGS:
            return True
        width = self._stops[at - 1] - self._starts[at - 1]
        return room > 0.35 * width and not new.text.strip()[:1].islower() and text[-1:] not in "-,"

    def _is_centred(self) -> bool:
        """Tell whether lines of different widths have their middles below each other."""
        if len(self._lines) < 2:
            return False
        size = self._lines[0].size
        middles = [line.x0 + line.x1 for line in self._lines]
        return (
            max(middles) - min(middles) < size
            and max(self._starts) - min(self._starts) > 1.5 * size
        )

    def _is_ragged(self) -> bool:
        """Tell whether lines begin anywhere and end at one place, as in a text flush the other way."""
        if len(self._lines) < 3:
            return False
        near = 0.5 * self._lines[0].size
        begin = sum(abs(start - self._edge) <= near for start in self._starts)
        end = statistics.median(self._stops)
        return begin < len(self._lines) / 2 < sum(abs(stop - end) <= near for stop in self._stops)
