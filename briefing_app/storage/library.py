"""A library: the folder that holds everything, opened once by each process.

Shape: ``NAME.briefinglib/`` with ``library.sqlite3``, ``originals/``, ``write.lock``, ``window.lock``.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from briefing_app.storage import schema
from briefing_app.storage.articles import StoredArticles
from briefing_app.storage.changes import Journal
from briefing_app.storage.connection import reading_engine, writing_engine
from briefing_app.storage.facts import Facts
from briefing_app.storage.failure import EXPECTED, closed_library, not_a_library, storage_failure
from briefing_app.storage.finding import Search
from briefing_app.storage.known import Known
from briefing_app.storage.locks import PATIENCE, write_lock
from briefing_app.storage.names import Names
from briefing_app.storage.overview import StoredOverview
from briefing_app.storage.pulse import Pulse
from briefing_app.storage.records import StoredRecords
from briefing_app.storage.saved import Saved
from briefing_app.storage.schema import (
    LIBRARY,
)
from briefing_app.storage.writer import FILE, PAUSE, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from filelock import BaseFileLock
    from sqlalchemy import Connection, Engine

    Upgrade = Callable[[Connection, Path], None]


# as Alembic makes it
_VERSIONS = """CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)"""


class Library:
    """An open library: one writer, and connections to read with."""

    def __init__(self, folder: Path, uid: str, writer: Writer, readers: Engine) -> None:
        self.folder = folder
        self.uid = uid
        self.writer = writer
        self._readers = readers
        self._closed = False
        self.records = StoredRecords(self.read)
        self._pulse = Pulse(folder / FILE)
        self.journal = Journal(self.read, self._pulse.moved)
        self.facts = Facts(self.read)
        self.articles = StoredArticles(self.read, folder)
        self.overview = StoredOverview(self.read)
        self.search = Search(self.read)
        self.saved = Saved(self.read)
        self.names = Names(self.read)
        self.known = Known(self.read)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        new_id: Callable[[], str],
        now: Callable[[], int],
        migrations: Callable[[], Upgrade],
        pause: float = PAUSE,
        patience: float = PATIENCE,
    ) -> Library:
        """Open the library in a folder; one that is absent or empty becomes a new library.

        `pause` is how long typing waits to be stored, `patience` how long a writer waits for another.
        `migrations` gives what upgrades a file of another revision, inside a transaction.
        Raises: StorageFailure with what is wrong and what to do.
        """
        try:
            _make_folder(folder)
            uid, device = _prepare(folder, new_id, now, migrations, write_lock(folder, patience))
            writer = Writer(folder, device, pause=pause, patience=patience)
            writer.start()
        except EXPECTED as error:
            raise storage_failure(error, folder) from error
        return cls(folder, uid, writer, reading_engine(folder / FILE))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Lend a connection; everything read with it is one state of the library.

        Raises: StorageFailure.
        """
        if self._closed:  # a connection made now would stay open, and the file with it
            raise closed_library(self.folder)
        try:
            with self._readers.connect() as connection:
                yield connection
        except EXPECTED as error:
            raise storage_failure(error, self.folder) from error

    def close(self) -> None:
        """Write what is queued and let go of the file. Raises: StorageFailure."""
        self._closed = True
        self._pulse.close()
        self._readers.dispose()  # before the writer, else the write-ahead log stays behind
        self.writer.close()


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / FILE
    if file.exists():
        return
    if any(entry.name not in ("write.lock", "window.lock") for entry in folder.iterdir()):
        raise not_a_library(folder)
    folder.chmod(0o700)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare(
    folder: Path,
    new_id: Callable[[], str],
    now: Callable[[], int],
    migrations: Callable[[], Upgrade],
    lock: BaseFileLock,
) -> tuple[str, str]:
    """Make or check the tables; return the UUIDs of the library and of this copy."""
    engine = writing_engine(folder / FILE)
    try:
        with lock, engine.connect() as connection:
            raw = connection.connection
            raw.cursor().execute("PRAGMA journal_mode = WAL")
            with connection.begin():
                revision = _revision(connection, folder)
                if not revision:
                    create_tables(connection)
                    row = {"uid": new_id(), "device": new_id(), "created": now()}
                    connection.execute(insert(LIBRARY), [row])
            if revision not in ("", schema.REVISION):
                raw.cursor().execute("PRAGMA foreign_keys = OFF")  # a migration remakes tables
                with connection.begin():
                    migrations()(connection, folder)
            row_of = connection.execute(select(LIBRARY.c.uid, LIBRARY.c.device)).one()
            connection.rollback()
            return row_of.uid, row_of.device
    finally:
        engine.dispose()


def create_tables(connection: Connection) -> None:
    """Make all tables of a new library, as the migrations would leave them."""
    schema.METADATA.create_all(connection)
    for statement in (*schema.search_ddl(), _VERSIONS):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (schema.REVISION,))


def _revision(connection: Connection, folder: Path) -> str:
    """Return the revision of the file; empty for a new one. Raises: StorageFailure."""
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if not tables:
        return ""
    if connection.exec_driver_sql("PRAGMA application_id").scalar_one() != schema.APPLICATION_ID:
        raise not_a_library(folder)
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
