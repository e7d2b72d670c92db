"""The pictures of an article: known by their bytes, each once, within limits."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from briefing_app.domain.article import Original
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark
from briefing_app.importers.base import MEGABYTE

if TYPE_CHECKING:
    from briefing_app.domain.article import Body

MOST = 500
LARGEST = 60 * MEGABYTE  # bytes, of all together

# What every reader shows, by the first bytes; what a file says of its pictures is not believed
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
)


class Album:
    """Collects pictures while a document is read."""

    def __init__(self) -> None:
        self._pictures: dict[str, Original] = {}
        self._size = 0
        self._refused: set[str] = set()
        self._strange: set[str] = set()

    def add(self, data: bytes) -> str:
        """Keep a picture and return its digest, or an empty string for what cannot be shown."""
        media_type = kind(data)
        digest = hashlib.sha256(data).hexdigest()
        if not media_type:
            self._strange.add(digest)
            return ""
        if digest in self._pictures:
            return digest
        if len(self._pictures) >= MOST or self._size + len(data) > LARGEST:
            self._refused.add(digest)
            return ""
        self._pictures[digest] = Original(digest, media_type, data)
        self._size += len(data)
        return digest

    def of(self, body: Body) -> tuple[Original, ...]:
        """Return the pictures that a body shows, in its order."""
        shown = dict.fromkeys(block.asset for block in body.blocks if block.asset)
        return tuple(self._pictures[asset] for asset in shown if asset in self._pictures)

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """Say how many pictures were left out, and why."""
        many = QT_TRANSLATE_NOOP(
            "errors", "Pictures that were left out, as there are too many: {count}."
        )
        strange = QT_TRANSLATE_NOOP(
            "errors", "Pictures of a kind that is not shown, which were left out: {count}."
        )
        said = ((many, len(self._refused)), (strange, len(self._strange)))
        return tuple(Remark(text, (("count", str(count)),)) for text, count in said if count)


def kind(data: bytes) -> str:
    """Return the media type of a picture by its first bytes, or an empty string."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for magic, media_type in _KINDS if data.startswith(magic)), "")
