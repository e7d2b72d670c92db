"""The library that the window shows: one after another, each opened and let go in a job."""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot

from briefing_app.errors import QT_TRANSLATE_NOOP, Refused
from briefing_app.gui.jobs import JobRunner
from briefing_app.gui.opening import (
    Again,
    Opened,
    Reopened,
    Taken,
    carry,
    close,
    elsewhere_open,
    enter,
    let_go,
    open_first,
    work_between,
)
from briefing_app.paths import default_library, library_name

if TYPE_CHECKING:
    from pathlib import Path

    from briefing_app.domain.change import ChangeSet
    from briefing_app.gui.desktop import Desktop
    from briefing_app.gui.furniture import Furniture
    from briefing_app.gui.instance import Doorbell
    from briefing_app.gui.jobs import Job
    from briefing_app.gui.lock import WindowLock
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.gui.opening import Open, Work
    from briefing_app.gui.rest import Rest
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings

RECENT = 8  # libraries that are remembered


class OpenLibrary(QObject):
    """One library at a time; while another is being opened, the window works on in the one it has."""

    shown = Signal()  # another library, or the same one again, is in the window
    tried = Signal()  # one could not be opened
    rung = Signal()  # the program was started again on this library

    def __init__(
        self,
        window: MainWindow,
        furniture: Furniture,
        rest: Rest,
        runner: JobRunner,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._furniture = furniture
        self._rest = rest
        self._runner = runner
        self._settings = settings
        self._lock: WindowLock | None = None
        self._opened: Opened | None = None
        self._works: JobRunner | None = None
        self._leaving: JobRunner | None = None  # while the library is closed for work
        self._doorbell: Doorbell | None = None
        self._busy = False
        self._folder: Path | None = None
        self._carrying = (
            ""  # what is said when one has come with the edits that this one cannot store
        )
        self._chosen = False  # the user has chosen a library in this window, and finds it next time
        self._going: Opened | None = None  # the one before, which may still be closing
        self.desktop: Desktop | None = None

    @property
    def services(self) -> Services | None:
        """What works on the open library; None if there is none."""
        return self._opened.services if self._opened else None

    @property
    def works(self) -> JobRunner | None:
        """What runs the jobs of the open library, which are waited for before it is closed."""
        return self._works

    @property
    def folder(self) -> Path | None:
        """Where the library lies that is open, or that the window has tried to open."""
        return self._folder

    def begin(self, folder: Path, lock: WindowLock, open_services: Open) -> None:
        """Open the first library, whose lock the window has already."""
        self._lock, self._folder = lock, folder
        self._listen(folder)
        self._start(self._runner.job(open_first, folder, lock, open_services))

    def change(self, folder: Path, *, make: bool = False) -> None:
        """Show another library in this window, or raise the window that has it.

        What is not stored yet is stored first. If the other cannot be opened, this one stays.
        """
        if self._is_busy() or self._furniture.long_work.is_busy():
            return
        if self._opened is not None and _same(folder, self._opened.folder):
            self.shown.emit()
            return
        if self._opened is None and self._lock is not None:
            self._lock.release()  # of one that could not be opened; it may be tried again
        self._chosen = True
        self._window.status.show_opening()
        self._start(self._runner.job(enter, folder, make, self._rest.open_library, self._going))

    def reopen(self, work: Work, title: str = "") -> bool:
        """Close the library, do something with its folder as long work, and open it again.

        It is opened again if the work fails, too, which is told then; one that could not be opened is
        tried again. False if that cannot begin now.
        """
        folder, lock, long_work = self._folder, self._lock, self._furniture.long_work
        if folder is None or lock is None or self._is_busy() or long_work.is_busy():
            return False
        services = self.services
        if services is None and not _claim_again(lock):
            self._raise_other(folder)
            return False
        if not self._may_leave():
            return False
        works = self._leaving = self._take_down()
        self._window.status.show_opening()
        self._window.may_close = self._is_reopened
        again = Again(folder, lock, services, works, work, self._rest.open_library)
        self._busy = True
        return long_work.begin(
            title or self.tr("Opening the library"),
            partial(work_between, again=again),
            self._entered,
            self._not_entered,
            partial(self._not_closed, again),
        )

    @Slot(object, object, int)
    def carry_on(self, folder: Path, waiting: tuple[ChangeSet, ...], lost: int) -> None:
        """Go on in a copy of the library, with the edits that could not be stored here."""
        if self._is_busy():
            return
        words = self.tr("The library is at “{folder}” now, with all edits.")
        if lost:
            words += " " + self.tr("%n original files could not be copied.", "", lost)
        self._carrying, self._chosen = words.replace("{folder}", str(folder)), True
        self._window.setEnabled(False)  # what is typed now would be in neither
        self._window.status.show_opening()
        opening = partial(carry, self._rest.open_carrying, waiting)
        self._start(self._runner.job(enter, folder, False, opening, self._going))

    def end(self) -> None:
        """Let the library go, on this thread; no thread outlives this."""
        if self._doorbell is not None:
            self._doorbell.close()
        if self._works is not None:
            self._works.stop()
        if self._opened is not None:
            close(self._opened.services)
        if self._lock is not None:
            self._lock.release()

    # coming

    def _start(self, job: Job) -> None:
        self._busy = True
        job.finished.connect(self._entered)
        job.failed.connect(self._not_entered)
        job.start()

    def _not_closed(self, again: Again) -> None:
        """Show the library as it was: the user cancelled before anything was done."""
        self._not_reopened()
        if again.services is not None:
            self._show(Opened(again.folder, again.lock, again.services))

    def _is_reopened(self) -> bool:
        """Keep the window while the library is closed for work, and say so."""
        return not self._furniture.long_work.is_busy()

    def _forget_works(self) -> None:
        works, self._leaving = self._leaving, None
        if works is not None:
            works.deleteLater()

    def _is_busy(self) -> bool:
        if self._busy:
            self._tell(
                Refused(
                    QT_TRANSLATE_NOOP("errors", "A library is being opened."),
                    hint=QT_TRANSLATE_NOOP("errors", "Wait until it is there, then try again."),
                )
            )
        return self._busy

    @Slot(object)
    def _entered(self, entered: Opened | Taken | Reopened) -> None:
        self._busy = False
        self._window.setEnabled(True)
        if isinstance(entered, Taken):
            self._window.status.show_again()
            self._raise_other(entered.folder)
            return
        if isinstance(entered, Reopened):
            self._forget_works()
            self._show(entered.opened)
            if entered.trouble is not None:
                self._tell(entered.trouble)
        elif self._opened is None:
            self._show(entered)
        elif self._may_leave():
            words, self._carrying = self._carrying, ""
            self._let_go(self._opened, self._take_down())
            self._show(entered)
            if words:
                self._furniture.long_work.say(words, stay=True)
        else:
            self._window.status.show_again()
            self._let_go(entered, None)

    @Slot(Exception)
    def _not_entered(self, error: Exception) -> None:
        self._not_reopened()
        self._tell(error)

    @Slot()
    def _not_reopened(self) -> None:
        self._busy, self._carrying = False, ""
        self._window.setEnabled(True)
        self._forget_works()
        if self.desktop is None:
            self._window.may_close = _nothing_to_store
        if self.desktop is None:
            self._window.status.show_no_library()
            self._settle()
        else:
            self._window.status.show_again()
        self.tried.emit()

    def _show(self, opened: Opened) -> None:
        self._opened, self._lock, self._folder = opened, opened.lock, opened.folder
        self._listen(opened.folder)
        self._remember(opened.folder)
        self._settle()
        self._works = JobRunner(self)
        self._furniture.long_work.work_with(self._works)
        self.desktop = self._rest.desktop(
            self._window, self._furniture, opened.services, self._works, self._settings
        )
        self.desktop.closed_for.connect(self.reopen)
        self.desktop.carried_over.connect(self.carry_on)
        self._window.may_close = self.desktop.may_close
        self._window.show_name(
            "" if _same(opened.folder, default_library()) else library_name(opened.folder)
        )
        self.shown.emit()
        if opened.services.warning is not None:
            self._tell(opened.services.warning)

    def _settle(self) -> None:
        """Let the collector pass over what was loaded: to look through it takes 50 ms."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def _listen(self, folder: Path) -> None:
        """Hang the doorbell at this library, and at no other."""
        if self._doorbell is not None:
            self._doorbell.close()
            self._doorbell.deleteLater()
        self._doorbell = self._rest.doorbell(folder, self)
        self._doorbell.rung.connect(self.rung)
        self._doorbell.listen()

    def _remember(self, folder: Path) -> None:
        recent = [name for name in self._settings.now.recent if name != str(folder)]
        self._settings.change(recent=(str(folder), *recent)[:RECENT])
        if self._chosen:
            own = _same(folder, default_library())
            self._settings.change(library="" if own else str(folder))

    # going

    def _may_leave(self) -> bool:
        if self._carrying and self.desktop is not None:
            self.desktop.give_up()
            return True
        return self.desktop is None or self.desktop.may_close()

    def _take_down(self) -> JobRunner | None:
        """Take everything out of the window that belongs to the library; return what works for it."""
        works, self._works = self._works, None
        self._window.articles.shelves.setFocus()  # where the next one begins, as the first did
        self._furniture.long_work.leave()
        self._furniture.long_work.work_with(self._runner)
        if works is not None:
            works.cancel()
        if self.desktop is not None:
            self.desktop.leave()
            self.desktop.deleteLater()
            self.desktop = None
        self._opened = None
        self._window.may_close = _nothing_to_store
        # now, not when the loop comes to it: what is new connects to the same panes
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._furniture.clear()
        return works

    def _let_go(self, opened: Opened, works: JobRunner | None) -> None:
        self._going = opened
        job = self._runner.job(let_go, opened, works)
        if works is not None:
            works.setParent(job)  # and goes with it
        job.start()

    def _raise_other(self, folder: Path) -> None:
        bell = self._rest.doorbell(folder, self)
        answered = bell.ring()
        bell.deleteLater()
        if not answered:
            self._tell(elsewhere_open(folder))

    def _tell(self, error: BaseException) -> None:
        self._rest.tell(self._window, error)


def _claim_again(lock: WindowLock) -> bool:
    """Take the lock of a library that could not be opened, whether it is still held or not."""
    lock.release()
    return lock.claim(make=False)


def _same(one: Path, other: Path) -> bool:
    return one.absolute() == other.absolute() or one.resolve() == other.resolve()


def _nothing_to_store() -> bool:
    return True
