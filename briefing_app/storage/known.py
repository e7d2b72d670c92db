"""What the library already holds of something that is about to come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from briefing_app.domain.change import Op
from briefing_app.domain.record import Entity
from briefing_app.storage.schema import (
    ARTICLE,
    BODY,
    CHANGE,
    STORY,
    VERSION,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import ColumnElement, Connection


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """A live article and its current text; `article` and `version` are ids."""

    article: str
    title: str
    version: str
    text: str


def is_overtaken(connection: Connection, since: int) -> bool:
    """Tell whether articles, texts or stories have come since a change, or came back."""
    kinds = (Entity.ARTICLE.value, Entity.VERSION.value, Entity.STORY.value)
    query = (
        select(CHANGE.c.seq)
        .where(
            CHANGE.c.seq > since,
            CHANGE.c.entity.in_(kinds),
            CHANGE.c.op.in_((Op.CREATE.value, Op.RESTORE.value)),
        )
        .limit(1)
    )
    return connection.execute(query).first() is not None


class Known:
    """Finds articles and stories that may be the same as a new one. The trash is left out."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def newest(self) -> int:
        """Return the number of the newest change: what is known is known up to it."""
        with self._read() as connection:
            return connection.execute(select(func.max(CHANGE.c.seq))).scalar() or 0

    def overtaken(self, since: int) -> bool:
        """Tell whether somebody has stored anything after a change that may be known now."""
        with self._read() as connection:
            return is_overtaken(connection, since)

    def by_original(self, digest: str) -> tuple[str, str] | None:
        """Return id and title of the article that once was made from these bytes."""
        return self._version(VERSION.c.original == digest)

    def by_text(self, digest: str) -> tuple[str, str] | None:
        """Return id and title of the article that says or once said this text."""
        return self._version(VERSION.c.text_digest == digest)

    def at_address(self, address: str) -> tuple[KnownArticle, ...]:
        """Return the articles of a canonical address, the newest first."""
        return self._articles(ARTICLE.c.canonical_url == address)

    def with_title(self, title: str) -> tuple[KnownArticle, ...]:
        """Return the articles of this title that have no address, the newest first."""
        return self._articles((ARTICLE.c.title == title) & (ARTICLE.c.canonical_url == ""))

    def stories(self, headline: str) -> tuple[str, ...]:
        """Return the ids of the stories with this headline."""
        query = select(STORY.c.uid).where(
            STORY.c.headline == headline, STORY.c.deleted_at.is_(None)
        )
        with self._read() as connection:
            return tuple(connection.execute(query).scalars())

    def _version(self, condition: ColumnElement[bool]) -> tuple[str, str] | None:
        query = (
            select(ARTICLE.c.uid, ARTICLE.c.title)
            .join(VERSION, VERSION.c.article_id == ARTICLE.c.id)
            .where(condition, ARTICLE.c.deleted_at.is_(None), VERSION.c.deleted_at.is_(None))
            .limit(1)
        )
        with self._read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else (row[0], row[1])

    def _articles(self, condition: ColumnElement[bool]) -> tuple[KnownArticle, ...]:
        query = (
            select(ARTICLE.c.uid, ARTICLE.c.title, VERSION.c.uid, BODY.c.text)
            .join(VERSION, VERSION.c.id == ARTICLE.c.current_id)
            .join(BODY, BODY.c.version_id == VERSION.c.id)
            .where(condition, ARTICLE.c.deleted_at.is_(None))
            .order_by(ARTICLE.c.id.desc())
            .limit(10)
        )
        with self._read() as connection:
            return tuple(KnownArticle(*row) for row in connection.execute(query))
