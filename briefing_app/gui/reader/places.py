"""Where a passage of the canonical text stands in the document on the screen, and back.

The canonical text counts code points. A QTextDocument counts UTF-16 units, one more at the start of
a table and of each of its cells, and it holds lines that are no part of the text (the head, pictures)
while blocks that are left out are missing. So each stretch that stands in both is kept as a run, and
every translation goes through the runs; nothing else counts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LAST_NARROW = "\uffff"  # a code point beyond it takes two units in a QTextDocument


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the canonical text that stands unbroken in the document.

    Units: `position` is a document position; `start` and `end` count code points; `wide` holds, for
    each code point that takes two UTF-16 units, the units between the run's start and it.
    """

    position: int
    start: int
    end: int
    wide: tuple[int, ...] = ()

    @property
    def stop(self) -> int:
        """Return the document position behind the run."""
        return self.position + self.end - self.start + len(self.wide)

    def offset(self, position: int) -> int:
        """Return the code point at a document position inside the run."""
        units = position - self.position
        return self.start + units - bisect_left(self.wide, units)

    def place(self, offset: int) -> int:
        """Return the document position of a code point inside the run."""
        points = offset - self.start
        # the nth wide code point (from 0) stands at its units less the n wide ones before it
        low, high = 0, len(self.wide)
        while low < high:
            middle = (low + high) // 2
            if self.wide[middle] - middle < points:
                low = middle + 1
            else:
                high = middle
        return self.position + points + low


@dataclass(frozen=True, slots=True)
class Places:
    """The runs of a document, in order. Both ways, and only through here."""

    runs: tuple[Run, ...]
    _positions: tuple[int, ...] = field(default=(), compare=False, repr=False)
    _starts: tuple[int, ...] = field(default=(), compare=False, repr=False)

    def canonical(self, anchor: int, position: int) -> tuple[int, int] | None:
        """Return the code points between two document positions, or None if they hold no text.

        A start in a line that is no part of the text moves on to the next run, an end back to the
        one before.
        """
        first, last = sorted((anchor, position))
        start = self._from_position(first)
        end = self._to_position(last)
        return None if start is None or end is None or start >= end else (start, end)

    def document(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the document positions of a range, or None if nothing of it is shown."""
        pieces = tuple(self.pieces(start, end))
        return (pieces[0][0], pieces[-1][1]) if pieces else None

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the document positions of each shown stretch of a range, run by run."""
        index = max(0, bisect_right(self._starts, start) - 1)
        for run in self.runs[index:]:
            if run.start >= end:
                return
            low, high = max(start, run.start), min(end, run.end)
            if low < high:
                yield run.place(low), run.place(high)

    def offset(self, position: int) -> int | None:
        """Return the code point at a document position, or None where no text stands."""
        index = bisect_right(self._positions, position) - 1
        if index < 0 or position > self.runs[index].stop:
            return None
        return self.runs[index].offset(position)

    def _from_position(self, position: int) -> int | None:
        index = bisect_right(self._positions, position) - 1
        if index >= 0 and position <= self.runs[index].stop:
            return self.runs[index].offset(position)
        return self.runs[index + 1].start if index + 1 < len(self.runs) else None

    def _to_position(self, position: int) -> int | None:
        index = bisect_right(self._positions, position) - 1
        if index < 0:
            return None
        run = self.runs[index]
        return run.offset(min(position, run.stop))


def same_place(before: Places, after: Places, position: int) -> int:
    """Return where the text at a document position stands in another document of the same text."""
    offset = before.offset(position)
    if offset is None:
        return position
    place = after.document(offset, offset + 1) or after.document(offset - 1, offset)
    return position if place is None else place[0]


def places(runs: Iterable[Run]) -> Places:
    """Return the map of a document from its runs, which are in order in both countings."""
    kept = tuple(runs)
    return Places(kept, tuple(run.position for run in kept), tuple(run.start for run in kept))


def run(text: str, position: int, start: int) -> Run:
    """Return the run of a text that stands at `position` and is the canonical text from `start`."""
    wide: tuple[int, ...] = ()
    if not text.isascii() and max(text) > LAST_NARROW:
        points = (index for index, letter in enumerate(text) if letter > LAST_NARROW)
        wide = tuple(index + count for count, index in enumerate(points))
    return Run(position, start, start + len(text), wide)
