"""WACZ: a zip of WARC files, and a list of which addresses in them are pages.

Source: specs.webrecorder.net/wacz/1.1.1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing_app.errors import UnreadableSource
from briefing_app.importers import strictjson, zipped
from briefing_app.importers.archives import gzipped
from briefing_app.importers.archives.pages import LABEL, Pages
from briefing_app.importers.base import MEGABYTE, Document, Imported, Importer
from briefing_app.importers.encoding import decode
from briefing_app.importers.entries import web_address

if TYPE_CHECKING:
    from briefing_app.importers.zipped import Zip
    from briefing_app.progress import Progress

_TAIL = 2 * MEGABYTE  # bytes; the names in a zip are at its end
_ARCHIVE = re.compile(r"archive/[^/]+\.warc(?:\.gz)?$")
_LIST = re.compile(r"pages/[^/]+\.jsonl$")
_MOST_LINES = 20_000


def _accepts(document: Document) -> bool:
    tail = document.data[-_TAIL:]
    named = b"datapackage.json" in tail and b"archive/" in tail
    return zipped.looks_zipped(document.data) and named


def _read(document: Document, progress: Progress) -> Imported:
    budget = zipped.Budget()
    archive = zipped.open_zip(document.data, budget)
    listed = _listed(archive)
    pages = Pages(progress, (lambda url: _bare(url) in listed) if listed else None)
    everything = Pages(progress)
    for name in archive.names():
        if not _ARCHIVE.search(name):
            continue
        data, whole = archive.read(name), True
        if data.startswith(gzipped.MAGIC):
            data, whole = gzipped.unpack(data, budget)
        pages.add_from(data)
        if listed and not pages.found:  # the list may be of something else
            everything.add_from(data)
        pages.damaged |= not whole
    return pages.imported() if pages.found or not everything.found else everything.imported()


def _listed(archive: Zip) -> frozenset[str]:
    """Return the addresses that the archive says are pages; a line that is damaged is passed over."""
    found: set[str] = set()
    for name in archive.names():
        if not _LIST.search(name):
            continue
        for line in decode(archive.read(name)).text.split("\n")[:_MOST_LINES]:
            try:
                row = strictjson.loads(line) if line.startswith("{") else None
            except UnreadableSource:
                continue
            if isinstance(row, dict) and (url := strictjson.text(row.get("url"))):
                found.add(_bare(web_address(url)))
    return frozenset(found - {""})


def _bare(url: str) -> str:
    return url.split("#", maxsplit=1)[0].rstrip("/")


IMPORTER = Importer(LABEL, (".wacz",), ("application/wacz",), _accepts, _read)
