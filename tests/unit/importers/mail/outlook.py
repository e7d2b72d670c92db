"""Files as Outlook saves them, put together byte by byte for these tests."""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass, field

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, SMALL = 512, 64


@dataclass
class Storage:
    """A folder of the container: streams and storages by name."""

    inside: dict[str, bytes | Storage] = field(default_factory=dict)


def item(
    texts: dict[str, str] | None = None,
    data: dict[str, bytes] | None = None,
    numbers: dict[str, int] | None = None,
    *,
    sent: dt.datetime | None = None,
    attached: tuple[Storage, ...] = (),
    head: int = 32,
) -> Storage:
    """Return a mail (a head of 32 bytes), a mail inside one (24), or an attachment (8)."""
    inside: dict[str, bytes | Storage] = {}
    for number, text in (texts or {}).items():
        inside[f"__substg1.0_{number}001F"] = text.encode("utf-16-le")
    for number, value in (data or {}).items():
        inside[f"__substg1.0_{number}0102"] = value
    rows = b"".join(
        struct.pack("<HHIq", 3, int(number, 16), 6, value)
        for number, value in (numbers or {}).items()
    )
    if sent:
        ticks = int((sent - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)).total_seconds() * 10**7)
        rows += struct.pack("<HHIQ", 0x40, 0x39, 6, ticks)
    inside["__properties_version1.0"] = b"\0" * head + rows
    for at, one in enumerate(attached):
        inside[f"__attach_version1.0_#{at:08X}"] = one
    return Storage(inside)


def attachment(name: str, data: bytes, content_id: str = "") -> Storage:
    """Return an attached file."""
    texts = {"3707": name} | ({"3712": content_id} if content_id else {})
    return item(texts, {"3701": data}, {"3705": 1}, head=8)


def embedded(mail: Storage) -> Storage:
    """Return a mail as an attachment."""
    one = item({"3001": "mail"}, numbers={"3705": 5}, head=8)
    one.inside["__substg1.0_3701000D"] = mail
    return one


def container(root: Storage) -> bytes:
    """Return a compound file of version 3. Source: MS-CFB."""
    entries: list[tuple[str, int, bytes, int]] = [("Root Entry", 5, b"", FREE)]
    following: dict[int, int] = {}

    def add(storage: Storage) -> int:
        first = last = FREE
        for name, value in storage.inside.items():
            at = len(entries)
            entries.append(
                (name, 2, value, FREE) if isinstance(value, bytes) else (name, 1, b"", 0)
            )
            if isinstance(value, Storage):
                entries[at] = (name, 1, b"", add(value))
            if last == FREE:
                first = at
            else:
                following[last] = at
            last = at
        return first

    entries[0] = ("Root Entry", 5, b"", add(root))
    fat: list[int] = []
    sectors: list[bytes] = []
    small_fat: list[int] = []
    small = bytearray()

    def place(data: bytes) -> int:
        count = -(-len(data) // SECTOR)
        start = len(sectors)
        sectors.extend(
            data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)
        )
        fat.extend([*range(start + 1, start + count), END] if count else [])
        return start if count else END

    def place_small(data: bytes) -> int:
        count = -(-len(data) // SMALL)
        start = len(small_fat)
        small.extend(data.ljust(count * SMALL, b"\0"))
        small_fat.extend([*range(start + 1, start + count), END] if count else [])
        return start if count else END

    starts = [place(d) if len(d) >= 4096 else place_small(d) for _, kind, d, _ in entries]
    starts[0] = place(bytes(small))
    sizes = [len(small), *(len(data) for _, _, data, _ in entries[1:])]
    folder = b""
    for at, (name, kind, _, child) in enumerate(entries):
        lies = (0, 0) if kind == 1 else (starts[at], sizes[at])
        folder += _entry(name, kind)
        folder += struct.pack("<II16xI16xIQ", following.get(at, FREE), child, 0, *lies)
    first_folder = place(folder.ljust(-(-len(folder) // SECTOR) * SECTOR, b"\0"))
    first_small = place(struct.pack(f"<{len(small_fat)}I", *small_fat).ljust(SECTOR, b"\xff"))
    count = len(fat) // (SECTOR // 4 - 1) + 1  # sectors of the table, which lists itself too
    places = list(range(len(sectors), len(sectors) + count))
    fat += [FAT] * count
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(count * SECTOR, b"\xff")
    sectors += [table[at : at + SECTOR] for at in range(0, len(table), SECTOR)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    many = -(-len(small_fat) * 4 // SECTOR) or 1
    numbers = (0, count, first_folder, 0, 4096, first_small, many, END, 0, places[0])
    head += struct.pack("<HHHHH6x10I", 0x3E, 3, 0xFFFE, 9, 6, *numbers)
    head += struct.pack(f"<{count - 1}I", *places[1:])
    return head.ljust(SECTOR, b"\xff") + b"".join(sectors)


def _entry(name: str, kind: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return text.ljust(64, b"\0") + struct.pack("<HBBI", len(text), kind, 1, FREE)
