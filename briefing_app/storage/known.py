"""What the library already holds of something that is about to come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from briefing_app.domain.change import Op
from briefing_app.domain.record import Entity
from briefing_app.storage.given import asked, asking
from briefing_app.storage.schema import (
    ARTICLE,
    BODY,
    CHANGE,
    STORY,
    VERSION,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from contextlib import AbstractContextManager

    from sqlalchemy import ColumnElement, Connection, Select


def _version_with(column: ColumnElement[str]) -> Select[Any]:
    return (
        select(column, ARTICLE.c.uid, ARTICLE.c.title)
        .join(VERSION, VERSION.c.article_id == ARTICLE.c.id)
        .where(column.in_(asked()), ARTICLE.c.deleted_at.is_(None), VERSION.c.deleted_at.is_(None))
        .order_by(VERSION.c.id.desc())
    )


def _articles_with(condition: ColumnElement[bool]) -> Select[Any]:
    return (
        select(ARTICLE.c.uid, ARTICLE.c.title, VERSION.c.uid, BODY.c.text)
        .join(VERSION, VERSION.c.id == ARTICLE.c.current_id)
        .join(BODY, BODY.c.version_id == VERSION.c.id)
        .where(condition, ARTICLE.c.deleted_at.is_(None))
        .order_by(ARTICLE.c.id.desc())
        .limit(10)
    )


def _alone_from(original: ColumnElement[str]) -> Select[*tuple[Any, ...]]:
    """Bytes that several articles were made from are left out: there may be more in them."""
    return (
        _version_with(original)
        .with_only_columns(
            original,
            func.max(ARTICLE.c.uid),
            func.max(ARTICLE.c.title),
            func.max(VERSION.c.importer),
        )
        .order_by(None)
        .group_by(original)
        .having(func.count(func.distinct(ARTICLE.c.id)) == 1)
    )


# made once: an import asks them for each article
_LAST = select(func.max(CHANGE.c.seq))
_BY_ORIGINAL = _alone_from(VERSION.c.original)
_BY_TEXT = _version_with(VERSION.c.text_digest)
_AT_ADDRESS = _articles_with(ARTICLE.c.canonical_url == bindparam("p_name"))
_WITH_TITLE = _articles_with(
    (ARTICLE.c.title == bindparam("p_name")) & (ARTICLE.c.canonical_url == "")
)
_ADDRESSES = select(ARTICLE.c.canonical_url).where(ARTICLE.c.canonical_url.in_(asked())).distinct()
_TITLES = select(ARTICLE.c.title).where(ARTICLE.c.title.in_(asked())).distinct()


_TAKEN = select(ARTICLE.c.canonical_url, ARTICLE.c.url).where(
    ARTICLE.c.canonical_url.in_(asked()) | ARTICLE.c.url.in_(asked())
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the library held at one moment of what was asked for, up to the change `newest`.

    `texts` are id and title of the articles with these digests; `named` are those of the addresses
    and titles that any article has, be it in the trash.
    """

    newest: int
    texts: dict[str, tuple[str, str]]
    named: frozenset[str]


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
            return connection.execute(_LAST).scalar() or 0

    def overtaken(self, since: int) -> bool:
        """Tell whether somebody has stored anything after a change that may be known now."""
        with self._read() as connection:
            return is_overtaken(connection, since)

    def look(
        self,
        texts: Collection[str],
        addresses: Collection[str],
        titles: Collection[str],
    ) -> Seen:
        """Return what there is of some things that are about to come in, as of one moment."""
        with self._read() as connection:
            return Seen(
                newest=connection.execute(_LAST).scalar() or 0,
                texts=_same(connection, _BY_TEXT, texts),
                named=frozenset(
                    (
                        *_names(connection, _ADDRESSES, addresses),
                        *_names(connection, _TITLES, titles),
                    )
                ),
            )

    def taken(self, addresses: Collection[str]) -> frozenset[str]:
        """Return those of some addresses that articles have, as their own or as the canonical one.

        What lies in the trash counts: the user has seen it.
        """
        if not addresses:
            return frozenset()
        with self._read() as connection:
            rows = connection.execute(_TAKEN, asking(addresses)).all()
        return frozenset(name for row in rows for name in row).intersection(addresses)

    def by_originals(
        self, digests: Collection[str], but: Iterable[str] = ()
    ) -> dict[str, tuple[str, str]]:
        """Return id and title of the article that alone was made from some bytes, by their digest.

        Bytes of the formats named in `but` are left out: what else lies in them may be missing.
        """
        if not digests:
            return {}
        others = tuple(f"{name} " for name in but)
        with self._read() as connection:
            rows = connection.execute(_BY_ORIGINAL, asking(digests))
            return {row[0]: (row[1], row[2]) for row in rows if not row[3].startswith(others)}

    def by_original(self, digest: str) -> tuple[str, str] | None:
        """Return id and title of the article that once was made from these bytes."""
        return self.by_originals((digest,)).get(digest)

    def at_address(self, address: str) -> tuple[KnownArticle, ...]:
        """Return the articles of a canonical address, the newest first."""
        return self._articles(_AT_ADDRESS, address)

    def with_title(self, title: str) -> tuple[KnownArticle, ...]:
        """Return the articles of this title that have no address, the newest first."""
        return self._articles(_WITH_TITLE, title)

    def stories(self, headline: str) -> tuple[str, ...]:
        """Return the ids of the stories with this headline."""
        query = select(STORY.c.uid).where(
            STORY.c.headline == headline, STORY.c.deleted_at.is_(None)
        )
        with self._read() as connection:
            return tuple(connection.execute(query).scalars())

    def _articles(self, query: Select[Any], name: str) -> tuple[KnownArticle, ...]:
        with self._read() as connection:
            rows = connection.execute(query, {"p_name": name})
            return tuple(KnownArticle(*row) for row in rows)


def _same(
    connection: Connection, query: Select[Any], digests: Collection[str]
) -> dict[str, tuple[str, str]]:
    """Return id and title of the articles with a version of these digests, the first one's of each."""
    if not digests:
        return {}
    return {row[0]: (row[1], row[2]) for row in connection.execute(query, asking(digests))}


def _names(connection: Connection, query: Select[Any], names: Collection[str]) -> Iterable[str]:
    return connection.execute(query, asking(names)).scalars() if names else ()
