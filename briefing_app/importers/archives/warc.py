"""WARC: what a crawler or a browser was answered, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.importers.archives import gzipped
from briefing_app.importers.archives.pages import LABEL, Pages
from briefing_app.importers.base import Document, Imported, Importer
from briefing_app.importers.zipped import Budget

if TYPE_CHECKING:
    from briefing_app.progress import Progress

_MARK = b"WARC/"


def _accepts(document: Document) -> bool:
    return gzipped.begins_with(document.data, _MARK)


def _read(document: Document, progress: Progress) -> Imported:
    pages = Pages(progress)
    data, whole = document.data, True
    if data.startswith(gzipped.MAGIC):
        data, whole = gzipped.unpack(data, Budget())
    pages.add_from(data)
    pages.damaged |= not whole
    return pages.imported()


IMPORTER = Importer(LABEL, (".warc", ".warc.gz"), ("application/warc",), _accepts, _read)
