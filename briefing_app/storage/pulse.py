"""Notice that somebody else has committed, at next to no cost."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from briefing_app.storage.connection import reading_connection
from briefing_app.storage.failure import EXPECTED, storage_failure
from briefing_app.storage.standing import Standing

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


class Pulse:
    """A connection that is never in a transaction; SQLite counts the commits of all others for it."""

    def __init__(self, file: Path, *, read_only: bool = False) -> None:
        self._file = file
        self._read_only = read_only
        self._standing = Standing(file)
        self._guard = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._version = -1
        self._closed = False

    def moved(self) -> bool:
        """Tell whether anything was committed since the last call; the first time it is so.

        Raises: StorageFailure.
        """
        with self._guard:
            if self._closed:
                return False
            try:
                if self._standing.moved:
                    self._drop()
                    self._standing.settle()
                if self._connection is None:
                    self._connection = reading_connection(self._file, read_only=self._read_only)
                (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            except EXPECTED as error:
                self._drop()
                raise storage_failure(error, self._file.parent) from error
            before, self._version = self._version, version
            return bool(version != before)

    def close(self) -> None:
        """Let go of the file."""
        with self._guard:
            self._closed = True
            self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
