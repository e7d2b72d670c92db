"""A question that the user asks again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A named search; `query` is what would be typed, `rank` its place among the others."""

    id: str
    name: str
    query: str
    rank: str
