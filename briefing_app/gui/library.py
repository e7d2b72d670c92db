"""The library that the window shows: opened in a job, changed for another, and let go in a job."""

from __future__ import annotations

import gc
import logging
import threading
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot

from briefing_app.errors import QT_TRANSLATE_NOOP, BriefingError, Cancelled, Refused
from briefing_app.gui.jobs import JobRunner
from briefing_app.gui.lock import WindowLock
from briefing_app.paths import default_library, library_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing_app.gui.desktop import Desktop
    from briefing_app.gui.furniture import Furniture
    from briefing_app.gui.instance import Doorbell
    from briefing_app.gui.jobs import Job
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.gui.rest import Rest
    from briefing_app.progress import Progress
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings

    Open = Callable[[], Services]
    Work = Callable[[Progress], object]

log = logging.getLogger(__name__)

RECENT = 8  # libraries that are remembered


@dataclass(frozen=True, slots=True)
class Opened:
    """An open library that the window has the lock of."""

    folder: Path
    lock: WindowLock
    services: Services
    gone: threading.Event = field(default_factory=threading.Event)  # it was let go


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
        self._going: Opened | None = None  # the one before, which may still be closing
        self.desktop: Desktop | None = None

    @property
    def services(self) -> Services | None:
        """What works on the open library; None if there is none."""
        return self._opened.services if self._opened else None

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
        if self._is_busy():
            return
        if self._opened is not None and _same(folder, self._opened.folder):
            self.shown.emit()
            return
        if self._opened is None and self._lock is not None:
            self._lock.release()  # of one that could not be opened; it may be tried again
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
            self._not_reopened,
        )

    def end(self) -> None:
        """Let the library go, on this thread; no thread outlives this."""
        if self._doorbell is not None:
            self._doorbell.close()
        if self._works is not None:
            self._works.stop()
        if self._opened is not None:
            _close(self._opened.services)
        if self._lock is not None:
            self._lock.release()

    # coming

    def _start(self, job: Job) -> None:
        self._busy = True
        job.finished.connect(self._entered)
        job.failed.connect(self._not_entered)
        job.start()

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
            self._let_go(self._opened, self._take_down())
            self._show(entered)
        else:
            self._window.status.show_again()
            self._let_go(entered, None)

    @Slot(Exception)
    def _not_entered(self, error: Exception) -> None:
        self._not_reopened()
        self._tell(error)

    @Slot()
    def _not_reopened(self) -> None:
        self._busy = False
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
        self._window.may_close = self.desktop.may_close
        self._window.show_name(
            "" if _same(opened.folder, default_library()) else library_name(opened.folder)
        )
        self.shown.emit()

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

    # going

    def _may_leave(self) -> bool:
        return self.desktop is None or self.desktop.may_close()

    def _take_down(self) -> JobRunner | None:
        """Take everything out of the window that belongs to the library; return what works for it."""
        works, self._works = self._works, None
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
            self._tell(
                Refused(
                    QT_TRANSLATE_NOOP("errors", "The library “{name}” is open in another window."),
                    hint=QT_TRANSLATE_NOOP(
                        "errors", "Close it there first; it may be on another computer."
                    ),
                    name=library_name(folder),
                )
            )

    def _tell(self, error: BaseException) -> None:
        self._rest.tell(self._window, error)


@dataclass(frozen=True, slots=True)
class Taken:
    """Another window has this library."""

    folder: Path


@dataclass(frozen=True, slots=True)
class Again:
    """What `work_between` needs: the library to close, what works for it, and what to do then.

    There are no services if it could not be opened.
    """

    folder: Path
    lock: WindowLock
    services: Services | None
    works: JobRunner | None
    work: Work
    open_library: Callable[[Path, bool], Services]


@dataclass(frozen=True, slots=True)
class Reopened:
    """The library again, and what went wrong while it was closed."""

    opened: Opened
    trouble: Exception | None


def open_first(progress: Progress, folder: Path, lock: WindowLock, open_services: Open) -> Opened:
    """Open the first library; a job."""
    progress.check()
    return Opened(folder, lock, open_services())


def enter(
    progress: Progress,
    folder: Path,
    make: bool,
    open_library: Callable[[Path, bool], Services],
    going: Opened | None,
) -> Opened | Taken:
    """Open another library, if no other window has it; a job. Raises: StorageFailure."""
    progress.check()
    if going is not None:  # back to the one that was just left
        going.gone.wait()
    lock = WindowLock(folder)
    if not lock.claim(make=make):
        return Taken(folder)
    try:
        return Opened(folder, lock, open_library(folder, make))
    except BaseException:
        lock.release()
        raise


def work_between(progress: Progress, again: Again) -> Reopened:
    """Close a library, work on its folder, and open it again; a job. Raises: StorageFailure."""
    if again.works is not None:
        again.works.wait()
    if again.services is not None:
        _close(again.services)
    trouble = None
    try:
        again.work(progress)
    except Cancelled:
        pass
    except Exception as error:
        if again.services is None:
            raise
        trouble = error
    services = again.open_library(again.folder, False)
    return Reopened(Opened(again.folder, again.lock, services), trouble)


def let_go(progress: Progress, opened: Opened, works: JobRunner | None) -> None:
    """Close a library that the window shows no more; a job, since imports have to stop first."""
    del progress
    if works is not None:
        works.wait()
    _close(opened.services)
    opened.lock.release()
    opened.gone.set()


def _close(services: Services) -> None:
    try:
        services.close()
    except BriefingError as trouble:  # the user was asked, and leaves all the same
        log.warning("closed without the last edits: %s", trouble)


def _claim_again(lock: WindowLock) -> bool:
    """Take the lock of a library that could not be opened, whether it is still held or not."""
    lock.release()
    return lock.claim(make=False)


def _same(one: Path, other: Path) -> bool:
    return one.absolute() == other.absolute() or one.resolve() == other.resolve()


def _nothing_to_store() -> bool:
    return True
