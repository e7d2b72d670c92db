"""Pictures that come with a text: known by their bytes, not by what they are said to be."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing_app.domain.article import Original
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark
from briefing_app.importers.base import MEGABYTE

if TYPE_CHECKING:
    from briefing_app.domain.article import Body

MOST = 500
_LARGEST = 10 * MEGABYTE
_LARGEST_ALL = 40 * MEGABYTE
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
    """The pictures of one document, each once, within bounds."""

    smallest: int = _DOT + 1  # pixels; what is smaller on a side is left out
    kept: dict[str, Original] = field(default_factory=dict)
    size: int = 0
    _refused: set[str] = field(default_factory=set)
    _strange: set[str] = field(default_factory=set)

    def add(self, data: bytes) -> str:
        """Keep a picture and return its digest, or an empty string where it is none or too much."""
        kind = picture_type(data)
        if kind and _is_smaller(data, kind, self.smallest):
            return ""
        digest = hashlib.sha256(data).hexdigest()
        if not kind:
            self._strange.add(digest)
            return ""
        if digest not in self.kept:
            if len(data) > _LARGEST or len(self.kept) >= MOST or self._is_full(len(data)):
                self._refused.add(digest)
                return ""
            self.kept[digest] = Original(digest, kind, data)
            self.size += len(data)
        return digest

    def pictures(self) -> tuple[Original, ...]:
        """Return the pictures in the order in which they came."""
        return tuple(self.kept.values())

    def of(self, body: Body) -> tuple[Original, ...]:
        """Return the pictures that a body shows, in its order."""
        shown = dict.fromkeys(block.asset for block in body.blocks if block.asset)
        return tuple(self.kept[asset] for asset in shown if asset in self.kept)

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """Say how many pictures were left out, and why."""
        many = QT_TRANSLATE_NOOP(
            "errors", "Pictures that were left out, as they are too large or too many: {count}."
        )
        strange = QT_TRANSLATE_NOOP(
            "errors", "Pictures of a kind that is not shown, which were left out: {count}."
        )
        said = ((many, len(self._refused)), (strange, len(self._strange)))
        return tuple(Remark(text, (("count", str(count)),)) for text, count in said if count)

    def _is_full(self, size: int) -> bool:
        return self.size + size > _LARGEST_ALL


def _is_smaller(data: bytes, kind: str, pixels: int) -> bool:
    if kind == "image/gif" and len(data) >= 10:
        width, height = struct.unpack_from("<HH", data, 6)
    elif kind == "image/png" and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
    else:
        return False
    return bool(min(width, height) < pixels)
