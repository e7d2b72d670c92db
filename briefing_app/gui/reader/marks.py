"""What highlights look like: which stretch of the text has which role's tint, and their words."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from briefing_app.domain.annotation import AnchorState, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.domain.annotation import Annotation
    from briefing_app.domain.article import Body


class Tint(NamedTuple):  # a thousand are made and compared at each highlight: a tuple is quickest
    """A stretch of the text in one role's tint.

    Units: code points of the canonical text.
    """

    start: int
    end: int
    role: Role


def in_order(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Return the annotations that have a place in the text, in its order."""
    return tuple(
        sorted(
            (
                one
                for one in annotations
                if one.state is not AnchorState.ORPHANED and one.target.end > one.target.start
            ),
            key=lambda one: (one.target.start, -one.target.end, one.id),
        )
    )


def tints(ordered: tuple[Annotation, ...]) -> tuple[Tint, ...]:
    """Return what to paint: stretches in order that do not overlap.

    Where highlights overlap, the one that begins later lies on top, so an inner one stays visible.
    `ordered` is in the order of the text.
    """
    plain = [Tint(one.target.start, one.target.end, one.role) for one in ordered]
    if all(one.end <= after.start for one, after in pairwise(plain)):
        return tuple(plain)
    edges = sorted({edge for one in ordered for edge in (one.target.start, one.target.end)})
    painted: list[Tint] = []
    active: list[tuple[int, int, Role]] = []  # a heap: the one that began last comes first
    coming = 0
    for start, end in pairwise(edges):
        while coming < len(ordered) and ordered[coming].target.start <= start:
            heappush(active, (-coming, ordered[coming].target.end, ordered[coming].role))
            coming += 1
        while active and active[0][1] <= start:
            heappop(active)
        if active:
            _append(painted, Tint(start, end, active[0][2]))
    return tuple(painted)


def differing(
    before: tuple[Tint, ...], after: tuple[Tint, ...]
) -> tuple[tuple[Tint, ...], tuple[Tint, ...]]:
    """Return which tints are gone and which have come, of two that are in order.

    What both begin and end with is passed over first: mostly one highlight differs among many.
    """
    shorter = min(len(before), len(after))
    first = 0
    while first < shorter and before[first] == after[first]:
        first += 1
    last = 0
    while last < shorter - first and before[-1 - last] == after[-1 - last]:
        last += 1
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    was, now = set(old), set(new)
    return tuple(one for one in old if one not in now), tuple(one for one in new if one not in was)


def paragraph(body: Body, offset: int) -> int:
    """Return the number of the included block with text that holds an offset, from 1."""
    number = 0
    for block in body.blocks:
        if block.start > offset:
            break
        if block.included and block.end > block.start:
            number += 1
    return max(1, number)


def _append(painted: list[Tint], tint: Tint) -> None:
    last = painted[-1] if painted else None
    if last is not None and last.end == tint.start and last.role is tint.role:
        painted[-1] = Tint(last.start, tint.end, tint.role)
    else:
        painted.append(tint)
