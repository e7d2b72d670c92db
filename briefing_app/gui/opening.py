"""Open a library for the window, and let it go: jobs, since either can take its time."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, BriefingError, Cancelled, Refused
from briefing_app.gui.lock import WindowLock
from briefing_app.paths import library_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing_app.domain.change import ChangeSet
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.progress import Progress
    from briefing_app.services.suite import Services

    Open = Callable[[], Services]
    Work = Callable[[Progress], object]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open library that the window has the lock of."""

    folder: Path
    lock: WindowLock
    services: Services
    gone: threading.Event = field(default_factory=threading.Event)  # it was let go


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


def elsewhere_open(folder: Path) -> Refused:
    """Return what to say of a library whose window does not answer."""
    return Refused(
        QT_TRANSLATE_NOOP("errors", "The library “{name}” is open in another window."),
        hint=QT_TRANSLATE_NOOP(
            "errors",
            "Close it there first. If you see no such window, it may be on another computer, or the "
            "program hangs and has to be ended.",
        ),
        name=library_name(folder),
    )


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
        close(again.services)
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
    close(opened.services)
    opened.lock.release()
    opened.gone.set()


def carry(
    open_carrying: Callable[[Path, tuple[ChangeSet, ...]], Services],
    waiting: tuple[ChangeSet, ...],
    folder: Path,
    make: bool,
) -> Services:
    """Open a copy with the edits that its original could not take; a part of `enter`."""
    del make  # it was made, and is to be there
    return open_carrying(folder, waiting)


def close(services: Services) -> None:
    """Close a library; edits that cannot be stored are lost, as the user was told."""
    try:
        services.close()
    except BriefingError as trouble:  # the user was asked, and leaves all the same
        log.warning("closed without the last edits: %s", trouble)
