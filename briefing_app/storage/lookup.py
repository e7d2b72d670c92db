"""The tags and collections of articles as rows to look up, kept in the transaction of each change.

The fields of the article are the truth; a collection in the trash keeps its rows, and comes back with
its articles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select

from briefing_app.domain.article import tag_key
from briefing_app.storage.schema import ARTICLE, COLLECTED, COLLECTION, TAG

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, ScalarSelect, Select

FIELDS = ("tags", "collections")


def add(connection: Connection, article_id: str, fields: Mapping[str, Any]) -> None:
    """Add the rows of a new article."""
    for field in FIELDS:
        _add(connection, article_id, field, fields[field])


def replace(connection: Connection, article_id: str, field: str, value: list[str]) -> None:
    """Put the rows of a field's new value in the place of the old ones."""
    table = TAG if field == "tags" else COLLECTED
    connection.execute(delete(table).where(table.c.article_id == _article(article_id)))
    _add(connection, article_id, field, value)


def replace_all(connection: Connection, field: str, values: Mapping[str, list[str]]) -> None:
    """Do the same for many articles."""
    table = TAG if field == "tags" else COLLECTED
    article = _article(bindparam("p_article", type_=ARTICLE.c.uid.type))
    connection.execute(
        delete(table).where(table.c.article_id == article), [{"p_article": uid} for uid in values]
    )
    if field == "tags":
        query = insert(TAG).values(tag=bindparam("p_name"), article_id=article)
        rows = [
            {"p_article": uid, "p_name": name}
            for uid, value in values.items()
            for name in dict.fromkeys(map(tag_key, value))
        ]
    else:
        query = insert(COLLECTED).values(
            collection_id=_collection().scalar_subquery(), article_id=article
        )
        rows = [
            {"p_article": uid, "p_name": name}
            for uid, value in values.items()
            for name in dict.fromkeys(value)
        ]
    if rows:
        connection.execute(query, rows)


def _add(connection: Connection, article_id: str, field: str, value: list[str]) -> None:
    if not value:
        return
    if field == "tags":
        query = insert(TAG).values(tag=bindparam("p_name"), article_id=_article(article_id))
        names = dict.fromkeys(map(tag_key, value))
    else:
        query = insert(COLLECTED).values(
            collection_id=_collection().scalar_subquery(), article_id=_article(article_id)
        )
        names = dict.fromkeys(value)
    connection.execute(query, [{"p_name": name} for name in names])


def _collection() -> Select[tuple[int]]:
    return select(COLLECTION.c.id).where(
        COLLECTION.c.uid == bindparam("p_name", type_=COLLECTION.c.uid.type)
    )


def _article(uid: object) -> ScalarSelect[int]:
    return select(ARTICLE.c.id).where(ARTICLE.c.uid == uid).scalar_subquery()
