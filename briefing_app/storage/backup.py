"""Backups of a library's database, in the folder ``backups`` of the library.

A backup is written under a temporary name, read from end to end, made durable and only then given
its name, ``2026-01-25T04-53-41Z-daily.sqlite3``: the UTC time and the reason. What a killed process
left is cleared by the next one.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from briefing_app.domain.backup import Backup, Reason, kept
from briefing_app.errors import QT_TRANSLATE_NOOP, StorageFailure
from briefing_app.storage.copying import (
    Unsound,
    check_kind,
    copy_database,
    make_durable,
    make_names_durable,
    open_to_read,
    prove,
    visit,
)
from briefing_app.storage.failure import EXPECTED, storage_failure
from briefing_app.storage.writer import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.progress import Progress

FOLDER = "backups"
SUFFIX = ".sqlite3"
PART = ".part"
LEAST = 3  # backups that stay, however full the disk is
SPARE = 16 * 1024 * 1024  # bytes that a backup leaves free: the library has to go on

_STAMP = "%Y-%m-%dT%H-%M-%SZ"
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)-([a-z-]+?)(?:-\d+)?\.sqlite3")
_COUNTS = """SELECT
    (SELECT count(*) FROM article WHERE deleted_at IS NULL),
    (SELECT count(*) FROM annotation WHERE deleted_at IS NULL),
    (SELECT count(*) FROM story WHERE deleted_at IS NULL),
    (SELECT count(*) FROM brief WHERE deleted_at IS NULL),
    (SELECT made_at FROM change_set ORDER BY id DESC LIMIT 1),
    (SELECT uid FROM library)"""


def back_up(folder: Path, reason: Reason, progress: Progress) -> Backup:
    """Back up the database of a library; readers and the writer go on meanwhile.

    Raises: StorageFailure, with nothing left behind; Cancelled, likewise.
    """
    place = folder / FOLDER
    try:
        with visit(folder) as source, one_at_a_time(place):
            _need_room(place, _size(source))
            with part(place) as draft:
                copy_database(source, draft, progress)
                prove(draft, progress)
                made = settle(draft, place, reason)
            drop_superseded(place, made)
    except Unsound as error:
        raise damaged_library(folder, str(error)) from error
    except EXPECTED as error:
        raise _failure(error, folder, place) from error
    return describe(made)


def backups(place: Path) -> tuple[Backup, ...]:
    """Return the backups that lie in a folder, newest first."""
    return tuple(describe(file) for file in reversed(files(place)))


def files(place: Path) -> tuple[Path, ...]:
    """Return the backups that lie in a folder, unopened, oldest first.

    Their names tell the second; of two in the same second the file that was written first comes first.
    """
    try:
        found = [path for path in place.iterdir() if _NAME.fullmatch(path.name)]
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda path: (made_at(path), _written(path), path.name)))


def _written(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0  # just gone


def made_at(file: Path) -> dt.datetime:
    """Return when a backup was made: as its name says, else as the disk does."""
    if match := _NAME.fullmatch(file.name):
        return dt.datetime.strptime(match[1], _STAMP).replace(tzinfo=dt.UTC)
    return dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)


def describe(file: Path) -> Backup:
    """Return what is known of a backup, or of any file that is taken for one. Raises: OSError."""
    match = _NAME.fullmatch(file.name)
    known = frozenset(Reason)
    reason = Reason(match[2]) if match and match[2] in known else Reason.FILE
    found = Backup(file, made_at(file), reason, file.stat().st_size, readable=False)
    try:
        with closing(open_to_read(file)) as connection:
            check_kind(connection)
            row = connection.execute(_COUNTS).fetchone()
    except (sqlite3.Error, Unsound, UnicodeDecodeError):
        return found
    articles, highlights, stories, briefs, last, library = row
    return replace(
        found,
        articles=articles,
        highlights=highlights,
        stories=stories,
        briefs=briefs,
        last_edit=None if last is None else dt.datetime.fromtimestamp(last / 1000, dt.UTC),
        library=library or "",
        readable=True,
    )


def newest(file: Path) -> int:
    """Return the number of the newest change in a backup; -1 if it cannot be read."""
    try:
        with closing(open_to_read(file)) as connection:
            return connection.execute("SELECT max(seq) FROM change").fetchone()[0] or 0
    except (sqlite3.Error, OSError, UnicodeDecodeError):
        return -1


@contextmanager
def one_at_a_time(place: Path) -> Iterator[None]:
    """Have the folder of backups to oneself, and clear what a killed process left there.

    Raises: StorageFailure if another process is at work there.
    """
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(place / "backup.lock", timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise StorageFailure(
            QT_TRANSLATE_NOOP("errors", "Another backup is being written to “{place}”."),
            hint=QT_TRANSLATE_NOOP("errors", "Wait for it to finish, then try again."),
            place=place,
        ) from error
    try:
        for path in place.glob(f"*{PART}*"):
            path.unlink(missing_ok=True)
        yield
    finally:
        lock.release()


@contextmanager
def part(place: Path) -> Iterator[Path]:
    """Lend an empty file that is for its owner only; it is gone afterwards unless it got a name."""
    handle, name = tempfile.mkstemp(suffix=PART, dir=place)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    finally:
        for path in draft.parent.glob(f"{draft.name}*"):
            path.unlink(missing_ok=True)


def settle(draft: Path, place: Path, reason: Reason) -> Path:
    """Make a proven draft durable and give it its name; the time is when it was written."""
    make_durable(draft)
    stamp = dt.datetime.fromtimestamp(draft.stat().st_mtime, dt.UTC).strftime(_STAMP)
    name, number = f"{stamp}-{reason}{SUFFIX}", 1
    while (place / name).exists():  # two in one second
        number += 1
        name = f"{stamp}-{reason}-{number}{SUFFIX}"
    made = draft.replace(place / name)
    make_names_durable(place)
    return made


def drop_superseded(place: Path, newest: Path) -> None:
    """Delete the backups that are not to be kept; never the one that was just made."""
    there = files(place)
    stay = kept(made_at(path) for path in there)
    for path in there:
        if made_at(path) not in stay and path != newest:
            path.unlink(missing_ok=True)


def make_room(place: Path, needed: int) -> int:
    """Delete the oldest backups while there is no room for a new one; return how much is free.

    The newest few are never deleted: an old one is worth less than one of today, but not than none.
    Units: bytes.
    """
    spare = list(files(place)[:-LEAST])
    while (free := shutil.disk_usage(place).free) < needed and spare:
        spare.pop(0).unlink(missing_ok=True)
    return free


def damaged_library(folder: Path, reason: str) -> StorageFailure:
    """Return the sentence for a library that cannot be backed up because it is damaged."""
    return StorageFailure(
        QT_TRANSLATE_NOOP(
            "errors",
            "The library “{folder}” is damaged, so no backup was made of it: {reason}.",
        ),
        hint=QT_TRANSLATE_NOOP(
            "errors", "Earlier backups are kept. Repair the library, or restore one of them."
        ),
        folder=folder,
        reason=reason,
    )


def _need_room(place: Path, size: int) -> None:
    """Make room, or tell before the work that there is none. Raises: StorageFailure."""
    free = make_room(place, size + SPARE)
    if free < size + SPARE:
        raise StorageFailure(
            QT_TRANSLATE_NOOP(
                "errors",
                "There is no room for a backup in “{place}”: it needs {needed}, and {free} are free.",
            ),
            hint=QT_TRANSLATE_NOOP("errors", "Make room there, then try again."),
            place=place,
            needed=megabytes(size + SPARE),
            free=megabytes(free),
        )


def megabytes(size: int) -> str:
    """Return a size as people read it."""
    return f"{max(size / 1e6, 0.1):,.1f} MB" if size < 10e6 else f"{size / 1e6:,.0f} MB"


def _size(source: sqlite3.Connection) -> int:
    (pages,) = source.execute("PRAGMA page_count").fetchone()
    (page,) = source.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(page)


def _failure(error: Exception, folder: Path, place: Path) -> StorageFailure:
    """Return the sentence for a backup that could not be written, or a library not read."""
    code = getattr(error, "sqlite_errorcode", None)
    full = isinstance(error, OSError) or (
        code is not None and code & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
    )
    if not full or not (folder / FILE).exists():
        return storage_failure(error, folder)
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "The backup could not be written to “{place}”: {reason}."),
        hint=QT_TRANSLATE_NOOP(
            "errors", "Is the disk full? Make room there, then try again; the library is unharmed."
        ),
        place=place,
        reason=error.strerror if isinstance(error, OSError) and error.strerror else error,
    )
