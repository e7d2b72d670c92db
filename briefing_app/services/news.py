"""What a history tells: what an edit touched, what is on disk, what could not be stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain.record import Entity, Key

if TYPE_CHECKING:
    import datetime as dt

    from briefing_app.domain.change import Action
    from briefing_app.errors import StorageFailure
    from briefing_app.services.held import Held


@dataclass(frozen=True, slots=True)
class Changed:
    """What an edit touched: its records, and the ids of what they belong to."""

    action: Action
    keys: frozenset[Key]
    articles: frozenset[str] = frozenset()
    annotations: frozenset[str] = frozenset()
    stories: frozenset[str] = frozenset()
    briefs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Saved:
    """All changes up to `seq` are on disk."""

    seq: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """A commit failed; `pending` sets wait in memory for `retry`."""

    error: StorageFailure
    pending: int


def changed_by(held: Held, action: Action, keys: set[Key]) -> Changed:
    """Return what to tell of an edit of some records. Raises: StorageFailure."""
    held.learn(keys)
    roots = {root for key in keys if (root := held.root(key)) is not None}

    def ids(entity: Entity) -> frozenset[str]:
        return frozenset(uid for kind, uid in roots if kind is entity)

    return Changed(
        action,
        frozenset(keys),
        ids(Entity.ARTICLE),
        frozenset(uid for kind, uid in keys if kind is Entity.ANNOTATION),
        ids(Entity.STORY),
        ids(Entity.BRIEF),
    )
