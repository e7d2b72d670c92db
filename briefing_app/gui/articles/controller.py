"""Connects the left pane with the library: what it lists, and what is done to the chosen rows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from briefing_app.domain.articlelist import ArticleQuery, Listing, Order
from briefing_app.gui import problems
from briefing_app.gui.articles.concern import Concern, concern_of
from briefing_app.gui.articles.reading import (
    First,
    Whole,
    find_place,
    read_facts,
    read_first,
    read_rows,
    read_whole,
)
from briefing_app.gui.articles.rows import brief_row
from briefing_app.gui.articles.shelf import (
    ARCHIVE,
    BRIEFS,
    HIGHLIGHTS,
    INBOX,
    READING,
    collection_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing_app.domain.articlelist import Shelf
    from briefing_app.gui.articles.pane import ArticlesPane
    from briefing_app.gui.jobs import Job, JobRunner
    from briefing_app.services.articles import Counts
    from briefing_app.services.news import Changed
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings

SOON, CALM = 40, 400  # milliseconds to a reading, and between two of a whole list
WHOLE = 150  # milliseconds until a filtered list is read whole: it may be typed on
AROUND = 40  # rows that are read before and behind those that are seen
# the shelves that hold articles, as the library names them
_SHELVES: dict[str, Shelf] = {
    INBOX: "inbox",
    READING: "reading",
    HIGHLIGHTS: "annotated",
    ARCHIVE: "archived",
}


class ArticlesController(QObject):
    """Reads lists in jobs: first what is seen, then which articles there are, then rows as needed."""

    article_opened = Signal(str)
    article_entered = Signal(str)
    brief_opened = Signal(str)
    listed = Signal()  # the rows were read again
    counted = Signal(object)  # Counts

    def __init__(
        self, pane: ArticlesPane, services: Services, runner: JobRunner, settings: Settings
    ) -> None:
        super().__init__(pane)
        self.pane = pane
        self._services = services
        self._runner = runner
        self._settings = settings
        self._number = 0
        self._reading: Job | None = None  # the list
        self._fetching: Job | None = None  # rows of it
        self._wanted: range | None = None
        self._sought = ""
        self._concern = Concern.NOTHING
        self._counts: Counts | None = None
        self.listing: Listing | None = None  # None until the whole list is known
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._read_again)
        self._since = QElapsedTimer()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._read_whole)
        pane.query_changed.connect(self._ask)
        pane.rows_wanted.connect(self._fetch)
        pane.article_picked.connect(self.article_opened)
        pane.article_entered.connect(self.article_entered)
        pane.brief_picked.connect(self.brief_opened)
        pane.show_order(self.order)
        pane.order_chosen.connect(self.sort)
        self._ask()

    @property
    def order(self) -> Order:
        """How articles are sorted."""
        return Order(self._settings.now.sort)

    @Slot()
    def refresh(self) -> None:
        """Read the list again soon; many calls in a row read it once."""
        self._concern = Concern.ROWS
        self._start_soon()

    @Slot(object)
    def note(self, changed: Changed) -> None:
        """Note what an edit means for the list; it is read when the edit is on disk."""
        self._concern = max(self._concern, concern_of(changed))

    @Slot()
    def stored(self) -> None:
        """Read again what edits have changed that are on disk now."""
        if self._concern and not self._services.history.pending:
            self._start_soon()

    @Slot(str)
    def sort(self, order: str) -> None:
        """Sort articles otherwise, now and from now on."""
        if order != self._settings.now.sort:
            self._settings.change(sort=order)
            self.pane.show_order(self.order)
            self._ask()

    def query(self) -> ArticleQuery:
        """Return what the pane asks for."""
        shelf, text = self.pane.shelf(), self.pane.text()
        if collection := collection_of(shelf):
            return ArticleQuery("all", text, collection, order=self.order)
        return ArticleQuery(_SHELVES.get(shelf, "all"), text, order=self.order)

    def choose(self, article_id: str) -> None:
        """Choose an article of the list, wherever it stands; it is not opened."""
        self._sought = ""
        if self.pane.shelf() == BRIEFS or self.pane.list.choose(article_id):
            return
        if self.listing is None:
            self._sought = article_id  # until the list is known
            return
        job = self._job(find_place, self._number, self.listing, article_id)
        job.finished.connect(self._found)
        job.start()

    def drop(self, places: Sequence[range]) -> None:
        """Take rows out of the list that do not belong in it any more."""
        self.pane.list.rows.drop(places)
        if self.listing is not None:
            self.listing = self.listing.without(places)

    def tokens(self, places: Sequence[range]) -> Listing | None:
        """Return which articles stand at some places; None while that is not known."""
        return self.listing.at(places) if self.listing is not None else None

    @Slot()
    def _ask(self) -> None:
        """Show another list."""
        self._number += 1
        concern, self._concern = self._concern, Concern.NOTHING
        self._soon.stop()
        self._later.stop()
        for job in (self._reading, self._fetching):
            if job is not None:
                job.cancel()
        self._reading = self._fetching = self._wanted = self.listing = None
        self._sought = ""
        if self.pane.shelf() == BRIEFS:
            self._show_briefs()
            return
        known = self._counts if concern is Concern.NOTHING else None
        self._read(read_first, self._show_first, self._number, self.query(), known)

    def _start_soon(self) -> None:
        """Read soon; a whole list not while it was read just now, else imports keep it busy."""
        passed = self._since.elapsed() if self._since.isValid() else CALM
        wait = SOON if self._concern < Concern.ROWS else max(SOON, CALM - passed)
        if not self._soon.isActive() or self._soon.remainingTime() > wait:
            self._soon.start(wait)

    @Slot()
    def _read_again(self) -> None:
        if self._reading is not None:
            self._soon.start(SOON)  # the answer under way is older than what is to be read
            return
        concern, self._concern = self._concern, Concern.NOTHING
        seen = self._span(self.pane.list.seen())
        if self.pane.shelf() == BRIEFS:
            self._show_briefs()
        elif self.listing is None or concern is Concern.ROWS or self.pane.shelf() == HIGHLIGHTS:
            self._since.start()
            self._read(read_whole, self._show_whole, self._number, self.query(), seen)
        else:
            self.pane.list.rows.let_age()
            self._read(read_facts, self._show_facts, self._number, self.listing, seen)

    def _show_briefs(self) -> None:
        """Show the briefs; there are few of them, and the desk lives on this thread."""
        today = dt.datetime.now().astimezone().date()
        wanted = self.pane.text().casefold()
        rows = tuple(
            brief_row(brief, today)
            for brief in self._services.desk.briefs()
            if wanted in brief.title.casefold()
        )
        self.pane.show_rows(rows)
        self._count(self._services.articles.counts())
        self.listed.emit()

    @Slot(object)
    def _show_first(self, first: First) -> None:
        if first.number != self._number:
            return
        self._reading = None
        self.pane.show_rows(first.rows, first.count)
        self._count(first.counts)
        self._later.start(WHOLE if first.query.text else 0)
        self.listed.emit()

    @Slot()
    def _read_whole(self) -> None:
        if self._reading is None and self.listing is None:
            self._since.start()
            self._read(read_whole, self._show_whole, self._number, self.query(), None)

    def _count(self, counts: Counts) -> None:
        self._counts = counts
        self.counted.emit(counts)

    @Slot(object)
    def _show_whole(self, whole: Whole) -> None:
        if whole.number != self._number:
            return
        self._reading = None
        rows = self.pane.list.rows
        before, self.listing = self.listing, whole.listing
        if before is None and whole.counts is None:
            rows.resize(len(whole.listing))
        elif before is None or before != whole.listing:
            self._rearrange(before or Listing(), whole)
        else:
            rows.let_age()
        rows.put(whole.first, whole.rows)
        self._tell(whole)
        if self._sought:
            self.choose(self._sought)

    def _rearrange(self, before: Listing, whole: Whole) -> None:
        table = self.pane.list
        spans = table.chosen_places()
        near = {*table.rows.here(), *table.seen(), table.currentIndex().row()}
        moved = before.moved(near, whole.listing)
        chosen = before.carried(spans, whole.listing)
        still = table.verticalScrollBar().value() > 0
        table.rearrange(len(whole.listing), moved, chosen, still=still)
        self.pane.show_whether_empty()

    @Slot(object)
    def _show_facts(self, whole: Whole) -> None:
        if whole.number != self._number:
            return
        self._reading = None
        if whole.listing is self.listing:
            self.pane.list.rows.put(whole.first, whole.rows)
        self._tell(whole)

    def _tell(self, whole: Whole) -> None:
        if whole.counts is not None:
            self._count(whole.counts)
            self.listed.emit()

    @Slot(int, int)
    def _fetch(self, first: int, last: int) -> None:
        """Read rows that are to be painted; what was asked for meanwhile waits, the last of it."""
        if self.listing is None:
            return
        span = self._span(range(first, last + 1))
        if self._fetching is not None:
            self._wanted = span
            return
        job = self._job(read_rows, self._number, self.listing, span)
        self._fetching = job
        job.finished.connect(self._fetched)
        job.start()

    @Slot(object)
    def _fetched(self, whole: Whole) -> None:
        if whole.number != self._number:
            return
        self._fetching = None
        if whole.listing is self.listing:
            self.pane.list.rows.put(whole.first, whole.rows)
        else:
            self._wanted = self.pane.list.seen()  # the list has changed meanwhile
        wanted, self._wanted = self._wanted, None
        if wanted:
            self._fetch(wanted.start, wanted.stop - 1)

    def _span(self, seen: range) -> range:
        return range(max(seen.start - AROUND, 0), seen.stop + AROUND)

    @Slot(object)
    def _found(self, answer: tuple[int, str, int]) -> None:
        number, article_id, place = answer
        if number == self._number and not self.pane.list.choose(article_id) and place >= 0:
            self.pane.list.choose_place(place)

    def _read(
        self,
        work: Callable[..., object],
        show: Callable[[First], None] | Callable[[Whole], None],
        *args: object,
    ) -> None:
        self._reading = self._job(work, *args)
        self._reading.finished.connect(show)
        self._reading.start()

    def _job(self, work: Callable[..., object], *args: object) -> Job:
        job = self._runner.job(work, self._services.articles, *args)
        job.failed.connect(self._failed)
        return job

    @Slot(Exception)
    def _failed(self, error: Exception) -> None:
        self._reading = self._fetching = None
        problems.tell(self.pane.window(), error)
