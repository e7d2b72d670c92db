"""Refuse what is not what its name says, before any parser sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers.encoding import Decoded, decode

if TYPE_CHECKING:
    from briefing_app.importers.base import Document

# What the first bytes of a file give away
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a zip archive or Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document of the old kind"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or sound"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "a database"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WITHOUT_TEXT = frozenset(("a program", "a database"))  # nothing that one could save as text
_SAMPLE = 64 * 1024  # code points


def known_binary(data: bytes) -> str:
    """Return what kind of file begins with these bytes, if it is one that is not text."""
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")


def read_text(document: Document) -> Decoded:
    """Decode a document that should be text.

    Raises: UnreadableSource if it is a picture, a program or any other heap of bytes.
    """
    if kind := known_binary(document.data):
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "This is {kind}, and not a text that can be read."),
            hint=_hint(kind),
            kind=kind,
        )
    decoded = decode(document.data, document.media_type)
    sample = decoded.text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > len(sample) / 50:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "This file does not hold text, whatever its name says.")
        )
    return decoded


def _hint(kind: str) -> str:
    if kind in _WITHOUT_TEXT:
        return ""
    if kind == "a compressed file":
        return QT_TRANSLATE_NOOP("errors", "Unpack it and import what is inside.")
    return QT_TRANSLATE_NOOP("errors", "Save its text as .txt or .html and import that.")
