"""Connections to the file of a library: one that writes, and as many as needed that only read."""

from __future__ import annotations

import json
import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, NullPool, QueuePool, create_engine, event

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

BUSY_MILLISECONDS = 10_000

_encode = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def writing_engine(file: Path) -> Engine:
    """Return an engine whose transactions take the write lock at once."""
    return _engine(file, "rwc", "BEGIN IMMEDIATE", NullPool)


def reading_engine(file: Path) -> Engine:
    """Return an engine that cannot write; one transaction is one state of the library."""
    return _engine(file, "ro", "BEGIN", QueuePool)


def reading_connection(file: Path) -> sqlite3.Connection:
    """Return a bare connection that cannot write and begins no transaction."""
    return _connect(file, "ro")


def visiting_connection(file: Path) -> sqlite3.Connection:
    """Return a bare connection for a look at a library that may be open in no process.

    One that can only read would leave an empty write-ahead log behind; on a read-only disk, where none
    can be made, nobody writes.
    """
    try:
        connection = _connect(file, "rw")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CANTOPEN or not file.exists():
            raise
        connection = _connect(file, "ro&immutable=1")
    connection.execute("PRAGMA query_only = ON")
    return connection


def _engine(file: Path, mode: str, begin: str, pool: type[Any]) -> Engine:
    engine = create_engine(
        "sqlite://", creator=partial(_connect, file, mode), poolclass=pool, json_serializer=_encode
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,  # transactions are begun in words, else DDL would end them
        check_same_thread=False,  # a pool hands a connection from thread to thread, never to two
        timeout=BUSY_MILLISECONDS / 1000,
    )
    try:
        for pragma in ("foreign_keys = ON", "trusted_schema = OFF", "synchronous = FULL"):
            connection.execute(f"PRAGMA {pragma}")
        # the first read opens the write-ahead log, which a reader may not make, and meets damage
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection
