"""Run long work off the window's thread.

A job is any function that takes a `Progress` first. It must not touch a widget; what it returns
arrives as a signal on the window's thread. Connect bound methods of objects that live there, and
nothing else: a lambda or a plain function would run in the worker's thread.
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal, Slot

from briefing_app.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable


SWITCH = 0.0005  # seconds


def share_fairly() -> None:
    """Let the window take the interpreter back from a job within half a millisecond.

    Python's own 5 ms count at each of the dozen calls between a key and its paint: with the preview
    beside it, the slowest letters of a hundred took twice as long.
    """
    sys.setswitchinterval(SWITCH)


class Job(QObject):
    """One piece of work. Exactly one of `finished`, `failed`, `cancelled` fires, once.

    Connect first, then `start`: a signal sent before anyone is connected is lost for good.
    """

    progressed = Signal(object, object, str)  # an int would be cut to 32 bits
    finished = Signal(object)
    failed = Signal(Exception)
    cancelled = Signal()

    def __init__(
        self, work: Callable[..., Any], args: tuple[object, ...], runner: JobRunner
    ) -> None:
        super().__init__(runner)
        self._work = work
        self._args = args
        self._runner = runner
        self._stop = threading.Event()
        self._over = threading.Event()
        for end in (self.finished, self.failed, self.cancelled):
            end.connect(self._leave)

    def start(self) -> None:
        """Queue the work."""
        self._runner.queue(self._run)

    def cancel(self) -> None:
        """Ask the work to stop at its next `Progress.check`."""
        self._stop.set()

    def step(self, done: int, total: int, note: str = "") -> None:
        """Part of `Progress`."""
        self.progressed.emit(done, total, note)

    def check(self) -> None:
        """Part of `Progress`. Raises: Cancelled."""
        if self._stop.is_set():
            raise Cancelled

    def _run(self) -> None:
        try:
            self.check()
            result = self._work(self, *self._args)
        except Cancelled:
            self.cancelled.emit()
        except Exception as error:  # noqa: BLE001 (a thread has nowhere to raise to)
            self.failed.emit(error)
        else:
            self.finished.emit(result)
        finally:
            self._over.set()

    @Slot()
    def _leave(self) -> None:
        """Go once the signal has reached everyone: a sender that goes earlier loses receivers."""
        if self._over.is_set():
            self.deleteLater()
        else:
            QTimer.singleShot(1, self, self._leave)


class JobRunner(QObject):
    """The owner of all jobs; its parent is the application, so that no closing window takes one away.

    Units: `threads` is how many jobs run at once.
    """

    def __init__(self, parent: QObject, threads: int = 3) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)

    def job(self, work: Callable[..., Any], *args: object) -> Job:
        """Return a job that has not started yet."""
        return Job(work, args, self)

    def queue(self, run: Callable[[], None]) -> None:
        """Run something on one of the threads."""
        self._pool.start(run)

    def stop(self) -> None:
        """Cancel what runs and wait for it: no thread may outlive the application."""
        self.cancel()
        self.wait()

    def cancel(self) -> None:
        """Ask all that runs or waits to stop."""
        for job in self.findChildren(Job):
            job.cancel()

    def wait(self) -> None:
        """Wait until nothing runs; any thread may call."""
        self._pool.waitForDone()
