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
    FromFeeds,
    FromWeb,
    Pasted,
    Watched,
    What,
    addresses_of,
    files_of,
    text_of,
)
from briefing_app.gui.importing.results import Line, ResultsDialog
from briefing_app.services.fetching import Feed
from briefing_app.services.importing import Files, documents_of, pasted

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
        self._outcomes: list[Outcome] = []
        self._followed: list[Feed] = []
        self._relay = _Relay(self)
        self._relay.one.connect(self._one_done)
        self._relay.feed.connect(self._feed_followed)
        self.results = ResultsDialog(strip.window())
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
        elif addresses := addresses_of(mime):
            self.addresses_given.emit(addresses)
        elif text := text_of(mime):
            self.queue(text)
        elif self._job is None:
            self._strip.show_end(_nothing_in(self, mime), stay=False)

    def close(self) -> None:
        """Stop all work; what came in stays."""
        self.cancel()
        self._quiet.stop()
        if self._warming is not None:
            self._warming.cancel()
        self.results.deleteLater()

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
        """Show what came of each file of the last import."""
        head = (
            self._summary()
            if self._outcomes or self._job
            else self.tr("Nothing was imported since the program was started.")
        )
        pages, feeds = self._links(feeds=False), self._links(feeds=True)
        lines = tuple(self._line(one) for one in self._outcomes)
        self.results.show_lines(head, lines, pages=len(pages), feeds=len(feeds))
        self.results.show()
        self.results.raise_()
        self.results.activateWindow()

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

    def queue(self, what: What) -> None:
        """Have something come in when it is its turn."""
        self._waiting.append(what)
        if self._job is None:
            self._outcomes, self._followed, self._places = [], [], set()
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
        self._outcomes.append(outcome)
        if outcome.status in ("new", "version"):
            self.arrived.emit()

    @Slot(object)
    def _finished(self, outcomes: tuple[Outcome, ...]) -> None:
        self._over(tried=True)
        if self._waiting:
            self._next()
            return
        self._strip.show_end(self._summary(), stay=self._is_remarkable())
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
        self._strip.show_end(problems.in_words(error))
        self._over(tried=False)

    @Slot()
    def _cancelled(self) -> None:
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
        self.queue(FromWeb(self._links(feeds=False), self._settings.now.private_addresses))

    @Slot()
    def _follow_links(self) -> None:
        try:
            self._services.feeds.follow(Feed(url) for url in self._links(feeds=True))
        except BriefingError as error:
            problems.tell(self._strip.window(), error)
            return
        self.queue(FromFeeds(self._settings.now.private_addresses))

    def _links(self, *, feeds: bool) -> tuple[str, ...]:
        """Return the addresses that were listed and not fetched."""
        links = (link for one in self._outcomes for link in one.links)
        found = dict.fromkeys(link.url for link in links if link.is_feed == feeds)
        if found and feeds:
            for feed in self._services.feeds.all():
                found.pop(feed.url, None)
        return tuple(found)

    def _summary(self) -> str:
        def count(status: str) -> int:
            return sum(one.status == status for one in self._outcomes)

        if isinstance(self._now, FromFeeds) and not self._outcomes:
            return self.tr("Nothing new in the feeds.")
        parts = [self.tr("%n imported", "", count("new"))]
        if versions := count("version"):
            parts.append(self.tr("%n with a new text", "", versions))
        if duplicates := count("duplicate"):
            parts.append(self.tr("%n already there", "", duplicates))
        if failed := count("failed"):
            parts.append(self.tr("%n failed", "", failed))
        if remarked := sum(bool(one.remarks) for one in self._outcomes):
            parts.append(self.tr("%n with a remark", "", remarked))
        if listed := len(self._links(feeds=False)):
            one = self.tr("1 address not fetched")
            parts.append(one if listed == 1 else self.tr("%n addresses not fetched", "", listed))
        if feeds := len(self._links(feeds=True)):
            one = self.tr("1 feed not followed")
            parts.append(one if feeds == 1 else self.tr("%n feeds not followed", "", feeds))
        words = ", ".join(parts) + "."
        if self._followed:
            words += " " + self.tr("The feed is followed: menu File, Refresh the feeds.")
        place = next(iter(self._places)) if len(self._places) == 1 else ""
        whole = self.tr("From “{folder}”: {summary}") if place else "{summary}"
        return whole.replace("{folder}", place).replace("{summary}", words)

    def _is_remarkable(self) -> bool:
        return any(one.status == "failed" or one.remarks or one.links for one in self._outcomes)

    def _listed(self, count: int) -> str:
        if not count:
            return self.tr("It holds no text but addresses, and all of these are in the library")
        one = self.tr("It holds no text but addresses, and one of these is not in the library")
        many = self.tr(
            "It holds no text but addresses, and %n of these are not in the library", "", count
        )
        return one if count == 1 else many

    def _line(self, outcome: Outcome) -> Line:
        words = {
            "new": self.tr("Imported as a brief") if outcome.brief else self.tr("Imported"),
            "version": self.tr("A new text of an article that was there"),
            "duplicate": self.tr("Was there already"),
            "listed": self._listed(len(outcome.links)),
        }.get(outcome.status, " ".join(problems.in_sentences(outcome.reasons)))
        if outcome.title and outcome.status != "failed":
            words = f"{words}: \u2068{outcome.title}\u2069"
        remarks = problems.in_sentences(outcome.remarks)
        return Line(outcome.name, outcome.status, words, remarks, outcome.article, outcome.brief)


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
        case _:
            documents = documents_of(what)
    return services.importing.bring_in(documents, progress, on_outcome=relay.tell)
