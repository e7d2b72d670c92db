"""Articles whose texts are nearly the same: one origin, printed by several outlets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing_app.domain.moment import Moment


@dataclass(frozen=True, slots=True)
class Like:
    """An article that says nearly the same as another; `likeness` is the share in common, 0 to 1."""

    id: str
    title: str
    source: str
    published: Moment | None
    likeness: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """An article's outlet, and the others that print its text, the most alike first."""

    source: str
    others: tuple[Like, ...]

    @property
    def sources(self) -> int:
        """How many outlets print it; articles without one are taken for one together."""
        return len({source.strip().casefold() for source in (self.source, *self._others())})

    def _others(self) -> tuple[str, ...]:
        return tuple(one.source for one in self.others)
