"""The formats that can be read; a new one is a module and a line here."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource
from briefing_app.importers import (
    archive,
    feed,
    foreign,
    guard,
    jsonfeed,
    limits,
    markdown,
    storytext,
    text,
)
from briefing_app.importers.archives import wacz, warc
from briefing_app.importers.docx import document as docx
from briefing_app.importers.epub import document as epub
from briefing_app.importers.exports import instapaper, omnivore, pocket, readwise, wallabag
from briefing_app.importers.html import page
from briefing_app.importers.lists import bookmarks, browser, opml
from briefing_app.importers.mail import eml, mbox, mhtml, msg
from briefing_app.importers.odt import document as odt
from briefing_app.importers.pdf import reading as pdf
from briefing_app.importers.references import bibtex, csl, ris
from briefing_app.importers.rtf import document as rtf
from briefing_app.importers.scans import picture

if TYPE_CHECKING:
    from briefing_app.importers.base import Document, Imported, Importer
    from briefing_app.progress import Progress

_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,5}$")

# content is asked in this order; plain text, which takes anything, is last
IMPORTERS: tuple[Importer, ...] = (
    pdf.IMPORTER,
    picture.IMPORTER,
    docx.IMPORTER,
    odt.IMPORTER,
    rtf.IMPORTER,
    msg.IMPORTER,
    epub.IMPORTER,
    foreign.IMPORTER,
    omnivore.IMPORTER,
    wacz.IMPORTER,
    warc.IMPORTER,
    archive.IMPORTER,  # behind all that are archives of one kind
    storytext.IMPORTER,
    mbox.IMPORTER,
    mhtml.IMPORTER,
    eml.IMPORTER,
    feed.IMPORTER,
    jsonfeed.IMPORTER,
    csl.IMPORTER,
    ris.IMPORTER,
    bibtex.IMPORTER,
    opml.IMPORTER,
    bookmarks.IMPORTER,
    browser.IMPORTER,
    pocket.IMPORTER,
    instapaper.IMPORTER,
    readwise.IMPORTER,
    wallabag.IMPORTER,
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
    imported = importer.read(document, progress)
    return _readable(imported) if importer is archive.IMPORTER else imported


def _readable(imported: Imported) -> Imported:
    """Return what an archive held without the files that no format takes, which are named.

    Raises: UnreadableSource if none is left.
    """
    taken = tuple(child for child in imported.children if _is_taken(child))
    # the pictures of a page are no texts; a heap of photographs of pages is
    kept = tuple(one for one in taken if not picture.is_picture(one.data)) or taken
    left = [child.name for child in imported.children if not any(child is k for k in kept)]
    if not left:
        return imported
    if not kept:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "None of the files in it can be read: {files}."),
            files=archive.listed(left),
        )
    said = QT_TRANSLATE_NOOP("errors", "Left out, as no format takes them: {files}.")
    remark = Remark(said, (("files", archive.listed(left)),))
    return replace(imported, children=kept, warnings=(*imported.warnings, remark))


def _is_taken(child: Document) -> bool:
    if not child.data:
        return False
    try:
        importer = find(child)
    except UnreadableSource:
        return False
    return importer is not IMPORTERS[-1] or not guard.known_binary(child.data)


def suffixes() -> tuple[str, ...]:
    """Return the suffixes of all formats, for a file dialog."""
    return tuple(suffix for importer in IMPORTERS for suffix in importer.suffixes)
