"""Bytes as received: small ones in the database, large ones in a file named by their SHA-256."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from briefing_app.digests import sha256_of_much
from briefing_app.storage.bulk import insert_unknown_rows
from briefing_app.storage.failure import EXPECTED, storage_failure
from briefing_app.storage.parcels import INLINE, PackedOriginal
from briefing_app.storage.schema import ORIGINAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from briefing_app.domain.article import Original

_PIECE = 1024 * 1024

_COLUMNS = (ORIGINAL.c.digest, ORIGINAL.c.media_type, ORIGINAL.c.size, ORIGINAL.c.data)


def keep_files(folder: Path, originals: Iterable[Original]) -> None:
    """Write large originals to their files; one that is there already is left alone."""
    for original in originals:
        if len(original.data) > INLINE:
            file = _file(folder, original.digest)
            if not file.exists():
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                _write(file, (original.data,))


def keep_rows(connection: Connection, originals: Iterable[PackedOriginal]) -> None:
    """Note originals in the database, small ones with their bytes."""
    rows = [(each.digest, each.media_type, each.size, each.data) for each in originals]
    insert_unknown_rows(connection, _COLUMNS, rows)


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


def chunks(connection: Connection, folder: Path, digest: str) -> Iterator[bytes]:
    """Go through the bytes of an original, a piece at a time; none if the library does not hold it.

    Raises: OSError if its file is gone.
    """
    row = connection.execute(
        select(ORIGINAL.c.digest, ORIGINAL.c.data).where(ORIGINAL.c.digest == digest)
    ).one_or_none()
    if row is None:
        return
    if row.data is not None:
        yield row.data
        return
    with _file(folder, digest).open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


class Originals:
    """The large originals of a library, which are never held in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def stand_apart(self, size: int) -> bool:
        """Tell whether an original of this size lies in a file of its own. Units: bytes."""
        return size > INLINE

    def place(self, digest: str, pieces: Iterable[bytes]) -> None:
        """Write a large original to its file, before a row speaks of it. Raises: StorageFailure."""
        try:
            place(self._folder, digest, pieces)
        except EXPECTED as error:
            raise storage_failure(error, self._folder) from error


def place(folder: Path, digest: str, pieces: Iterable[bytes]) -> None:
    """Write a large original, which comes a piece at a time, to its file; one there is left alone.

    Raises: ValueError if the bytes are not those of the digest; then nothing was kept.
    """
    file = _file(folder, digest)
    if file.exists():
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(file, _proven(digest, pieces))


def _proven(digest: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    found = sha256_of_much()
    for piece in pieces:
        found.update(piece)
        yield piece
    if found.hexdigest() != digest:
        raise ValueError(digest)


def remove_file(folder: Path, digest: str) -> None:
    """Take the file of an original away; one that is gone already is no matter. Raises: OSError."""
    file = _file(folder, digest)
    file.unlink(missing_ok=True)
    with suppress(OSError):  # others may lie beside it
        file.parent.rmdir()


def _file(folder: Path, digest: str) -> Path:
    return folder / "originals" / digest[:2] / digest


def _write(file: Path, pieces: Iterable[bytes]) -> None:
    """Write beside the place and rename: a half-written original never has its name."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(pieces)
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
