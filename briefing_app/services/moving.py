"""Take an open library to another place, with the edits that could not be stored where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from briefing_app.domain.change import ChangeSet
    from briefing_app.progress import Progress
    from briefing_app.services.history import History
    from briefing_app.storage.library import Library


class Moving:
    """Copies the library first; the waiting edits go into the copy when it is opened."""

    def __init__(self, library: Library, history: History) -> None:
        self._library = library
        self._history = history

    def copy_to(self, target: Path, progress: Progress) -> int:
        """Make a copy of what is stored in a new folder; return how many originals it lacks.

        Raises: StorageFailure, Cancelled; then nothing is left behind.
        """
        return self._library.copy_to(target, self._history.new_id(), progress)

    def waiting(self) -> tuple[ChangeSet, ...]:
        """Return the edits that are not stored, in their order; the copy needs them."""
        self._history.end_burst()
        return self._library.writer.waiting()


def carry_over(library: Library, waiting: tuple[ChangeSet, ...]) -> None:
    """Store the edits of another copy in this one. Raises: StorageFailure."""
    for change_set in waiting:
        library.writer.submit(change_set)
    library.writer.flush()
