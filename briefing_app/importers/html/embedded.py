"""Pictures that are written into a page, as programs do that save all of a page in one file."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.importers.pictures import Album

_PICTURE = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp|bmp)(?:;[\w=-]{1,40}){0,3};base64,([\w+/=%\s-]{64,}+)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"data:,(\d{1,6})")
# SingleFile keeps a picture that stands twice as a variable of the style sheet
_SHARED = re.compile(r"--(sf-img-\d{1,6})\s*:\s*url\(\s*[\"']?(data:,\d{1,6})")
_NAMED = re.compile(r"var\(--(sf-img-\d{1,6})\)")


def take_out(html: str) -> tuple[str, Pictures]:
    """Return a page with a short mark for each picture that is written into it, and the pictures."""
    kept: list[str] = []

    def mark(found: re.Match[str]) -> str:
        kept.append(found[1])
        return f"data:,{len(kept) - 1}"

    html = _PICTURE.sub(mark, html)
    return html, Pictures(kept, dict(_SHARED.findall(html)) if kept else {})


class Pictures:
    """The pictures of a page, decoded only where they are asked for."""

    def __init__(self, encoded: list[str], shared: dict[str, str]) -> None:
        self._encoded = encoded
        self._shared = shared

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._encoded)

    def finder(self, album: Album) -> Callable[[str], str]:
        """Return what tells the digest of a picture from its mark, and keeps the picture."""

        def find(address: str) -> str:
            if shared := _NAMED.search(address):
                address = self._shared.get(shared[1], "")
            token = _TOKEN.fullmatch(address.strip())
            at = int(token[1]) if token else len(self._encoded)
            return album.add(_decoded(self._encoded[at])) if at < len(self._encoded) else ""

        return find


def _decoded(text: str) -> bytes:
    text = unquote(text) if "%" in text else text
    try:
        return base64.b64decode(text.translate({45: "+", 95: "/"}))
    except (binascii.Error, ValueError):
        return b""
