"""Rich Text Format documents, read by their own control words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.moment import parse_iso
from briefing_app.domain.text import clean_line
from briefing_app.importers import properties
from briefing_app.importers.base import Document, Imported, Importer
from briefing_app.importers.pictures import Album
from briefing_app.importers.properties import Properties
from briefing_app.importers.rtf.reader import Reader
from briefing_app.importers.written import article_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing_app.progress import Progress

_LABEL = "RTF document"


def _accepts(document: Document) -> bool:
    head = document.data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{\\rtf")


def _read(document: Document, progress: Progress) -> Imported:
    album = Album()
    reader = Reader(album.add)
    drafts = reader.read(document.data)
    progress.check()
    known = _properties(reader.info)
    article = article_of(document, drafts, known, album, shown=reader.flow.title)
    return Imported(_LABEL, articles=(article,), warnings=album.warnings)


def _properties(info: Mapping[str, str]) -> Properties:
    title = clean_line(info.get("title", ""))[:300]
    return Properties(
        title if properties.is_title(title) else "",
        properties.people([info.get("author", "")]),
        published=parse_iso(info.get("creatim", "")) or parse_iso(info.get("revtim", "")),
    )


IMPORTER = Importer(
    _LABEL, (".rtf",), ("application/rtf", "text/rtf", "text/richtext"), _accepts, _read
)
