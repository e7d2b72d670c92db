"""Shows the history of a brief or a story, and takes it back to a moment."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from briefing_app.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from briefing_app.domain.record import Key
    from briefing_app.gui.history.dialog import HistoryDialog
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.progress import Progress
    from briefing_app.services.revisions import Revision, Revisions, State
    from briefing_app.services.suite import Services


class HistoryController(QObject):
    """Reads in jobs; what arrives late for another moment is not shown."""

    restored = Signal(int)  # how many passages could not come back
    failed = Signal(object)

    def __init__(
        self,
        window: QWidget,
        services: Services,
        runner: JobRunner,
        flush: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._revisions = services.revisions
        self._writable = services.read_only is None
        self._runner = runner
        self._flush = flush
        self._root: Key | None = None
        self.dialog: HistoryDialog | None = None

    def show_history(self, root: Key, title: str, *, brief: bool) -> None:
        """Open the window of a history. Raises: StorageFailure if what is written cannot be kept."""
        from briefing_app.gui.history.dialog import HistoryDialog  # noqa: PLC0415 (loaded when it is asked for)

        self._flush()
        self._root = root
        self.dialog = HistoryDialog(
            title, brief=brief, writable=self._writable, parent=self._window
        )
        self.dialog.state_wanted.connect(self._read_state)
        self.dialog.restore_wanted.connect(self._restore)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()
        self._read()

    def _read(self) -> None:
        job = self._runner.job(read_history, self._revisions, self._root)
        job.finished.connect(self._show)
        job.failed.connect(self.failed)
        job.start()

    @Slot(object)
    def _show(self, revisions: tuple[Revision, ...]) -> None:
        if self.dialog is not None:
            self.dialog.show_history(revisions, dt.datetime.now(dt.UTC))

    @Slot(str)
    def _read_state(self, revision_id: str) -> None:
        job = self._runner.job(read_state, self._revisions, self._root, revision_id)
        job.finished.connect(self._show_state)
        job.failed.connect(self.failed)
        job.start()

    @Slot(object)
    def _show_state(self, found: tuple[str, State]) -> None:
        if self.dialog is not None:
            self.dialog.show_state(*found)

    @Slot(str)
    def _restore(self, revision_id: str) -> None:
        if self._root is None or self.dialog is None:
            return
        try:
            missing = self._revisions.restore(self._root, revision_id)
        except BriefingError as error:
            self.failed.emit(error)
            return
        self.dialog.accept()
        self.restored.emit(missing)

    @Slot(int)
    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def read_history(progress: Progress, revisions: Revisions, root: Key) -> tuple[Revision, ...]:
    """Read the moments; a job, so nothing here touches a widget."""
    progress.check()
    return revisions.of(root)


def read_state(
    progress: Progress, revisions: Revisions, root: Key, revision_id: str
) -> tuple[str, State]:
    """Read how something stood; a job."""
    progress.check()
    return revision_id, revisions.state(root, revision_id)
