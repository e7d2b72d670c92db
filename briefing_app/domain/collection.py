"""A shelf of the user's own: articles that belong together, whatever their state."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Collection:
    """A named collection; which articles are in it, the articles say. `rank` is its place."""

    id: str
    name: str
    rank: str
