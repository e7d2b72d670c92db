"""The search index, kept in the transaction of each change.

The tables are contentless: an entry is taken out by naming the very words that were put in, so a
writer takes out the entries of rows that it is about to change, and puts them in again behind.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from briefing_app.domain.folding import searchable
from briefing_app.domain.record import Entity
from briefing_app.storage import schema
from briefing_app.storage.body import included_text
from briefing_app.storage.failure import DAMAGED_TEXT, is_damaged_text
from briefing_app.storage.given import ids_of
from briefing_app.storage.packing import unpack_json, unpack_text
from briefing_app.storage.schema import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sqlalchemy import Connection, Row

    from briefing_app.domain.change import Change

PARTS = "article_fts_[0-9][0-9][0-9][0-9]"
_HEADS = ("title", "authors", "source")
_PACE = 2  # pages of the former part that are packed for each article that comes in
_BATCH = 500  # rows that are read before they are written

_ARTICLE = """
    SELECT a.id, a.title, a.authors, a.source, b.text, b.blocks, v.switched FROM article a
    LEFT JOIN article_version v ON v.id = a.current_id
    LEFT JOIN article_body b ON b.version_id = a.current_id WHERE a.uid = :uid"""
_ANNOTATION = "SELECT id, exact, comment FROM annotation WHERE uid = :uid"
_STATEMENT = "SELECT id, text FROM statement WHERE uid = :uid"


def take_out(connection: Connection, entity: Entity, uids: Iterable[str]) -> None:
    """Remove the entries of rows, as they are now."""
    _write(connection, entity, _entries(connection, entity, uids), command="delete")


def put_in(connection: Connection, entity: Entity, uids: Iterable[str]) -> None:
    """Add the entries of rows, as they are now."""
    _write(connection, entity, _entries(connection, entity, uids))


def put_in_new(
    connection: Connection, articles: Iterable[Change], entries: Mapping[str, str]
) -> None:
    """Add the entries of articles that have just been made, from what made them.

    Shape: `entries` are the texts for the index by the ids of the versions that have just come in;
    an article of another version is read.
    """
    made = {change.id: change.new for change in articles}
    known = [uid for uid, new in made.items() if new["version"] in entries]
    ids = ids_of(connection, ARTICLE, known)
    new = [
        (ids[uid], entries[made[uid]["version"]], *_head(*(made[uid][name] for name in _HEADS)))
        for uid in known
    ]
    _write(connection, Entity.ARTICLE, new)
    put_in(connection, Entity.ARTICLE, made.keys() - set(known))


def tables(connection: Connection, entity: Entity) -> tuple[str, ...]:
    """Return the names of the tables that hold the entries of a kind, the newest entries first."""
    if entity is not Entity.ARTICLE:
        return (f"{entity.value}_fts",)
    found = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB ? ORDER BY name DESC",
        (PARTS,),
    )
    return tuple(found.scalars())


def table_of(entity: Entity, row_id: int) -> str:
    """Return the name of the table that holds the entry of a row."""
    return schema.part_of(row_id) if entity is Entity.ARTICLE else f"{entity.value}_fts"


def complete(connection: Connection) -> None:
    """Make the search tables that are missing and fill them; the others stay as they are."""
    for entity in _READERS:
        if not _exist(connection, tables(connection, entity)):
            _fill(connection, entity)


def rebuild(connection: Connection) -> None:
    """Make all search tables anew."""
    for entity in _READERS:
        _fill(connection, entity)


def _fill(connection: Connection, entity: Entity) -> None:
    make(connection, entity)
    rows = connection.exec_driver_sql(f"SELECT uid FROM {entity.value} ORDER BY id").scalars()  # noqa: S608 (names of our tables)
    while some := rows.fetchmany(_BATCH):
        put_in(connection, entity, some)


def _write(
    connection: Connection,
    entity: Entity,
    entries: Iterable[tuple[Any, ...]],
    *,
    command: str = "",
) -> None:
    """Write rows of the index; a column with the table's own name takes a command."""
    columns = ["rowid", *(name.strip() for name in _columns(entity).split(","))]
    for name, run in groupby(entries, key=lambda entry: table_of(entity, entry[0])):
        made = list(run)
        if entity is Entity.ARTICLE and not command:
            _make(connection, entity, name)
            _pack_before(connection, name, _PACE * len(made))
        names, head = ([name, *columns], (command,)) if command else (columns, ())
        connection.exec_driver_sql(
            f"INSERT INTO {name} ({', '.join(names)}) "  # noqa: S608 (names of our tables)
            f"VALUES ({', '.join('?' * len(names))})",
            [(*head, *entry) for entry in made],
        )


def _columns(entity: Entity) -> str:
    return schema.SEARCH_TABLES[f"{entity.value}_fts"]


def make(connection: Connection, entity: Entity) -> None:
    """Make the search tables of a kind anew, with nothing in them."""
    for name in tables(connection, entity):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    _make(connection, entity, schema.first_table(f"{entity.value}_fts"))


def _make(connection: Connection, entity: Entity, name: str) -> None:
    """Make a table that is not there."""
    if not _exist(connection, (name,)):
        connection.exec_driver_sql(schema.search_table(f"{entity.value}_fts", name))


def _pack_before(connection: Connection, name: str, pages: int) -> None:
    """Pack some of the part before a part: it is complete. One that is packed takes no time.

    At once that would be a fifth of a second or more, in which an edit would have to wait.
    """
    for before in [part for part in tables(connection, Entity.ARTICLE) if part < name][:1]:
        # below zero: on with packing all of it, as `optimize` does
        connection.exec_driver_sql(
            f"INSERT INTO {before} ({before}, rank) VALUES ('merge', ?)",  # noqa: S608 (a name of our tables)
            (-pages,),
        )


def _exist(connection: Connection, names: tuple[str, ...]) -> bool:
    found = connection.exec_driver_sql(
        f"SELECT count(*) FROM sqlite_master WHERE name IN ({', '.join('?' * len(names))})",  # noqa: S608 (marks)
        names,
    )
    return bool(names) and found.scalar_one() == len(names)


def _entries(
    connection: Connection, entity: Entity, uids: Iterable[str]
) -> Iterator[tuple[Any, ...]]:
    query, entry = _READERS[entity]
    for uid in uids:
        try:
            made = entry(connection.exec_driver_sql(query, {"uid": uid}).one())
        except DAMAGED_TEXT as error:
            if not is_damaged_text(error):
                raise
        else:  # the entry of a damaged text stays as it is, until the index is made anew
            yield made


def _article(row: Row[Any]) -> tuple[Any, ...]:
    text, blocks = unpack_text(row.text), unpack_json(row.blocks)
    switched = frozenset(json.loads(row.switched or "[]"))
    body = included_text(text, blocks, switched) if text is not None else ""
    return (row.id, searchable(body), *_head(row.title, json.loads(row.authors), row.source))


def _head(title: str, authors: list[str], source: str) -> tuple[str, ...]:
    return searchable(title), searchable(" ".join(authors)), searchable(source)


def _annotation(row: Row[Any]) -> tuple[Any, ...]:
    return (row.id, searchable(row.exact), searchable(row.comment))


def _statement(row: Row[Any]) -> tuple[Any, ...]:
    return (row.id, searchable(row.text))


_READERS: dict[Entity, tuple[str, Callable[[Row[Any]], tuple[Any, ...]]]] = {
    Entity.ARTICLE: (_ARTICLE, _article),
    Entity.ANNOTATION: (_ANNOTATION, _annotation),
    Entity.STATEMENT: (_STATEMENT, _statement),
}
