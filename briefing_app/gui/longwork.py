"""Long work of the window: one at a time, with progress and Cancel in a strip at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from briefing_app.gui import problems
from briefing_app.gui.workstrip import WorkStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.gui.jobs import Job, JobRunner
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.progress import Progress

T = TypeVar("T")


class LongWork(QObject):
    """Runs work in a job, for the window and whoever works in it.

    Exactly one of `done`, `failed` and `stopped` is called, on the window's thread; none is after
    `leave`, when who asked for the work goes. The job itself belongs to the application: it is
    cancelled and waited for, and no thread outlives the window.
    """

    ended = Signal()  # one way or another: what waited may begin

    def __init__(self, window: MainWindow, runner: JobRunner) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._running: _Work | None = None
        self.strip = WorkStrip()
        self.strip.cancel_requested.connect(self.cancel)
        window.add_strip(self.strip)
        window.closing.connect(self.leave)

    def work_with(self, runner: JobRunner) -> None:
        """Run what comes on another runner: that of the open library, which is waited for."""
        self._runner = runner

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self._running is not None

    def begin(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> bool:
        """Run work off the window's thread; False, and the strip says so, if something runs already.

        Without `failed` the error is shown in a box; without `stopped` the strip says that it was
        stopped.
        """
        if self.is_busy():
            return False
        self._running = _Work(self, title, self._runner.job(work))
        self._running.moved.connect(self.strip.show_progress)
        self._running.done = done
        self._running.failed = failed or self._tell
        self._running.stopped = stopped or self._running.say_stopped
        self.strip.show_start(title)
        self._running.job.start()
        return True

    def quietly(self, work: Callable[..., Any], *args: object) -> Job:
        """Return a job that runs beside the work that is shown; connect it, then start it."""
        return self._runner.job(work, *args)

    def is_busy(self) -> bool:
        """Tell whether something runs; then the strip says that it has to end first."""
        if self._running is not None:
            words = self.tr("{title} is still running. Wait for its end, or cancel it.")
            self.strip.remind(words.replace("{title}", self._running.title))
        return self.busy

    def say(self, words: str, *, stay: bool = False) -> None:
        """Let the strip say what came of it; it goes by itself unless it is to stay."""
        if self._running is None:
            self.strip.show_end(words, stay=stay)

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop."""
        if self._running is not None:
            words = self.tr("{title}: stopping…").replace("{title}", self._running.title)
            self.strip.show_stopping(words)
            self._running.job.cancel()

    @Slot()
    def leave(self) -> None:
        """Cancel the work and tell nobody of its end."""
        if self._running is not None:
            self._running.job.cancel()
            self.free(self._running)
            self.ended.emit()

    def free(self, work: _Work) -> bool:
        """Let the next begin; False if this work was left before it ended."""
        if self._running is not work:
            return False
        self._running = None
        self.strip.hide()
        return True

    def _tell(self, error: Exception) -> None:
        problems.tell(self._window, error)


class _Work(QObject):
    """One piece of work and whom to tell of its end; what a left one still sends finds nobody."""

    moved = Signal(str, object, object, str)

    def __init__(self, owner: LongWork, title: str, job: Job) -> None:
        super().__init__(owner)
        self._owner = owner
        self.title = title
        self.job = job
        self.done: Callable[[Any], None]
        self.failed: Callable[[Exception], None]
        self.stopped: Callable[[], None]
        job.progressed.connect(self._progressed)
        job.finished.connect(self._finished)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._cancelled)

    def say_stopped(self) -> None:
        """Say that the user stopped it."""
        self._owner.say(self.tr("Stopped: {title}").replace("{title}", self.title))

    @Slot(object, object, str)
    def _progressed(self, done: int, total: int, note: str) -> None:
        self.moved.emit(self.title, done, total, QCoreApplication.translate("progress", note))

    @Slot(object)
    def _finished(self, result: object) -> None:
        self._end(lambda: self.done(result))

    @Slot(Exception)
    def _failed(self, error: Exception) -> None:
        self._end(lambda: self.failed(error))

    @Slot()
    def _cancelled(self) -> None:
        self._end(self.stopped)

    def _end(self, tell: Callable[[], None]) -> None:
        self.deleteLater()
        if self._owner.free(self):
            tell()
            self._owner.ended.emit()
