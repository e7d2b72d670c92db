"""The pictures of an article: known by their bytes, each once, within limits."""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING

from briefing_app.domain.article import Original
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark
from briefing_app.importers.base import MEGABYTE

if TYPE_CHECKING:
    from briefing_app.domain.article import Body

MOST = 500
LARGEST = 10 * MEGABYTE  # bytes of one
LARGEST_ALL = 60 * MEGABYTE  # bytes of all together
_DOT = 3  # pixels; what is smaller counts readers

# What every reader shows, by the first bytes; what a file says of its pictures is not believed
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


class Album:
    """Collects pictures while a document is read; one that is `smaller` on a side is left out."""

    def __init__(self, smallest: int = _DOT + 1) -> None:
        """Begin an empty one. Units: pixels."""
        self._smallest = smallest
        self._pictures: dict[str, Original] = {}
        self._size = 0
        self._refused: set[str] = set()

    def add(self, data: bytes) -> str:
        """Keep a picture and return its digest, or an empty string for what cannot be shown."""
        media_type = picture_type(data)
        if not media_type or _is_smaller(data, media_type, self._smallest):
            return ""
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._pictures:
            return digest
        if (
            len(self._pictures) >= MOST
            or len(data) > LARGEST
            or self._size + len(data) > LARGEST_ALL
        ):
            self._refused.add(digest)
            return ""
        self._pictures[digest] = Original(digest, media_type, data)
        self._size += len(data)
        return digest

    def of(self, body: Body) -> tuple[Original, ...]:
        """Return the pictures that a body shows, in its order."""
        shown = dict.fromkeys(block.asset for block in body.blocks if block.asset)
        return tuple(self._pictures[asset] for asset in shown if asset in self._pictures)

    def pictures(self) -> tuple[Original, ...]:
        """Return all pictures in the order in which they came."""
        return tuple(self._pictures.values())

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """Say how many pictures were too many or too large."""
        if not self._refused:
            return ()
        said = QT_TRANSLATE_NOOP(
            "errors", "Pictures that were left out, as they are too many or too large: {count}."
        )
        return (Remark(said, (("count", str(len(self._refused))),)),)


def picture_type(data: bytes) -> str:
    """Return the media type of a picture by its first bytes, or an empty string."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _KINDS if data.startswith(magic)), "")


def _is_smaller(data: bytes, kind: str, pixels: int) -> bool:
    if kind == "image/gif" and len(data) >= 10:
        width, height = struct.unpack_from("<HH", data, 6)
    elif kind == "image/png" and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
    else:
        return False
    return bool(min(width, height) < pixels)
