"""Connects the left pane with the library: what it lists, and what is done to the chosen rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from briefing_app.domain.article import State
from briefing_app.domain.articlelist import ArticleQuery
from briefing_app.gui import problems
from briefing_app.gui.articles.rows import Row, article_row, brief_row
from briefing_app.gui.articles.shelf import ARCHIVE, BRIEFS, HIGHLIGHTS, INBOX, READING

if TYPE_CHECKING:
    from briefing_app.domain.articlelist import Shelf
    from briefing_app.gui.articles.pane import ArticlesPane
    from briefing_app.gui.jobs import Job, JobRunner
    from briefing_app.progress import Progress
    from briefing_app.services.articles import Articles, Counts
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings

PAGE = 100
BRIEF = "brief"
TRIAGE = {"E": State.ARCHIVED.value, "R": State.READING.value, "U": State.NEW.value, "B": BRIEF}
# the shelves that hold articles, as the library names them
_SHELVES: dict[str, Shelf] = {
    INBOX: "inbox",
    READING: "reading",
    HIGHLIGHTS: "annotated",
    ARCHIVE: "archived",
}
# which states a shelf holds; a row whose state is none of them leaves it at once
_HELD = {
    INBOX: (State.NEW, State.READING),
    READING: (State.READING,),
    ARCHIVE: (State.ARCHIVED,),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows to read: those behind the article `after`, or the first ones."""

    number: int
    query: ArticleQuery
    after: str
    limit: int


@dataclass(frozen=True, slots=True)
class Page:
    """What was read for a list; `number` tells a late answer from the one that is awaited."""

    number: int
    rows: tuple[Row, ...]
    more: bool
    added: bool
    counts: Counts


class ArticlesController(QObject):
    """Reads pages in a job and shows them; triage goes straight to the library."""

    article_opened = Signal(str)
    article_entered = Signal(str)
    brief_opened = Signal(str)
    brief_asked = Signal(tuple)  # articles to put into the draft
    listed = Signal()  # the rows were read again

    def __init__(
        self, pane: ArticlesPane, services: Services, runner: JobRunner, settings: Settings
    ) -> None:
        super().__init__(pane)
        self._pane = pane
        self._services = services
        self._runner = runner
        self._settings = settings
        self._number = 0
        self._job: Job | None = None
        self._shown = PAGE
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(40)
        self._soon.timeout.connect(self._reload)
        pane.query_changed.connect(self._ask)
        pane.more_wanted.connect(self._next_page)
        pane.article_picked.connect(self.article_opened)
        pane.article_entered.connect(self.article_entered)
        pane.brief_picked.connect(self.brief_opened)
        pane.letter_pressed.connect(self.press)
        pane.delete_requested.connect(self.delete)
        self._ask()

    @Slot()
    def refresh(self) -> None:
        """Read the list again soon; many calls in a row read it once."""
        self._soon.start()

    @Slot(tuple, str)
    def set_state(self, ids: tuple[str, ...], state: str) -> None:
        """Give articles a state; what leaves the shelf goes at once, and the next row opens."""
        following = self._pane.list.after(ids)
        try:
            self._services.articles.set_state(ids, State(state))
        except Exception as error:  # noqa: BLE001 (any failure is told, and the list stays as it is)
            problems.tell(self._pane.window(), error)
            return
        self._leave(
            ids, following, stays=State(state) in _HELD.get(self._pane.shelf(), tuple(State))
        )

    @Slot(tuple, str)
    def press(self, ids: tuple[str, ...], letter: str) -> None:
        """Do what a letter stands for; most stand for nothing."""
        if letter in TRIAGE:
            self.triage(ids, TRIAGE[letter])

    @Slot(tuple, str)
    def triage(self, ids: tuple[str, ...], state: str) -> None:
        """Do what a triage key asks for: a state, or a place in the brief."""
        if state == BRIEF:
            self.brief_asked.emit(ids)
        else:
            self.set_state(ids, state)

    @Slot(tuple)
    def delete(self, ids: tuple[str, ...]) -> None:
        """Put articles in the trash; undo brings them back."""
        following = self._pane.list.after(ids)
        try:
            self._services.articles.delete(ids)
        except Exception as error:  # noqa: BLE001 (any failure is told, and the list stays as it is)
            problems.tell(self._pane.window(), error)
            return
        self._leave(ids, following, stays=False)

    def go_on(self, ids: tuple[str, ...]) -> None:
        """Open what follows the articles that were dealt with."""
        self._leave(ids, self._pane.list.after(ids), stays=True)

    def _leave(self, ids: tuple[str, ...], following: str, *, stays: bool) -> None:
        if not stays:
            self._pane.list.rows.drop_rows(ids)
        if following and self._settings.now.open_next:
            self._pane.list.pick(following)
        self.refresh()

    @Slot()
    def _ask(self) -> None:
        self._shown = PAGE
        self._reload()

    @Slot()
    def _reload(self) -> None:
        self._read("", self._shown)

    @Slot(str)
    def _next_page(self, after: str) -> None:
        self._shown += PAGE
        self._read(after, PAGE)

    def _read(self, after: str, limit: int) -> None:
        self._number += 1
        if self._job is not None:
            self._job.cancel()
        if self._pane.shelf() == BRIEFS:
            self._show(self._briefs())
            return
        self._job = self._runner.job(
            read_page,
            self._services.articles,
            Wanted(
                self._number,
                ArticleQuery(_SHELVES[self._pane.shelf()], self._pane.text()),
                after,
                limit,
            ),
        )
        self._job.finished.connect(self._show)
        self._job.failed.connect(self._failed)
        self._job.start()

    def _briefs(self) -> Page:
        """Return the briefs; there are few of them, and the desk lives on this thread."""
        today = dt.datetime.now().astimezone().date()
        wanted = self._pane.text().casefold()
        rows = tuple(
            brief_row(brief, today)
            for brief in self._services.desk.briefs()
            if wanted in brief.title.casefold()
        )
        return Page(self._number, rows, False, False, self._services.articles.counts())

    @Slot(object)
    def _show(self, page: Page) -> None:
        if page.number != self._number:
            return
        self._job = None
        self._pane.show_counts(page.counts)
        if page.added:
            self._pane.append_rows(page.rows, more=page.more)
        else:
            self._pane.show_rows(page.rows, more=page.more)
        self.listed.emit()

    @Slot(Exception)
    def _failed(self, error: Exception) -> None:
        self._job = None
        problems.tell(self._pane.window(), error)


def read_page(
    progress: Progress,
    articles: Articles,
    wanted: Wanted,
) -> Page:
    """Read a page of the list; a job, so nothing here touches a widget."""
    progress.check()
    found = articles.page(wanted.query, before=wanted.after, limit=wanted.limit)
    progress.check()
    today = dt.datetime.now().astimezone().date()
    rows = tuple(article_row(article, today) for article in found)
    return Page(
        wanted.number, rows, len(found) == wanted.limit, bool(wanted.after), articles.counts()
    )
