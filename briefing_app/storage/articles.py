"""Read articles: pages of a list, a whole list by its places, one whole version."""

from __future__ import annotations

import datetime as dt
import zlib
from array import array
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Select,
    exists,
    func,
    literal_column,
    select,
    text,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.types import NullType

from briefing_app.digests import sha256
from briefing_app.domain.article import ArticleRow, ArticleVersion, State, tag_key
from briefing_app.domain.articlelist import ArticleQuery, Listing, Order
from briefing_app.domain.record import moment_from
from briefing_app.storage import originals
from briefing_app.storage.body import body_from
from briefing_app.storage.failure import MALFORMED, damaged_original, damaged_text
from briefing_app.storage.given import given
from briefing_app.storage.orders import Stretch, left, stretches
from briefing_app.storage.packing import unpack_json, unpack_text
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    BODY,
    BRIEF,
    COLLECTED,
    COLLECTION,
    EVIDENCES,
    LINK,
    SECTION,
    STATEMENT,
    STORY,
    TAG,
    VERSION,
)
from briefing_app.storage.search import narrowed, newest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection, Subquery

    from briefing_app.domain.article import Body
    from briefing_app.domain.query import Query

_LIVE = ARTICLE.c.deleted_at.is_(None)
_TEXTS = 200  # that are in memory together
_SOME = 500  # ids that are looked up at a time
_PIECE = 2000  # ids that are read at a time


class StoredArticles:
    """The articles of a library as they are on disk; any thread may ask."""

    def __init__(
        self, read: Callable[[], AbstractContextManager[Connection]], folder: Path
    ) -> None:
        self._read = read
        self._folder = folder

    def page(
        self, query: ArticleQuery, words: Query, before: str, limit: int
    ) -> tuple[ArticleRow, ...]:
        """Return rows of a list in its order, from behind the article `before` on.

        `words` is what the text of the query asks for.
        """
        rows: list[ArticleRow] = []
        with self._read() as connection:
            if query.order is Order.ADDED and not _is_shelf(query):
                some = newest(connection, _asked(query), words, before=before, limit=limit)
                page = _rows().where(ARTICLE.c.id.in_(some)).order_by(ARTICLE.c.id.desc())
                return tuple(_row(row) for row in connection.execute(page))
            asked = _narrowed(connection, query, words)
            parts = left(connection, query.order, before) if before else stretches(query.order)
            for part in parts:
                if (room := limit - len(rows)) > 0:
                    found = connection.execute(_page_of(query, asked, part, room))
                    rows += [_row(row) for row in found]
        return tuple(rows)

    def listing(self, query: ArticleQuery, words: Query) -> Listing:
        """Return all articles of a list in its order, 8 bytes each."""
        found = array("q")
        with self._read() as connection:
            if query.order is Order.ADDED and words.terms:
                ids = newest(connection, _asked(query), words).subquery()
                return Listing(array("q", _tokens_of(connection, ids)), falls=True)
            asked = _narrowed(connection, query, words)
            for part in stretches(query.order):
                found.extend(_tokens(connection, asked, part))
        return Listing(found, falls=query.order is Order.ADDED)

    def rows(self, listing: Listing) -> tuple[ArticleRow | None, ...]:
        """Return the rows of a list, at best a part of one; None for what was erased since."""
        query = _rows().where(ARTICLE.c.id.in_(given(listing.tokens)))
        with self._read() as connection:
            found = {row.id: _row(row) for row in connection.execute(query)}
        return tuple(found.get(token) for token in listing.tokens)

    def ids(self, listing: Listing) -> tuple[str, ...]:
        """Return the ids of the articles of a list that are still there, in its order."""
        found: dict[int, str] = {}
        with self._read() as connection:
            for at in range(0, len(listing), _SOME):
                some = listing.tokens[at : at + _SOME]
                query = select(ARTICLE.c.id, ARTICLE.c.uid).where(
                    ARTICLE.c.id.in_(given(some)), _LIVE
                )
                rows: Any = connection.execute(query)
                found.update((row_id, uid) for row_id, uid in rows)
        return tuple(found[token] for token in listing.tokens if token in found)

    def place(self, listing: Listing, article_id: str) -> int:
        """Return where an article stands in a list, or -1."""
        with self._read() as connection:
            query = select(ARTICLE.c.id).where(ARTICLE.c.uid == article_id)
            token = connection.execute(query).scalar()
        return -1 if token is None else listing.place(token)

    def version(self, version_id: str) -> ArticleVersion | None:
        """Return a version with its body, or None.

        Raises: DamagedText if the text is not the one that came in.
        """
        with self._read() as connection:
            return next(iter(versions_of(connection, [version_id])), None)

    def sound_versions(self, version_ids: tuple[str, ...]) -> Iterator[ArticleVersion]:
        """Go through some versions in no order; those whose text is damaged are left out."""
        for at in range(0, len(version_ids), _TEXTS):
            with self._read() as connection:
                some = list(version_ids[at : at + _TEXTS])
                found = versions_of(connection, some, damaged=False)
            yield from found

    def original(self, digest: str) -> bytes | None:
        """Return bytes as they were received, or None.

        Raises: StorageFailure, also if they are not those that came in.
        """
        with self._read() as connection:
            data = originals.load(connection, self._folder, digest)
        if data is not None and sha256(data).hexdigest() != digest:
            raise damaged_original(self._folder)
        return data


def versions_of(
    connection: Connection, uids: list[str], *, damaged: bool = True
) -> list[ArticleVersion]:
    """Return versions with their bodies, in no order; those that there are.

    Raises: DamagedText if a text is not the one that came in, unless such are to be left out.
    """
    query = (
        select(
            VERSION.c.uid,
            ARTICLE.c.uid.label("article"),
            ARTICLE.c.title,
            VERSION.c.original,
            VERSION.c.text_digest,
            VERSION.c.importer,
            VERSION.c.retrieved,
            VERSION.c.switched,
            *(
                type_coerce(column, NullType())
                for column in (BODY.c.text, BODY.c.blocks, BODY.c.spans)
            ),
        )
        .join(BODY, BODY.c.version_id == VERSION.c.id)
        .join(ARTICLE, ARTICLE.c.id == VERSION.c.article_id)
        .where(VERSION.c.uid.in_(uids))
    )
    found = []
    for row in connection.execute(query):
        body = _body(row)
        if body is not None:
            found.append(_version(row, body))
        elif damaged:
            raise damaged_text(row.title)
    return found


def _body(row: Any) -> Body | None:  # noqa: ANN401 (a row of the query above)
    """Return the body of a version, or None if its text is not the one that came in."""
    try:
        shown = unpack_text(row.text) or ""
        if sha256(shown.encode()).hexdigest() != row.text_digest:
            return None
        return body_from(shown, unpack_json(row.blocks), unpack_json(row.spans))
    except (zlib.error, *MALFORMED):
        return None


def _version(row: Any, body: Body) -> ArticleVersion:  # noqa: ANN401 (a row of the query above)
    return ArticleVersion(
        row.uid,
        row.article,
        body,
        row.original or "",
        row.text_digest,
        row.importer,
        dt.datetime.fromisoformat(row.retrieved),
        tuple(row.switched),
    )


def _narrowed(connection: Connection, query: ArticleQuery, words: Query) -> Select[Any]:
    return _asked(query) if words.is_blank else narrowed(connection, _asked(query), words)


def _asked(query: ArticleQuery) -> Select[Any]:
    """Return the query of the ids of a list, unsorted, whatever its text asks for."""
    asked = select(ARTICLE.c.id).where(_LIVE, _shelf(query))
    if query.tag:
        tagged = select(TAG.c.article_id).where(TAG.c.tag == tag_key(query.tag))
        asked = asked.where(ARTICLE.c.id.in_(tagged))
    if query.collection:
        collected = (
            select(COLLECTED.c.article_id)
            .join(COLLECTION, COLLECTION.c.id == COLLECTED.c.collection_id)
            .where(COLLECTION.c.uid == query.collection)
        )
        asked = asked.where(ARTICLE.c.id.in_(collected))
    return asked


def _page_of(query: ArticleQuery, asked: Select[Any], part: Stretch, limit: int) -> Select[Any]:
    """Return the query of the first rows of a stretch."""
    if _is_shelf(query):
        chosen: Select[Any] = _newest_of(query.shelf, part, limit)
    else:
        chosen = asked.where(part.where).order_by(*part.order).limit(limit)
    return _rows().where(ARTICLE.c.id.in_(chosen)).order_by(*part.order)


def _tokens(connection: Connection, asked: Select[Any], part: Stretch) -> Iterator[int]:
    """Return the ids of a stretch in its order."""
    return _tokens_of(connection, asked.where(part.where).order_by(*part.order).subquery())


def _tokens_of(connection: Connection, ids: Subquery) -> Iterator[int]:
    """Return ids in their order.

    They come as one text, which takes a third of the time of 100,000 rows, and are read a piece at a
    time: in one call the interpreter would keep the window waiting.
    """
    rest = connection.execute(select(func.group_concat(ids.c.id))).scalar() or ""
    while rest:
        *some, rest = rest.split(",", _PIECE)
        if not some or "," not in rest:
            some, rest = [*some, *rest.split(",")], ""
        yield from map(int, some)


def _is_shelf(query: ArticleQuery) -> bool:
    """Tell whether a list is of whole states, newest first: the index has those as they are."""
    plain = not (query.text.strip() or query.tag or query.collection)
    return plain and query.order is Order.ADDED and query.shelf in _STATES


def _newest_of(shelf: str, part: Stretch, limit: int) -> Select[Any]:
    """Return the newest ids of a shelf, merged from those of its states.

    Asked for "not archived", SQLite would walk through all that was ever archived.
    """
    arms = [
        select(
            select(ARTICLE.c.id)
            .where(_LIVE, ARTICLE.c.state == state.value, part.where)
            .order_by(ARTICLE.c.id.desc())
            .limit(limit)
            .subquery()
        )
        for state in _STATES[shelf]
    ]
    newest = union_all(*arms).order_by(text("1 DESC")).limit(limit).subquery()
    return select(newest.c.id)


_STATES = {
    "inbox": (State.NEW, State.READING),
    "new": (State.NEW,),
    "reading": (State.READING,),
    "archived": (State.ARCHIVED,),
    "all": tuple(State),
}


def _shelf(query: ArticleQuery) -> ColumnElement[bool]:
    if query.shelf == "annotated":
        marked = select(ANNOTATION.c.article_id).where(ANNOTATION.c.deleted_at.is_(None))
        return ARTICLE.c.id.in_(marked)
    if query.shelf == "all" and query.order is not Order.ADDED:
        return true()
    # a plus keeps SQLite from going by the state and sorting what it finds
    sign = "" if query.order is Order.ADDED else "+"
    state: ColumnElement[str] = literal_column(f"{sign}article.state")
    return state.in_([state.value for state in _STATES[query.shelf]])


def _rows() -> Select[Any]:
    """Return the query of list rows; the computed facts cost one look into an index each."""
    annotated = (
        select(func.count())
        .where(ANNOTATION.c.article_id == ARTICLE.c.id, ANNOTATION.c.deleted_at.is_(None))
        .correlate(ARTICLE)
        .scalar_subquery()
    )
    in_brief = (
        exists()
        .where(
            ANNOTATION.c.article_id == ARTICLE.c.id,
            ANNOTATION.c.deleted_at.is_(None),
            EVIDENCES.c.annotation_id == ANNOTATION.c.id,
            STATEMENT.c.id == EVIDENCES.c.statement_id,
            STATEMENT.c.deleted_at.is_(None),
            STORY.c.id == STATEMENT.c.story_id,
            STORY.c.deleted_at.is_(None),
            LINK.c.story_id == STORY.c.id,
            LINK.c.deleted_at.is_(None),
            SECTION.c.id == LINK.c.section_id,
            SECTION.c.deleted_at.is_(None),
            BRIEF.c.id == SECTION.c.brief_id,
            BRIEF.c.deleted_at.is_(None),
        )
        .correlate(ARTICLE)
    )
    return select(
        ARTICLE.c.id,
        ARTICLE.c.uid,
        ARTICLE.c.title,
        ARTICLE.c.source,
        ARTICLE.c.published,
        ARTICLE.c.state,
        VERSION.c.excerpt,
        VERSION.c.words,
        annotated.label("annotated"),
        in_brief.label("in_brief"),
        VERSION.c.retrieved,
        ARTICLE.c.tags,
    ).outerjoin_from(ARTICLE, VERSION, VERSION.c.id == ARTICLE.c.current_id)


def _row(row: Any) -> ArticleRow:  # noqa: ANN401 (a row of the query above)
    return ArticleRow(
        row.uid,
        row.title,
        row.source,
        moment_from(row.published),
        State(row.state),
        row.excerpt or "",
        row.words or 0,
        row.annotated,
        bool(row.in_brief),
        dt.datetime.fromisoformat(row.retrieved) if row.retrieved else None,
        tuple(row.tags),
    )
