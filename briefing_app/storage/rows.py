"""Find rows that cannot be read any more, though the pages they lie in are in order.

A flipped bit may leave a text that is no UTF-8, a list that is no JSON, a number that is none. Bodies
and originals are left out here: they have their SHA-256.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Integer, StaticPool, String, create_engine

from briefing_app.storage import schema
from briefing_app.storage.mapping import MAPPINGS, fields_of, select_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from sqlalchemy import Column, Connection, RowMapping, Table

    from briefing_app.domain.record import Entity, Fields
    from briefing_app.progress import Progress

_LEFT_OUT = {
    *("article_body", "original", "article_tag", "article_collection", "damage", "checkup"),
    *("sketch", "sketch_band"),
}
_BATCH = 1000


def unreadable(connection: sqlite3.Connection, progress: Progress) -> list[tuple[str, int]]:
    """Return table and row id of each row that cannot be read. Raises: sqlite3.Error, Cancelled."""
    before, connection.text_factory = connection.text_factory, bytes
    try:
        return [
            (table.name, row)
            for table in _tables(connection)
            for row in _unreadable(connection, table, progress)
        ]
    finally:
        connection.text_factory = before


def malformed(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return table and row id of each record whose values make no sense. Raises: ValueError."""
    with records_on(connection) as reading:
        return [
            (MAPPINGS[entity].table.name, row["id"])
            for entity in MAPPINGS
            for row in reading.execute(select_of(entity)).mappings()
            if fields_or_none(entity, row) is None
        ]


def fields_or_none(entity: Entity, row: RowMapping) -> Fields | None:
    """Return the fields of a record, or None if its values make no sense."""
    try:
        return fields_of(entity, row)
    except (ValueError, TypeError):
        return None


@contextmanager
def records_on(connection: sqlite3.Connection) -> Iterator[Connection]:
    """Read records on a connection that is there already."""
    before, connection.text_factory = connection.text_factory, str
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    try:
        with engine.connect() as reading:
            yield reading
    finally:
        connection.text_factory = before


def is_readable(table: Table, values: tuple[Any, ...]) -> bool:
    """Tell whether values, read as bytes, are what the columns of a table hold."""
    return all(map(_fits, table.columns, values))


def names(table: Table) -> str:
    """Return the columns of a table for a query."""
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _tables(connection: sqlite3.Connection) -> list[Table]:
    """Return the tables of this version that the file has: an older one lacks some columns."""
    found = []
    for table in schema.METADATA.sorted_tables:
        columns = {
            row[1].decode() for row in connection.execute(f"PRAGMA table_info({table.name})")
        }
        if table.name not in _LEFT_OUT and {column.name for column in table.columns} <= columns:
            found.append(table)
    return found


def _unreadable(connection: sqlite3.Connection, table: Table, progress: Progress) -> list[int]:
    rows = connection.execute(f"SELECT rowid, {names(table)} FROM {table.name}")  # noqa: S608 (our tables)
    found = []
    while some := rows.fetchmany(_BATCH):
        progress.check()
        found += [row[0] for row in some if not is_readable(table, row[1:])]
    return found


def _fits(column: Column[Any], value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    try:
        if isinstance(column.type, JSON):
            json.loads(value.decode() if isinstance(value, bytes) else str(value))
        elif isinstance(column.type, String):
            return isinstance(value, bytes) and value.decode() is not None
        elif isinstance(column.type, Integer):
            return isinstance(value, int)
    except ValueError:
        return False
    return True
