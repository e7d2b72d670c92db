"""Pictures that come with a text: known by their bytes, not by what they are said to be."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field

from briefing_app.domain.article import Original
from briefing_app.importers.base import MEGABYTE

_LARGEST = 10 * MEGABYTE
_LARGEST_ALL = 40 * MEGABYTE
_MOST = 500
_DOT = 3  # pixels; what is smaller counts readers
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
)


def picture_type(data: bytes) -> str:
    """Return the media type of a picture, or an empty string for anything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _KINDS if data.startswith(magic)), "")


@dataclass(slots=True)
class Album:
    """The pictures of one article, each once, within bounds."""

    smallest: int = _DOT + 1  # pixels; what is smaller on a side is left out
    kept: dict[str, Original] = field(default_factory=dict)
    size: int = 0

    def add(self, data: bytes) -> str:
        """Keep a picture and return its digest, or an empty string where it is none or too much."""
        kind = picture_type(data)
        if not kind or len(data) > _LARGEST or _is_smaller(data, kind, self.smallest):
            return ""
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self.kept:
            if len(self.kept) >= _MOST or self.size + len(data) > _LARGEST_ALL:
                return ""
            self.kept[digest] = Original(digest, kind, data)
            self.size += len(data)
        return digest

    def pictures(self) -> tuple[Original, ...]:
        """Return the pictures in the order in which they came."""
        return tuple(self.kept.values())


def _is_smaller(data: bytes, kind: str, pixels: int) -> bool:
    if kind == "image/gif" and len(data) >= 10:
        width, height = struct.unpack_from("<HH", data, 6)
    elif kind == "image/png" and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
    else:
        return False
    return bool(min(width, height) < pixels)
