"""The writing connection of a library whose folder may be taken away and come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, text

from briefing_app.storage.connection import writing_engine
from briefing_app.storage.failure import gone_library, older_copy, other_library
from briefing_app.storage.opening import FILE
from briefing_app.storage.schema import LIBRARY

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    Identity = tuple[int, int]

_FURTHEST = text("SELECT seq FROM sqlite_sequence WHERE name = 'change'")


class Presence:
    """Tells whether the file of a library is still the one that was opened.

    A file that was renamed with its folder can be written to all the same, and nobody would find what
    was written; what would be made in its old place would be a second library.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._identity = self._look()

    def is_same(self) -> bool:
        """Tell whether it is; if not, the one that lies there now counts from here on.

        Raises: StorageFailure if there is none.
        """
        before, self._identity = self._identity, self._look()
        return before == self._identity

    def _look(self) -> Identity:
        try:
            there = self._file.stat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise gone_library(self._file.parent) from error
        return there.st_dev, there.st_ino


class Standing:
    """Lends the connection, made anew if the file is another one than before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._presence = Presence(folder)
        self._engine: Engine = writing_engine(folder / FILE, make=False)
        self._connection: Connection | None = self._engine.connect()
        self._uid = _uid_of(self._connection)

    def connection(self, reached: int = 0) -> Connection:
        """Return the connection to the library where it was opened, which got so far as known.

        Raises: StorageFailure if it is gone, or if another library or an older copy lies in its
        place; DBAPIError.
        """
        if not self._presence.is_same():
            self.close()  # SQLite sees that its file has moved, and leaves what lies there now alone
        if self._connection is None:
            connection = self._engine.connect()
            try:
                check_same(connection, self._folder, self._uid, reached)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()


def file_id(file: Path) -> Identity | None:
    """Return what tells a file from another one in its place; None if there is none."""
    try:
        there = file.stat()
    except OSError:
        return None
    return there.st_dev, there.st_ino


def furthest(connection: Connection) -> int:
    """Return the number of the newest change that ever was, erased or not."""
    return connection.execute(_FURTHEST).scalar() or 0


def check_same(connection: Connection, folder: Path, uid: str, reached: int = 0) -> None:
    """Refuse a file that is not the library that was opened, or an older copy of it.

    Raises: StorageFailure.
    """
    if _uid_of(connection) != uid:
        raise other_library(folder)
    got = furthest(connection)
    connection.rollback()
    if got < reached:
        raise older_copy(folder)


def _uid_of(connection: Connection) -> str:
    uid = connection.execute(select(LIBRARY.c.uid)).scalar_one()
    connection.rollback()
    return str(uid)
