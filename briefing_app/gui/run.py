"""Start the window: paint first, then furnish it and open the library in jobs, then show that."""

from __future__ import annotations

import gc
import logging
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6 import QtCore  # `Qt` itself takes 14 ms to load: not before the first paint
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from briefing_app.assets import resource
from briefing_app.errors import BriefingError
from briefing_app.gui import fonts
from briefing_app.gui.appearance import Appearance
from briefing_app.gui.interrupt import Interrupt
from briefing_app.gui.jobs import JobRunner, share_fairly
from briefing_app.gui.lock import WindowLock
from briefing_app.gui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QWidget

    from briefing_app.gui.desktop import Desktop
    from briefing_app.gui.furniture import Furniture
    from briefing_app.gui.instance import Doorbell
    from briefing_app.progress import Progress
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rest:
    """What is loaded after the first paint only; `app` knows how."""

    furniture: type[Furniture]
    desktop: type[Desktop]
    doorbell: type[Doorbell]
    tell: Callable[[QWidget, BaseException], None]


def run(
    argv: Sequence[str],
    open_services: Callable[[], Services],
    settings: Settings,
    library: Path,
    load_rest: Callable[[], Rest],
) -> int:
    """Run the window on a library until it is closed; return the exit code.

    `open_services` and `load_rest` are called in jobs, after the first paint.
    """
    app = QApplication.instance() or QApplication(["briefing-desk", "-style", "fusion", *argv])
    if not isinstance(app, QApplication):
        raise TypeError("the window needs a QApplication")
    app.setApplicationName("Briefing Desk")
    app.setDesktopFileName("briefing-desk")
    lock = WindowLock(library)
    if not lock.claim():
        return 0 if load_rest().doorbell(library, app).ring() else 1
    fonts.register(fonts.CHROME)
    share_fairly()
    start = Start(app, settings, library, open_services, load_rest)
    sys.excepthook = start.fault
    interrupt = Interrupt(app)
    try:
        start.window.show()
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        interrupt.release()
        start.end()
        lock.release()


class Start(QObject):
    """The window, what works for it, and the order in which they come and go."""

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        library: Path,
        open_services: Callable[[], Services],
        load_rest: Callable[[], Rest],
    ) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._library = library
        self._open_services = open_services
        self._load_rest = load_rest
        self._services: Services | None = None
        self._trouble: Exception | None = None
        self._furniture: Furniture | None = None
        self._rest: Rest | None = None
        self._doorbell: Doorbell | None = None
        self.desktop: Desktop | None = None
        self.runner = JobRunner(app)
        self.appearance = Appearance(app, settings)
        self.window = MainWindow(settings, self.appearance)
        self.window.painted.connect(self._begin)

    @Slot()
    def come_forward(self) -> None:
        """Bring the window to the front: somebody started the program again."""
        window = self.window
        window.setWindowState(window.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
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
        if self._rest is None:
            sys.__excepthook__(kind, error, trace)
        else:
            self._rest.tell(self.window, error)

    def end(self) -> None:
        """Stop all work and let the library go; no thread outlives this."""
        self.runner.stop()
        if self._doorbell is not None:
            self._doorbell.close()
        if self._furniture is not None:
            self._furniture.pages.stop()
        if self._services is not None:
            try:
                self._services.close()
            except BriefingError as trouble:  # the user was asked, and closes all the same
                log.warning("closed without the last edits: %s", trouble)
        self.window.deleteLater()

    @Slot()
    def _begin(self) -> None:
        self._app.setWindowIcon(QIcon(str(resource("icons", "briefing-desk.svg"))))
        fonts.register(fonts.CONTENT)
        self.appearance.settle()
        rest = self.runner.job(later, self._load_rest)
        rest.finished.connect(self._furnish)
        rest.failed.connect(self._not_furnished)
        rest.start()

    @Slot(object)
    def _furnish(self, rest: Rest) -> None:
        self._rest = rest
        self._doorbell = rest.doorbell(self._library, self)
        self._doorbell.rung.connect(self.come_forward)
        self._doorbell.listen()
        self._furniture = rest.furniture(self.window, self._settings, self.appearance, self.runner)
        # not beside the furniture: both want the interpreter, and the window would stall twice as long
        library = self.runner.job(later, self._open_services)
        library.finished.connect(self._opened)
        library.failed.connect(self._not_opened)
        library.start()

    @Slot(Exception)
    def _not_furnished(self, error: Exception) -> None:
        raise error

    @Slot(object)
    def _opened(self, services: Services) -> None:
        self._services = services
        self._connect()

    @Slot(Exception)
    def _not_opened(self, error: Exception) -> None:
        self._trouble = error
        self._connect()

    def _connect(self) -> None:
        """Bring window and library together when both are there, or say why there is none."""
        gc.freeze()  # to look through all that was loaded takes 50 ms, and the window waits for it
        gc.enable()
        if self._trouble is not None and self._rest is not None:
            self.window.status.show_no_library()
            self._rest.tell(self.window, self._trouble)
        if self._services is None or self._furniture is None or self._rest is None:
            return
        self.desktop = self._rest.desktop(
            self.window, self._furniture, self._services, self.runner, self._settings
        )
        self.window.may_close = self.desktop.may_close


def later(progress: Progress, call: Callable[[], object]) -> object:
    """Call something; a job, so that the window is alive meanwhile."""
    progress.check()
    return call()
