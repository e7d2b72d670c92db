"""Copy a database while others use it, and prove that a copy is sound."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from filelock import Timeout

from briefing_app.errors import QT_TRANSLATE_NOOP, Cancelled
from briefing_app.storage import schema
from briefing_app.storage.connection import visiting_connection
from briefing_app.storage.locks import write_lock
from briefing_app.storage.writer import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing_app.progress import Progress

PAGES = 512  # copied in one step; between two steps the user may cancel
LOOK = 0.05  # seconds between two looks at whether the user wants to stop

COPYING = QT_TRANSLATE_NOOP("progress", "copying")
PROVING = QT_TRANSLATE_NOOP("progress", "looking through the copy")


class Unsound(Exception):  # noqa: N818 (reads as what happened)
    """A file is no library, or a damaged one; says what SQLite found."""


def open_to_read(file: Path) -> sqlite3.Connection:
    """Return a connection to a copy that nobody writes to, also on a read-only disk.

    Raises: sqlite3.Error, OSError.
    """
    file.stat()  # a name that is not there is told as such
    beside = file.with_name(f"{file.name}-wal").exists()
    mode = "mode=ro" if beside else "mode=ro&immutable=1"
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )


@contextmanager
def visit(folder: Path) -> Iterator[sqlite3.Connection]:
    """Lend a connection that reads a library, whoever has it open. Raises: sqlite3.Error, OSError."""
    connection = visiting_connection(folder / FILE)
    lock = write_lock(folder, patience=0)
    try:
        yield connection
    finally:
        with suppress(Timeout, OSError):  # who holds it has the library open, and tidies up itself
            lock.acquire()
        connection.close()  # the last connection moves the write-ahead log into the file
        lock.release()


def copy_database(source: sqlite3.Connection, target: Path, progress: Progress) -> None:
    """Copy the database of a connection, in steps, into a file that exists and is empty.

    Readers and the writer of the source go on: with a write-ahead log the copy is of the state at
    its beginning; with a rollback journal it begins anew when something is written meanwhile.
    Raises: Cancelled, sqlite3.Error.
    """

    def step(_status: int, remaining: int, total: int) -> None:
        progress.step((total - remaining) * page, total * page, COPYING)
        progress.check()

    (page,) = source.execute("PRAGMA page_size").fetchone()
    (journal,) = source.execute("PRAGMA journal_mode").fetchone()
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # it is made durable as a whole, at the end
        copy.execute("PRAGMA journal_mode = OFF")
        if journal == "wal":
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        try:
            source.backup(copy, pages=PAGES, progress=step)
        finally:
            if source.in_transaction:
                source.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, readable on a read-only disk


def prove(file: Path, progress: Progress, *, fully: bool = False) -> None:
    """Read a copy from end to end. Raises: Unsound, Cancelled, sqlite3.Error, OSError."""
    progress.step(0, 0, PROVING)
    progress.check()
    with closing(open_to_read(file)) as connection:
        check_kind(connection)
        with interruptible(connection, progress):
            found = connection.execute(
                "PRAGMA integrity_check(1)" if fully else "PRAGMA quick_check(1)"
            ).fetchone()[0]
    if found != "ok":
        raise Unsound(found)


def check_kind(connection: sqlite3.Connection) -> None:
    """Make sure that a database is a library. Raises: Unsound, sqlite3.Error."""
    (kind,) = connection.execute("PRAGMA application_id").fetchone()
    if kind != schema.APPLICATION_ID:
        raise Unsound(str(kind))


@contextmanager
def interruptible(connection: sqlite3.Connection, progress: Progress) -> Iterator[None]:
    """Stop a long statement when the user wants to stop. Raises: Cancelled.

    A look through all pages is one call into SQLite, which asks nobody on the way.
    """
    over = threading.Event()
    stopped = threading.Event()

    def watch() -> None:
        while not over.wait(LOOK):
            try:
                progress.check()
            except Cancelled:
                stopped.set()
                while not over.is_set():  # an interrupt that comes between two statements is lost
                    connection.interrupt()
                    over.wait(LOOK)

    watcher = threading.Thread(target=watch, name="watch for cancel", daemon=True)
    watcher.start()
    try:
        yield
    except Exception:
        if stopped.is_set():  # whatever came of the interrupt
            raise Cancelled from None
        raise
    finally:
        over.set()
        watcher.join()
    if stopped.is_set():
        raise Cancelled


def make_durable(file: Path) -> None:
    """Have the bytes of a file on the disk, not only on their way."""
    handle = os.open(file, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_names_durable(folder: Path) -> None:
    """Have the names of a folder on the disk, where the system can; some network shares cannot."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):
                os.fsync(handle)
        finally:
            os.close(handle)
