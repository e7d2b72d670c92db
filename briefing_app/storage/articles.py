"""Read articles: pages of a list, counts, one whole version, what is known already."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    exists,
    func,
    select,
    text,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.types import NullType

from briefing_app.domain.article import ArticleRow, ArticleVersion, State
from briefing_app.domain.record import moment_from
from briefing_app.storage import originals
from briefing_app.storage.body import body_from
from briefing_app.storage.failure import MALFORMED, damaged_original, damaged_text
from briefing_app.storage.packing import unpack_json, unpack_text
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    BODY,
    BRIEF,
    EVIDENCES,
    LINK,
    SECTION,
    STATEMENT,
    STORY,
    VERSION,
)
from briefing_app.storage.search import ARTICLE_INDEX, match_of, matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection

    from briefing_app.domain.article import Body

_LIVE = ARTICLE.c.deleted_at.is_(None)
_TEXTS = 200  # that are in memory together


class StoredArticles:
    """The articles of a library as they are on disk; any thread may ask."""

    def __init__(
        self, read: Callable[[], AbstractContextManager[Connection]], folder: Path
    ) -> None:
        self._read = read
        self._folder = folder

    def page(self, shelf: str, words: str, before: str, limit: int) -> tuple[ArticleRow, ...]:
        """Return rows of a shelf, newest first, from behind the article `before` on.

        `words` are looked for in title, outlet, authors and text.
        """
        match = match_of(words)
        if words.strip() and not match:
            return ()
        query = _rows().where(_LIVE)
        place: ColumnElement[int] = ARTICLE.c.id
        if match:
            found = matches(ARTICLE_INDEX, match)
            query = query.join(found, found.c.rowid == ARTICLE.c.id)
            place = found.c.rowid  # the index gives its rows in this order at no cost
        if before:
            query = query.where(place < _id_of(before))
        if shelf == "inbox" and not match:
            query = query.where(ARTICLE.c.id.in_(_newest_of_inbox(before, limit)))
        else:
            query = query.where(_shelf(shelf))
        query = query.order_by(place.desc()).limit(limit)
        with self._read() as connection:
            return tuple(_row(row) for row in connection.execute(query))

    def states(self) -> dict[State, int]:
        """Return how many articles there are in each state."""
        query = select(ARTICLE.c.state, func.count()).where(_LIVE).group_by(ARTICLE.c.state)
        with self._read() as connection:
            return {State(state): count for state, count in connection.execute(query)}

    def annotated(self) -> int:
        """Return how many articles have a marked passage."""
        query = (
            select(func.count(ANNOTATION.c.article_id.distinct()))
            .join(ARTICLE, ARTICLE.c.id == ANNOTATION.c.article_id)
            .where(ANNOTATION.c.deleted_at.is_(None), _LIVE)
        )
        with self._read() as connection:
            return connection.execute(query).scalar_one()

    def briefs(self) -> int:
        """Return how many briefs there are."""
        query = select(func.count()).select_from(BRIEF).where(BRIEF.c.deleted_at.is_(None))
        with self._read() as connection:
            return connection.execute(query).scalar_one()

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
        if data is not None and hashlib.sha256(data).hexdigest() != digest:
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
        if hashlib.sha256(shown.encode()).hexdigest() != row.text_digest:
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
    )


def _id_of(uid: str) -> ScalarSelect[int]:
    last = ARTICLE.alias()
    return select(last.c.id).where(last.c.uid == uid).scalar_subquery()


def _newest_of_inbox(before: str, limit: int) -> Select[Any]:
    """Return the ids of a page of the inbox, merged from the shelves New and Reading.

    Asked for "not archived", SQLite would walk through all that was ever archived.
    """
    shelf = ARTICLE.alias()
    arms = [
        select(shelf.c.id).where(shelf.c.deleted_at.is_(None), shelf.c.state == state.value)
        for state in (State.NEW, State.READING)
    ]
    if before:
        arms = [arm.where(shelf.c.id < _id_of(before)) for arm in arms]
    newest = union_all(*arms).order_by(text("1 DESC")).limit(limit).subquery()
    return select(newest.c.id)


def _shelf(shelf: str) -> ColumnElement[bool]:
    match shelf:
        case "inbox":
            return ARTICLE.c.state != State.ARCHIVED.value
        case "new" | "reading" | "archived":
            return ARTICLE.c.state == shelf
        case "annotated":
            return ARTICLE.c.id.in_(
                select(ANNOTATION.c.article_id).where(ANNOTATION.c.deleted_at.is_(None))
            )
        case "all":
            return true()
        case _:
            raise ValueError(shelf)


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
    )
