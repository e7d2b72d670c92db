"""A library: the folder that holds everything, opened once by each process.

Shape: ``NAME.briefinglib/`` with ``library.sqlite3``, ``originals/``, ``write.lock``, ``window.lock``.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefing_app.errors import StorageFailure
from briefing_app.storage import reached
from briefing_app.storage.articles import StoredArticles
from briefing_app.storage.beside import FEEDS, WATCHED, Beside
from briefing_app.storage.changes import Journal
from briefing_app.storage.checkup import StoredCheckup
from briefing_app.storage.chronicle import Chronicle
from briefing_app.storage.cloud import cloud_of
from briefing_app.storage.connection import reading_engine
from briefing_app.storage.describing import describe
from briefing_app.storage.digest import digest
from briefing_app.storage.eraser import Eraser
from briefing_app.storage.facts import Facts
from briefing_app.storage.failure import (
    EXPECTED,
    MALFORMED,
    closed_library,
    damaged_library,
    gone_library,
    lost_changes,
    refusal,
    storage_failure,
    why_read_only,
)
from briefing_app.storage.finding import Search
from briefing_app.storage.known import Known
from briefing_app.storage.locks import PATIENCE, write_lock
from briefing_app.storage.moving import copy_to
from briefing_app.storage.names import Names
from briefing_app.storage.opening import FILE, Making, check_folder, make_folder, prepare
from briefing_app.storage.originals import Originals
from briefing_app.storage.overview import StoredOverview
from briefing_app.storage.pulse import Pulse
from briefing_app.storage.records import StoredRecords
from briefing_app.storage.saved import Saved
from briefing_app.storage.sketches import StoredSketches
from briefing_app.storage.snapshot import Snapshots
from briefing_app.storage.standing import check_same, file_id
from briefing_app.storage.trash import StoredTrash
from briefing_app.storage.versions import StoredVersions
from briefing_app.storage.writer import PAUSE, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from briefing_app.domain.library import LibraryFacts, ReadOnly
    from briefing_app.progress import Progress
    from briefing_app.storage.opening import Found, Upgrade


class Library:
    """An open library: one writer, and connections to read with."""

    def __init__(
        self,
        folder: Path,
        found: Found,
        writer: Writer,
        readers: Engine,
        read_only: ReadOnly | None,
    ) -> None:
        self.folder = folder
        self.uid = found.uid
        self.writer = writer
        self.read_only = read_only
        self.warning: StorageFailure | None = None  # for whoever opens it, and then no more
        self._readers = readers
        self._file_id = file_id(folder / FILE)
        self._closed = False
        self.records = StoredRecords(self.read)
        self._pulse = Pulse(
            folder / FILE, read_only=read_only is not None, stale=self._connect_anew
        )
        self.journal = Journal(self.read, self._pulse.moved)
        self.chronicle = Chronicle(self.read)
        self.eraser = Eraser(self.read, writer, folder)
        self.facts = Facts(self.read)
        self.articles = StoredArticles(self.read, folder)
        self.overview = StoredOverview(self.read)
        self.search = Search(self.read)
        self.trash = StoredTrash(self.read)
        self.versions = StoredVersions(self.read)
        self.sketches = StoredSketches(self.read)
        self.saved = Saved(self.read)
        self.names = Names(self.read)
        self.known = Known(self.read)
        self.snapshots = Snapshots(self.read, folder)
        self.originals = Originals(folder)
        self.checkup = StoredCheckup(folder, self.read, writer)
        self.feeds = Beside(folder, FEEDS, read_only)
        self.watched = Beside(folder, WATCHED, read_only)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        new_id: Callable[[], str],
        now: Callable[[], int],
        migrations: Callable[[], Upgrade],
        make: bool = True,
        alone: bool = False,
        pause: float = PAUSE,
        patience: float = PATIENCE,
    ) -> Library:
        """Open the library in a folder; with `make` one that is absent or empty becomes a library.

        `pause` is how long typing waits to be stored, `patience` how long a writer waits for another.
        `migrations` gives what upgrades a file of another revision, inside a transaction; `alone` is
        whether the caller holds the window's lock. One that may not be written to is open for reading.
        Raises: StorageFailure with what is wrong and what to do.
        """
        making = Making(new_id, now, migrations, alone)
        noted = reached.noted(folder)
        try:
            make_folder(folder) if make else check_folder(folder)
            found = prepare(folder, making, write_lock(folder, patience))
            why = why_read_only(found.obstacle, folder) if found.obstacle else None
            no = refusal(why) if why else None
            writer = Writer(folder, found.device, pause=pause, patience=patience, refusal=no)
            writer.start()
        except EXPECTED as error:
            raise storage_failure(error, folder) from error
        readers = reading_engine(folder / FILE, read_only=why is not None)
        library = cls(folder, found, writer, readers, why)
        try:
            library.compare_with(noted)
        except StorageFailure:
            library.close()
            raise
        return library

    def compare_with(self, noted: int) -> None:
        """Warn, once, of changes that were stored up to a number and are not there any more.

        Raises: StorageFailure.
        """
        held = self.journal.furthest()
        if noted > held:
            self.warning = lost_changes(self.folder, noted - held)
            reached.note(self.folder, held)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Lend a connection; everything read with it is one state of the library.

        Raises: StorageFailure.
        """
        if self._closed:  # a connection made now would stay open, and the file with it
            raise closed_library(self.folder)
        try:
            self._follow_the_file()
            with self._readers.connect() as connection:
                yield connection
        except EXPECTED as error:
            if not (self.folder / FILE).exists():
                raise gone_library(self.folder) from error
            raise storage_failure(error, self.folder) from error
        except MALFORMED as error:  # only values of rows are made here
            raise damaged_library(self.folder, error) from error

    def digest(self) -> str:
        """Return the digest of all that is live; see `storage/digest`. Raises: StorageFailure."""
        with self.read() as connection:
            return digest(connection)

    def copy_to(self, target: Path, device: str, progress: Progress) -> int:
        """Copy what is stored into a new library; return how many originals could not be had.

        Raises: StorageFailure, Cancelled; then nothing is left behind.
        """
        with self.read() as connection:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)  # noqa: S101 (the one driver of this room)
            return copy_to(source, self.folder, target, device, progress)

    def describe(self) -> LibraryFacts:
        """Return what can be told of the library; it walks through its folder."""
        with self.read() as connection:
            return describe(connection, self.folder, read_only=self.read_only is not None)

    def cloud(self) -> str:
        """Return the name of the cloud service that keeps the folder in step, or an empty string."""
        return cloud_of(self.folder)

    def room(self) -> int:
        """Return how much is free where the library lies. Units: bytes. Raises: StorageFailure."""
        try:
            return shutil.disk_usage(self.folder).free
        except OSError as error:
            raise storage_failure(error, self.folder) from error

    def close(self) -> None:
        """Write what is queued and let go of the file. Raises: StorageFailure."""
        self._closed = True
        self._pulse.close()
        self._readers.dispose()  # before the writer, else the write-ahead log stays behind
        self.writer.close()

    def _follow_the_file(self) -> None:
        """Read from the file that lies there now; while there is none, what is open can be read on.

        Raises: StorageFailure if it is another library.
        """
        found = file_id(self.folder / FILE)
        if found not in (None, self._file_id):
            self._readers.dispose()
            with self._readers.connect() as connection:
                check_same(connection, self.folder, self.uid)
            self._file_id = found

    def _connect_anew(self) -> None:
        """Let what is connected go once it is given back: it may show what is no longer there."""
        self._readers.dispose()
