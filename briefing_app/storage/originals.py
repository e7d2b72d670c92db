"""Bytes as received: small ones in the database, large ones in a file named by their SHA-256."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from briefing_app.storage.schema import (
    ORIGINAL,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from briefing_app.domain.article import Original

INLINE = 1024 * 1024  # bytes


def keep_files(folder: Path, originals: Iterable[Original]) -> None:
    """Write large originals to their files; one that is there already is left alone."""
    for original in originals:
        if len(original.data) > INLINE:
            file = _file(folder, original.digest)
            if not file.exists():
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                _write(file, original.data)


def keep_rows(connection: Connection, originals: Iterable[Original]) -> None:
    """Note originals in the database, small ones with their bytes."""
    rows = [
        {
            "digest": original.digest,
            "media_type": original.media_type,
            "size": len(original.data),
            "data": original.data if len(original.data) <= INLINE else None,
        }
        for original in originals
    ]
    if rows:
        connection.execute(insert(ORIGINAL).on_conflict_do_nothing(), rows)


def load(connection: Connection, folder: Path, digest: str) -> bytes | None:
    """Return the bytes of an original, or None if the library does not hold it.

    Raises: OSError if its file is gone.
    """
    row = connection.execute(
        select(ORIGINAL.c.size, ORIGINAL.c.data).where(ORIGINAL.c.digest == digest)
    ).one_or_none()
    if row is None:
        return None
    data: bytes | None = row.data
    return _file(folder, digest).read_bytes() if data is None else data


def remove_file(folder: Path, digest: str) -> None:
    """Take the file of an original away; one that is gone already is no matter. Raises: OSError."""
    file = _file(folder, digest)
    file.unlink(missing_ok=True)
    with suppress(OSError):  # others may lie beside it
        file.parent.rmdir()


def _file(folder: Path, digest: str) -> Path:
    return folder / "originals" / digest[:2] / digest


def _write(file: Path, data: bytes) -> None:
    """Write beside the place and rename: a half-written original never has its name."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _flush_folder(file.parent)


def _flush_folder(folder: Path) -> None:
    """Make the new name durable before a row speaks of it, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):  # some network shares cannot
                os.fsync(handle)
        finally:
            os.close(handle)
