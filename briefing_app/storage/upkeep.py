"""All that keeps one library safe, for the service: it works on the folder, open or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.storage import backup, checking, elsewhere, repairing, restoring
from briefing_app.storage.copying import visit
from briefing_app.storage.failure import EXPECTED, storage_failure

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from briefing_app.domain.backup import Backup, Copied, Elsewhere, Reason, Repaired, Restored
    from briefing_app.domain.soundness import CheckReport
    from briefing_app.errors import StorageFailure
    from briefing_app.progress import Progress


class StoredUpkeep:
    """Backups, checks and repairs of the library in a folder. Any thread may ask."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def back_up(self, reason: Reason, progress: Progress) -> Backup:
        """Make a backup in the library. Raises: StorageFailure, Cancelled."""
        return backup.back_up(self.folder, reason, progress)

    def copy_out(self, place: Path, reason: Reason, progress: Progress) -> Copied:
        """Make a backup and bring it, with the originals, elsewhere. Raises: the same."""
        return elsewhere.copy_out(self.folder, place, reason, progress)

    def moments(self) -> tuple[dt.datetime, ...]:
        """Return when each backup was made, by the names of the files alone."""
        return tuple(map(backup.made_at, backup.files(self.folder / backup.FOLDER)))

    def backups(self) -> tuple[Backup, ...]:
        """Return the backups and what was kept aside, newest first."""
        found = (
            *backup.backups(self.folder / backup.FOLDER),
            *backup.backups(self.folder / restoring.ASIDE),
        )
        return tuple(sorted(found, key=lambda one: one.made_at, reverse=True))

    def found_in(self, place: Path) -> tuple[Backup, ...]:
        """Return the backups in a second place, newest first; several libraries may be there."""
        found = map(backup.describe, elsewhere.found_in(place))
        return tuple(sorted(found, key=lambda one: one.made_at, reverse=True))

    def copies_in(self, place: Path) -> tuple[Backup, ...]:
        """Return the copies of this library in a second place, newest first."""
        files = elsewhere.copies_of(self.folder, place)
        return tuple(map(backup.describe, reversed(files)))

    def absent(self, place: Path) -> StorageFailure:
        """Return the sentence for a second place that cannot be reached."""
        return elsewhere.absent(place)

    def last_elsewhere(self) -> Elsewhere | None:
        """Return where and when the last copy outside the library was made."""
        return elsewhere.last_elsewhere(self.folder)

    def is_backed_up(self) -> bool:
        """Tell whether the newest backup holds the newest change. Raises: StorageFailure."""
        files = backup.files(self.folder / backup.FOLDER)
        if not files:
            return False
        try:
            with visit(self.folder) as connection:
                (last,) = connection.execute("SELECT max(seq) FROM change").fetchone()
        except EXPECTED as error:
            raise storage_failure(error, self.folder) from error
        return backup.newest(files[-1]) == (last or 0)

    def check(self, progress: Progress) -> CheckReport:
        """Look the library through. Raises: StorageFailure, Cancelled."""
        return checking.check(self.folder, progress)

    def preview(self, file: Path, progress: Progress) -> Backup:
        """Read a backup from end to end. Raises: StorageFailure, Cancelled."""
        return restoring.preview(file, progress)

    def restore(self, file: Path, progress: Progress, *, own_window: bool) -> Restored:
        """Put a backup in the place of the library. Raises: StorageFailure, Cancelled."""
        return restoring.restore(self.folder, file, progress, own_window=own_window)

    def repair(
        self, progress: Progress, *, second_place: Path | None, own_window: bool
    ) -> Repaired:
        """Mend the library. Raises: StorageFailure, Cancelled."""
        return repairing.repair(
            self.folder, progress, elsewhere=second_place, own_window=own_window
        )
