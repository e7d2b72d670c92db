"""Copies of a library in a second place: a stick, another disk, a network drive.

Shape: in the place a folder ``NAME-1a2b3c4d.briefingbackup`` with ``backups`` and ``originals``, as in
the library. A library can be restored from it alone. What is there already is not written again; what
is written is read back from the disk and compared by its SHA-256.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
from contextlib import closing
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_app.digests import sha256_of_much
from briefing_app.domain.backup import Copied, Elsewhere
from briefing_app.errors import QT_TRANSLATE_NOOP, StorageFailure
from briefing_app.storage.backup import (
    FOLDER,
    PART,
    back_up,
    describe,
    drop_superseded,
    files,
    made_at,
    make_room,
    megabytes,
    one_at_a_time,
    part,
)
from briefing_app.storage.copying import make_durable, make_names_durable, open_to_read, visit

if TYPE_CHECKING:
    from briefing_app.domain.backup import Backup, Reason
    from briefing_app.progress import Progress

ORIGINALS = "originals"
SUFFIX = ".briefingbackup"
NOTE = "elsewhere.json"
CHUNK = 1024 * 1024  # bytes

_COPYING = QT_TRANSLATE_NOOP("progress", "copying to the second place")


def copy_out(folder: Path, place: Path, reason: Reason, progress: Progress) -> Copied:
    """Back up a library and bring the copy, with all originals, to a second place.

    Raises: StorageFailure, with no half file left behind; Cancelled, likewise.
    """
    _check_place(folder, place)
    made = back_up(folder, reason, progress)
    mirror = place / f"{folder.stem}-{made.library[:8]}{SUFFIX}"
    try:
        with one_at_a_time(folder / FOLDER):
            _make_folders(mirror)
            wanted = file_originals(made.path)
            missing = [(d, size) for d, size in wanted if not _is_there(mirror, d, size)]
            _need_room(mirror, made.size + sum(size for _, size in missing))
            meter = _Meter(progress, made.size + sum(size for _, size in missing))
            lost = [d for d, _ in missing if not bring_original(folder, mirror, d, meter)]
            copy = mirror / FOLDER / made.path.name  # last: what it needs is there
            _copy(made.path, copy, None, meter)
            drop_superseded(mirror / FOLDER, copy)
            _write_note(folder, place, made)
    except OSError as error:
        raise _failure(place, error) from error
    same = place.stat().st_dev == folder.stat().st_dev
    return Copied(describe(copy), len(missing) - len(lost), tuple(lost), same)


def last_elsewhere(folder: Path) -> Elsewhere | None:
    """Return where and when the last copy outside the library was made, or None."""
    try:
        note = json.loads((folder / FOLDER / NOTE).read_text(encoding="utf-8"))
        return Elsewhere(Path(note["place"]), dt.datetime.fromisoformat(note["made_at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def found_in(place: Path) -> tuple[Path, ...]:
    """Return the backups in a second place, in one library's part of it, or in a library."""
    folders = [place, place / FOLDER]
    with contextlib.suppress(OSError):
        folders += [path / FOLDER for path in place.iterdir() if path.suffix == SUFFIX]
    return tuple(file for folder in folders for file in files(folder))


def copies_of(folder: Path, place: Path) -> tuple[Path, ...]:
    """Return the backups of a library in a second place, oldest first.

    A library whose file tells its UUID no more is known by the name of its folder alone.
    """
    mirrors = place.glob(f"{escape(folder.stem)}-{uid_of(folder)[:8] or '*'}{SUFFIX}")
    found = [file for mirror in mirrors for file in files(mirror / FOLDER)]
    return tuple(sorted(found, key=made_at))


def uid_of(folder: Path) -> str:
    """Return the UUID of a library, or an empty string if its file does not tell it any more."""
    try:
        with visit(folder) as connection:
            (uid,) = connection.execute("SELECT uid FROM library").fetchone()
    except (sqlite3.Error, OSError, TypeError, UnicodeDecodeError):
        return ""
    return str(uid)


def absent(place: Path) -> StorageFailure:
    """Return the sentence for a second place that cannot be reached."""
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "The second place “{place}” is not there."),
        hint=QT_TRANSLATE_NOOP(
            "errors", "Plug in the disk or connect the drive, or choose another folder."
        ),
        place=place,
    )


def file_originals(database: Path) -> list[tuple[str, int]]:
    """Return digest and size of each original that lies in a file of its own. Raises: sqlite3.Error."""
    query = "SELECT digest, CAST(size AS INTEGER) FROM original WHERE data IS NULL ORDER BY digest"
    with closing(open_to_read(database)) as connection:
        return connection.execute(query).fetchall()


def original_file(folder: Path, digest: str) -> Path:
    """Return where an original lies that has a file of its own."""
    return folder / ORIGINALS / digest[:2] / digest


def bring_original(source: Path, target: Path, digest: str, progress: Progress) -> bool:
    """Copy an original from one folder to another; False if the source has lost or damaged it.

    Raises: OSError, Cancelled.
    """
    file, copy = original_file(source, digest), original_file(target, digest)
    if not file.is_file():
        return False
    copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _copy(file, copy, digest, progress)


def digest_of(file: Path, progress: Progress) -> str:
    """Return the SHA-256 of a file. Raises: OSError, Cancelled."""
    found = sha256_of_much()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            progress.check()
            found.update(chunk)
    return found.hexdigest()


class _Meter:
    """Progress in bytes of all that is copied."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def step(self, done: int, total: int, note: str = "") -> None:
        del total, note
        self._done += done
        self._progress.step(min(self._done, self._total), self._total, _COPYING)

    def check(self) -> None:
        self._progress.check()


def _copy(source: Path, target: Path, digest: str | None, progress: Progress) -> bool:
    """Copy a file and read the copy back; False if the source is not what its digest says.

    Raises: OSError, also if the disk gives back something else than was written; Cancelled.
    """
    with part(target.parent) as draft:
        written = sha256_of_much()
        with source.open("rb") as stream, draft.open("wb") as out:
            while chunk := stream.read(CHUNK):
                progress.check()
                out.write(chunk)
                written.update(chunk)
                progress.step(len(chunk), 0)
        if digest is not None and written.hexdigest() != digest:
            return False
        make_durable(draft)
        _forget(draft)
        if digest_of(draft, progress) != written.hexdigest():
            raise OSError(None, "what was written is not what can be read", str(target))
        draft.replace(target)
    make_names_durable(target.parent)
    return True


def _forget(file: Path) -> None:
    """Have a file read from the disk, not from memory, where the system can be asked to."""
    if hasattr(os, "posix_fadvise"):
        with file.open("rb") as stream:
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _is_there(mirror: Path, digest: str, size: int) -> bool:
    try:
        return original_file(mirror, digest).stat().st_size == size
    except FileNotFoundError:
        return False


def _make_folders(mirror: Path) -> None:
    for name in (FOLDER, ORIGINALS):
        (mirror / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in (*mirror.glob(f"*/*{PART}*"), *mirror.glob(f"*/*/*{PART}*")):
        path.unlink(missing_ok=True)  # a killed process left it


def _check_place(folder: Path, place: Path) -> None:
    """Make sure of a place. It is never made: an absent one is a stick that is not plugged in.

    Raises: StorageFailure.
    """
    if not place.is_dir():
        raise absent(place)
    if place.resolve().is_relative_to(folder.resolve()):
        raise StorageFailure(
            QT_TRANSLATE_NOOP("errors", "“{place}” is a part of the library itself."),
            hint=QT_TRANSLATE_NOOP("errors", "Choose a folder on another disk."),
            place=place,
        )


def _need_room(place: Path, size: int) -> None:
    free = make_room(place / FOLDER, size)
    if free < size:
        raise StorageFailure(
            QT_TRANSLATE_NOOP(
                "errors",
                "There is no room in the second place “{place}”: it needs {needed}, and {free} are "
                "free.",
            ),
            hint=QT_TRANSLATE_NOOP(
                "errors", "Make room there. The backup in the library itself was made."
            ),
            place=place,
            needed=megabytes(size),
            free=megabytes(free),
        )


def _write_note(folder: Path, place: Path, made: Backup) -> None:
    note = {"place": str(place.absolute()), "made_at": made.made_at.isoformat()}
    with part(folder / FOLDER) as draft:
        draft.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        make_durable(draft)
        draft.replace(folder / FOLDER / NOTE)


def _failure(place: Path, error: OSError) -> StorageFailure:
    return StorageFailure(
        QT_TRANSLATE_NOOP(
            "errors", "The copy could not be written to the second place “{place}”: {reason}."
        ),
        hint=QT_TRANSLATE_NOOP(
            "errors",
            "Is the disk full, or was it taken away? The backup in the library itself was made.",
        ),
        place=place,
        reason=error.strerror or error,
    )
