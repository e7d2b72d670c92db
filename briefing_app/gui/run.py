"""Start the window: paint first, then furnish it and open the library in jobs, then show that."""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6 import QtCore  # `Qt` itself takes 14 ms to load: not before the first paint
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from briefing_app.assets import resource
from briefing_app.errors import BriefingError
from briefing_app.gui import fonts
from briefing_app.gui.appearance import Appearance
from briefing_app.gui.interrupt import Interrupt
from briefing_app.gui.jobs import JobRunner, share_fairly
from briefing_app.gui.library import OpenLibrary
from briefing_app.gui.lock import WindowLock
from briefing_app.gui.main_window import MainWindow
from briefing_app.gui.opening import elsewhere_open

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from briefing_app.gui.desktop import Desktop
    from briefing_app.gui.furniture import Furniture
    from briefing_app.gui.rest import Rest
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings


log = logging.getLogger(__name__)

# What the window gets after its first paint, in parts of less than 30 ms each. They are loaded on
# the window's thread: PySide crashes now and then if a class is made of QObject on another one while a
# timer calls a slot here (its table of types is read without the interpreter's lock).
_PARTS = (
    *("domain.record", "domain.bundle", "gui.articles.list", "gui.articles.shelves"),
    *("gui.finder.box", "gui.reader.view", "gui.reader.pane", "gui.preview.pane"),
    *("gui.composer.part", "gui.composer.pane", "gui.furniture", "services.bundling"),
    *("services.importing", "gui.importing.controller", "gui.gathering.controller"),
    *("gui.reader.controller", "gui.composer.controller", "gui.output", "gui.care", "gui.desktop"),
)


def run(
    argv: Sequence[str],
    open_services: Callable[[], Services],
    settings: Settings,
    library: Path,
    load_rest: Callable[[], Rest],
    *,
    make: bool = True,
) -> int:
    """Run the window on a library until it is closed; return the exit code.

    `open_services`, in a job, and `load_rest` are called after the first paint. `make` is whether an
    absent folder is made.
    """
    app = QApplication.instance() or QApplication(["briefing-desk", "-style", "fusion", *argv])
    if not isinstance(app, QApplication):
        raise TypeError("the window needs a QApplication")
    app.setApplicationName("Briefing Desk")
    app.setDesktopFileName("briefing-desk")
    lock = WindowLock(library)
    if not lock.claim(make=make):
        return _raise_other(load_rest(), library, app)
    fonts.register(fonts.CHROME)
    share_fairly()
    start = Start(app, settings, library, open_services, load_rest, lock=lock)
    sys.excepthook = start.fault
    interrupt = Interrupt(app)
    try:
        start.window.show()
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        interrupt.release()
        start.end()


class Start(QObject):
    """The window, what works for it, and the order in which they come and go."""

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        library: Path,
        open_services: Callable[[], Services],
        load_rest: Callable[[], Rest],
        *,
        lock: WindowLock | None = None,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._folder = library
        self._open_services = open_services
        self._load_rest = load_rest
        self._lock = lock or WindowLock(library)
        self._furniture: Furniture | None = None
        self._rest: Rest | None = None
        self.library: OpenLibrary | None = None
        self.runner = JobRunner(app)
        self.appearance = Appearance(app, settings)
        self.window = MainWindow(settings, self.appearance)
        self.window.painted.connect(self._begin)

    @property
    def desktop(self) -> Desktop | None:
        """The window at work, once a library is open."""
        return self.library.desktop if self.library else None

    @property
    def services(self) -> Services | None:
        """What works on the open library, once there is one."""
        return self.library.services if self.library else None

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
        if self.services is not None:
            try:
                self.services.history.flush()
            except BriefingError as trouble:
                log.critical("and what was written last could not be saved: %s", trouble)
        if self._rest is None:
            sys.__excepthook__(kind, error, trace)
        else:
            self._rest.tell(self.window, error)

    def end(self) -> None:
        """Stop all work and let the library go; no thread outlives this."""
        self.runner.stop()
        if self._furniture is not None:
            self._furniture.pages.stop()
        if self.library is not None:
            self.library.end()
        self._lock.release()
        self.window.deleteLater()

    @Slot()
    def _begin(self) -> None:
        self._app.setWindowIcon(QIcon(str(resource("icons", "briefing-desk.svg"))))
        fonts.register(fonts.CONTENT)
        self.appearance.settle()
        self._parts = iter(_PARTS)
        self._loading = QTimer(self)
        self._loading.timeout.connect(self._load_part)
        self._loading.start()

    @Slot()
    def _load_part(self) -> None:
        """Load one part, and let the window have its turn before the next."""
        if (part := next(self._parts, None)) is not None:
            import_module(f"briefing_app.{part}")
            return
        self._loading.stop()
        self._furnish(self._load_rest())

    def _furnish(self, rest: Rest) -> None:
        self._rest = rest
        self._furniture = rest.furniture(self.window, self._settings, self.appearance, self.runner)
        self.library = OpenLibrary(self.window, self._furniture, rest, self.runner, self._settings)
        self.library.rung.connect(self.come_forward)
        self._doors = rest.doors(self.window, self._settings)
        self._doors.asked.connect(self.change_library)
        self.safety = rest.safety(
            self.window, self.library, self._furniture.long_work, self._settings, rest.upkeep_of
        )
        self.library.shown.connect(self._stand_in)
        # not beside the furniture: both want the interpreter, and the window would stall twice as long
        self.library.begin(self._folder, self._lock, self._open_services)

    @Slot()
    def _stand_in(self) -> None:
        if self.library is not None:
            self._doors.stand_in(self.library.folder)

    @Slot(object, bool)
    def change_library(self, folder: Path, make: bool = False) -> None:
        """Show another library in this window; with `make` one that is not there yet."""
        if self.library is not None:
            self.library.change(folder, make=make)


def _raise_other(rest: Rest, library: Path, app: QApplication) -> int:
    """Bring the window that has the library to the front, or say that it does not answer."""
    if rest.doorbell(library, app).ring():
        return 0
    fonts.register(fonts.CHROME)
    rest.tell(QWidget(), elsewhere_open(library))
    return 1
