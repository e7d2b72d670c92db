"""Erasing for good in the window: look what would go, ask, erase in a job, and say what came of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing_app.domain.erasure import Doom, Erased, Why, Wish
    from briefing_app.gui.dialogs.erase import EraseDialog
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.gui.longwork import LongWork
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.progress import Progress
    from briefing_app.services.suite import Services


class EraseController(QObject):
    """Asks once, and names what goes."""

    erased = Signal()
    begun = Signal(object)  # Wish: what shows any of it lets it go
    failed = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        runner: JobRunner,
        work: LongWork,
        flush: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._runner = runner
        self._work = work
        self._flush = flush
        self._wish: Wish | None = None
        self._trash = False
        self.dialog: EraseDialog | None = None

    def ask(self, wish: Wish) -> None:
        """Ask whether this is meant, and erase it then."""
        self._flush()
        self._wish, self._trash = wish, False
        self._look(look, self._services, wish)

    def ask_to_empty(self) -> None:
        """Ask whether the trash is to be emptied."""
        self._flush()
        self._wish, self._trash = None, True
        self._look(look_at_trash, self._services)

    def finish(self) -> None:
        """Clear away what an interrupted run has left, and what lay in the trash for its days."""
        if not self._work.busy:
            job = self._runner.job(tidy, self._services)
            job.finished.connect(self._tidied)
            job.start()

    def _look(self, job: Callable[..., object], *args: object) -> None:
        asked = self._runner.job(job, *args)
        asked.finished.connect(self._ask)
        asked.failed.connect(self.failed)
        asked.start()

    @Slot(object)
    def _ask(self, found: tuple[Wish, Doom, tuple[Path, ...]] | None) -> None:
        from briefing_app.gui.dialogs.erase import EraseDialog  # noqa: PLC0415 (loaded when it is asked for)

        if found is None:
            self._work.say(self.tr("There is nothing in the trash that may go."))
            return
        self._wish, doom, backups = found
        self.dialog = EraseDialog(doom, backups, self._window)
        self.dialog.accepted.connect(self._erase)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    @Slot()
    def _erase(self) -> None:
        if self.dialog is None or self._wish is None:
            return
        wish = replace(self._wish, statements=self.dialog.rows.isChecked())
        why = self.dialog.chosen_why()
        purge = self.dialog.backups.isChecked()
        work = partial(erase, services=self._services, wish=wish, why=why, purge=purge)
        if self._work.begin(self.tr("Erasing for good"), work, self._done, self._failed):
            self.begun.emit(wish)

    @Slot(int)
    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _done(self, erased: Erased) -> None:
        self._services.erasing.settle()
        self.erased.emit()
        if not erased.tidied:
            self._work.say(
                self.tr(
                    "Erased. Another program reads the library: traces stay in its file until the "
                    "next opening."
                ),
                stay=True,
            )
        elif erased.kept:
            words = self.tr("Erased for good. %n backups still hold it.", "", len(erased.kept))
            self._work.say(words, stay=True)
        else:
            self._work.say(self.tr("Erased for good."))

    def _failed(self, error: Exception) -> None:
        self._services.erasing.settle()
        self.failed.emit(error)

    @Slot(object)
    def _tidied(self, changed: bool) -> None:
        if changed:
            self._services.erasing.settle()
            self.erased.emit()


def look(progress: Progress, services: Services, wish: Wish) -> tuple[Wish, Doom, tuple[Path, ...]]:
    """Look what would go; a job, so nothing here touches a widget. Raises: NotFound, Refused."""
    services.history.wait()
    progress.check()
    return wish, services.erasing.look(wish), services.erasing.backups(wish)


def look_at_trash(
    progress: Progress, services: Services
) -> tuple[Wish, Doom, tuple[Path, ...]] | None:
    """Look what would go if the trash were emptied; a job."""
    services.history.wait()
    wish = services.trash.wish()
    return look(progress, services, wish) if wish.keys else None


def erase(progress: Progress, services: Services, wish: Wish, why: Why, purge: bool) -> Erased:
    """Erase; a job. Raises: StorageFailure, Cancelled."""
    return services.erasing.erase(wish, why, progress, purge=purge)


def tidy(progress: Progress, services: Services) -> bool:
    """Finish what was begun and empty the trash of what is old; a job.

    Shape: whether anything has gone.
    """
    services.erasing.finish(progress)
    return services.trash.empty_old(progress).records > 0
