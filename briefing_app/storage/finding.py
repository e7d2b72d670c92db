"""Find what holds the words of a query: articles, marked passages, statements, titles."""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    bindparam,
    column,
    literal,
    literal_column,
    select,
    table,
    type_coerce,
    union_all,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NullType

from briefing_app.digests import sha256
from briefing_app.domain.query import Field
from briefing_app.errors import Cancelled
from briefing_app.storage.body import shown_text
from briefing_app.storage.failure import MALFORMED
from briefing_app.storage.limits import conditions
from briefing_app.storage.packing import unpack_text
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    BODY,
    BRIEF,
    STATEMENT,
    STORY,
    VERSION,
)
from briefing_app.storage.search import best as best_of
from briefing_app.storage.search import expression, narrowed, newest, of_few

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import CompoundSelect, Connection, Executable, Select, TableClause

    from briefing_app.domain.query import Query

_ANNOTATIONS = table("annotation_fts", column("rowid"))
_STATEMENTS = table("statement_fts", column("rowid"))
_STEPS = 1000  # of SQLite, between two looks whether the answer is still wanted; some 50 us


@dataclass(frozen=True, slots=True)
class Found:
    """A row that was found: its id, its title, the text to show a part of, the article it is in.

    Shape: `kind` is "article", "annotation", "statement", "story" or "brief". `read` returns the text;
    that of an article is unpacked only then, and nothing if it is damaged.
    """

    kind: str
    id: str
    title: str
    read: Callable[[], str]
    has_text: bool
    article: str = ""


class Search:
    """The index of a library; any thread may ask.

    `check` is called all along, and an exception of Cancelled from it ends the search at once.
    """

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def articles(
        self, query: Query, limit: int, check: Callable[[], None], *, best: bool = False
    ) -> tuple[Found, ...]:
        """Return articles, the newest first or the best of the newest hits first."""
        narrow = best_of if best else newest
        with self._asked(check) as connection:
            rows = connection.execute(narrow(connection, _articles(), query, limit=limit)).all()
            return tuple(_article(row) for row in rows)

    def count(self, query: Query, most: int, check: Callable[[], None]) -> int:
        """Return how many articles there are, at most so many."""
        with self._asked(check) as connection:
            statement = newest(connection, select(ARTICLE.c.id), query, limit=most)
            return len(connection.execute(statement).all())

    def others(self, query: Query, limit: int, check: Callable[[], None]) -> tuple[Found, ...]:
        """Return all briefs and stories by their titles; then statements and passages with the words.

        The newest of each kind come first, and there are at most so many statements and so many
        passages. What the query says of the fields of articles is meant of those that passages are
        of; a statement has none of them, a brief and a story a title. The id of a statement is that
        of its story.
        """
        words, fields = _parted(query)
        match = expression(words.terms)
        titled = not fields.limits and all(term.field is Field.TITLE for term in fields.terms)
        values = {"words": match, "most": limit}
        asked: Executable
        with self._asked(check) as connection:
            if match and not (fields.terms or fields.limits):
                asked = _of_words()
            elif match:
                passages = _passages()
                if fields.terms:
                    passages = narrowed(connection, passages, fields)
                else:
                    passages = of_few(
                        connection,
                        passages.where(*conditions(fields)),
                        fields,
                        ANNOTATION.c.article_id,
                    )
                arms = _titles() if titled else ()
                asked = union_all(*arms, _newest_of(passages, _ANNOTATIONS))
            elif titled:
                asked, values = union_all(*_titles()), {}
            else:
                return ()
            rows: Any = connection.execute(asked, values).all()
            return tuple(
                Found(kind, uid, title, partial(_joined, text, comment), bool(text), article)
                for kind, uid, title, text, comment, article in rows
            )

    @contextmanager
    def _asked(self, check: Callable[[], None]) -> Iterator[Connection]:
        """Lend a connection that stops in the middle of a statement once nobody waits for it."""
        stopped: list[Cancelled] = []

        def ask() -> int:
            try:
                check()
            except Cancelled as cancelled:
                stopped.append(cancelled)
            return len(stopped)

        with self._read() as connection:
            raw: Any = connection.connection.driver_connection
            raw.set_progress_handler(ask, _STEPS)
            try:
                yield connection
            except DBAPIError:
                if stopped:
                    raise stopped[0] from None
                raise
            finally:
                raw.set_progress_handler(None, 0)


def _parted(query: Query) -> tuple[Query, Query]:
    """Return what a query asks of any text, and what it asks of articles."""
    words = tuple(term for term in query.terms if term.field is None)
    fields = tuple(term for term in query.terms if term.field is not None)
    return replace(query, terms=words, limits=()), replace(query, text="", terms=fields)


@cache
def _titles() -> tuple[Select[Any], ...]:
    blank = literal("")
    named = (("brief", BRIEF, BRIEF.c.title), ("story", STORY, STORY.c.headline))
    return tuple(
        select(
            select(literal(kind), rows.c.uid, title.label("title"), blank, blank, blank)
            .where(rows.c.deleted_at.is_(None))
            .order_by(rows.c.id.desc())
            .subquery()
        )
        for kind, rows, title in named
    )


@cache
def _statements() -> Select[Any]:
    return (
        select(
            literal("statement"),
            STORY.c.uid,
            STORY.c.headline,
            STATEMENT.c.text,
            literal(""),
            literal(""),
        )
        .join(_STATEMENTS, _STATEMENTS.c.rowid == STATEMENT.c.id)
        .join(STORY, STORY.c.id == STATEMENT.c.story_id)
        .where(STATEMENT.c.deleted_at.is_(None), STORY.c.deleted_at.is_(None))
    )


@cache
def _passages() -> Select[Any]:
    return (
        select(
            literal("annotation"),
            ANNOTATION.c.uid,
            ARTICLE.c.title,
            ANNOTATION.c.exact,
            ANNOTATION.c.comment,
            ARTICLE.c.uid.label("article"),
        )
        .join(_ANNOTATIONS, _ANNOTATIONS.c.rowid == ANNOTATION.c.id)
        .join(ARTICLE, ARTICLE.c.id == ANNOTATION.c.article_id)
        .where(ANNOTATION.c.deleted_at.is_(None), ARTICLE.c.deleted_at.is_(None))
    )


@cache
def _of_words() -> CompoundSelect[Any]:
    """Return what asks for all kinds by words alone, which is what most questions have."""
    statements = _newest_of(_statements(), _STATEMENTS)
    return union_all(*_titles(), statements, _newest_of(_passages(), _ANNOTATIONS))


def _newest_of(statement: Select[Any], index: TableClause) -> Select[Any]:
    """Return the newest `:most` rows that `:words` are in."""
    name: Any = literal_column(index.name)
    statement = statement.where(name.op("MATCH")(bindparam("words")))
    return select(statement.order_by(index.c.rowid.desc()).limit(bindparam("most")).subquery())


@cache
def _articles() -> Select[Any]:
    return (
        select(
            ARTICLE.c.id,
            ARTICLE.c.uid,
            ARTICLE.c.title,
            VERSION.c.text_digest,
            # as they are stored: a damaged one keeps nothing else from being found
            type_coerce(BODY.c.text, NullType).label("text"),
            type_coerce(BODY.c.blocks, NullType).label("blocks"),
            type_coerce(VERSION.c.switched, NullType).label("switched"),
        )
        .outerjoin_from(ARTICLE, VERSION, VERSION.c.id == ARTICLE.c.current_id)
        .outerjoin(BODY, BODY.c.version_id == VERSION.c.id)
    )


def _article(row: Any) -> Found:  # noqa: ANN401 (a row of the query above)
    read = partial(_shown, row.text, (row.blocks, row.switched), row.text_digest)
    return Found("article", row.uid, row.title, read, bool(row.text), row.uid)


def _joined(text: str, comment: str) -> str:
    return f"{text}\n{comment}" if comment else text


def _shown(
    stored: str | bytes | None, which: tuple[str | bytes | None, str | None], digest: str
) -> str:
    """Return what an article shows; nothing if it is not what came in."""
    try:
        text = unpack_text(stored) or ""
        packed = isinstance(stored, bytes)  # and has a checksum of its own
        if not packed and sha256(text.encode()).hexdigest() != digest:
            return ""
        blocks, switched = which
        return shown_text(text, unpack_text(blocks) or "", switched or "[]")
    except (zlib.error, *MALFORMED):
        return ""
