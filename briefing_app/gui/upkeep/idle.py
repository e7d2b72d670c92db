"""Goes on with the round of checks while nobody works in the window, and says what it finds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

from briefing_app.gui import problems

if TYPE_CHECKING:
    from briefing_app.domain.soundness import Finding
    from briefing_app.gui.jobs import Job
    from briefing_app.gui.library import OpenLibrary
    from briefing_app.gui.longwork import LongWork
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.progress import Progress
    from briefing_app.services.checkup import Checkup

IDLE = 30.0  # seconds without a key or a move of the pointer
EVERY = 3000  # milliseconds between two looks
LATER = 3_600_000  # milliseconds until it is asked whether the next round begins
_WORK = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
)


class IdleRound(QObject):
    """A few texts or originals at a time; a key stops what runs."""

    def __init__(
        self, window: MainWindow, library: OpenLibrary, long_work: LongWork, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._library = library
        self._long_work = long_work
        self._job: Job | None = None
        self._worked = time.monotonic()
        self._clock = QTimer(self)
        self._clock.setInterval(EVERY)
        self._clock.timeout.connect(self._tick)
        library.shown.connect(self._begin)
        library.tried.connect(self._clock.stop)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody works; nothing is kept from anyone."""
        del watched
        if event.type() in _WORK:
            self._worked = time.monotonic()
            if self._job is not None:
                self._job.cancel()
        return False

    def look(self) -> None:
        """Go on with the round in a job."""
        services, runner = self._library.services, self._library.works
        if services is None or runner is None or services.read_only is not None:
            return
        if self._job is not None or self._long_work.busy:
            return
        self._job = runner.job(go_on, services.checkup)
        self._job.finished.connect(self._looked)
        self._job.failed.connect(self._failed)
        self._job.cancelled.connect(self._ended)
        self._job.start()

    @Slot()
    def _begin(self) -> None:
        self._job = None
        handle = self._window.windowHandle()
        handle.removeEventFilter(self)
        handle.installEventFilter(self)
        self._clock.start(EVERY)

    @Slot()
    def _tick(self) -> None:
        if time.monotonic() - self._worked >= IDLE:
            self.look()

    @Slot(object)
    def _looked(self, found: tuple[Finding, ...] | None) -> None:
        self._ended()
        self._clock.setInterval(LATER if found is None else EVERY)
        if found:
            (said,) = problems.in_sentences((found[0].remark,))
            what = self.tr("Choose “Repair the library” in the menu Library to bring it back.")
            more = self.tr("And %n more.", "", len(found) - 1) if len(found) > 1 else ""
            self._long_work.say(" ".join(filter(None, (said, more, what))), stay=True)

    @Slot(Exception)
    def _failed(self, error: Exception) -> None:
        """Leave the round for now; who works in the library is told of the disk by others."""
        del error
        self._ended()
        self._clock.setInterval(LATER)

    @Slot()
    def _ended(self) -> None:
        self._job = None


def go_on(progress: Progress, checkup: Checkup) -> tuple[Finding, ...] | None:
    """Look at a few texts or originals; a job."""
    return checkup.go_on(progress)
