"""Find a marked passage in a text again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.annotation import occurrences

if TYPE_CHECKING:
    from briefing_app.domain.annotation import Target


def locate(text: str, target: Target) -> tuple[int, int] | None:
    """Return where the passage of a target stands in a text, or None if it is not to be told.

    The quote itself is looked for; of several places, the one whose surroundings are most like those
    that were marked, then the one nearest to where it was. Two equal places are no answer.
    Shape:  (start, end) with text[start:end] == target.exact.
    Units:  code points.
    Source: W3C Web Annotation Data Model, section 4.2.4 (Text Quote Selector).
    """
    size = len(target.exact)
    if not size:
        return None
    if text[target.start : target.end] == target.exact and _agrees(text, target):
        return target.start, target.end
    ranked = sorted(
        (-_likeness(text, start, target), abs(start - target.start), start)
        for start in occurrences(text, target.exact)
    )
    if not ranked or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
        return None
    start = ranked[0][2]
    return start, start + size


def _agrees(text: str, target: Target) -> bool:
    return text.startswith(target.suffix, target.end) and text.endswith(
        target.prefix, 0, target.start
    )


def _likeness(text: str, start: int, target: Target) -> int:
    """Return how many characters around a place are as they were, counted outwards from it."""
    end = start + len(target.exact)
    before = text[max(0, start - len(target.prefix)) : start]
    after = text[end : end + len(target.suffix)]
    return _common(before[::-1], target.prefix[::-1]) + _common(after, target.suffix)


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
