"""OPML: the feeds that somebody follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.etree

from briefing_app.importers import prolog, xml
from briefing_app.importers.base import MEGABYTE, Document, Imported, Importer
from briefing_app.importers.entries import Entry, gather

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from briefing_app.progress import Progress

_LABEL = "Subscriptions"


def _accepts(document: Document) -> bool:
    return prolog.first_tag(document.data)[0] == "opml"


def _read(document: Document, progress: Progress) -> Imported:
    root = xml.parse(document.data, recover=True)
    title = next((element.text or "" for element in xml.named(root, "title")), "")
    return gather(_LABEL, _entries(root), progress, title=title)


def _entries(root: _Element) -> Iterator[Entry]:
    folders: list[str] = []
    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        if xml.local(element).lower() != "outline":
            continue
        if event == "end":
            folders.pop()
            continue
        said = {name.lower(): value.strip() for name, value in element.attrib.items()}
        title = said.get("title") or said.get("text") or ""
        feed = said.get("xmlurl", "")
        if url := feed or said.get("htmlurl") or said.get("url") or "":
            yield Entry(
                title=title,
                url=url,
                is_feed=bool(feed),
                note=said.get("description", ""),
                folders=tuple(folder for folder in folders if folder),
                tags=tuple(t for t in said.get("category", "").split(",") if "/" not in t),
            )
        folders.append(title)


IMPORTER = Importer(
    _LABEL, (".opml",), ("text/x-opml", "text/x-opml+xml"), _accepts, _read, limit=20 * MEGABYTE
)
