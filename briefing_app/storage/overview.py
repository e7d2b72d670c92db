"""What lies where: the counts of shelves, collections and tags, in one statement for the left pane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, literal, select, union_all

from briefing_app.domain.article import State, tag_key
from briefing_app.domain.collection import Collection
from briefing_app.storage.given import given
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    BRIEF,
    COLLECTED,
    COLLECTION,
    TAG,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from briefing_app.domain.articlelist import Listing

_LIVE = ARTICLE.c.deleted_at.is_(None)
# looked up in an index of the few, where a look at each of 100,000 articles would take long
_TRASHED = select(ARTICLE.c.id).where(ARTICLE.c.deleted_at.is_not(None))


@dataclass(frozen=True, slots=True)
class Overview:
    """How many articles there are in each state, marked, in each collection; how many briefs."""

    states: dict[State, int]
    annotated: int
    briefs: int
    collections: tuple[tuple[Collection, int], ...]


class StoredOverview:
    """Counts what a library holds; any thread may ask."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def all(self) -> Overview:
        """Return all counts but those of the tags, the collections in their order."""
        rows = self._rows(union_all(*_states(), _annotated(), _briefs(), _collections()))
        collections = [
            (Collection(row.uid, row.name, row.place), row.count)
            for row in rows
            if row.kind == "collection"
        ]
        collections.sort(key=lambda one: (one[0].rank, one[0].id))
        plain = {row.kind: row.count for row in rows if row.kind != "collection"}
        return Overview(
            {state: plain[state.value] for state in State if plain[state.value]},
            plain["annotated"],
            plain["briefs"],
            tuple(collections),
        )

    def tags(self) -> tuple[tuple[str, int], ...]:
        """Return each tag and the number of its articles, the most used first.

        A tag is written as in the newest article that has it.
        """
        counted = (
            select(TAG.c.tag, func.count().label("count"), func.max(TAG.c.article_id).label("id"))
            .where(TAG.c.article_id.not_in(_TRASHED))
            .group_by(TAG.c.tag)
            .subquery()
        )
        query = (
            select(counted.c.tag, counted.c.count, ARTICLE.c.tags)
            .join(ARTICLE, ARTICLE.c.id == counted.c.id)
            .order_by(counted.c.count.desc(), counted.c.tag)
        )
        with self._read() as connection:
            rows: Any = connection.execute(query)
            return tuple((_written(key, tags), count) for key, count, tags in rows)

    def tags_of(self, listing: Listing) -> tuple[tuple[str, int], ...]:
        """Return the tags that some articles have, and how many of them have each."""
        query = (
            select(TAG.c.tag, func.count())
            .where(TAG.c.article_id.in_(given(listing.tokens)))
            .group_by(TAG.c.tag)
        )
        with self._read() as connection:
            rows: Any = connection.execute(query)
            return tuple((tag, count) for tag, count in rows)

    def collections_of(self, listing: Listing) -> tuple[tuple[str, int], ...]:
        """Return the ids of the collections that some articles are in, and how many are in each."""
        query = (
            select(COLLECTION.c.uid, func.count())
            .join(COLLECTED, COLLECTED.c.collection_id == COLLECTION.c.id)
            .where(COLLECTED.c.article_id.in_(given(listing.tokens)))
            .group_by(COLLECTION.c.id)
        )
        with self._read() as connection:
            rows: Any = connection.execute(query)
            return tuple((uid, count) for uid, count in rows)

    def tagged(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return the ids of the articles that have any of some tags, oldest first."""
        query = (
            select(ARTICLE.c.uid)
            .where(_LIVE, ARTICLE.c.id.in_(select(TAG.c.article_id).where(TAG.c.tag.in_(keys))))
            .order_by(ARTICLE.c.id)
        )
        with self._read() as connection:
            return tuple(connection.execute(query).scalars())

    def _rows(self, query: Any) -> list[Any]:  # noqa: ANN401 (a union of queries)
        with self._read() as connection:
            return list(connection.execute(query))


def _arm(kind: str, count: Any) -> Select[Any]:  # noqa: ANN401 (a count)
    blank = literal("")
    return select(
        literal(kind).label("kind"),
        blank.label("uid"),
        blank.label("name"),
        blank.label("place"),
        count.label("count"),
    )


def _states() -> tuple[Select[Any], ...]:
    return tuple(
        _arm(state.value, func.count()).select_from(ARTICLE).where(_LIVE, ARTICLE.c.state == state)
        for state in State
    )


def _annotated() -> Select[Any]:
    marked = _arm("annotated", func.count(ANNOTATION.c.article_id.distinct()))
    return marked.where(ANNOTATION.c.deleted_at.is_(None), ANNOTATION.c.article_id.not_in(_TRASHED))


def _briefs() -> Select[Any]:
    return _arm("briefs", func.count()).select_from(BRIEF).where(BRIEF.c.deleted_at.is_(None))


def _collections() -> Select[Any]:
    counted = (
        select(COLLECTED.c.collection_id, func.count().label("count"))
        .where(COLLECTED.c.article_id.not_in(_TRASHED))
        .group_by(COLLECTED.c.collection_id)
        .subquery()
    )
    return (
        select(
            literal("collection"),
            COLLECTION.c.uid,
            COLLECTION.c.name,
            COLLECTION.c.rank,
            func.coalesce(counted.c.count, 0),
        )
        .outerjoin(counted, counted.c.collection_id == COLLECTION.c.id)
        .where(COLLECTION.c.deleted_at.is_(None))
    )


def _written(key: str, tags: list[str]) -> str:
    return next((tag for tag in tags if tag_key(tag) == key), key)
