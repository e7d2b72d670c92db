"""Archives that were made to do harm, or that break the rules."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCKED = 1  # the flag of an entry that needs a password


def packed(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of some files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def bomb(megabytes: int = 300, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive whose one file is a thousand times as large as it."""
    return packed({"a.txt": bytes(megabytes * 1_000_000)}, method)


def wide(files: int = 30, megabytes: int = 5) -> bytes:
    """Return an archive whose files keep the ratio, and are too much together."""
    line = bytes(range(256)) * 2
    block = b"".join(bytes([n % 251]) * 200 + line[: n % 97] for n in range(4000))
    data = (block * (megabytes * 1_000_000 // len(block) + 1))[: megabytes * 1_000_000]
    return packed({f"{n}.txt": data for n in range(files)})


def crowd(entries: int = 5001) -> bytes:
    """Return an archive of a great many files that hold nothing."""
    return packed({f"{n}.txt": b"" for n in range(entries)}, zipfile.ZIP_STORED)


def lying(says: int = 10) -> bytes:
    """Return a bomb whose directory says that its file is small."""
    data = bytearray(bomb(300))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = says.to_bytes(4, "little")
    return bytes(data)


def locked(files: Mapping[str, bytes | str]) -> bytes:
    """Return an archive whose files say that they need a password."""
    data = bytearray(packed(files))
    for mark, where in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + where] |= LOCKED
            at = data.find(mark, at + 1)
    return bytes(data)


def nested(levels: int, inside: bytes = b"Title\n\nText.") -> bytes:
    """Return an archive in an archive in an archive."""
    data = packed({"a.txt": inside})
    for _ in range(levels):
        data = packed({"inner.zip": data})
    return data
