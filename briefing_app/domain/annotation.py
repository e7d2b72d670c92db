"""A passage marked in an article: its target, its role, and what the user says of it.

Source: W3C Web Annotation Data Model (TextQuoteSelector and TextPositionSelector).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefing_app.domain.statement import Part


class Role(StrEnum):
    """What a highlight is for."""

    STORY = "story"
    KEY_POINT = "key-point"
    TAKEAWAY = "takeaway"
    IMPACT = "impact"
    HIGHLIGHT = "highlight"

    @property
    def letter(self) -> str:
        """Return the key that makes it and the badge in the margin: S, K, T, I or H."""
        return {"story": "S", "key-point": "K", "takeaway": "T", "impact": "I"}.get(self, "H")

    @property
    def part(self) -> Part | None:
        """Return the part of a story that a highlight of this role goes to; None for H."""
        return {
            "story": Part.NARRATIVE,
            "key-point": Part.KEY_POINTS,
            "takeaway": Part.KEY_TAKEAWAYS,
            "impact": Part.IMPACT,
        }.get(self)


class AnchorState(StrEnum):
    """Whether the passage stands where it was marked."""

    ANCHORED = "anchored"
    MOVED = "moved"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Target:
    """A passage of one version of an article.

    Units: `start` and `end` count code points of the version's canonical text, and
    ``text[start:end] == exact``; `prefix` and `suffix` are up to 32 code points of context.
    """

    version: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A passage with a role; `article` and `target.version` are ids."""

    id: str
    article: str
    target: Target
    role: Role
    comment: str = ""
    tags: tuple[str, ...] = ()
    state: AnchorState = AnchorState.ANCHORED


def select(version: str, text: str, start: int, end: int, context: int = 32) -> Target:
    """Return the target of a selected range, without the blanks at its ends.

    Units:  `start`, `end` and `context` count code points of `text`.
    Raises: ValueError if nothing but blanks is selected.
    """
    start, end = max(0, start), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise ValueError("nothing is selected")
    return Target(
        version,
        start,
        end,
        text[start:end],
        text[max(0, start - context) : start],
        text[end : end + context],
    )


def occurrences(text: str, quote: str) -> tuple[int, ...]:
    """Return where `quote` begins in `text`, overlapping places included.

    Units:  code points.
    Raises: ValueError if `quote` is empty.
    """
    if not quote:
        raise ValueError("an empty quote is everywhere")
    found: list[int] = []
    at = text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return tuple(found)
