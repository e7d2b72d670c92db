"""The search index, kept in the transaction of each change.

The tables are contentless: an entry is taken out by naming the very words that were put in, so a
writer takes out the entries of rows that it is about to change, and puts them in again behind.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from briefing_app.domain.record import Entity
from briefing_app.storage import schema
from briefing_app.storage.body import included_text
from briefing_app.storage.packing import unpack_json, unpack_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sqlalchemy import Connection, Row

# Han, kana, Hangul and their extensions: written without blanks, so each character is a word
_UNSPACED = re.compile(
    "([\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])"
)

_BATCH = 500  # rows that are read before they are written

_ARTICLE = """
    SELECT a.id, a.title, a.authors, a.source, b.text, b.blocks FROM article a
    LEFT JOIN article_body b ON b.version_id = a.current_id WHERE a.uid = :uid"""
_HEAD = "SELECT id, title, authors, source FROM article WHERE uid = :uid"
_ANNOTATION = "SELECT id, exact, comment FROM annotation WHERE uid = :uid"
_STATEMENT = "SELECT id, text FROM statement WHERE uid = :uid"


def spaced(words: str) -> str:
    """Part the characters of scripts without blanks, so that each is a word of the index."""
    return words if words.isascii() else _UNSPACED.sub(r" \1 ", words)


def take_out(connection: Connection, entity: Entity, uids: Iterable[str]) -> None:
    """Remove the entries of rows, as they are now."""
    _write(connection, entity, uids, {}, command="delete")


def put_in(
    connection: Connection,
    entity: Entity,
    uids: Iterable[str],
    texts: Mapping[str, str | None] | None = None,
) -> None:
    """Add the entries of rows, as they are now.

    `texts` are the shown texts of articles that have just come in, which need not be read again.
    """
    _write(connection, entity, uids, texts or {})


def complete(connection: Connection) -> None:
    """Make the search tables that are missing and fill them; the others stay as they are."""
    there = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    names = set(there.scalars())
    for entity in _READERS:
        name = f"{entity.value}_fts"
        if name not in names:
            connection.exec_driver_sql(schema.search_table(name))
            _fill(connection, entity)


def _fill(connection: Connection, entity: Entity) -> None:
    rows = connection.exec_driver_sql(f"SELECT uid FROM {entity.value} ORDER BY id").scalars()  # noqa: S608 (names of our tables)
    while some := rows.fetchmany(_BATCH):
        put_in(connection, entity, some)


def _write(
    connection: Connection,
    entity: Entity,
    uids: Iterable[str],
    texts: Mapping[str, str | None],
    *,
    command: str = "",
) -> None:
    """Write a row of the index for each row; a column with the table's own name takes a command."""
    name = f"{entity.value}_fts"
    columns = ["rowid", *(column.strip() for column in schema.SEARCH_TABLES[name].split(","))]
    head: tuple[str, ...] = ()
    if command:
        columns, head = [name, *columns], (command,)
    if rows := [(*head, *entry) for entry in _entries(connection, entity, uids, texts)]:
        connection.exec_driver_sql(
            f"INSERT INTO {name} ({', '.join(columns)}) "  # noqa: S608 (names of our tables)
            f"VALUES ({', '.join('?' * len(columns))})",
            rows,
        )


def _entries(
    connection: Connection,
    entity: Entity,
    uids: Iterable[str],
    texts: Mapping[str, str | None],
) -> Iterator[tuple[Any, ...]]:
    query, entry = _READERS[entity]
    for uid in uids:
        text = texts.get(uid) if entity is Entity.ARTICLE else None
        row = connection.exec_driver_sql(_HEAD if text is not None else query, {"uid": uid}).one()
        yield entry(row) if text is None else _head(row, text)


def _article(row: Row[Any]) -> tuple[Any, ...]:
    text, blocks = unpack_text(row.text), unpack_json(row.blocks)
    return _head(row, included_text(text, blocks) if text is not None else "")


def _head(row: Row[Any], body: str) -> tuple[Any, ...]:
    authors = " ".join(json.loads(row.authors))
    return (row.id, spaced(body), spaced(row.title), spaced(authors), spaced(row.source))


def _annotation(row: Row[Any]) -> tuple[Any, ...]:
    return (row.id, spaced(row.exact), spaced(row.comment))


def _statement(row: Row[Any]) -> tuple[Any, ...]:
    return (row.id, spaced(row.text))


_READERS: dict[Entity, tuple[str, Callable[[Row[Any]], tuple[Any, ...]]]] = {
    Entity.ARTICLE: (_ARTICLE, _article),
    Entity.ANNOTATION: (_ANNOTATION, _annotation),
    Entity.STATEMENT: (_STATEMENT, _statement),
}
