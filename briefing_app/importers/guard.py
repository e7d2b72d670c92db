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
    (b"%PDF-", "PDF document"),
    (b"{\\rtf", "RTF document"),
    (b"PK\x03\x04", "zip archive or Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office document of the old kind"),
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"RIFF", "picture or sound"),
    (b"\x1f\x8b", "compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "compressed file"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"SQLite format 3\0", "database"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
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
            QT_TRANSLATE_NOOP("errors", "This is a {kind}, which cannot be read yet."),
            hint=QT_TRANSLATE_NOOP("errors", "Save its text as .txt or .html and import that."),
            kind=kind,
        )
    decoded = decode(document.data, document.media_type)
    sample = decoded.text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > len(sample) / 50:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "This file does not hold text, whatever its name says.")
        )
    return decoded
