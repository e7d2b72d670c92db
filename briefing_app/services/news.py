"""What a history tells: what an edit touched, what is on disk, what could not be stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from briefing_app.domain.change import Action
    from briefing_app.domain.record import Key
    from briefing_app.errors import StorageFailure


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
