"""Open the file of a library: make it, bring it up to date, or find that it may only be read.

Whether a library may be written to is found by trying: permissions tell little of a share, of a stick
with a switch, or of who asks.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from briefing_app.domain.library import Obstacle
from briefing_app.storage import schema
from briefing_app.storage.connection import reading_engine, sqlite_kind, writing_engine
from briefing_app.storage.failure import (
    NewerLibrary,
    damaged_library,
    in_a_window,
    newer_library,
    no_library,
    not_a_library,
    older_library,
)
from briefing_app.storage.locks import WindowLock
from briefing_app.storage.place import journal_mode
from briefing_app.storage.schema import LIBRARY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from filelock import BaseFileLock
    from sqlalchemy import Connection

    Upgrade = Callable[[Connection, Path], None]

FILE = "library.sqlite3"

_LOCKS = ("write.lock", "window.lock")
_MAY_NOT = (errno.EACCES, errno.EPERM, errno.EROFS)

# as Alembic makes it
_VERSIONS = """CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)"""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is ready: the UUIDs of the library and of this copy, and why it is read-only."""

    uid: str
    device: str
    obstacle: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class Making:
    """What a new library, or an older one, needs to become one of this version.

    `alone` is whether the caller holds the window's lock: nobody else shows the library.
    """

    new_id: Callable[[], str]
    now: Callable[[], int]
    migrations: Callable[[], Upgrade]
    alone: bool


def prepare(folder: Path, making: Making, lock: BaseFileLock) -> Found:
    """Make or check the tables of a library whose folder is there. Raises: StorageFailure, EXPECTED."""
    _check_not_emptied(folder)
    try:
        return _make_ready(folder, making, lock)
    except NewerLibrary:
        return _look(folder, Obstacle.NEWER)
    except (OSError, DBAPIError) as error:
        if not _is_refusal(error):
            raise
        with contextlib.suppress(OSError, DBAPIError):
            return _look(folder, Obstacle.FOLDER)
        raise


def check_folder(folder: Path) -> None:
    """Refuse a folder without a library. Raises: StorageFailure."""
    if (folder / FILE).is_file():
        return
    if not folder.exists():
        raise no_library(folder)
    raise not_a_library(folder)


def make_folder(folder: Path) -> None:
    """Make the folder and the file of a new library where there is none. Raises: StorageFailure."""
    if folder.exists() and not folder.is_dir():
        raise not_a_library(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / FILE
    if file.exists():
        return
    # another process may be making the library at this moment
    if any(not entry.name.startswith((FILE, *_LOCKS)) for entry in folder.iterdir()):
        raise not_a_library(folder)
    with contextlib.suppress(OSError):  # a stick or a share may know no permissions
        folder.chmod(0o700)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def create_tables(connection: Connection) -> None:
    """Make all tables of a new library, as the migrations would leave them."""
    schema.METADATA.create_all(connection)
    for statement in (*schema.search_ddl(), _VERSIONS):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (schema.REVISION,))


def _check_not_emptied(folder: Path) -> None:
    """Refuse an empty file where there was a library: SQLite would take it for a new one.

    Raises: StorageFailure.
    """
    new = (*_LOCKS, FILE, f"{FILE}-journal", f"{FILE}-shm")  # all that a new library begins with
    empty = (folder / FILE).stat().st_size == 0
    if empty and any(entry.name not in new for entry in folder.iterdir()):
        raise damaged_library(folder, f"{FILE} is empty")


def _length(folder: Path) -> int:
    """Return how long the file is; 0 while a log beside it may hold the rest. Units: bytes."""
    file = folder / FILE
    logs = (file.with_name(f"{FILE}{end}") for end in ("-wal", "-journal"))
    written = any(log.exists() and log.stat().st_size for log in logs)
    return 0 if written else file.stat().st_size


def _check_length(connection: Connection, folder: Path, length: int) -> None:
    """Refuse a file whose last page was cut: SQLite would read zeros there. Raises: StorageFailure."""
    page = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    connection.rollback()
    if length % page:
        raise damaged_library(folder, f"{FILE} is cut short")


def _make_ready(folder: Path, making: Making, lock: BaseFileLock) -> Found:
    engine = writing_engine(folder / FILE, make=False)
    try:
        with lock:
            length = _length(folder)  # before a connection makes a log
            with engine.connect() as connection:
                _check_length(connection, folder, length)
                return _in_order(connection, folder, making)
    finally:
        engine.dispose()


def _in_order(connection: Connection, folder: Path, making: Making) -> Found:
    """Make the tables or bring them up to date, and see that they can be written to."""
    with connection.begin():
        revision = _revision(connection, folder)
        if not revision:
            create_tables(connection)
            row = {"uid": making.new_id(), "device": making.new_id(), "created": making.now()}
            connection.execute(insert(LIBRARY), [row])
    if revision not in ("", schema.REVISION):
        _migrate(connection, folder, making)
    _try_to_write(connection)
    with contextlib.suppress(sqlite3.OperationalError):  # another process is at work on it
        raw = connection.connection.cursor()
        raw.execute(f"PRAGMA journal_mode = {journal_mode(folder)}").fetchall()
    return _identity(connection)


def _try_to_write(connection: Connection) -> None:
    """Write and take it back: a file that may only be read begins a transaction all the same."""
    with connection.begin() as transaction:
        connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        transaction.rollback()


def _migrate(connection: Connection, folder: Path, making: Making) -> None:
    """Bring an older library up to date; nobody else may show it meanwhile."""
    window = None if making.alone else WindowLock(folder)
    if window is not None and not window.take():
        raise in_a_window(folder)
    try:
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")  # tables are made anew
        with connection.begin():
            making.migrations()(connection, folder)
    finally:
        if window is not None:
            window.release()


def _look(folder: Path, obstacle: Obstacle) -> Found:
    """Find out whether a library can be read as it is. Raises: StorageFailure."""
    engine = reading_engine(folder / FILE, read_only=True)
    try:
        with engine.connect() as connection:
            revision = _revision(connection, folder)
            if not revision:
                raise not_a_library(folder)
            try:
                for table in schema.METADATA.tables.values():
                    connection.execute(select(table).limit(0))
                for kind, columns in schema.SEARCH_TABLES.items():
                    name = schema.first_table(kind)
                    connection.exec_driver_sql(f"SELECT {columns} FROM {name} LIMIT 0")  # noqa: S608 (names of ours)
            except DBAPIError as error:
                older = obstacle is Obstacle.FOLDER and revision < schema.REVISION
                raise (older_library if older else newer_library)(folder) from error
            found = _identity(connection)
            return Found(found.uid, found.device, obstacle)
    finally:
        engine.dispose()


def _identity(connection: Connection) -> Found:
    row = connection.execute(select(LIBRARY.c.uid, LIBRARY.c.device)).one()
    connection.rollback()
    return Found(row.uid, row.device)


def _revision(connection: Connection, folder: Path) -> str:
    """Return the revision of the file; empty for a new one. Raises: StorageFailure."""
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if not tables:
        return ""
    if connection.exec_driver_sql("PRAGMA application_id").scalar_one() != schema.APPLICATION_ID:
        raise not_a_library(folder)
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def _is_refusal(error: Exception) -> bool:
    """Tell whether an error says that something may not be written, not that it is broken."""
    if isinstance(error, DBAPIError):
        kinds = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
        return sqlite_kind(error) in kinds
    return isinstance(error, OSError) and error.errno in _MAY_NOT
