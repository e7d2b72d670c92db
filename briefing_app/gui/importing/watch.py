"""The folder whose new files come in by themselves while the window is open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QFileSystemWatcher, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox

from briefing_app.errors import BriefingError
from briefing_app.gui import problems
from briefing_app.gui.folders import folder_to_begin
from briefing_app.gui.importing.incoming import Watched

if TYPE_CHECKING:
    from briefing_app.gui.importing.controller import ImportController
    from briefing_app.gui.importing.incoming import What
    from briefing_app.gui.jobs import Job, JobRunner
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.progress import Progress
    from briefing_app.services.suite import Services
    from briefing_app.services.watching import Found, Look, Watch, Watching
    from briefing_app.settings import Settings

SLOW = 10_000  # milliseconds between two looks where nothing tells of a change: network folders
LONGEST = 20  # code points of a folder's name that the status line shows
SOON = 700  # milliseconds after which a file that was not complete is looked at again


class WatchController(QObject):
    """Looks into the folder in the background when the system tells of a change, and now and then.

    A slow folder never stops the window, and one that goes away is taken up when it is back.
    """

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        runner: JobRunner,
        imports: ImportController,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._runner = runner
        self._imports = imports
        self._settings = settings
        self._watch: Watch | None = None
        self._job: Job | None = None
        self._handed: set[Found] = set()
        self._there = True
        self._again = False
        self._eyes = QFileSystemWatcher(self)
        self._eyes.directoryChanged.connect(self._look)
        self._slow = QTimer(self)
        self._slow.setInterval(SLOW)
        self._slow.timeout.connect(self._look)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self._look)
        imports.ended.connect(self._ended)

    def begin(self) -> None:
        """Take up the watch where there is one."""
        folder = self._services.watching.folder()
        if folder is not None and self._services.read_only is None:
            self._watch = self._services.watching.begin(folder)
            self._there = True
            self._slow.start()
            self._say()
            self._look()

    def close(self) -> None:
        """Look no more; what came in stays."""
        self._slow.stop()
        self._soon.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if seen := self._eyes.directories():
            self._eyes.removePaths(seen)
        self._watch = None
        self._window.status.show_watching("")

    @Slot()
    def ask(self) -> None:
        """Ask which folder is to be watched, or whether the watch is to end."""
        if self._watch is not None and not self._asks_for_another(self._watch.folder):
            return
        begin = folder_to_begin(self._settings.now.import_folder)
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Watch a folder"), str(begin))
        if name:
            self.choose(Path(name))

    def choose(self, folder: Path) -> None:
        """Watch a folder; what lies there already comes in if the user wants it."""
        watching = self._services.watching
        old = watching.waiting_in(folder)
        try:
            if not old or self._wants_old(folder, len(old)):
                watching.note(folder, ())
            else:
                watching.note(folder, old)
            watching.choose(folder)
        except BriefingError as error:
            problems.tell(self._window, error)
            return
        self.close()
        self.begin()

    def _asks_for_another(self, folder: Path) -> bool:
        """Tell whether another folder is wanted; end the watch if that is."""
        box = QMessageBox(self._window)
        box.setWindowTitle(QCoreApplication.applicationName())
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(
            self.tr("New files in “{folder}” come in by themselves.").replace(
                "{folder}", str(folder)
            )
        )
        box.setInformativeText(self.tr("They stay where they are; each comes in once."))
        another = box.addButton(self.tr("Another folder…"), QMessageBox.ButtonRole.ActionRole)
        stop = box.addButton(self.tr("Stop watching"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Close)
        box.exec()
        pressed = box.clickedButton()
        box.deleteLater()
        if pressed is stop:
            self._stop()
        return pressed is another

    def _stop(self) -> None:
        try:
            self._services.watching.choose(None)
        except BriefingError as error:
            problems.tell(self._window, error)
            return
        self.close()

    def _wants_old(self, folder: Path, count: int) -> bool:
        box = QMessageBox(self._window)
        box.setWindowTitle(QCoreApplication.applicationName())
        box.setTextFormat(Qt.TextFormat.PlainText)
        one = self.tr("A file lies in “{folder}” already.")
        words = one if count == 1 else self.tr("%n files lie in “{folder}” already.", "", count)
        box.setText(words.replace("{folder}", folder.name))
        box.setInformativeText(self.tr("Is what lies there to be imported, or only what is new?"))
        both = box.addButton(self.tr("Import all"), QMessageBox.ButtonRole.YesRole)
        new = box.addButton(self.tr("Only what is new"), QMessageBox.ButtonRole.NoRole)
        box.setDefaultButton(new)
        box.setEscapeButton(new)
        box.exec()
        wanted = box.clickedButton() is both
        box.deleteLater()
        return wanted

    @Slot()
    def _look(self) -> None:
        if self._watch is None:
            return
        if self._job is not None:
            self._again = True  # something has changed since it began
            return
        self._job = self._runner.job(look_into, self._watch)
        self._job.finished.connect(self._looked)
        self._job.failed.connect(self._not_looked)
        self._job.start()

    @Slot(object)
    def _looked(self, result: tuple[Watch, Look]) -> None:
        watch, look = result
        if watch is not self._watch:  # another folder was chosen meanwhile
            return
        self._job = None
        if look.there != self._there:
            self._there = look.there
            self._say()
        if look.there and str(watch.folder) not in self._eyes.directories():
            self._eyes.addPath(str(watch.folder))  # it forgets one that went away
        new = tuple(one for one in look.complete if one not in self._handed)
        if new:
            self._handed.update(new)
            self._imports.queue(Watched(new))
        if look.waiting or self._again:
            self._soon.start()
        self._again = False

    @Slot(Exception)
    def _not_looked(self, error: Exception) -> None:
        self._job = None
        problems.tell(self._window, error)

    @Slot(object, bool)
    def _ended(self, what: What, tried: bool) -> None:
        """Remember what came in. What the library could not take is tried again at the next start."""
        if not isinstance(what, Watched):
            return
        if self._watch is not None:
            self._watch.note(what.found)
        self._handed.difference_update(what.found)
        if tried:
            job = self._runner.job(remember, self._services.watching, what.found)
            job.failed.connect(self._not_looked)
            job.start()

    def _say(self) -> None:
        if self._watch is None:
            return
        words = (
            self.tr("Watching “{folder}”")
            if self._there
            else self.tr("“{folder}” cannot be reached")
        )
        name = self._watch.folder.name
        shown = words.replace("{folder}", name if len(name) <= LONGEST else f"{name[:LONGEST]}…")
        self._window.status.show_watching(shown, str(self._watch.folder))


def look_into(progress: Progress, watch: Watch) -> tuple[Watch, Look]:
    """Look into the folder; a job, for a network may take its time."""
    progress.check()
    return watch, watch.look()


def remember(progress: Progress, watching: Watching, found: tuple[Found, ...]) -> None:
    """Write down what came in; a job."""
    del progress
    watching.note(found[0].path.parent, found)
