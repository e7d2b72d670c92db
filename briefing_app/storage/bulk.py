"""Many rows of plain values into one table, without what SQLAlchemy does for each of them.

That is as much work as SQLite has with a narrow row. The values go in as they are given: nothing is
made into JSON and nothing is packed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Column, Connection


def insert_rows(
    connection: Connection, columns: tuple[Column[Any], ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows, whose values are in the order of these columns of one table."""
    if rows:
        connection.exec_driver_sql(_insert(columns), list(rows))


def insert_unknown_rows(
    connection: Connection, columns: tuple[Column[Any], ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Do the same, and leave those alone that are there already by their key."""
    if rows:
        connection.exec_driver_sql(f"{_insert(columns)} ON CONFLICT DO NOTHING", list(rows))


@cache
def _insert(columns: tuple[Column[Any], ...]) -> str:
    names = ", ".join(f'"{column.name}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {columns[0].table.name} ({names}) VALUES ({marks})"  # noqa: S608 (names of our tables)
