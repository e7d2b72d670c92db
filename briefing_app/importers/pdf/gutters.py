"""White strips between columns: lines are never joined across one."""

from __future__ import annotations

import itertools
import math
import re
import statistics
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing_app.importers.pdf.runs import Run

_NARROWEST = 0.7  # of the letters' size
_ROWS, _BESIDE = 4, 3  # rows that a strip must pass, and those with text on either side
_MOST = 60  # strips followed at a time
_WIDE = 1.6  # times the size: a gap that still is one between words, where no strip passes
_HANGING = 4.0  # a list mark stands that far before its item
MARK = re.compile(
    "[\u2022\u2023\u25e6\u25aa\u25ab\u25cf\u25cb\u25a0\u25a1\u25b8\u25ba\u2013\u2014\u2043\u2219\u00b7\u2713\u27a2\u2192\u2714\u2756\u25c6\u25c7\u2610\u2611*o-]"
    r"|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,4}\.?"
)


class Gutter(NamedTuple):
    """A white strip, or an upright ruling line. Units: points on the level page."""

    x0: float
    y0: float
    x1: float
    y1: float


class _Strip(NamedTuple):
    x0: float
    x1: float
    top: float
    bottom: float
    rows: int
    left: int
    right: int


def gutters(rows: Sequence[Sequence[Run]]) -> tuple[Gutter, ...]:
    """Return the white strips that pass several rows with text on both sides."""
    sizes = [run.size for row in rows for run in row]
    if not sizes:
        return ()
    narrowest = _NARROWEST * statistics.median(sizes)
    followed: list[_Strip] = []
    found: list[_Strip] = []
    for row in rows:
        followed, ended = _past(followed, row, narrowest)
        found.extend(ended)
    found.extend(followed)
    return tuple(
        Gutter(strip.x0, strip.top, strip.x1, strip.bottom)
        for strip in found
        if strip.rows >= _ROWS and min(strip.left, strip.right) >= _BESIDE
    )


def _past(
    followed: list[_Strip], row: Sequence[Run], narrowest: float
) -> tuple[list[_Strip], list[_Strip]]:
    """Return the strips that pass a row or begin there, and those that end or get narrower."""
    leftmost = min(run.x1 for run in row)
    top, bottom = min(run.top for run in row), max(run.bottom for run in row)
    edges = [-math.inf, *(edge for run in row for edge in (run.x0, run.x1)), math.inf]
    free = [(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]
    going: dict[tuple[int, int], _Strip] = {}
    ended: list[_Strip] = []
    for strip in followed:
        whole = False
        for x0, x1 in free:
            one, two = max(strip.x0, x0), min(strip.x1, x1)
            if two - one < narrowest:
                continue
            whole = whole or (one == strip.x0 and two == strip.x1)
            left, right = leftmost <= one, row[-1].x0 >= two
            _keep(
                going,
                _Strip(
                    one,
                    two,
                    strip.top,
                    bottom,
                    strip.rows + 1,
                    strip.left + left,
                    strip.right + right,
                ),
            )
        if not whole:
            ended.append(strip)
    for x0, x1 in free:
        if x1 - x0 >= narrowest:
            left, right = x0 > -math.inf, x1 < math.inf
            _keep(going, _Strip(x0, x1, top, bottom, 1, left, right))
    best = sorted(going.values(), key=lambda strip: -strip.rows)[:_MOST]
    return best, ended


def _keep(going: dict[tuple[int, int], _Strip], strip: _Strip) -> None:
    """Keep of strips at one place the one that passes the most rows."""
    key = (_whole(strip.x0), _whole(strip.x1))
    if key not in going or going[key].rows < strip.rows:
        going[key] = strip


def _whole(x: float) -> int:
    return round(x) if math.isfinite(x) else (1 << 30 if x > 0 else -1 << 30)


def joined_across(
    row: Iterable[Run], strips: Sequence[Gutter], drawn: Sequence[Gutter] = ()
) -> list[Run]:
    """Join what is left of a row where a gap is only one between words, and a mark with its item.

    Neither white strips nor upright lines are crossed; the latter come from the left.
    """
    whole: list[Run] = []
    for run in row:
        last = whole[-1] if whole else None
        if last and not _parted(last, run, drawn) and _is_one_line(last, run, strips):
            last.take(run)
        else:
            whole.append(run)
    return whole


def _parted(last: Run, run: Run, drawn: Sequence[Gutter]) -> bool:
    """Tell whether an upright line stands between two runs; the lines come from the left."""
    first = bisect_left(drawn, last.x1 - 1, key=lambda line: line.x0)
    for line in itertools.islice(drawn, first, None):
        if line.x0 > run.x0 + 1:
            return False
        if line.x1 <= run.x0 + 1 and line.y0 <= run.base - 0.3 * run.size <= line.y1:
            return True
    return False


def _is_one_line(last: Run, run: Run, strips: Sequence[Gutter]) -> bool:
    gap, size = run.x0 - last.x1, max(last.size, run.size)
    if gap < -0.3 * size or not 0.7 < last.size / run.size < 1.4:
        return False
    if gap <= _HANGING * size and len(last.glyphs) <= 8 and MARK.fullmatch(last.text.strip()):
        return True
    return gap <= _WIDE * size and not any(
        strip.y0 <= run.base - 0.3 * size <= strip.y1
        and min(strip.x1, run.x0) - max(strip.x0, last.x1) > 0.3 * size
        for strip in strips
    )
