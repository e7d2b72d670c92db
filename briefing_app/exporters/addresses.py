"""Which addresses a document may lead to, and how they read on paper."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

_SCHEMES = ("http", "https", "mailto")
_SHORT = 60
_UNSAFE = re.compile(r"[\ud800-\udfff\x00-\x20\x7f-\xa0<>\"\\^`{|}]|\s")


def safe_address(url: str) -> str:
    """Return an address that a file may lead to, or an empty text.

    Only http, https and mailto pass, without the name and password of a user.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    if _UNSAFE.search(url) or parts.scheme.lower() not in _SCHEMES:
        return ""
    if parts.scheme.lower() == "mailto":
        return _ascii(url) if "@" in parts.path else ""
    if not host:
        return ""
    place = parts.netloc.rpartition("@")[2]
    try:
        place = place.encode("idna").decode() if not place.isascii() else place
    except UnicodeError:
        return ""
    return _ascii(parts._replace(netloc=place).geturl())


def _ascii(url: str) -> str:
    """Return an address in the form that every reader program takes: nothing beyond ASCII."""
    return "".join(char if char.isascii() else quote(char) for char in url)


def short_address(url: str) -> str:
    """Return a safe address as it reads on paper: no scheme, no query, no more than a line."""
    parts = urlsplit(url)
    if parts.scheme.lower() == "mailto":
        return parts.path
    text = parts.netloc.removeprefix("www.") + unquote(parts.path.rstrip("/"))
    if parts.query:
        text += "?…"
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
