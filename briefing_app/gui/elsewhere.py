"""Save elsewhere: the way out when the library's own disk takes nothing more."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from briefing_app.gui.doors import with_ending
from briefing_app.gui.folders import folder_to_begin
from briefing_app.paths import SUFFIX, library_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.gui.longwork import LongWork
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.progress import Progress
    from briefing_app.services.suite import Services


class SaveElsewhere(QObject):
    """Asks for a place, has the library copied there, and tells which edits the copy still lacks."""

    copied = Signal(object, object, int)  # folder, change sets, originals that could not be had

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        long_work: LongWork,
        flush: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._long_work = long_work
        self._flush = flush
        window.status.elsewhere.clicked.connect(self.ask)

    @Slot()
    def ask(self) -> None:
        """Ask where to."""
        folder = self._services.about.folder
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save the library elsewhere"),
            str(Path(folder_to_begin("")) / f"{library_name(folder)}{SUFFIX}"),
            self.tr("Libraries ({pattern})").replace("{pattern}", f"*{SUFFIX}"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # nothing is ever overwritten
        )
        if name:
            self.save(with_ending(Path(name)))

    def save(self, target: Path) -> None:
        """Copy the library to a new folder, then go on there."""
        self._long_work.begin(
            self.tr("Saving the library elsewhere"),
            partial(_copy, services=self._services, target=target),
            partial(self._copied, target),
        )

    def _copied(self, target: Path, lost: int) -> None:
        self._flush()
        self.copied.emit(target, self._services.moving.waiting(), lost)


def _copy(progress: Progress, *, services: Services, target: Path) -> int:
    return services.moving.copy_to(target, progress)
