"""Brings files, folders and pastes into the library, in the background."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from briefing_app.gui import problems
from briefing_app.gui.folders import folder_to_begin
from briefing_app.gui.importing.incoming import files_of, text_of
from briefing_app.gui.importing.last import LastResults
from briefing_app.gui.importing.virtual import handed_over, is_virtual
from briefing_app.services.importing import Unreadable, documents_of, pasted
from briefing_app.services.results import kept_results

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.gui.importing.strip import ImportStrip
    from briefing_app.gui.jobs import Job, JobRunner
    from briefing_app.progress import Progress
    from briefing_app.services.importing import Importing, Incoming, Outcome
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings

QUIET = 1000  # milliseconds after which the start of the window is over


class ImportController(QObject):
    """One import at a time; what comes while one runs waits for its turn."""

    article_arrived = Signal(str)
    brief_arrived = Signal(str)
    arrived = Signal()  # something came in: lists are to be read again

    def __init__(
        self, strip: ImportStrip, services: Services, runner: JobRunner, settings: Settings
    ) -> None:
        super().__init__(strip)
        self._strip = strip
        self._importing = services.importing
        self._runner = runner
        self._settings = settings
        self._job: Job | None = None
        self._waiting: list[tuple[Path | Incoming, ...]] = []
        self._again = False
        self._relay = _Relay(self)
        self._relay.one.connect(self._one_done)
        kept = kept_results(settings.path.parent, services.about.folder)
        self._last = LastResults(strip.window(), kept, services.history.now)
        self._last.again_asked.connect(self.try_again)
        self.results = self._last.dialog
        self.results.article_picked.connect(self.article_arrived)
        self.results.brief_picked.connect(self.brief_arrived)
        self._warming: Job | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self._warm)
        self._quiet.start()
        strip.cancel_requested.connect(self.cancel)
        strip.results_requested.connect(self.show_results)

    @Slot()
    def choose_files(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(
            self._strip.window(), self.tr("Import files"), self._folder()
        )
        if names:
            self._settings.change(import_folder=str(Path(names[0]).parent))
            self.bring_in(tuple(Path(name) for name in names))

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder; everything in it is imported."""
        name = QFileDialog.getExistingDirectory(
            self._strip.window(), self.tr("Import a folder"), self._folder()
        )
        if name:
            self._settings.change(import_folder=name)
            self.bring_in((Path(name),))

    @Slot()
    def paste(self) -> None:
        """Import what the clipboard holds: files, a page, a text."""
        self.take(QGuiApplication.clipboard().mimeData())

    @Slot(object)
    def take(self, mime: QMimeData) -> None:
        """Import what was dropped or pasted."""
        if files := files_of(mime):
            self.bring_in(files)
        elif is_virtual(mime):
            self._take_virtual(handed_over(mime))
        elif text := text_of(mime):
            self._queue((pasted(text.data, text.media_type, text.url),))
        elif self._job is None:
            self._strip.show_end(_nothing_in(self, mime), stay=False)

    def close(self) -> None:
        """Stop all work; what came in stays."""
        self.cancel()
        self._last.keep()
        self._quiet.stop()
        if self._warming is not None:
            self._warming.cancel()
        self.results.deleteLater()

    def bring_in(self, paths: tuple[Path, ...]) -> None:
        """Import files and folders."""
        self._queue(paths)

    @Slot()
    def cancel(self) -> None:
        """Stop at the next file; what came in stays."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def show_results(self) -> None:
        """Show what came of each file of the last import, in this run of the program or before."""
        self._last.show()

    @Slot(tuple)
    def try_again(self, paths: tuple[Path, ...]) -> None:
        """Import files anew that failed, or in which something did, if nothing else comes in."""
        if self._job is None:
            self._last.begin_again(map(str, paths))
            self._again = True
            self._waiting.append(paths)
            self._next()

    def forget(self, ids: frozenset[str]) -> None:
        """Forget what is said of articles and briefs that are erased for good."""
        self._last.forget(ids)

    def _folder(self) -> str:
        return str(folder_to_begin(self._settings.now.import_folder))

    @Slot()
    def _warm(self) -> None:
        """Have a worker load what reads pages, which takes seconds, before the first file comes."""
        if self._job is None:
            self._warming = self._runner.job(get_ready, self._importing)
            self._warming.finished.connect(self._warmed)
            self._warming.failed.connect(self._warmed)
            self._warming.cancelled.connect(self._warmed)
            self._warming.start()

    @Slot()
    def _warmed(self) -> None:
        self._warming = None

    def _take_virtual(self, files: tuple[Incoming, ...]) -> None:
        """Import what a program handed over; say at once that it handed over nothing."""
        lost = [one for one in files if isinstance(one, Unreadable)]
        if len(lost) == len(files) and self._job is None:
            self._strip.show_end(problems.in_words(lost[0].error))
        else:
            self._queue(files)

    def _queue(self, what: tuple[Path | Incoming, ...]) -> None:
        self._waiting.append(what)
        if self._job is None:
            self._last.begin()
            self._again = False
            self._next()

    def _next(self) -> None:
        self._strip.show_progress(0, 0, "")
        self._job = self._runner.job(
            import_all, self._importing, self._waiting.pop(0), self._again, self._relay.tell
        )
        self._job.progressed.connect(self._progressed)
        self._job.finished.connect(self._finished)
        self._job.failed.connect(self._failed)
        self._job.cancelled.connect(self._cancelled)
        self._job.start()

    @Slot(object, object, str)
    def _progressed(self, done: int, total: int, name: str) -> None:
        self._strip.show_progress(done, total, name)

    @Slot(object)
    def _one_done(self, outcome: Outcome) -> None:
        self._last.add(outcome)
        if outcome.status in ("new", "version"):
            self.arrived.emit()

    @Slot(object)
    def _finished(self, outcomes: tuple[Outcome, ...]) -> None:
        self._job = None
        self.arrived.emit()
        if self._waiting:
            self._next()
            return
        self._last.end()
        self._strip.show_end(self._last.summary(), stay=self._last.is_remarkable())
        briefs = [one.brief for one in outcomes if one.brief]
        articles = [one.article for one in outcomes if one.article]
        if briefs:
            self.brief_arrived.emit(briefs[-1])
        elif len(articles) == 1:
            self.article_arrived.emit(articles[0])

    @Slot(Exception)
    def _failed(self, error: Exception) -> None:
        self._job = None
        self._waiting.clear()
        self._last.end()
        self._strip.show_end(problems.in_words(error))
        self.arrived.emit()

    @Slot()
    def _cancelled(self) -> None:
        self._job = None
        self._last.end()
        summary = self._last.summary()
        self._strip.show_end(self.tr("Stopped. {summary}").replace("{summary}", summary))
        self.arrived.emit()


class _Relay(QObject):
    """Carries outcomes from the job's thread to the window's."""

    one = Signal(object)

    def tell(self, outcome: Outcome) -> None:
        """Pass an outcome on; called on the job's thread."""
        self.one.emit(outcome)


def _nothing_in(controller: ImportController, mime: QMimeData) -> str:
    if mime.hasImage():
        return controller.tr("A picture alone cannot be imported: only text, pages and files can.")
    return controller.tr("There is no text, page or file here that could be imported.")


def get_ready(progress: Progress, importing: Importing) -> None:
    """Start a worker ahead; a job."""
    importing.warm(progress)


def import_all(
    progress: Progress,
    importing: Importing,
    what: tuple[Path | Incoming, ...],
    again: bool,
    on_outcome: Callable[[Outcome], None],
) -> tuple[Outcome, ...]:
    """Import; a job, so nothing here touches a widget."""
    paths = tuple(one for one in what if isinstance(one, Path))
    documents = tuple(one for one in what if not isinstance(one, Path))
    coming = documents_of(paths) if paths else documents
    return importing.bring_in(coming, progress, again=again, on_outcome=on_outcome)
