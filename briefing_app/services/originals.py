"""Originals as files: under which name, and whether the system may be asked to open one.

An original comes from a stranger. It is never run: what a system would execute, or what could make it
execute something, is only ever saved to where the user says.
"""

from __future__ import annotations

import re

_SUFFIXES = {
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "application/epub+zip": ".epub",
    "application/json": ".json",
    "message/rfc822": ".eml",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
}
# by their first bytes, for a media type is what somebody said
_BEGINNINGS = (
    (b"%PDF-", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"{\\rtf", ".rtf"),
)
_PAGE = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.I | re.S
)
_PROGRAMS = (
    b"MZ",  # Windows
    b"\x7fELF",  # Linux
    b"#!",  # a script
    b"\xfe\xed\xfa\xce",  # macOS, four ways
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"[Desktop Entry]",
    b"[InternetShortcut]",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a shortcut of Windows
    b"\xd0\xcf\x11\xe0",  # an old Office file or installer: it may hold macros
)
_PICTURES = {".png": "png", ".jpg": "jpeg", ".gif": "gif"}
_OPENED = frozenset({".txt", ".pdf", ".png", ".jpg", ".gif", ".webp", ".md", ".json"})
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_LONGEST = 80  # characters of a title in a file name


def suffix_of(media_type: str, data: bytes) -> str:
    """Return the ending that says what an original is; ``.bin`` where nobody knows."""
    for beginning, suffix in _BEGINNINGS:
        if data.startswith(beginning):
            return suffix
    if _PAGE.match(data[:4096]):
        return ".html"
    known = _SUFFIXES.get(media_type.partition(";")[0].strip().lower())
    if known:
        return known
    return ".bin" if _is_binary(data) else ".txt"


def picture_format(data: bytes) -> str:
    """Return the format of a picture that the reader shows, by its first bytes, or an empty string."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((_PICTURES[s] for b, s in _BEGINNINGS if s in _PICTURES and data.startswith(b)), "")


def may_be_opened(suffix: str, data: bytes) -> bool:
    """Tell whether the system's own program may be asked to show an original.

    A saved web page is not among them: a browser would fetch what it names, and run its scripts.
    """
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    program = any(data.startswith(one) or start.startswith(one) for one in _PROGRAMS)
    return suffix in _OPENED and not program


def file_name(title: str, suffix: str) -> str:
    """Return a title as a file name that every system takes, and that hides no other ending."""
    name = " ".join(_UNFIT.sub(" ", title).split())[:_LONGEST].strip(" .")
    if not name or _RESERVED.fullmatch(name):
        name = "Original"
    return name.replace(".", "_") + suffix


def _is_binary(data: bytes) -> bool:
    return b"\x00" in data[:4096]
