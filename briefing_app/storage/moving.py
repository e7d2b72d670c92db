"""Copy an open library to another place, as when its disk is full or was taken out."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, StorageFailure
from briefing_app.storage import beside
from briefing_app.storage.copying import copy_database, make_durable, make_names_durable
from briefing_app.storage.elsewhere import bring_original, file_originals
from briefing_app.storage.opening import FILE, make_folder

if TYPE_CHECKING:
    from pathlib import Path

    from briefing_app.progress import Progress

_COPYING = QT_TRANSLATE_NOOP("progress", "copying the original files")


def copy_to(
    source: sqlite3.Connection, folder: Path, target: Path, device: str, progress: Progress
) -> int:
    """Copy database and originals into a new library; return how many originals could not be had.

    `device` is the UUID of the new copy. The connection is one that reads the open library, which may
    no longer be where it was.
    Raises: StorageFailure, Cancelled; then nothing is left behind.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise _is_there(target)
    try:
        make_folder(target)
        return _fill(source, folder, target, device, progress)
    except BaseException as error:
        shutil.rmtree(target, ignore_errors=True)
        if isinstance(error, OSError | sqlite3.Error):
            raise _failure(target, error) from error
        raise


def _fill(
    source: sqlite3.Connection, folder: Path, target: Path, device: str, progress: Progress
) -> int:
    file = target / FILE
    copy_database(source, file, progress)
    with closing(sqlite3.connect(file, isolation_level=None)) as copy:
        copy.execute("UPDATE library SET device = ?", (device,))
    lost = 0
    originals = file_originals(file)
    for number, (digest, _size) in enumerate(originals):
        progress.step(number, len(originals), _COPYING)
        progress.check()
        lost += not bring_original(folder, target, digest, _Checks(progress))
    for name in beside.NAMES:
        if (folder / name).is_file():
            shutil.copyfile(folder / name, target / name)
    make_durable(file)
    make_names_durable(target)
    return lost


class _Checks:
    """Asks whether to stop; how far the copy of one file is tells nobody anything."""

    def __init__(self, progress: Progress) -> None:
        self.check = progress.check

    def step(self, done: int, total: int, note: str = "") -> None:
        del done, total, note


def _is_there(target: Path) -> StorageFailure:
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "“{folder}” is there already."),
        hint=QT_TRANSLATE_NOOP("errors", "Choose another name: nothing is ever overwritten."),
        folder=target,
    )


def _failure(target: Path, error: Exception) -> StorageFailure:
    return StorageFailure(
        QT_TRANSLATE_NOOP("errors", "The library could not be copied to “{folder}”: {reason}."),
        hint=QT_TRANSLATE_NOOP(
            "errors",
            "Choose a place with more room. Nothing is lost: the edits wait in this window until then.",
        ),
        folder=target,
        reason=getattr(error, "strerror", None) or error,
    )
