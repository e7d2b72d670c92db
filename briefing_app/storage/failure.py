"""What to tell the user when the library cannot be read or written."""

from __future__ import annotations

import errno
import sqlite3
import zlib
from typing import TYPE_CHECKING

from filelock import Timeout
from sqlalchemy.exc import DBAPIError, OperationalError

from briefing_app.domain.change import subject_of
from briefing_app.domain.library import Obstacle, ReadOnly
from briefing_app.errors import QT_TRANSLATE_NOOP, DamagedText, Remark, StorageFailure
from briefing_app.paths import library_name

if TYPE_CHECKING:
    from pathlib import Path


class MissingRow(LookupError):  # noqa: N818 (reads as what is met)
    """A row that an edit is about is not in the file."""


# UnicodeDecodeError: what SQLite says of a damaged schema need not be UTF-8 itself
EXPECTED = (
    DBAPIError,
    sqlite3.Error,
    zlib.error,
    UnicodeDecodeError,
    MissingRow,
    OSError,
    Timeout,
)

# what making values of the columns of a damaged row raises
MALFORMED = (ValueError, TypeError, KeyError, IndexError)

# what the file system says, as SQLite would
_KINDS = {
    errno.ENOSPC: sqlite3.SQLITE_FULL,
    errno.EDQUOT: sqlite3.SQLITE_FULL,
    errno.EFBIG: sqlite3.SQLITE_FULL,
    errno.EROFS: sqlite3.SQLITE_READONLY,
    errno.EACCES: sqlite3.SQLITE_READONLY,
    errno.EPERM: sqlite3.SQLITE_READONLY,
}

# what reading one damaged text raises; an error of the database may be something else
DAMAGED_TEXT = (zlib.error, UnicodeDecodeError, ValueError, OperationalError)

_REASON = 120  # code points
_FULL = (errno.ENOSPC, errno.EDQUOT)
_PRIMARY = 0xFF  # the low byte of an extended SQLite code is the kind of error


def storage_failure(error: Exception, folder: Path) -> StorageFailure:
    """Return the sentence for an error of the database or of the file system."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(error, Timeout):
        code = sqlite3.SQLITE_BUSY
    elif isinstance(cause, UnicodeDecodeError | MissingRow):
        return damaged_library(folder, cause)
    elif isinstance(cause, sqlite3.OperationalError) and code in (None, sqlite3.SQLITE_ERROR):
        return damaged_library(folder, cause)  # bytes that are no text; no such table or column
    elif isinstance(error, OSError) and error.errno in _KINDS:
        code = _KINDS[error.errno]
    elif isinstance(error, zlib.error):  # a packed text whose bytes have changed
        code = sqlite3.SQLITE_CORRUPT
    elif isinstance(cause, OSError) and cause.errno in _FULL:
        code = sqlite3.SQLITE_FULL
    elif isinstance(cause, sqlite3.DatabaseError) and code is None:
        code = sqlite3.SQLITE_ERROR
    message, hint = _words(None if code is None else code & _PRIMARY)
    return StorageFailure(message, hint=hint, folder=folder, reason=_short(cause))


def damaged_library(folder: Path, cause: BaseException | str | None) -> StorageFailure:
    """Return the sentence for a file that holds what nobody put there."""
    message, hint = _words(sqlite3.SQLITE_CORRUPT)
    return StorageFailure(message, hint=hint, folder=folder, reason=_short(cause))


def is_damaged_text(error: Exception) -> bool:
    """Tell whether one of DAMAGED_TEXT means just that: for such bytes SQLite has no code."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return getattr(cause, "sqlite_errorcode", None) is None


def damaged_text(title: str) -> DamagedText:
    """Return the sentence for an article whose text is not the one that came in."""
    return DamagedText(
        QT_TRANSLATE_NOOP(
            "errors", "The text of “{title}” is damaged in the library, so it is not shown."
        ),
        hint=QT_TRANSLATE_NOOP(
            "errors", "Restore a backup, or delete the article and import its file again."
        ),
        title=subject_of(title),
    )


def damaged_original(folder: Path) -> StorageFailure:
    """Return the sentence for an original whose bytes are not those that came in."""
    return StorageFailure(
        QT_TRANSLATE_NOOP(
            "errors", "This original is damaged in the library “{folder}”: it is not what came in."
        ),
        hint=QT_TRANSLATE_NOOP("errors", "Restore it from a backup or from the second place."),
        folder=folder,
    )


def lost_changes(folder: Path, count: int) -> StorageFailure:
    """Return the sentence for a sound file that lacks changes which were stored once."""
    return StorageFailure(
        QT_TRANSLATE_NOOP(
            "errors",
            "The newest changes of the library “{folder}” are missing: {count} of them were saved, and "
            "its file does not hold them.",
        ),
        hint=QT_TRANSLATE_NOOP(
            "errors",
            "The file was copied without the files beside it, or is an older copy. If you still have "
            "the other, close the program and put it in place with library.sqlite3-wal.",
        ),
        folder=folder,
        count=count,
    )


def fault_of_ours(error: Exception) -> StorageFailure:
    """Return the sentence for an edit that the program itself cannot store."""
    failure = StorageFailure(
        QT_TRANSLATE_NOOP(
            "errors", "An edit could not be stored; the program is at fault: {reason}"
        ),
        hint=QT_TRANSLATE_NOOP("errors", "Export your brief, then start the program again."),
        reason=repr(error),
    )
    failure.__cause__ = error
    return failure


def closed_library(folder: Path) -> StorageFailure:
    """Return the sentence for a library that was closed while something still worked on it."""
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "The library “{folder}” is closed."),
        hint=QT_TRANSLATE_NOOP("errors", "Start the program again; what was saved is there."),
        folder=folder,
    )


class NewerLibrary(StorageFailure):
    """A later version of the program made the library; perhaps it can be read all the same."""


def newer_library(folder: Path) -> NewerLibrary:
    """Return the sentence for a library of a later version of the program."""
    return NewerLibrary(
        QT_TRANSLATE_NOOP(
            "errors", "The library “{folder}” was made by a newer version of Briefing Desk."
        ),
        hint=QT_TRANSLATE_NOOP("errors", "Install the newest version; nothing was changed."),
        folder=folder,
    )


def no_library(folder: Path) -> StorageFailure:
    """Return the sentence for a library that is not where it was."""
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "There is no library at “{folder}” any more."),
        hint=QT_TRANSLATE_NOOP(
            "errors",
            "Was it moved or renamed, or is its disk not connected? "
            "Look for it with “Open library”.",
        ),
        folder=folder,
    )


def gone_library(folder: Path) -> StorageFailure:
    """Return the sentence for an open library whose folder was taken away."""
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "The library is no longer at “{folder}”."),
        hint=QT_TRANSLATE_NOOP(
            "errors",
            "Was its folder renamed or moved, or its disk taken out? Put it back: the last edits are "
            "kept until then, and stored as soon as it is there.",
        ),
        folder=folder,
    )


def other_library(folder: Path) -> StorageFailure:
    """Return the sentence for an open library in whose place another one lies now."""
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "Another library lies now at “{folder}”."),
        hint=QT_TRANSLATE_NOOP(
            "errors", "Put the one back that was open: its last edits are kept until then."
        ),
        folder=folder,
    )


def older_copy(folder: Path) -> StorageFailure:
    """Return the sentence for an open library in whose place an older copy of it lies now."""
    return StorageFailure(
        QT_TRANSLATE_NOOP(
            "errors",
            "An older copy of the library lies now at “{folder}”: it lacks the last edits.",
        ),
        hint=QT_TRANSLATE_NOOP(
            "errors", "Put the one back that was open: its last edits are kept until then."
        ),
        folder=folder,
    )


def older_library(folder: Path) -> StorageFailure:
    """Return the sentence for an older library that cannot be brought up to date where it lies."""
    return StorageFailure(
        QT_TRANSLATE_NOOP(
            "errors",
            "The library “{folder}” is of an earlier version of Briefing Desk, and may not be "
            "written to, so that it cannot be brought up to date.",
        ),
        hint=QT_TRANSLATE_NOOP(
            "errors", "Copy the folder to a place where you may write, and open the copy."
        ),
        folder=folder,
    )


def unfinished_library(folder: Path) -> StorageFailure:
    """Return the sentence for a library whose last edits lie in a log that cannot be read there."""
    return StorageFailure(
        QT_TRANSLATE_NOOP(
            "errors",
            "The library “{folder}” was not closed in good order, and its last edits cannot be read "
            "in a folder that may not be written to.",
        ),
        hint=QT_TRANSLATE_NOOP(
            "errors", "Copy the whole folder to a place where you may write, and open the copy."
        ),
        folder=folder,
    )


def in_a_window(folder: Path) -> StorageFailure:
    """Return the sentence for a library that cannot be brought up to date while a window shows it."""
    return StorageFailure(
        QT_TRANSLATE_NOOP(
            "errors",
            "The library “{folder}” has to be brought up to date, and is open in a window.",
        ),
        hint=QT_TRANSLATE_NOOP("errors", "Close that window, then try again."),
        folder=folder,
    )


def why_read_only(obstacle: Obstacle, folder: Path) -> ReadOnly:
    """Return in words why a library may only be read, and what to do about it."""
    values = (("name", library_name(folder)), ("folder", str(folder)))
    match obstacle:
        case Obstacle.FOLDER:
            return ReadOnly(
                obstacle,
                Remark(
                    QT_TRANSLATE_NOOP(
                        "errors", "This library is read-only: “{folder}” may not be written to."
                    ),
                    values,
                ),
                Remark(
                    QT_TRANSLATE_NOOP(
                        "errors", "To work in it, copy it to a place where you may write."
                    ),
                    values,
                ),
            )
        case Obstacle.NEWER:
            return ReadOnly(
                obstacle,
                Remark(
                    QT_TRANSLATE_NOOP(
                        "errors",
                        "This library is read-only: a newer version of Briefing Desk made it.",
                    ),
                    values,
                ),
                Remark(
                    QT_TRANSLATE_NOOP("errors", "To work in it, install the newest version."),
                    values,
                ),
            )


def refusal(why: ReadOnly) -> StorageFailure:
    """Return the failure of an edit of a library that may only be read."""
    return StorageFailure(why.reason.message, hint=why.hint.message, **dict(why.reason.values))


def not_a_library(folder: Path) -> StorageFailure:
    """Return the sentence for a folder or file that is something else."""
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "“{folder}” is not a library of Briefing Desk."),
        hint=QT_TRANSLATE_NOOP(
            "errors",
            "A library is a folder whose name ends in .briefinglib. "
            "Choose another folder, or one that does not exist yet.",
        ),
        folder=folder,
    )


def _short(cause: object) -> str:
    """Return a reason on one line; that of a database may quote a whole text or table."""
    said = (cause.strerror if isinstance(cause, OSError) else "") or str(cause)
    reason = " ".join(said.split()).rstrip(".")
    return reason if len(reason) <= _REASON else f"{reason[:_REASON]}…"


def _words(kind: int | None) -> tuple[str, str]:
    if kind in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return (
            QT_TRANSLATE_NOOP("errors", "The library “{folder}” could not be written: {reason}."),
            QT_TRANSLATE_NOOP("errors", "Is the disk full? Make room, then try again."),
        )
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return (
            QT_TRANSLATE_NOOP("errors", "The library “{folder}” is damaged: {reason}."),
            QT_TRANSLATE_NOOP(
                "errors",
                "Repair it, or restore a backup: both are in the menu Library, and commands.",
            ),
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
