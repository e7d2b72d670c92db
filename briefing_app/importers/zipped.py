"""What a zip holds, read within limits: archives, and the documents that are archives inside.

What an archive says of itself is not believed. Bytes are counted while they are unpacked.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers.base import MEGABYTE

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ENTRIES = 5000
LARGEST = 100 * MEGABYTE  # bytes, of all that is read out of one archive
RATIO = 200  # unpacked bytes for each packed one
_FREE = MEGABYTE  # bytes that one entry may hold whatever the ratio

_FIRST = (b"PK\x03\x04", b"PK\x05\x06")  # an entry, or the end of an archive that holds nothing
_ENTRY = b"PK\x01\x02"
_END = b"PK\x05\x06"
_FAR_END = b"PK\x06\x07"  # of an archive larger than 4 GB, or one that says so
_CHUNK = 64 * 1024  # bytes a step
# of the others, 45 bytes of bzip2 unpack to a megabyte at once, and LZMA asks for memory in advance
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DRIVE = re.compile("[A-Za-z]:")
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, struct.error,
    NotImplementedError,
)  # fmt: skip


def looks_zipped(data: bytes) -> bool:
    """Tell whether bytes begin as an archive does."""
    return data.startswith(_FIRST)


def open_zip(data: bytes, budget: Budget | None = None) -> Zip:
    """Return the archive that some bytes are; `budget` is shared by archives inside each other.

    Raises: UnreadableSource if it is damaged or has too many entries.
    """
    if _entries(data) > MOST_ENTRIES:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "There are more than {limit} files in it."),
            hint=QT_TRANSLATE_NOOP("errors", "Unpack it, and import the part that matters."),
            limit=MOST_ENTRIES,
        )
    try:
        return Zip(zipfile.ZipFile(io.BytesIO(data)), budget or Budget())
    except _DAMAGED as error:
        raise _damaged() from error


class Budget:
    """The bytes that may still be unpacked. Units: bytes."""

    def __init__(self, left: int = LARGEST) -> None:
        self.left = left

    def spend(self, size: int) -> None:
        """Take some bytes away. Raises: UnreadableSource if there are not so many left."""
        self.left -= size
        if self.left < 0:
            raise UnreadableSource(
                QT_TRANSLATE_NOOP("errors", "Unpacked it is larger than {limit} MB."),
                hint=QT_TRANSLATE_NOOP("errors", "Unpack it, and import the part that matters."),
                limit=LARGEST // MEGABYTE,
            )


class Zip:
    """An archive whose entries are read one by one; `outside` are names that lead out of it."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self._archive = archive
        self._budget = budget
        found = dict.fromkeys(info.filename for info in archive.infolist() if not info.is_dir())
        self.outside = tuple(name for name in found if _leads_outside(name))
        self._names = {name: None for name in found if not _leads_outside(name)}

    def names(self) -> tuple[str, ...]:
        """Return the names of all files in it, in its own order, but those that lead outside."""
        return tuple(self._names)

    def __contains__(self, name: str) -> bool:
        """Tell whether it holds a file of this name."""
        return name in self._names

    def is_locked(self, name: str) -> bool:
        """Tell whether a file can be read with a password only."""
        return bool(self._archive.getinfo(name).flag_bits & 1)

    def has_plain_name(self, name: str) -> bool:
        """Tell whether a name came in an old encoding that the archive does not say."""
        return not self._archive.getinfo(name).flag_bits & 0x800

    def read(self, name: str) -> bytes:
        """Return the bytes of one file.

        Raises: UnreadableSource if it is locked, damaged, not there, or unpacks to too much.
        """
        if name not in self._names:
            raise UnreadableSource(
                QT_TRANSLATE_NOOP("errors", "There is no “{name}” in it: it is not complete."),
                name=name[:80],
            )
        if self.is_locked(name):
            raise UnreadableSource(
                QT_TRANSLATE_NOOP("errors", "It is locked with a password."),
                hint=QT_TRANSLATE_NOOP(
                    "errors", "Open it with its own program, save it without one, and import that."
                ),
            )
        info = self._archive.getinfo(name)
        if info.compress_type not in _METHODS:
            raise UnreadableSource(
                QT_TRANSLATE_NOOP("errors", "It is packed in a way that is not read here."),
                hint=QT_TRANSLATE_NOOP("errors", "Unpack it and import what is inside."),
            )
        try:
            return b"".join(self._chunks(info))
        except _DAMAGED as error:
            raise _damaged() from error

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        most = max(_FREE, RATIO * info.compress_size)
        unpacked = 0
        with self._archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                self._budget.spend(len(chunk))
                if unpacked > most:
                    raise UnreadableSource(
                        QT_TRANSLATE_NOOP(
                            "errors",
                            "It unpacks to more than {ratio} times its size: "
                            "such files are made to do harm.",
                        ),
                        ratio=RATIO,
                    )
                yield chunk


def _entries(data: bytes) -> int:
    """Return how many entries the directory at the end names: reading it takes memory for each.

    An archive that is stored in this one has a directory too; it lies before, and is not counted.
    """
    end = data.rfind(_END)
    if end < 0 or data.count(_ENTRY) <= MOST_ENTRIES:
        return 0
    far = data[max(0, end - 20) : end].startswith(_FAR_END)
    size = (
        len(data)
        if far or end + 16 > len(data)
        else int.from_bytes(data[end + 12 : end + 16], "little")
    )
    return data.count(_ENTRY, max(0, end - size), end)


def _leads_outside(name: str) -> bool:
    path = name.replace("\\", "/")
    return path.startswith("/") or bool(_DRIVE.match(path)) or ".." in path.split("/")


def _damaged() -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "It is damaged: what is packed in it cannot be unpacked."),
        hint=QT_TRANSLATE_NOOP("errors", "Get the file once more, and try again."),
    )
