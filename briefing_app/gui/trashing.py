"""The trash in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from briefing_app.domain.erasure import Wish
from briefing_app.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from briefing_app.domain.record import Key
    from briefing_app.gui.dialogs.trash import TrashDialog
    from briefing_app.gui.erasing import EraseController
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.progress import Progress
    from briefing_app.services.suite import Services
    from briefing_app.services.trash import TrashRow


class TrashController(QObject):
    """Reads the trash in a job; what is restored is shown."""

    restored = Signal(tuple)  # keys
    failed = Signal(object)

    def __init__(
        self,
        window: QWidget,
        services: Services,
        runner: JobRunner,
        erasing: EraseController,
        flush: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._runner = runner
        self._erasing = erasing
        self._flush = flush
        self.dialog: TrashDialog | None = None
        erasing.erased.connect(self.refresh)

    @Slot()
    def show_trash(self) -> None:
        """Open the trash."""
        from briefing_app.gui.dialogs.trash import TrashDialog  # noqa: PLC0415 (loaded when it is asked for)

        self._flush()
        writable = self._services.read_only is None
        self.dialog = TrashDialog(self._window, writable=writable)
        self.dialog.restore_wanted.connect(self._restore)
        self.dialog.erase_wanted.connect(self._erase)
        self.dialog.empty_wanted.connect(self._empty)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read it again, if it is open."""
        if self.dialog is not None:
            job = self._runner.job(read_trash, self._services)
            job.finished.connect(self._show)
            job.failed.connect(self.failed)
            job.start()

    @Slot(object)
    def _show(self, rows: tuple[TrashRow, ...]) -> None:
        if self.dialog is not None:
            self.dialog.show_rows(rows)

    @Slot(tuple)
    def _restore(self, keys: tuple[Key, ...]) -> None:
        try:
            self._services.trash.restore(keys)
        except BriefingError as error:
            self.failed.emit(error)
            return
        self.refresh()
        self.restored.emit(keys)

    @Slot(tuple)
    def _erase(self, keys: tuple[Key, ...]) -> None:
        self._close()
        self._erasing.ask(Wish(keys))

    @Slot()
    def _empty(self) -> None:
        self._close()
        self._erasing.ask_to_empty()

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()

    @Slot(int)
    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def read_trash(progress: Progress, services: Services) -> tuple[TrashRow, ...]:
    """Read what lies in the trash; a job, so nothing here touches a widget."""
    services.history.wait()
    progress.check()
    return services.trash.rows()
