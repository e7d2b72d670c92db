"""What Outlook keeps in a file of its own: properties in an OLE container, known by their numbers."""

from __future__ import annotations

import datetime as dt
import io
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers.mail.headers import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import olefile

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0"
_TEXT, _WIDE_TEXT, _BYTES, _OBJECT = "001E", "001F", "0102", "000D"
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_LARGEST_STREAM = 50_000_000  # bytes

# Windows code pages that Python knows under another name
_PAGES = {
    65001: "utf-8", 65000: "utf-7", 1200: "utf-16-le", 20127: "ascii", 20866: "koi8-r",
    21866: "koi8-u", 28591: "iso-8859-1", 28592: "iso-8859-2", 28595: "iso-8859-5",
    28597: "iso-8859-7", 28598: "iso-8859-8", 28599: "iso-8859-9", 28605: "iso-8859-15",
    38598: "iso-8859-8", 50220: "iso-2022-jp", 50221: "iso-2022-jp", 50222: "iso-2022-jp",
    50225: "iso-2022-kr", 51932: "euc-jp", 51949: "euc-kr", 936: "gb18030", 54936: "gb18030",
    51936: "gb18030", 10007: "mac-cyrillic", 874: "cp874",
}  # fmt: skip


def page_name(page: int) -> str:
    """Return the charset of a Windows code page."""
    return _PAGES.get(page, f"cp{page}")


def is_item(data: bytes) -> bool:
    """Tell whether a file is an item of Outlook."""
    return data.startswith(MAGIC) and _PROPERTIES.encode("utf-16-le") in data


@dataclass(frozen=True, slots=True)
class Item:
    """A mail, an attachment: one storage of the container, and what its properties say.

    `fixed` are the properties that lie in one stream, by number; `page` is the code page of its texts.
    """

    container: Container
    path: tuple[str, ...]
    fixed: dict[str, bytes]
    page: str = "cp1252"

    def text(self, *numbers: str) -> str:
        """Return the first of some properties that holds a text."""
        for number in numbers:
            if wide := self._stream(number, _WIDE_TEXT):
                return wide.decode("utf-16-le", "replace").rstrip("\0")
            if narrow := self._stream(number, _TEXT):
                return decode_text(narrow, self.page).rstrip("\0")
        return ""

    def data(self, number: str) -> bytes:
        """Return the bytes of a property."""
        return self._stream(number, _BYTES)

    def number(self, number: str) -> int:
        """Return a whole number, or 0."""
        value = self.fixed.get(f"{number}0003")
        return int(struct.unpack("<i", value[:4])[0]) if value else 0

    def time(self, number: str) -> dt.datetime | None:
        """Return a moment in UTC."""
        value = self.fixed.get(f"{number}0040")
        ticks = struct.unpack("<Q", value)[0] if value else 0
        try:
            return _EPOCH + dt.timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def attachments(self) -> Iterator[Item]:
        """Return the storages of what is attached."""
        depth = len(self.path)
        names = {
            path[depth]
            for path in self.container.paths
            if path[:depth] == self.path and path[depth].startswith("__ATTACH_VERSION1.0_")
        }
        for name in sorted(names):
            yield self.container.item((*self.path, name), head=8, page=self.page)

    def embedded(self) -> Item | None:
        """Return the mail that an attachment is, if it is one."""
        path = (*self.path, f"__SUBSTG1.0_3701{_OBJECT}")
        if (*path, _PROPERTIES.upper()) not in self.container.paths:
            return None
        return self.container.item(path, head=24)

    def _stream(self, number: str, kind: str) -> bytes:
        return self.container.stream((*self.path, f"__SUBSTG1.0_{number}{kind}"))


@dataclass(frozen=True, slots=True)
class Container:
    """The streams of a file, by their paths in capitals."""

    file: olefile.OleFileIO
    paths: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

    def item(self, path: tuple[str, ...], head: int, page: str = "") -> Item:
        """Return what is in a storage; `head` is how long the head of its properties is."""
        data = self.stream((*path, _PROPERTIES.upper()))
        fixed: dict[str, bytes] = {}
        for at in range(head, len(data) - 15, 16):
            kind, number = struct.unpack_from("<HH", data, at)
            fixed[f"{number:04X}{kind:04X}"] = data[at + 8 : at + 16]
        item = Item(self, path, fixed)
        pages = (item.number("3FFD"), item.number("3FDE"))
        return Item(self, path, fixed, page or next(map(page_name, filter(None, pages)), "cp1252"))

    def stream(self, path: tuple[str, ...]) -> bytes:
        """Return the bytes of a stream, or nothing where it is missing or damaged."""
        if path not in self.paths:
            return b""
        try:
            with self.file.openstream(self.paths[path]) as stream:
                return bytes(stream.read(_LARGEST_STREAM))
        except OSError:
            return b""


def open_item(data: bytes) -> Item:
    """Open a file of Outlook.

    Raises: UnreadableSource if it is damaged, or something else.
    """
    import olefile  # noqa: PLC0415 (at the first such mail: few files are)

    try:
        file = olefile.OleFileIO(io.BytesIO(data))
        listed = file.listdir()
    except (OSError, ValueError, IndexError, struct.error, RecursionError) as error:
        raise _damaged() from error
    container = Container(file, {tuple(n.upper() for n in path): path for path in listed})
    if (_PROPERTIES.upper(),) not in container.paths:
        raise _damaged()
    return container.item((), head=32)


def _damaged() -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "This is no mail of Outlook, or it is damaged."),
        hint=QT_TRANSLATE_NOOP("errors", "Save it in Outlook again, or as .eml or .html."),
    )
