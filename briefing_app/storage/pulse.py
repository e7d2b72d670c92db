"""Notice that somebody else has committed, at next to no cost."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from briefing_app.storage.connection import reading_connection
from briefing_app.storage.failure import EXPECTED, gone_library, storage_failure

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    Look = tuple[int, ...]


class Pulse:
    """A connection that is never in a transaction; SQLite counts the commits of all others for it.

    If another file lies in its place, `stale` is called: what is connected shows what was there before.
    In a folder that may not be written to SQLite counts nothing: there a file that was written to is
    another one, too.
    """

    def __init__(
        self, file: Path, *, read_only: bool = False, stale: Callable[[], None] | None = None
    ) -> None:
        self._file = file
        self._read_only = read_only
        self._stale = stale
        self._guard = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._version = -1
        self._look: Look = ()
        self._closed = False

    def moved(self) -> bool:
        """Tell whether anything was committed since the last call; the first time it is so.

        Raises: StorageFailure, also if the file is no longer there.
        """
        with self._guard:
            if self._closed:
                return False
            try:
                return self._is_other_file() or self._is_other_version()
            except EXPECTED as error:
                raise storage_failure(error, self._file.parent) from error

    def close(self) -> None:
        """Let go of the file."""
        with self._guard:
            self._closed = True
            self._let_go()

    def _is_other_file(self) -> bool:
        """Tell whether it is another file than before, and connect to that."""
        before, self._look = self._look, self._look_at()
        if not before or before == self._look:
            return False
        self._let_go()
        if self._stale is not None:
            self._stale()
        return True

    def _is_other_version(self) -> bool:
        if self._connection is None:
            self._connection = reading_connection(self._file, read_only=self._read_only)
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        before, self._version = self._version, version
        return bool(version != before)

    def _look_at(self) -> Look:
        try:
            there = self._file.stat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise gone_library(self._file.parent) from error
        same = (there.st_dev, there.st_ino)
        if not self._read_only:
            return same
        log = self._file.with_name(f"{self._file.name}-wal")
        beside = log.stat() if log.exists() else None
        written = (beside.st_mtime_ns, beside.st_size) if beside else ()
        return (*same, there.st_mtime_ns, there.st_size, *written)

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
