"""The formats that can be read; a new one is a module and a line here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers import guard, limits, markdown, storytext, text
from briefing_app.importers.html import page
from briefing_app.importers.pdf import reading as pdf

if TYPE_CHECKING:
    from briefing_app.importers.base import Document, Imported, Importer
    from briefing_app.progress import Progress

_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,5}$")

# content is asked in this order; plain text, which takes anything, is last
IMPORTERS: tuple[Importer, ...] = (
    pdf.IMPORTER,
    storytext.IMPORTER,
    page.IMPORTER,
    markdown.IMPORTER,
    text.IMPORTER,
)


def find(document: Document) -> Importer:
    """Return the importer for a document: by its content, then by its name, then by its type.

    Raises: UnreadableSource if its name says that it is of a format that is not read.
    """
    for importer in IMPORTERS:
        if importer.accepts(document):
            return importer
    name, media_type = document.name.lower(), document.media_type.split(";")[0].strip().lower()
    for importer in IMPORTERS:
        if name.endswith(importer.suffixes):
            return importer
    for importer in IMPORTERS:
        if media_type in importer.media_types:
            return importer
    if (suffix := _SUFFIX.search(name)) and not guard.known_binary(document.data):
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "Files of the kind “{suffix}” cannot be read yet."),
            hint=QT_TRANSLATE_NOOP("errors", "Save its text as .txt or .html and import that."),
            suffix=suffix[0],
        )
    return IMPORTERS[-1]


def read(document: Document, progress: Progress) -> Imported:
    """Read a document with the importer that it needs.

    Raises: UnreadableSource, Cancelled.
    """
    limits.check_size(len(document.data), limits.largest(document.name, document.data))
    importer = find(document)
    limits.check_size(len(document.data), importer.limit)
    return importer.read(document, progress)


def suffixes() -> tuple[str, ...]:
    """Return the suffixes of all formats, for a file dialog."""
    return tuple(suffix for importer in IMPORTERS for suffix in importer.suffixes)
