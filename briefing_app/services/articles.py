"""Articles: the list, one whole, and what the user says of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from briefing_app.domain.article import State
from briefing_app.domain.change import Action, Change, Op, diff
from briefing_app.domain.record import Entity, article_from, article_records
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefing_app.domain.article import Article, ArticleRow, ArticleVersion
    from briefing_app.services.history import Changed, History
    from briefing_app.storage.articles import StoredArticles

VERSIONS = 4  # texts that are kept in memory
Shelf = Literal["inbox", "new", "reading", "archived", "all", "annotated"]


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """A shelf, and words that must stand in the title, the outlet, the authors or the text."""

    shelf: Shelf = "inbox"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are; `inbox` is all that is not archived."""

    inbox: int
    new: int
    reading: int
    annotated: int
    briefs: int
    archived: int
    all: int


class Articles:
    """Lists articles as they are on disk, gives one as it is now, and applies edits to it.

    `page`, `counts`, `version_of` and `original` may be called from any thread.
    """

    def __init__(self, history: History, stored: StoredArticles) -> None:
        self._history = history
        self._held = history.held
        self._stored = stored
        # a version never changes, and each passage that is marked asks for its text
        self._version = lru_cache(maxsize=VERSIONS)(self._read_version)
        history.on_changed(self._forget_erased)

    def _forget_erased(self, changed: Changed) -> None:
        if changed.action is Action.ERASE:
            self._version.cache_clear()

    def page(
        self, query: ArticleQuery, before: str = "", limit: int = 100
    ) -> tuple[ArticleRow, ...]:
        """Return rows, newest first; `before` is the id of the last row that is shown already."""
        return self._stored.page(query.shelf, query.text, before, limit)

    def counts(self) -> Counts:
        """Return how many articles lie on each shelf, and how many briefs there are."""
        states = self._stored.states()
        new, reading = states.get(State.NEW, 0), states.get(State.READING, 0)
        archived = states.get(State.ARCHIVED, 0)
        return Counts(
            inbox=new + reading,
            new=new,
            reading=reading,
            annotated=self._stored.annotated(),
            briefs=self._stored.briefs(),
            archived=archived,
            all=new + reading + archived,
        )

    def article(self, article_id: str) -> Article:
        """Return an article. Raises: NotFound."""
        fields = self._held.fields((Entity.ARTICLE, article_id))
        if fields is None:
            raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such article."))
        return article_from(article_id, fields)

    def version(self, article_id: str) -> ArticleVersion:
        """Return the current version of an article with its body. Raises: NotFound."""
        return self.version_of(self.article(article_id).version)

    def version_of(self, version_id: str) -> ArticleVersion:
        """Return any version with its body. Raises: NotFound."""
        return self._version(version_id)

    def _read_version(self, version_id: str) -> ArticleVersion:
        version = self._stored.version(version_id)
        if version is None:
            raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such version of an article."))
        return version

    def original(self, digest: str) -> bytes | None:
        """Return the bytes of a file or an image by their SHA-256; None if they are not held."""
        return self._stored.original(digest)

    def edit(self, article_id: str, function: Callable[[Article], Article]) -> Article:
        """Replace an article by what a function makes of it; return it as it is then.

        Raises: NotFound, Refused.
        """
        self._history.refresh()
        before = self.article(article_id)
        after = function(before)
        changes = diff(article_records(before), article_records(after))
        self._history.commit(Action.EDIT_ARTICLE, changes, after.title)
        return self.article(article_id)

    def set_state(self, ids: Iterable[str], state: State) -> None:
        """Say how far the user is with some articles, in one step. Raises: NotFound, Refused."""
        self._history.refresh()
        articles = tuple(self.article(article_id) for article_id in ids)
        changes = tuple(
            Change(Entity.ARTICLE, article.id, Op.SET, "state", article.state.value, state.value)
            for article in articles
            if article.state is not state
        )
        self._history.commit(Action.SET_STATE, changes, _subject(articles))

    def opened(self, article_id: str) -> None:
        """Note that a new article is being read; no step of undo. Raises: NotFound, Refused."""
        self._history.refresh()
        article = self.article(article_id)
        if article.state is State.NEW:
            new, reading = State.NEW.value, State.READING.value
            change = Change(Entity.ARTICLE, article_id, Op.SET, "state", new, reading)
            self._history.commit(Action.OPEN_ARTICLE, (change,), article.title)

    def delete(self, ids: Iterable[str]) -> None:
        """Put articles in the trash, in one step. Raises: NotFound, Refused.

        Their passages stay: what a story cites keeps its source.
        """
        self._history.refresh()
        articles = tuple(self.article(article_id) for article_id in ids)
        changes = tuple(Change(Entity.ARTICLE, article.id, Op.TRASH) for article in articles)
        self._history.commit(Action.DELETE_ARTICLE, changes, _subject(articles))


def _subject(articles: tuple[Article, ...]) -> str:
    return articles[0].title if len(articles) == 1 else ""
