"""What to tell the user when the library cannot be read or written."""

from __future__ import annotations

import sqlite3
import zlib
from typing import TYPE_CHECKING

from filelock import Timeout
from sqlalchemy.exc import DBAPIError

from briefing_app.errors import QT_TRANSLATE_NOOP, StorageFailure

if TYPE_CHECKING:
    from pathlib import Path

EXPECTED = (DBAPIError, sqlite3.Error, zlib.error, OSError, Timeout)

_PRIMARY = 0xFF  # the low byte of an extended SQLite code is the kind of error


def storage_failure(error: Exception, folder: Path) -> StorageFailure:
    """Return the sentence for an error of the database or of the file system."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(error, Timeout):
        code = sqlite3.SQLITE_BUSY
    elif isinstance(error, zlib.error):  # a packed text whose bytes have changed
        code = sqlite3.SQLITE_CORRUPT
    elif isinstance(cause, sqlite3.DatabaseError) and code is None:
        code = sqlite3.SQLITE_ERROR
    message, hint = _words(None if code is None else code & _PRIMARY)
    return StorageFailure(message, hint=hint, folder=folder, reason=cause)


def closed_library(folder: Path) -> StorageFailure:
    """Return the sentence for a library that was closed while something still worked on it."""
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "The library “{folder}” is closed."),
        hint=QT_TRANSLATE_NOOP("errors", "Start the program again; what was saved is there."),
        folder=folder,
    )


def newer_library(folder: Path) -> StorageFailure:
    """Return the sentence for a library of a later version of the program."""
    return StorageFailure(
        QT_TRANSLATE_NOOP(
            "errors", "The library “{folder}” was made by a newer version of Briefing Desk."
        ),
        hint=QT_TRANSLATE_NOOP("errors", "Install the newest version; nothing was changed."),
        folder=folder,
    )


def not_a_library(folder: Path) -> StorageFailure:
    """Return the sentence for a folder or file that is something else."""
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "“{folder}” is not a library of Briefing Desk."),
        hint=QT_TRANSLATE_NOOP("errors", "Choose another folder, or one that does not exist yet."),
        folder=folder,
    )


def _words(kind: int | None) -> tuple[str, str]:
    if kind in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return (
            QT_TRANSLATE_NOOP("errors", "The library “{folder}” could not be written: {reason}."),
            QT_TRANSLATE_NOOP("errors", "Is the disk full? Make room, then try again."),
        )
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return (
            QT_TRANSLATE_NOOP("errors", "The library “{folder}” is damaged: {reason}."),
            QT_TRANSLATE_NOOP("errors", "Keep a copy of the folder, then restore a backup."),
        )
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return (
            QT_TRANSLATE_NOOP("errors", "Another program is writing to the library “{folder}”."),
            QT_TRANSLATE_NOOP("errors", "Wait for it to finish, then try again."),
        )
    if kind == sqlite3.SQLITE_READONLY:
        return (
            QT_TRANSLATE_NOOP("errors", "The library “{folder}” may not be written to: {reason}."),
            QT_TRANSLATE_NOOP("errors", "Check the permissions of the folder."),
        )
    return (
        QT_TRANSLATE_NOOP("errors", "The library “{folder}” could not be used: {reason}."),
        QT_TRANSLATE_NOOP("errors", "Is the folder still there, and may you write to it?"),
    )
