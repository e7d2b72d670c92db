"""Brings files, folders and pastes into the library, in the background."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from briefing_app.errors import BriefingError
from briefing_app.gui import problems
from briefing_app.gui.folders import folder_to_begin
from briefing_app.gui.importing.incoming import (
    Again,
    FromFeeds,
    FromWeb,
    HandedOver,
    Pasted,
    Watched,
    What,
    addresses_of,
    files_of,
    text_of,
)
from briefing_app.gui.importing.last import LastResults
from briefing_app.gui.importing.virtual import handed_over, is_virtual
from briefing_app.services.fetching import Feed
from briefing_app.services.importing import Files, Unreadable, documents_of, pasted
from briefing_app.services.results import kept_results

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    addresses_given = Signal(tuple)  # dropped or pasted: nothing is fetched before the user says so
    began = Signal(object)  # what comes in now
    ended = Signal(object, bool)  # and whether all of it was tried

    def __init__(
        self, strip: ImportStrip, services: Services, runner: JobRunner, settings: Settings
    ) -> None:
        super().__init__(strip)
        self._strip = strip
        self._services = services
        self._importing = services.importing
        self._runner = runner
        self._settings = settings
        self._job: Job | None = None
        self._waiting: list[What] = []
        self._now: What = ()
        self._places: set[str] = set()  # folders that what came was saved into; "" for all else
        self._followed: list[Feed] = []
        self._relay = _Relay(self)
        self._relay.one.connect(self._one_done)
        self._relay.feed.connect(self._feed_followed)
        kept = kept_results(settings.path.parent, services.about.folder)
        self._last = LastResults(strip.window(), kept, services)
        self._last.again_asked.connect(self.try_again)
        self.results = self._last.dialog
        self.results.article_picked.connect(self.article_arrived)
        self.results.brief_picked.connect(self.brief_arrived)
        self.results.pages_wanted.connect(self._fetch_links)
        self.results.feeds_wanted.connect(self._follow_links)
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
        elif addresses := addresses_of(mime):
            self.addresses_given.emit(addresses)
        elif text := text_of(mime):
            self.queue(text)
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
        self._last.deleteLater()

    def bring_in(self, paths: tuple[Path, ...]) -> None:
        """Import files and folders."""
        self.queue(paths)

    @Slot()
    def cancel(self) -> None:
        """Stop at the next file; what came in stays."""
        self._drop_waiting()
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def show_results(self) -> None:
        """Show what came of each file of the last import, in this run of the program or before."""
        self._last.show()

    @Slot(tuple)
    def try_again(self, names: tuple[str, ...]) -> None:
        """Import files and addresses anew that failed, if nothing else comes in."""
        if self._job is not None:
            return
        paths = tuple(Path(name) for name in names if Path(name).is_absolute())
        urls = tuple(name for name in names if not Path(name).is_absolute())
        self._last.begin_again(names)
        self._followed, self._places = [], set()
        if paths:
            self._waiting.append(Again(paths))
        if urls:
            self._waiting.append(FromWeb(urls, self._settings.now.private_addresses))
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
            self.queue(HandedOver(files))

    def queue(self, what: What) -> None:
        """Have something come in when it is its turn."""
        self._waiting.append(what)
        if self._job is None:
            self._last.begin()
            self._followed, self._places = [], set()
            self._next()

    def say(self, words: str) -> None:
        """Say something that is no import."""
        if self._job is None:
            self._strip.show_end(words, stay=False)

    def _next(self) -> None:
        self._now = self._waiting.pop(0)
        self._places.add(self._now.folder if isinstance(self._now, Watched) else "")
        self._strip.show_progress(0, 0, "", fetching=self._is_fetching())
        self._job = self._runner.job(import_all, self._services, self._now, self._relay)
        self._job.progressed.connect(self._progressed)
        self._job.finished.connect(self._finished)
        self._job.failed.connect(self._failed)
        self._job.cancelled.connect(self._cancelled)
        self.began.emit(self._now)
        self._job.start()

    @Slot(object, object, str)
    def _progressed(self, done: int, total: int, name: str) -> None:
        self._strip.show_progress(done, total, name, fetching=self._is_fetching())

    def _is_fetching(self) -> bool:
        return isinstance(self._now, FromWeb | FromFeeds)

    @Slot(object)
    def _feed_followed(self, feed: Feed) -> None:
        self._followed.append(feed)

    @Slot(object)
    def _one_done(self, outcome: Outcome) -> None:
        known = outcome.status == "duplicate" and not outcome.links
        if known and isinstance(self._now, FromFeeds):
            return  # most of a feed is: only what is new is news
        self._last.add(outcome)
        if outcome.status in ("new", "version"):
            self.arrived.emit()

    @Slot(object)
    def _finished(self, outcomes: tuple[Outcome, ...]) -> None:
        self._over(tried=True)
        if self._waiting:
            self._next()
            return
        self._last.end()
        self._strip.show_end(self._summary(), stay=self._last.is_remarkable())
        briefs = [one.brief for one in outcomes if one.brief]
        articles = [one.article for one in outcomes if one.article]
        if isinstance(self._now, FromFeeds | Watched):
            return  # nobody waits for it: what is open stays open
        if briefs:
            self.brief_arrived.emit(briefs[-1])
        elif len(articles) == 1:
            self.article_arrived.emit(articles[0])

    @Slot(Exception)
    def _failed(self, error: Exception) -> None:
        self._drop_waiting()
        self._last.end()
        self._strip.show_end(problems.in_words(error))
        self._over(tried=False)

    @Slot()
    def _cancelled(self) -> None:
        self._last.end()
        self._strip.show_end(self.tr("Stopped. {summary}").replace("{summary}", self._summary()))
        self._over(tried=True)

    def _drop_waiting(self) -> None:
        dropped, self._waiting = self._waiting, []
        for what in dropped:
            self.ended.emit(what, False)

    def _over(self, *, tried: bool) -> None:
        self._job = None
        self.arrived.emit()
        self.ended.emit(self._now, tried)

    @Slot()
    def _fetch_links(self) -> None:
        self.queue(FromWeb(self._last.links(feeds=False), self._settings.now.private_addresses))

    @Slot()
    def _follow_links(self) -> None:
        try:
            self._services.feeds.follow(Feed(url) for url in self._last.links(feeds=True))
        except BriefingError as error:
            problems.tell(self._strip.window(), error)
            return
        self.queue(FromFeeds(self._settings.now.private_addresses))

    def _summary(self) -> str:
        """Return what came of all of it, and where it came from."""
        if isinstance(self._now, FromFeeds) and self._last.is_empty():
            return self.tr("Nothing new in the feeds.")
        words = self._last.summary()
        if self._followed:
            words += " " + self.tr("The feed is followed: menu File, Refresh the feeds.")
        place = next(iter(self._places)) if len(self._places) == 1 else ""
        whole = self.tr("From “{folder}”: {summary}") if place else "{summary}"
        return whole.replace("{folder}", place).replace("{summary}", words)


class _Relay(QObject):
    """Carries outcomes from the job's thread to the window's."""

    one = Signal(object)
    feed = Signal(object)

    def tell(self, outcome: Outcome) -> None:
        """Pass an outcome on; called on the job's thread."""
        self.one.emit(outcome)

    def hear(self, feed: Feed) -> None:
        """Pass on a feed that is followed from now on; likewise."""
        self.feed.emit(feed)


def _nothing_in(controller: ImportController, mime: QMimeData) -> str:
    if mime.hasImage():
        return controller.tr("A picture alone cannot be imported: only text, pages and files can.")
    return controller.tr("There is no text, page or file here that could be imported.")


def get_ready(progress: Progress, importing: Importing) -> None:
    """Start a worker ahead; a job."""
    importing.warm(progress)


def import_all(
    progress: Progress,
    services: Services,
    what: What,
    relay: _Relay,
) -> tuple[Outcome, ...]:
    """Import; a job, so nothing here touches a widget."""
    match what:
        case FromWeb():
            return services.fetching.bring_in(
                what.urls,
                progress,
                private=what.private,
                on_outcome=relay.tell,
                on_feed=relay.hear,
            )
        case FromFeeds():
            return services.fetching.refresh(progress, private=what.private, on_outcome=relay.tell)
        case Pasted():
            documents: Iterable[Incoming] = (pasted(what.data, what.media_type, what.url),)
        case Watched():
            documents = Files(tuple(one.path for one in what.found))
        case HandedOver():
            documents = what.files
        case Again():
            documents = documents_of(what.paths)
        case _:
            documents = documents_of(what)
    again = isinstance(what, Again)
    return services.importing.bring_in(documents, progress, again=again, on_outcome=relay.tell)
