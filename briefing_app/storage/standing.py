"""Whether the file of an open library still stands where it did.

Who has a file open works on in it when its folder is moved, deleted or replaced; what is stored then is
nowhere. So the place is looked at: it costs two microseconds. No file is opened for that, since closing
it again would drop the locks that SQLite holds on it for this process.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from sqlalchemy import select, text

from briefing_app.storage.failure import no_library, replaced_library
from briefing_app.storage.schema import LIBRARY

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

_NEWEST = text("SELECT seq FROM sqlite_sequence WHERE name = 'change'")


class Standing:
    """Remembers which file was opened at a path."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known = _identity(file)

    @property
    def moved(self) -> bool:
        """Whether another file stands there now, or none."""
        return _identity(self._file) != self._known

    def check(self) -> None:
        """Refuse a place where there is no file. Raises: StorageFailure."""
        if _identity(self._file) is None:
            raise no_library(self._file.parent)

    def settle(self) -> None:
        """Take the file that stands there now for the one that is open."""
        self._known = _identity(self._file)


def newest(connection: Connection) -> int:
    """Return the number of the newest change that ever was, erased or not."""
    return connection.execute(_NEWEST).scalar() or 0


def check_same(connection: Connection, folder: Path, uid: str, seq: int = 0) -> None:
    """Refuse a file that is not the library that was opened, as far as it got.

    Raises: StorageFailure.
    """
    found = connection.execute(select(LIBRARY.c.uid)).scalar()
    if found != uid or newest(connection) < seq:
        raise replaced_library(folder, older=found == uid)


def abandon(connection: Connection) -> None:
    """Leave a writing connection open for ever, since its file does not stand there any more.

    SQLite deletes the write-ahead log by its name when it closes the last connection, and that name
    belongs to the file that stands there now.
    """
    raw = connection.connection.driver_connection
    connection.detach()
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(raw))


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
