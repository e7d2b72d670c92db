"""Connections to the file of a library: one that writes, and as many as needed that only read."""

from __future__ import annotations

import json
import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, NullPool, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from briefing_app.storage.failure import unfinished_library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection

BUSY_MILLISECONDS = 10_000
# Units: bytes, of a new file. In pages of 4,096, texts packed to 3 kB leave an eighth of it unused.
PAGE = 2048
LOG = 4_000_000  # bytes of the write-ahead log from which on it is moved into the file
CACHE = 512  # KB of pages that a reader keeps; what it lets go the system still has in memory

_PRIMARY = 0xFF  # the low byte of an extended SQLite code is the kind of error

# what SQLite says where it may not make the memory of a write-ahead log: by the kind of the disk
_NO_MEMORY = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # as rows hold it


def writing_engine(file: Path, *, make: bool = True) -> Engine:
    """Return an engine whose transactions take the write lock at once; `make` an absent file."""
    return _engine(partial(_connect, file, "rwc" if make else "rw"), "BEGIN IMMEDIATE", NullPool)


def reading_engine(file: Path, *, read_only: bool = False) -> Engine:
    """Return an engine that cannot write; one transaction is one state of the library.

    `read_only` is for a folder that may not be written to.
    """
    return _engine(partial(reading_connection, file, read_only=read_only), "BEGIN", QueuePool)


def reading_connection(file: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Return a bare connection that cannot write and begins no transaction.

    Raises: StorageFailure if the last edits lie beside the file, where they cannot be read.
    """
    try:
        return _reading(file, "ro")
    except sqlite3.OperationalError as error:
        if not read_only or sqlite_kind(error) not in _NO_MEMORY:
            raise
    # a write-ahead log needs a file for the memory that processes share; without one that may be
    # made, SQLite opens the file only if it is promised that nobody writes to it
    for end in ("-wal", "-journal"):  # either may hold what the file itself lacks
        log = file.with_name(f"{file.name}{end}")
        if log.exists() and log.stat().st_size > 0:
            raise unfinished_library(file.parent)
    return _reading(file, "ro&immutable=1")


def sqlite_kind(error: Exception) -> int | None:
    """Return the kind of an error of SQLite: the low byte of its extended code; None if it has none."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    return None if code is None else code & _PRIMARY


def visiting_connection(file: Path) -> sqlite3.Connection:
    """Return a bare connection for a look at a library that may be open in no process.

    One that can only read would leave an empty write-ahead log behind; on a read-only disk, where none
    can be made, nobody writes.
    """
    try:
        connection = _connect(file, "rw")
    except sqlite3.OperationalError as error:
        if sqlite_kind(error) not in _NO_MEMORY or not file.exists():
            raise
        connection = reading_connection(file, read_only=True)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _engine(creator: Callable[[], sqlite3.Connection], begin: str, pool: type[Any]) -> Engine:
    # the one given back last is lent first: each that is in use fills a cache of its own
    order = {"pool_use_lifo": True} if pool is QueuePool else {}
    engine = create_engine(
        "sqlite://", creator=creator, poolclass=pool, json_serializer=encode, **order
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _reading(file: Path, mode: str) -> sqlite3.Connection:
    connection = _connect(file, mode)
    connection.execute(f"PRAGMA cache_size = -{CACHE}")
    return connection


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,  # transactions are begun in words, else DDL would end them
        check_same_thread=False,  # a pool hands a connection from thread to thread, never to two
        timeout=BUSY_MILLISECONDS / 1000,
    )
    try:
        for pragma in (
            *(f"page_size = {PAGE}", "foreign_keys = ON", "trusted_schema = OFF"),
            *("synchronous = FULL", f"wal_autocheckpoint = {LOG // PAGE}"),
        ):
            connection.execute(f"PRAGMA {pragma}")
        # the first read opens the write-ahead log, which a reader may not make, and meets damage
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection
