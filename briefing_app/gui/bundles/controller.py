"""Saves bundles and takes them in: asks, works in the background, and says what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from briefing_app.errors import BriefingError
from briefing_app.gui.dialogs.export import file_name
from briefing_app.gui.folders import folder_to_begin
from briefing_app.services.bundling import Holds, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.gui.longwork import LongWork
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.progress import Progress
    from briefing_app.services.bundling import Bundled, Bundling, Choice, Received
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings

ENDING = ".zip"


class BundleController(QObject):
    """`flush` is called first, so that what stands in the window is what is compared and saved."""

    arrived = Signal()  # something came in: lists are to be read again
    brief_arrived = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        work: LongWork,
        services: Services,
        settings: Settings,
        *,
        flush: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._work = work
        self._services = services
        self._settings = settings
        self._flush = flush
        self._brief = ""
        window.actions_["bundle"].triggered.connect(self.ask_what)
        window.actions_["unbundle"].triggered.connect(self.ask_which)

    @Slot(str)
    def show_brief(self, brief_id: str) -> None:
        """Follow another brief; an empty id is none."""
        self._brief = brief_id

    @Slot()
    def ask_what(self) -> None:
        """Ask what the bundle is to hold, then where it is to lie."""
        from briefing_app.gui.bundles.saving import SaveBundleDialog  # noqa: PLC0415 (loaded when it is asked for)

        title = self._title(self._brief)
        dialog = SaveBundleDialog(
            self._brief if title is not None else "", title or "", self._window
        )
        dialog.accepted.connect(lambda: self.ask_where(dialog.choice()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_where(self, choice: Choice) -> None:
        """Ask for a file and write the bundle to it; the dialog asks before it replaces one."""
        title = self._title(choice.id) if choice.id else None
        name = file_name(title) if title is not None else self.tr("Library")
        beginning = folder_to_begin(self._settings.now.export_folder)
        path, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save a bundle"),
            str(beginning / f"{name}{ENDING}"),
            self.tr("Bundles ({pattern})").replace("{pattern}", f"*{ENDING}"),
        )
        if path:
            self._settings.change(export_folder=str(Path(path).parent))
            self.save(Path(path), choice)

    def save(self, path: Path, choice: Choice) -> None:
        """Write a bundle."""
        path = path if path.suffix.lower() == ENDING else path.with_name(path.name + ENDING)
        self._settle()
        title = self.tr("Saving “{file}”").replace("{file}", path.name)
        self._work.begin(title, partial(_save, self._services.bundling, path, choice), self._saved)

    @Slot()
    def ask_which(self) -> None:
        """Ask for a bundle and look into it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open a bundle"),
            str(folder_to_begin(self._settings.now.import_folder)),
            self.tr("Bundles ({pattern})").replace("{pattern}", f"*{ENDING}"),
        )
        if path:
            self._settings.change(import_folder=str(Path(path).parent))
            self.look_into(Path(path))

    def look_into(self, path: Path, otherwise: Callable[[], None] | None = None) -> None:
        """Say what a bundle would bring, and ask; `otherwise` takes a file that is no bundle."""
        self._settle()
        title = self.tr("Looking into “{file}”").replace("{file}", path.name)
        self._work.begin(
            title,
            partial(_look, self._services.bundling, path, anything=otherwise is not None),
            partial(self._looked, path, otherwise),
        )

    def take_in(self, path: Path) -> None:
        """Take a bundle in."""
        self._settle()
        title = self.tr("Taking “{file}” in").replace("{file}", path.name)
        self._work.begin(
            title,
            partial(_take_in, self._services.bundling, path),
            partial(self._taken_in, path),
            failed=self._not_taken_in,
            stopped=self._stopped,
        )

    def _settle(self) -> None:
        """Let what was typed be stored; the work waits for it."""
        self._flush()
        self._services.history.end_burst()

    def _title(self, brief_id: str) -> str | None:
        if not brief_id:
            return None
        try:
            return self._services.desk.brief(brief_id).title
        except BriefingError:
            return None

    def _saved(self, bundled: Bundled) -> None:
        words = self.tr("The bundle “{file}” is saved: {size}")
        size = QLocale().formattedDataSize(bundled.size)
        self._work.say(words.replace("{file}", bundled.path.name).replace("{size}", size))

    def _looked(
        self, path: Path, otherwise: Callable[[], None] | None, received: Received | None
    ) -> None:
        from briefing_app.gui.bundles.arrival import ArrivalDialog  # noqa: PLC0415 (loaded when it is asked for)

        if received is None:
            if otherwise is not None:
                otherwise()
            return
        dialog = ArrivalDialog(path.name, received, done=False, parent=self._window)
        dialog.take.setEnabled(self._services.read_only is None)
        dialog.accepted.connect(partial(self.take_in, path))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _taken_in(self, path: Path, received: Received) -> None:
        from briefing_app.gui.bundles.arrival import ArrivalDialog  # noqa: PLC0415 (loaded when it is asked for)
        from briefing_app.gui.bundles.words import summary  # noqa: PLC0415 (loaded when it is asked for)

        self.arrived.emit()
        if (
            received.manifest.holds is Holds.BRIEF
            and self._title(received.manifest.about) is not None
        ):
            self.brief_arrived.emit(received.manifest.about)
        words = self.tr("“{file}” is in the library. {summary}")
        filled = words.replace("{file}", path.name).replace("{summary}", summary(received))
        self._work.say(filled)
        if received.count(Verdict.CONFLICT):
            dialog = ArrivalDialog(path.name, received, done=True, parent=self._window)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _not_taken_in(self, error: Exception) -> None:
        self.arrived.emit()  # some of it may have come in before the disk was full
        self.failed.emit(error)

    def _stopped(self) -> None:
        self.arrived.emit()
        self._work.say(
            self.tr(
                "Stopped. What had come in stays; undo takes it back, and opening it again goes on."
            )
        )


def _save(bundling: Bundling, path: Path, choice: Choice, progress: Progress) -> Bundled:
    """Write a bundle; a job, so nothing here touches a widget."""
    return bundling.bundle(path, choice, progress)


def _look(bundling: Bundling, path: Path, progress: Progress, *, anything: bool) -> Received | None:
    """Compare a bundle with the library; None for a file that is none, if it may be anything."""
    if anything and not bundling.is_bundle(path):
        return None
    return bundling.preview(path, progress)


def _take_in(bundling: Bundling, path: Path, progress: Progress) -> Received:
    """Take a bundle in."""
    return bundling.unbundle(path, progress)
