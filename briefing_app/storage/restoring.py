"""Put a backup in the place of a library; what was there is kept aside."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from filelock import Timeout

from briefing_app.domain.backup import Reason, Restored
from briefing_app.errors import QT_TRANSLATE_NOOP, StorageFailure
from briefing_app.storage import beside, reached, schema
from briefing_app.storage.backup import (
    FOLDER,
    PART,
    SPARE,
    describe,
    megabytes,
    part,
)
from briefing_app.storage.copying import (
    Unsound,
    check_kind,
    copy_database,
    make_durable,
    make_names_durable,
    open_to_read,
    prove,
)
from briefing_app.storage.elsewhere import ORIGINALS, bring_original, file_originals, original_file
from briefing_app.storage.failure import EXPECTED, not_a_library, storage_failure
from briefing_app.storage.locks import WindowLock, write_lock
from briefing_app.storage.writer import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing_app.domain.backup import Backup
    from briefing_app.progress import Progress

ASIDE = "kept-aside"
PATIENCE = 3.0  # seconds to wait for a command that writes just now

_MAGIC = b"SQLite format 3\0"
_OURS = {
    FILE,
    reached.NAME,
    FOLDER,
    ORIGINALS,
    ASIDE,
    "write.lock",
    "window.lock",
    "erasing.json",
    *beside.NAMES,
}


def preview(file: Path, progress: Progress) -> Backup:
    """Read a backup from end to end and say what it holds.

    Raises: StorageFailure if it is damaged, no library, or of a newer version; Cancelled.
    """
    try:
        prove(file, progress, fully=True)
        with closing(open_to_read(file)) as connection:
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (Unsound, sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise _damaged(file, error) from error
    except OSError as error:
        raise _unreadable(file, error) from error
    if revision > schema.REVISION:
        raise StorageFailure(
            QT_TRANSLATE_NOOP(
                "errors", "The backup “{file}” was made by a newer version of Briefing Desk."
            ),
            hint=QT_TRANSLATE_NOOP("errors", "Install the newest version; nothing was changed."),
            file=file,
        )
    return describe(file)


def restore(folder: Path, file: Path, progress: Progress, *, own_window: bool = False) -> Restored:
    """Put a backup in the place of the library in a folder, which need not be there any more.

    `own_window`: the caller is the window of this library and holds its lock.
    Raises: StorageFailure, with the library as it was; Cancelled, likewise.
    """
    preview(file, progress)
    try:
        _check_folder(folder)
        with both_locks(folder, own_window=own_window):
            missing = _bring_originals(file, folder, progress)
            _need_room(folder, file)
            with part(folder) as draft:
                with closing(open_to_read(file)) as source:
                    copy_database(source, draft, progress)
                prove(draft, progress, fully=True)
                aside = put_in_place(folder, draft, Reason.RESTORE)
    except Unsound as error:
        raise _damaged(file, error) from error
    except EXPECTED as error:
        raise storage_failure(error, folder) from error
    return Restored(describe(file), aside, missing)


@contextmanager
def both_locks(folder: Path, *, own_window: bool) -> Iterator[None]:
    """Have a library to oneself. Raises: StorageFailure if a window or a command has it."""
    window, lock = WindowLock(folder), write_lock(folder, PATIENCE)
    if not own_window and not window.take():
        raise StorageFailure(
            QT_TRANSLATE_NOOP("errors", "The library “{folder}” is open in a window."),
            hint=QT_TRANSLATE_NOOP(
                "errors", "Close the window, or do it from there: it is in the menu Library."
            ),
            folder=folder,
        )
    try:
        try:
            lock.acquire()
        except Timeout as error:
            raise in_use(folder) from error
        try:
            for path in folder.glob(f"*{PART}*"):
                path.unlink(missing_ok=True)  # a killed process left it
            yield
        finally:
            lock.release()
    finally:
        if not own_window:
            window.release()


def put_in_place(folder: Path, draft: Path, reason: Reason) -> Path | None:
    """Let a proven draft be the library, in one step; return where the former one is kept.

    Raises: StorageFailure if a process has the former one open; OSError.
    """
    make_durable(draft)
    file = folder / FILE
    aside = None
    if file.exists():
        whole = _let_go(folder)
        aside = _name_aside(folder, reason)
        if not whole:  # the log belongs to the damaged file and would be taken for the new one's
            for end in ("-wal", "-shm", "-journal"):
                beside = file.with_name(file.name + end)
                if beside.exists():
                    beside.replace(aside.with_name(aside.name + end))
        _keep(file, aside)
    reached.forget(folder)
    draft.replace(file)
    make_names_durable(folder)
    return aside


def in_use(folder: Path) -> StorageFailure:
    """Return the sentence for a library that something else has open."""
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "The library “{folder}” is in use by another program."),
        hint=QT_TRANSLATE_NOOP(
            "errors", "Wait for the command that works on it, then try again; nothing was changed."
        ),
        folder=folder,
    )


def _let_go(folder: Path) -> bool:
    """Make the library one file; False if it is damaged. Raises: StorageFailure if it is in use."""
    with (folder / FILE).open("rb") as stream:
        if stream.read(len(_MAGIC)) != _MAGIC:  # SQLite would delete the log of such a file
            return False
    try:
        with closing(
            sqlite3.connect(f"{(folder / FILE).absolute().as_uri()}?mode=rw", uri=True, timeout=1)
        ) as connection:
            check_kind(connection)
            (journal,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except (Unsound, UnicodeDecodeError):
        return False
    except sqlite3.DatabaseError as error:
        if (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise in_use(folder) from error
        return False
    if journal == "wal":  # somebody else has it open
        raise in_use(folder)
    return True


def _name_aside(folder: Path, reason: Reason) -> Path:
    place = folder / ASIDE
    place.mkdir(mode=0o700, exist_ok=True)
    last = (folder / FILE).stat().st_mtime
    stamp = dt.datetime.fromtimestamp(last, dt.UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    name, number = f"{stamp}-{reason}.sqlite3", 1
    while (place / name).exists():
        number += 1
        name = f"{stamp}-{reason}-{number}.sqlite3"
    return place / name


def _keep(file: Path, aside: Path) -> None:
    """Give a file a second name, so that it has one at every moment; some disks have no such thing."""
    try:
        os.link(file, aside)
    except OSError:
        with part(aside.parent) as draft:
            shutil.copyfile(file, draft)
            make_durable(draft)
            draft.replace(aside)
    make_names_durable(aside.parent)


def _check_folder(folder: Path) -> None:
    """Make the folder if it is gone. Raises: StorageFailure if it holds other things."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (folder / FILE).exists():
        return
    if any(path.name not in _OURS and PART not in path.name for path in folder.iterdir()):
        raise not_a_library(folder)


def _bring_originals(file: Path, folder: Path, progress: Progress) -> tuple[str, ...]:
    """Bring the originals that lie beside the backup; return those that are nowhere."""
    beside = file.absolute().parent.parent
    missing = []
    for digest, size in file_originals(file):
        there = original_file(folder, digest)
        if there.is_file() and there.stat().st_size == size:
            continue
        if beside == folder.absolute() or not bring_original(beside, folder, digest, progress):
            missing.append(digest)
    return tuple(missing)


def _need_room(folder: Path, file: Path) -> None:
    free, size = shutil.disk_usage(folder).free, file.stat().st_size + SPARE
    if free < size:
        raise StorageFailure(
            QT_TRANSLATE_NOOP(
                "errors",
                "There is no room to restore “{file}”: {needed} are needed, and {free} are free.",
            ),
            hint=QT_TRANSLATE_NOOP("errors", "Make room, then try again; nothing was changed."),
            file=file,
            needed=megabytes(size),
            free=megabytes(free),
        )


def _damaged(file: Path, error: Exception) -> StorageFailure:
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "“{file}” is not a sound backup of a library: {reason}."),
        hint=QT_TRANSLATE_NOOP("errors", "Choose another backup; nothing was changed."),
        file=file,
        reason=error,
    )


def _unreadable(file: Path, error: OSError) -> StorageFailure:
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "The backup “{file}” cannot be read: {reason}."),
        hint=QT_TRANSLATE_NOOP("errors", "Choose another backup; nothing was changed."),
        file=file,
        reason=error.strerror or error,
    )
