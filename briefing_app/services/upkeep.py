"""Backups, restore, check and repair of one library, open or not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain.backup import Reason, is_due
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing_app.domain.backup import Backup, Copied, Elsewhere, Repaired, Restored
    from briefing_app.domain.soundness import CheckReport
    from briefing_app.errors import BriefingError
    from briefing_app.progress import Progress
    from briefing_app.storage.upkeep import StoredUpkeep

NEWEST = "newest"


class Upkeep:
    """What keeps a library safe. All of it may take long: call it from a job.

    Restore and repair want the library to themselves; a window that holds its own lock says so.
    """

    def __init__(self, stored: StoredUpkeep, now: Callable[[], int]) -> None:
        self._stored = stored
        self._now = now

    @property
    def folder(self) -> Path:
        """The folder of the library."""
        return self._stored.folder

    def back_up(self, progress: Progress, reason: Reason = Reason.ASKED) -> Backup:
        """Make a backup in the library. Raises: StorageFailure, Cancelled."""
        return self._stored.back_up(reason, progress)

    def copy_out(self, place: Path, progress: Progress, reason: Reason = Reason.ASKED) -> Copied:
        """Make a backup, and bring it with all originals to a second place; read it back there.

        Raises: StorageFailure, Cancelled.
        """
        return self._stored.copy_out(place, reason, progress)

    def back_up_if_due(self, progress: Progress) -> Backup | None:
        """Make the backup of the day, unless there is one or nothing was changed since the last.

        Raises: StorageFailure, Cancelled.
        """
        if not is_due(self._stored.moments(), self.now()) or self._stored.is_backed_up():
            return None
        return self._stored.back_up(Reason.DAILY, progress)

    def look_after(self, progress: Progress, place: Path | None) -> Looked:
        """Do what is due: the backup of the day, and the copy in the second place if it is there.

        Raises: StorageFailure, Cancelled.
        """
        if place is not None and place.is_dir() and self._copy_is_due(place):
            made: Backup | None = self._stored.copy_out(place, Reason.DAILY, progress).backup
        else:
            made = self.back_up_if_due(progress)
        return Looked(made, self.last_elsewhere())

    def backups(self) -> tuple[Backup, ...]:
        """Return the backups and what was kept aside, newest first."""
        return self._stored.backups()

    def found_in(self, place: Path) -> tuple[Backup, ...]:
        """Return the backups in a second place, newest first."""
        return self._stored.found_in(place)

    def named(self, name: str, place: Path | None = None) -> Path:
        """Return the backup of a name, or "newest"; of the second place if one is named.

        Raises: NotFound.
        """
        there = self.found_in(place) if place else self.backups()
        if name == NEWEST:
            there = tuple(one for one in there if one.reason in _MADE and one.readable)
            if there:
                return there[0].path
            raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no backup that can be read."))
        for one in there:
            if name in (one.path.name, one.path.stem):
                return one.path
        raise NotFound(
            QT_TRANSLATE_NOOP("errors", "There is no backup “{name}”."),
            hint=QT_TRANSLATE_NOOP("errors", "List them with: briefing-app backup --list"),
            name=name,
        )

    def last_elsewhere(self) -> Elsewhere | None:
        """Return where and when the last copy outside the library was made, or None."""
        return self._stored.last_elsewhere()

    def copies_in(self, place: Path) -> tuple[Backup, ...]:
        """Return the copies of this library in a second place, newest first."""
        return self._stored.copies_in(place)

    def absent(self, place: Path) -> BriefingError:
        """Return the sentence for a second place that cannot be reached."""
        return self._stored.absent(place)

    def now(self) -> dt.datetime:
        """Return the present moment; ages are counted from it."""
        return dt.datetime.fromtimestamp(self._now() / 1000, dt.UTC)

    def _copy_is_due(self, place: Path) -> bool:
        last = self.last_elsewhere()
        if last is None or last.place != place.absolute():
            return True
        if not is_due((last.made_at,), self.now()):
            return False
        newest = max(self._stored.moments(), default=None)
        return newest is None or newest > last.made_at or not self._stored.is_backed_up()

    def check(self, progress: Progress) -> CheckReport:
        """Look the library through, beside whoever works in it. Raises: StorageFailure, Cancelled."""
        return self._stored.check(progress)

    def preview(self, file: Path, progress: Progress) -> Backup:
        """Read a backup from end to end and say what it holds. Raises: StorageFailure, Cancelled."""
        return self._stored.preview(file, progress)

    def restore(self, file: Path, progress: Progress, *, own_window: bool = False) -> Restored:
        """Put a backup in the place of the library, which is kept aside.

        Raises: StorageFailure, Cancelled.
        """
        return self._stored.restore(file, progress, own_window=own_window)

    def repair(
        self, progress: Progress, *, second_place: Path | None = None, own_window: bool = False
    ) -> Repaired:
        """Mend file, index, texts and originals of the library. Raises: StorageFailure, Cancelled."""
        return self._stored.repair(progress, second_place=second_place, own_window=own_window)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was made on its own, and when the last copy elsewhere was made."""

    made: Backup | None
    last: Elsewhere | None


_MADE = frozenset(Reason) - {Reason.FILE, Reason.RESTORE, Reason.REPAIR}  # not what was kept aside
