"""Lines that stand below each other, and the order in which columns are read."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing_app.importers.pdf.lines import Line

_FAR = 2.4  # times the size: base lines farther apart do not belong together
_ALIKE = 1.2  # sizes of lines of one box differ by less
_LARGE = 1.25  # times the usual size: a headline, which takes the width that nothing else takes
_LABEL = 3  # lines of a label in the margin
_STREWN = 4_000  # lines of a page that has no columns any more, if it ever had
_MOST = 600  # boxes put in order by who stands beside whom; more are taken from the top


@dataclass(frozen=True, slots=True)
class Box:
    """Lines below each other, or the rows of a table. Units: points, y downwards."""

    lines: tuple[Line, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    rows: tuple[tuple[str, ...], ...] = ()


def box_of(lines: Sequence[Line], rows: tuple[tuple[str, ...], ...] = ()) -> Box:
    """Return the box of some lines."""
    return Box(
        tuple(lines),
        min(line.x0 for line in lines),
        max(line.x1 for line in lines),
        min(line.top for line in lines),
        max(line.bottom for line in lines),
        rows,
    )


def boxes(lines: Sequence[Line]) -> list[Box]:
    """Return chains of lines each of which has one neighbour above and one below.

    A line over two columns has two neighbours below, and so the columns begin anew.
    """
    ordered = sorted(lines, key=lambda line: (line.base, line.x0))
    if len(ordered) > _STREWN:
        return [box_of(ordered)]
    below = _neighbours(ordered)
    above: dict[int, list[int]] = {}
    for at, others in below.items():
        for other in others:
            above.setdefault(other, []).append(at)
    nearest = {at: _nearest(ordered, at, others) for at, others in above.items()}
    chains: list[Box] = []
    used: set[int] = set()
    for at in range(len(ordered)):
        if at in used:
            continue
        chain = [at]
        while len(following := below.get(chain[-1], [])) == 1:
            new = following[0]
            if nearest.get(new) != [chain[-1]] or not _alike(ordered[chain[-1]], ordered[new]):
                break
            chain.append(new)
        used.update(chain)
        chains.append(box_of([ordered[each] for each in chain]))
    return chains


def _neighbours(ordered: Sequence[Line]) -> dict[int, list[int]]:
    """Return for each line those directly below it."""
    below: dict[int, list[int]] = {}
    for at, line in enumerate(ordered):
        first: float | None = None
        found = below.setdefault(at, [])
        for other in range(at + 1, len(ordered)):
            new = ordered[other]
            step = new.base - line.base
            if step > _FAR * max(line.size, new.size) and step > _FAR * 1.5 * line.size:
                break
            if step < 0.4 * min(line.size, new.size) or not _overlap(line, new):
                continue
            if step > _FAR * max(line.size, new.size):
                continue
            if first is None:
                first = new.base
            elif new.base - first > 0.4 * new.size:
                break
            found.append(other)
    return below


def _nearest(ordered: Sequence[Line], at: int, others: Sequence[int]) -> list[int]:
    last = max(ordered[other].base for other in others)
    return [o for o in others if last - ordered[o].base <= 0.4 * ordered[at].size]


def _overlap(one: Line, other: Line) -> bool:
    return min(one.x1, other.x1) - max(one.x0, other.x0) > 0.1 * min(one.size, other.size)


def _alike(one: Line, other: Line) -> bool:
    return 1 / _ALIKE < one.size / other.size < _ALIKE


def with_labels(found: Sequence[Box]) -> list[Box]:
    """Put labels in the margin before the line beside which they stand.

    A column of labels holds nothing else beside the text that they belong to.
    """
    left = list(found)
    for label in found:
        if label.rows or len(label.lines) > _LABEL:
            continue
        host = _host(label, left)
        if host is None:
            continue
        box, at = host
        left.remove(label)
        place = left.index(box)
        parts = [box_of(box.lines[:at])] if at else []
        left[place : place + 1] = [*parts, box_of([*label.lines, *box.lines[at:]])]
    return left


def _host(label: Box, found: Sequence[Box]) -> tuple[Box, int] | None:
    """Return the box that a label belongs to, and the line of it that it stands beside."""
    first = label.lines[0]
    rtl = first.rtl
    beside = [
        box
        for box in found
        if box is not label
        and not box.rows
        and (box.x1 < label.x0 if rtl else box.x0 > label.x1)
        and box.top <= first.base <= box.bottom
        and len(box.lines) > len(label.lines)
    ]
    box = min(beside, key=lambda box: label.x0 - box.x1 if rtl else box.x0 - label.x1, default=None)
    if box is None or label.x1 - label.x0 > 0.6 * (box.x1 - box.x0):
        return None
    others = [o for o in found if o is not box and o.top < box.bottom and o.bottom > box.top]
    if any(len(o.lines) > _LABEL and o.x0 < label.x1 and o.x1 > label.x0 for o in others):
        return None
    for at, line in enumerate(box.lines):
        if abs(line.base - first.base) <= 0.35 * max(line.size, first.size):
            return box, at
    return None


def in_order(found: Sequence[Box], *, rtl: bool) -> list[Box]:
    """Return boxes in the order in which they are read.

    What is above comes before what is below it; a column before the next one, unless something that
    spans both lies between.
    Source: T. M. Breuel, High Performance Document Layout Analysis, 2003.
    """
    if len(found) > _MOST:
        return sorted(found, key=lambda box: (box.top, box.x0))
    wide = _widened(found)
    side = [(-x1, -x0) if rtl else (x0, x1) for x0, x1 in wide]
    ahead = _before(found, side)
    waiting = set(range(len(found)))
    done = 0
    order: list[Box] = []
    while waiting:
        free = [at for at in waiting if not ahead[at] & ~done]
        at = min(
            free or waiting,
            key=lambda at: ((ahead[at] & ~done).bit_count(), side[at][0] // 20, found[at].top),
        )
        waiting.discard(at)
        done |= 1 << at
        order.append(found[at])
    return order


def _widened(found: Sequence[Box]) -> list[tuple[float, float]]:
    """Return the width that each box takes up: a short heading that of the column below it.

    What stands alone at the top or the bottom of a page takes its whole width, and so does a headline
    with nothing beside it.
    """
    x0, x1 = min(box.x0 for box in found), max(box.x1 for box in found)
    top, bottom = min(box.top for box in found), max(box.bottom for box in found)
    edge = 0.12 * (bottom - top)
    usual = statistics.median(line.size for box in found for line in box.lines)
    wide: list[tuple[float, float]] = []
    for box in found:
        place = (box.x0, box.x1)
        if len(box.lines) <= 3:
            beside = [
                b for b in found if b is not box and b.top < box.bottom and b.bottom > box.top
            ]
            large = box.lines[0].size >= _LARGE * usual
            if not beside and (box.bottom < top + edge or box.top > bottom - edge):
                place = (x0, x1)
            elif large:
                place = _free(box, beside, (x0, x1))
            elif column := _column(box, found):
                taken = any(b.x1 > column.x0 and b.x0 < column.x1 for b in beside)
                place = place if taken else (column.x0, column.x1)
        wide.append(place)
    return wide


def _free(box: Box, beside: Sequence[Box], page: tuple[float, float]) -> tuple[float, float]:
    """Return the width that a headline has to itself, on the side on which its lines end."""
    x0 = max((other.x1 for other in beside if other.x1 <= box.x0), default=page[0])
    x1 = min((other.x0 for other in beside if other.x0 >= box.x1), default=page[1])
    if box.lines[0].rtl:
        return x0, (x1 if x1 == page[1] else box.x1)
    return (x0 if x0 == page[0] else box.x0), x1


def _column(box: Box, found: Sequence[Box]) -> Box | None:
    """Return the nearest box below or above that is wider on both sides, or as wide."""
    reach = 4 * box.lines[0].size
    around = [
        (gap, other.top < box.top, other)
        for other in found
        if other is not box
        and other.x0 <= box.x0 + 3
        and other.x1 >= box.x1 - 3
        and (gap := max(other.top - box.bottom, box.top - other.bottom)) < reach
    ]
    return min(around, key=lambda each: each[:2], default=(0.0, False, None))[2]


def _before(found: Sequence[Box], side: Sequence[tuple[float, float]]) -> list[int]:
    """Return for each box the set of those to be read before it, as bits."""
    count = len(found)
    beside = [0] * count  # share some width
    under = [0] * count  # lie wholly below
    over = [0] * count
    for one in range(count):
        for two in range(count):
            if one == two:
                continue
            if _share(side[one], side[two]):
                beside[one] |= 1 << two
            slack = 0.3 * min(found[one].lines[-1].size, found[two].lines[0].size)
            if found[two].top >= found[one].bottom - slack:
                under[one] |= 1 << two
                over[two] |= 1 << one
    before = [0] * count
    for one in range(count):
        for two in range(count):
            if one != two and _is_before(one, two, found, side, (beside, under, over)):
                before[two] |= 1 << one
    return before


def _is_before(
    one: int,
    two: int,
    found: Sequence[Box],
    side: Sequence[tuple[float, float]],
    sets: tuple[list[int], list[int], list[int]],
) -> bool:
    beside, under, over = sets
    if beside[one] >> two & 1:
        if under[one] >> two & 1:
            return True
        if under[two] >> one & 1:
            return False
        return (found[one].top, side[one]) < (found[two].top, side[two])
    if side[one][1] > side[two][0]:
        return False
    between = under[one] & over[two] | under[two] & over[one]
    return not between & beside[one] & beside[two]


def _share(one: tuple[float, float], two: tuple[float, float]) -> bool:
    least = min(one[1] - one[0], two[1] - two[0])
    return min(one[1], two[1]) - max(one[0], two[0]) > min(3.0, 0.3 * least)
