"""Backups: what is known of one, and which of many are kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from pathlib import Path

    from briefing_app.domain.soundness import Finding

RECENT, DAYS, WEEKS, MONTHS = 12, 7, 4, 6
DAY = dt.timedelta(days=1)


class Reason(StrEnum):
    """Why a backup was made; it stands in the name of its file."""

    ASKED = "asked"
    DAILY = "daily"
    UPGRADE = "before-upgrade"
    RESTORE = "before-restore"
    REPAIR = "before-repair"
    DELETE = "before-delete"
    MERGE = "before-merge"
    FILE = "file"  # no backup of ours by its name: any file that the user chose


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a library's database, and what it holds that was not deleted.

    `last_edit` is when the newest change in it was made. One that cannot be read has counts of 0 and
    `readable` is false.
    """

    path: Path
    made_at: dt.datetime
    reason: Reason
    size: int
    articles: int = 0
    highlights: int = 0
    stories: int = 0
    briefs: int = 0
    last_edit: dt.datetime | None = None
    library: str = ""
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The last copy in the second place, as the library remembers it."""

    place: Path
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied to the second place.

    `lost` are the digests of originals that the library itself has lost or damaged.
    """

    backup: Backup
    originals: int
    lost: tuple[str, ...]
    same_disk: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place, where the former library is kept, and which originals are nowhere."""

    backup: Backup
    aside: Path | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """What a backup lacks: edits since its last one, as far as the damaged file still tells.

    Shape: an edit is when it was made, its action and its subject; None if nothing can be read.
    """

    since: dt.datetime | None
    edits: tuple[tuple[dt.datetime, str, str], ...] | None


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done, and what could not be.

    `aside` is where the damaged file is kept; `backup` took its place unless all rows could be read.
    """

    aside: Path | None
    backup: Backup | None
    lost: Lost | None
    mended: tuple[Finding, ...]
    left: tuple[Finding, ...]
    indexed: int


def kept(moments: Iterable[dt.datetime]) -> frozenset[dt.datetime]:
    """Return the backups that stay: the newest, and the last one of recent days, weeks, months."""
    newest = sorted(moments, reverse=True)
    return frozenset(
        newest[:RECENT]
        + _last_of_each(newest, DAYS, lambda moment: moment.date())
        + _last_of_each(newest, WEEKS, lambda moment: moment.isocalendar()[:2])
        + _last_of_each(newest, MONTHS, lambda moment: (moment.year, moment.month))
    )


def is_due(moments: Iterable[dt.datetime], now: dt.datetime) -> bool:
    """Tell whether the last backup is more than a day old.

    One from the future, made before the clock was set back, says nothing of the last day.
    """
    return not any(dt.timedelta(0) <= now - moment < DAY for moment in moments)


def _last_of_each(
    newest: list[dt.datetime], periods: int, period: Callable[[dt.datetime], Hashable]
) -> list[dt.datetime]:
    """Return the last moment of each of the newest periods that have any."""
    found: dict[Hashable, dt.datetime] = {}
    for moment in newest:
        found.setdefault(period(moment), moment)
    return list(found.values())[:periods]
