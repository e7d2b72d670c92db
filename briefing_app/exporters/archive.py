"""Write a zip, member by member, the same bytes on every machine.

Python's own `zipfile` keeps about a kilobyte a member, which is 200 MB for a library of 100,000
articles; here the directory grows by what it takes in the file. A member is packed once, and stored as
it is where that is not smaller.

Source: APPNOTE.TXT 6.3.10 (PKWARE), with the 64-bit records of its section 4.5.3.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable

_STORED, _DEFLATED = 0, 8
_LEVEL = 6
_WIDE = 0xFFFFFFFF  # says that the number stands in a 64-bit field
_MANY = 0xFFFF
_DAY = 0x21  # 1 January 1980, the first that a zip knows: the clock is nobody's business
_PLAIN, _LARGE = 20, 45  # the version of the format that a reader needs
_UNIX_FILE = (0o100644 << 16, 3)  # attributes, and the system that they are of

_HEAD = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_WIDE_END = struct.Struct("<4sQ2H2I4Q")
_WIDE_PLACE = struct.Struct("<4sIQI")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True, slots=True)
class _Member:
    """A member; `packed` and `size` are what it takes in the file and by itself."""

    name: str
    method: int
    crc: int
    packed: int
    size: int


class Archive:
    """A zip that is being written to a stream in which one can go back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._directory = bytearray()
        self._members = 0

    def add(self, name: str, data: bytes, *, at_most: int = 0) -> None:
        """Write a member; it is stored as it is if packing it would shrink it `at_most` times."""
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
        packed = packer.compress(data) + packer.flush()
        method = _DEFLATED
        if len(packed) >= len(data) or (at_most and len(data) > at_most * len(packed)):
            packed, method = data, _STORED
        member = _Member(name, method, zlib.crc32(data), len(packed), len(data))
        at = self._stream.tell()
        self._stream.write(_head(member))
        self._stream.write(packed)
        self._note(member, at)

    def add_pieces(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a member that comes in pieces, stored as it is."""
        at = self._stream.tell()
        self._stream.write(_head(_Member(name, _STORED, 0, 0, 0), wide=True))
        crc = size = 0
        for piece in pieces:
            crc = zlib.crc32(piece, crc)
            size += len(piece)
            self._stream.write(piece)
        end = self._stream.tell()
        self._stream.seek(at)
        member = _Member(name, _STORED, crc, size, size)
        self._stream.write(_head(member, wide=True))
        self._stream.seek(end)
        self._note(member, at)

    def finish(self) -> None:
        """Write the directory; without it the file is no zip."""
        at, size, count = self._stream.tell(), len(self._directory), self._members
        self._stream.write(self._directory)
        if count >= _MANY or max(at, size) >= _WIDE:
            end = self._stream.tell()
            wide = (44, _LARGE, _LARGE, 0, 0, count, count, size, at)
            self._stream.write(_WIDE_END.pack(b"PK\6\6", *wide))
            self._stream.write(_WIDE_PLACE.pack(b"PK\6\7", 0, end, 1))
        few, small, near = min(count, _MANY), min(size, _WIDE), min(at, _WIDE)
        self._stream.write(_END.pack(b"PK\5\6", 0, 0, few, few, small, near, 0))

    def _note(self, member: _Member, at: int) -> None:
        """Add a member to the directory."""
        numbers = [number for number in (member.size, member.packed, at) if number >= _WIDE]
        extra = (
            struct.pack(f"<2H{len(numbers)}Q", 1, 8 * len(numbers), *numbers) if numbers else b""
        )
        raw = member.name.encode("ascii")
        attributes, system = _UNIX_FILE
        self._directory += _ENTRY.pack(
            b"PK\1\2",
            system << 8 | _PLAIN,
            _LARGE if numbers else _PLAIN,
            0,
            member.method,
            0,
            _DAY,
            member.crc,
            min(member.packed, _WIDE),
            min(member.size, _WIDE),
            len(raw),
            len(extra),
            0,
            0,
            0,
            attributes,
            min(at, _WIDE),
        )
        self._directory += raw + extra
        self._members += 1


def _head(member: _Member, *, wide: bool = False) -> bytes:
    """Return what stands before a member; its sizes in 64 bits where they were not known before."""
    raw, extra = member.name.encode("ascii"), b""
    packed, size = member.packed, member.size
    if wide:
        extra = struct.pack("<2H2Q", 1, 16, size, packed)
        packed = size = _WIDE
    needed = _LARGE if wide else _PLAIN
    sizes = (member.crc, packed, size, len(raw), len(extra))
    return _HEAD.pack(b"PK\3\4", needed, 0, member.method, 0, _DAY, *sizes) + raw + extra
