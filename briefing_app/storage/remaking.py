"""Make a damaged database anew from its rows, where every one of them can still be read.

The indexes, the search index among them, are made of the rows and are not read at all. Whatever does
not add up afterwards means that rows are missing: then the new file is worth nothing.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy import NullPool, create_engine

from briefing_app.errors import QT_TRANSLATE_NOOP
from briefing_app.storage import schema
from briefing_app.storage.connection import PAGE
from briefing_app.storage.copying import Unsound, interruptible, prove
from briefing_app.storage.opening import create_tables
from briefing_app.storage.rows import unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from briefing_app.progress import Progress

_READING = QT_TRANSLATE_NOOP("progress", "reading what can be read")
_LOOKED_UP = {
    "article_tag",
    "article_collection",
    "sketch",
    "sketch_band",
}  # made anew with the index


def remake(damaged: Path, draft: Path, progress: Progress) -> bool:
    """Copy all rows of a damaged database into an empty file; False if they are not all there.

    Raises: Cancelled, OSError.
    """
    progress.step(0, 0, _READING)
    engine = create_engine("sqlite://", creator=lambda: _open(draft), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            create_tables(connection)
            connection.commit()
    finally:
        engine.dispose()
    try:
        with closing(_open(draft)) as connection:
            with interruptible(connection, progress):
                _copy(connection, damaged)
            if not _adds_up(connection) or unreadable(connection, progress):
                return False
            connection.execute("PRAGMA journal_mode = DELETE")
        prove(draft, progress, fully=True)
    except (sqlite3.DatabaseError, Unsound, UnicodeDecodeError):
        return False
    return True


def _open(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False, uri=True)
    for pragma in (f"page_size = {PAGE}", "journal_mode = OFF", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _copy(connection: sqlite3.Connection, damaged: Path) -> None:
    connection.execute("ATTACH ? AS damaged", (f"{damaged.absolute().as_uri()}?mode=ro",))
    version = connection.execute("SELECT version_num FROM damaged.alembic_version").fetchone()
    if version != (schema.REVISION,):
        raise Unsound(str(version))
    connection.execute("BEGIN")
    for table in schema.METADATA.sorted_tables:
        if table.name not in _LOOKED_UP:
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            connection.execute(
                f"INSERT INTO main.{table.name} ({columns}) "  # noqa: S608 (our tables)
                f"SELECT {columns} FROM damaged.{table.name} NOT INDEXED"
            )
    connection.execute("COMMIT")
    connection.execute("DETACH damaged")


def _adds_up(connection: sqlite3.Connection) -> bool:
    """Tell whether nothing points to a row that was not read, and no change is missing."""
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        return False
    if connection.execute("SELECT count(*) FROM library").fetchone() != (1,):
        return False
    (missing,) = connection.execute(
        "SELECT coalesce(max(seq), 0) - count(*) FROM change"
    ).fetchone()
    return bool(missing == 0)
