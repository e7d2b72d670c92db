"""Word documents: converted into HTML by mammoth, and read as any other HTML is."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource
from briefing_app.importers import properties, xml, zipped
from briefing_app.importers.base import INSIDE, Document, Imported, Importer
from briefing_app.importers.body import Draft, Piece, running, table
from briefing_app.importers.docx import mend, package
from briefing_app.importers.html.fragment import fragment_blocks
from briefing_app.importers.pictures import Album
from briefing_app.importers.written import article_of, remarks_left_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from briefing_app.importers.docx.package import Package
    from briefing_app.progress import Progress

_LABEL = "Word document"
_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_TYPES = "[Content_Types].xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _accepts(document: Document) -> bool:
    if not zipped.looks_zipped(document.data):
        return False
    try:
        names = zipped.open_zip(document.data).names()
    except UnreadableSource:
        return False
    return _TYPES in names and any(name.startswith("word/") for name in names)


def _read(document: Document, progress: Progress) -> Imported:
    from briefing_app.importers.docx.convert import html_of  # noqa: PLC0415 (loads mammoth)

    parts = package.read(document.data)
    progress.check()
    album = Album()
    warnings = parts.warnings
    try:
        found = fragment_blocks(html_of(parts.data, album), picture=str)[0]
    except UnreadableSource:
        raise
    except (Exception, RecursionError) as error:  # noqa: BLE001 (its text is there all the same)
        logging.getLogger(__name__).warning("converting %s: %r", document.name, error)
        found = list(_plainly(parts.text))
        said = QT_TRANSLATE_NOOP(
            "errors",
            "Its text came in without headings, lists and pictures: it is damaged, or built oddly.",
        )
        warnings = (*warnings, Remark(said))
    progress.check()
    found = _without_contents(parts, found)
    known = properties.read(parts.properties, authors=("creator",), dates=("created", "modified"))
    children = tuple(Document(f"{document.name}{INSIDE}{name}", d) for name, d in parts.chunks)
    if children and not any(draft.text for draft in found):
        return Imported(_LABEL, children=children, warnings=warnings)
    article = article_of(document, found, known, album, shown=next(_lines(parts, "title"), ""))
    comments = remarks_left_out(sum(1 for _ in xml.named(parts.text, "commentReference")))
    warnings = (*warnings, *album.warnings, *comments)
    return Imported(_LABEL, articles=(article,), warnings=warnings, children=children)


def _plainly(text: _Element) -> Iterator[Draft]:
    """Return the paragraphs and tables of a text without the converter."""
    for element in text.iter("{*}p", "{*}tr"):
        inside = [xml.local(around) for around in element.iterancestors("{*}tr", "{*}p")]
        if inside:
            continue
        if xml.local(element) == "tr":
            yield table([[_words(cell) for cell in element.iterchildren("{*}tc")]])
        else:
            yield running(BlockKind.PARAGRAPH, [Piece(_words(element))])


def _words(element: _Element) -> str:
    blanks = {"tab": " ", "br": " ", "p": " "}
    return "".join(
        part.text or "" if xml.local(part) == "t" else blanks.get(xml.local(part), "")
        for part in element.iter()
    )


def _lines(parts: Package, style: str) -> Iterator[str]:
    """Return the texts of all paragraphs whose style's name begins so."""
    styles = mend.styles_called(parts.styles, style)
    for used in xml.named(parts.text, "pStyle"):
        if xml.attribute(used, "val") in styles:
            paragraph = next(used.iterancestors("{*}p"), None)
            if paragraph is not None and (line := clean_line(_words(paragraph))):
                yield line


def _without_contents(parts: Package, found: list[Draft]) -> list[Draft]:
    """Leave a table of contents out of what is shown: its pages are not the reader's."""
    contents = frozenset(_lines(parts, "toc "))
    return [replace(d, included=False) if d.text in contents else d for d in found]


IMPORTER = Importer(_LABEL, _SUFFIXES, (_TYPE,), _accepts, _read)
