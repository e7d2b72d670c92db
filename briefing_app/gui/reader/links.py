"""Which addresses of an article may be offered to the user, and how they are shown."""

from __future__ import annotations

from PySide6.QtCore import QUrl

SCHEMES = ("http", "https", "mailto")
LONGEST = 72
DETAILS = "details:"  # shows what is known of the article
LEFT_OUT = "left-out:"  # shows the blocks that are left out; no article can name it: see `safe`


def safe(address: str) -> str:
    """Return the address if it may be opened outside, else an empty string."""
    if not address:
        return ""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme() not in SCHEMES:
        return ""
    if url.scheme() != "mailto" and not url.host():
        return ""
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


def shown(address: str) -> str:
    """Return the address as it is read: without its scheme, and not too long for a line."""
    bare = address.partition("://")[2] or address
    bare = bare.removeprefix("www.").rstrip("/")
    return bare if len(bare) <= LONGEST else bare[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"
