"""Which addresses a document may lead to, and how they read on paper."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SCHEMES = ("http", "https", "mailto")
_SHORT = 60
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0<>\"\\^`{|}]|\s")


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
        return url if "@" in parts.path else ""
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl() if host else ""


def short_address(url: str) -> str:
    """Return a safe address as it reads on paper: no scheme, no query, no more than a line."""
    parts = urlsplit(url)
    if parts.scheme.lower() == "mailto":
        return parts.path
    text = parts.netloc.removeprefix("www.") + parts.path.rstrip("/")
    if parts.query:
        text += "?…"
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
