"""Start the window: paint first, then open the library in a job, then show it."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from briefing_app.errors import BriefingError
from briefing_app.gui import fonts, problems
from briefing_app.gui.appearance import Appearance
from briefing_app.gui.desktop import Desktop
from briefing_app.gui.icons import icon
from briefing_app.gui.instance import Instance
from briefing_app.gui.jobs import JobRunner
from briefing_app.gui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from briefing_app.progress import Progress
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings

log = logging.getLogger(__name__)


def run(
    argv: Sequence[str],
    open_services: Callable[[], Services],
    settings: Settings,
    library: Path,
) -> int:
    """Run the window on a library until it is closed; return the exit code."""
    app = QApplication.instance() or QApplication(["briefing-desk", *argv])
    if not isinstance(app, QApplication):
        raise TypeError("the window needs a QApplication")
    app.setApplicationName("Briefing Desk")
    app.setDesktopFileName("briefing-desk")
    instance = Instance(library, app)
    if not instance.claim():
        return 0 if instance.raise_other() else 1
    fonts.register()
    start = Start(app, open_services, settings, library)
    instance.raise_asked.connect(start.come_forward)
    sys.excepthook = start.fault
    try:
        start.show()
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        start.end()
        instance.release()


class Start(QObject):
    """The window, what works for it, and the order in which they come and go."""

    def __init__(
        self,
        app: QApplication,
        open_services: Callable[[], Services],
        settings: Settings,
        library: Path,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._open = open_services
        self._services: Services | None = None
        self._settings = settings
        self.desktop: Desktop | None = None
        self.runner = JobRunner(app)
        self.window = MainWindow(settings, Appearance(app, settings), library)
        app.setWindowIcon(icon("book-copy", "accent"))
        # queued: the library is opened after the first paint, not within it
        self.window.painted.connect(self._open_library, Qt.ConnectionType.QueuedConnection)

    def show(self) -> None:
        """Show the window; the library follows when it has been painted."""
        self.window.show()

    @Slot()
    def come_forward(self) -> None:
        """Bring the window to the front: somebody started the program again."""
        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def fault(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Save what can be saved and show a bug that reached the event loop."""
        if issubclass(kind, KeyboardInterrupt):
            self._app.quit()
            return
        log.critical("a fault in the program", exc_info=(kind, error, trace))
        if self._services is not None:
            try:
                self._services.history.flush()
            except BriefingError as trouble:
                log.critical("and what was written last could not be saved: %s", trouble)
        problems.tell(self.window, error)

    def end(self) -> None:
        """Stop all work and let the library go; no thread outlives this."""
        self.runner.stop()
        self.window.pages.stop()
        if self._services is not None:
            self._services.close()
        self.window.deleteLater()

    @Slot()
    def _open_library(self) -> None:
        job = self.runner.job(open_library, self._open)
        job.finished.connect(self._opened)
        job.failed.connect(self._not_opened)
        job.start()

    @Slot(object)
    def _opened(self, services: Services) -> None:
        self._services = services
        self.desktop = Desktop(self.window, services, self.runner, self._settings)
        self.window.may_close = self.desktop.may_close

    @Slot(Exception)
    def _not_opened(self, error: Exception) -> None:
        self.window.show_no_library(error)


def open_library(progress: Progress, open_services: Callable[[], Services]) -> Services:
    """Open the library; a job, so that the window is alive meanwhile."""
    progress.check()
    return open_services()
