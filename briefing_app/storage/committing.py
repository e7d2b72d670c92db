"""One job of the writer, and how it is stored: in one transaction, as all processes may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError, NoResultFound

from briefing_app.storage import originals
from briefing_app.storage.applying import apply, is_undone, without_erased
from briefing_app.storage.known import is_overtaken

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from filelock import BaseFileLock
    from sqlalchemy import Connection

    from briefing_app.domain.change import ChangeSet
    from briefing_app.storage.arrivals import Arrival


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job is stored: the folder, the lock of its writers, the UUID of this copy."""

    folder: Path
    lock: BaseFileLock
    device: str


@dataclass(slots=True, eq=False)
class Job:
    """A change set on its way. `due` is when typing is stored; until then more may join it.

    `work` is done in the place of a change set, by a caller who waits for it.
    """

    change_set: ChangeSet
    arrivals: tuple[Arrival, ...] = ()
    due: float = 0.0
    done: Future[Any] | None = None
    work: Callable[[Connection], Any] | None = None
    since: int | None = None  # what the caller found out was true up to this change
    checked: bool = False


def store(connection: Connection, job: Job, place: Place) -> int | None:
    """Store a job; return the number of the newest change, None if it was overtaken."""
    try:
        return _transact(connection, job, job.change_set, place)
    except (LookupError, IntegrityError, NoResultFound):
        left = without_erased(connection, job.change_set)
        connection.rollback()
        if left is job.change_set:
            raise
    return _transact(connection, job, left, place)


def _transact(connection: Connection, job: Job, change_set: ChangeSet, place: Place) -> int | None:
    with place.lock, connection.begin():
        for intake, _ in job.arrivals:  # another process may have erased the same bytes meanwhile
            originals.keep_files(place.folder, intake.originals)
        if job.done is not None and is_undone(connection, change_set.id):
            return None
        if job.since is not None and is_overtaken(connection, job.since):
            return None
        return apply(connection, change_set, job.arrivals, place.device, checked=job.checked)
