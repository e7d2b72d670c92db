"""Articles: the list, one whole, and what the user says of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing_app.domain.article import State, noting_edits
from briefing_app.domain.articlelist import ArticleQuery
from briefing_app.domain.change import Action, Change, Op, diff
from briefing_app.domain.query import parse
from briefing_app.domain.record import Entity, article_from, article_records
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound
from briefing_app.services.many import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from briefing_app.domain.article import Article, ArticleRow, ArticleVersion
    from briefing_app.domain.articlelist import Listing
    from briefing_app.domain.collection import Collection
    from briefing_app.domain.query import Query
    from briefing_app.services.history import History
    from briefing_app.services.many import Many
    from briefing_app.services.news import Changed
    from briefing_app.storage.articles import StoredArticles
    from briefing_app.storage.overview import StoredOverview

VERSIONS = 4  # texts that are kept in memory
EVERYTHING = ArticleQuery("all")
DELETING = Edit(Action.DELETE_ARTICLE)


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
    collections: tuple[tuple[Collection, int], ...] = ()


class Articles:
    """Lists articles as they are on disk, gives one as it is now, and applies edits to it.

    All that reads lists, `counts`, `stored_version` and `original` may be called from any thread.
    """

    def __init__(
        self, history: History, many: Many, stored: StoredArticles, overview: StoredOverview
    ) -> None:
        self._history = history
        self._many = many
        self._held = history.held
        self._stored = stored
        self._overview = overview
        # a version never changes, and each passage that is marked asks for its text
        self._version = lru_cache(maxsize=VERSIONS)(self._read_version)
        history.on_changed(self._forget)

    def _forget(self, changed: Changed) -> None:
        """Read versions again that are erased, or whose blocks were switched, perhaps elsewhere."""
        if changed.action is Action.ERASE or any(key[0] is Entity.VERSION for key in changed.keys):
            self._version.cache_clear()

    def page(
        self, query: ArticleQuery = EVERYTHING, before: str = "", limit: int = 100
    ) -> tuple[ArticleRow, ...]:
        """Return rows of a list; `before` is the id of the last row that is shown already."""
        return self._stored.page(query, self.asked(query.text), before, limit)

    def listing(self, query: ArticleQuery = EVERYTHING) -> Listing:
        """Return all articles of a list in its order, to reach any place of it at once."""
        return self._stored.listing(query, self.asked(query.text))

    def asked(self, text: str) -> Query:
        """Return what the text of a filter asks for, and what is wrong with it."""
        return parse(text, self._history.today())

    def rows(self, listing: Listing) -> tuple[ArticleRow | None, ...]:
        """Return the rows of a part of a list; None for what is gone for good."""
        return self._stored.rows(listing)

    def ids(self, listing: Listing) -> tuple[str, ...]:
        """Return the ids of the articles of a list, those left out that were deleted since."""
        return self._stored.ids(listing)

    def place(self, listing: Listing, article_id: str) -> int:
        """Return where an article stands in a list, or -1."""
        return self._stored.place(listing, article_id)

    def counts(self) -> Counts:
        """Return how many articles lie on each shelf and in each collection, and how many briefs."""
        overview = self._overview.all()
        new, reading, archived = (overview.states.get(state, 0) for state in State)
        return Counts(
            inbox=new + reading,
            new=new,
            reading=reading,
            annotated=overview.annotated,
            briefs=overview.briefs,
            archived=archived,
            all=new + reading + archived,
            collections=overview.collections,
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
        """Return any version with its body, switched as it is now. Raises: NotFound."""
        return self.as_now(self._version(version_id))

    def as_now(self, version: ArticleVersion) -> ArticleVersion:
        """Return a version with the blocks switched as they are now, perhaps not yet on disk."""
        fields = self._held.known((Entity.VERSION, version.id))
        switched = tuple(fields["switched"]) if fields else version.switched
        return version if switched == version.switched else replace(version, switched=switched)

    def stored_version(self, version_id: str) -> ArticleVersion:
        """Return any version with its body; its switches may be older. Raises: NotFound."""
        return self._version(version_id)

    def sound_versions(self, version_ids: tuple[str, ...]) -> Iterator[ArticleVersion]:
        """Go through some versions in no order, read together; damaged texts are left out."""
        return self._stored.sound_versions(version_ids)

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

        What differs is noted as edited by the user.

        Raises: NotFound, Refused.
        """
        self._history.refresh()
        before = self.article(article_id)
        after = noting_edits(before, function(before))
        changes = diff(article_records(before), article_records(after))
        self._history.commit(Action.EDIT_ARTICLE, changes, after.title)
        return self.article(article_id)

    def switch(self, article_id: str, places: Iterable[int], *, included: bool) -> None:
        """Put blocks of an article in, or take them out; which, is said by their places in its body.

        The text and all offsets stay as they are.
        Raises: NotFound, Refused.
        """
        self._history.refresh()
        article = self.article(article_id)
        self._held.load(((Entity.VERSION, article.version),))
        version = self.version_of(article.version)
        blocks = version.shown.blocks
        wanted = {at for at in places if 0 <= at < len(blocks) and blocks[at].included != included}
        if not wanted:
            return
        old, new = list(version.switched), sorted(wanted ^ set(version.switched))
        change = Change(Entity.VERSION, version.id, Op.SET, "switched", old, new)
        action = Action.PUT_BLOCK_IN if included else Action.TAKE_BLOCK_OUT
        self._history.commit(action, (change,), article.title)

    def set_state(self, ids: Iterable[str], state: State) -> None:
        """Say how far the user is with some articles, in one step. Raises: NotFound, Refused."""
        self._many.edit(tuple(ids), marking(state))

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
        self._many.edit(tuple(ids), DELETING)


def marking(state: State) -> Edit:
    """Return the edit that gives articles a state."""
    return Edit(Action.SET_STATE, "state", lambda _old: state.value)
