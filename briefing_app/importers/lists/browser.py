"""Bookmarks as JSON: Firefox, Chrome and its kin, Pinboard, Delicious."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from briefing_app.importers import strictjson
from briefing_app.importers.base import MEGABYTE, Document, Imported, Importer
from briefing_app.importers.dates import from_seconds, parse_moment
from briefing_app.importers.entries import Entry, gather
from briefing_app.importers.strictjson import objects, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.domain.moment import Moment
    from briefing_app.progress import Progress

Fields = dict[str, Any]
_LABEL = "Bookmarks"
_FIREFOX = re.compile(r'"type"\s*:\s*"text/x-moz-place-container"')
_CHROME = re.compile(r'"roots"\s*:\s*\{\s*"bookmark_bar"')
_PINBOARD = (re.compile(r'"href"\s*:'), re.compile(r'"extended"\s*:'))
_DELICIOUS = (re.compile(r'"url"\s*:'), re.compile(r'"created"\s*:'), re.compile(r'"others"\s*:'))
_1601 = 11_644_473_600  # seconds from the year 1601, from which Chrome counts, to 1970


def _accepts(document: Document) -> bool:
    head = strictjson.head(document)
    forms = ((_FIREFOX,), (_CHROME,), _PINBOARD, _DELICIOUS)
    return any(all(name.search(head) for name in form) for form in forms)


def _read(document: Document, progress: Progress) -> Imported:
    value = strictjson.load(document)
    return gather(_LABEL, _entries(value), progress)


def _entries(value: object) -> Iterator[Entry]:
    if isinstance(value, list):
        yield from map(_kept_online, objects(value))
    elif isinstance(value, dict):
        roots = value.get("roots")
        for root in objects(list(roots.values())) if isinstance(roots, dict) else [value]:
            yield from _tree(root, ())


def _tree(node: Fields, folders: tuple[str, ...]) -> Iterator[Entry]:
    """Go through a folder and those inside; how deep they lie is bounded by the reading of JSON."""
    title = text(node.get("title")) or text(node.get("name"))
    if url := text(node.get("uri")) or text(node.get("url")):
        yield Entry(
            title=title,
            url=url,
            added=_added(node),
            folders=folders,
            tags=tuple(text(node.get("tags")).split(",")),
        )
    inner = (*folders, title) if title else folders
    for child in objects(node.get("children")):
        yield from _tree(child, inner)


def _added(node: Fields) -> Moment | None:
    if (firefox := text(node.get("dateAdded"))).isdecimal():
        return from_seconds(int(firefox[:17]) / 1_000_000)
    if (chrome := text(node.get("date_added"))).isdecimal():
        return from_seconds(int(chrome[:18]) / 1_000_000 - _1601)
    return None


def _kept_online(row: Fields) -> Entry:
    pinboard = "href" in row
    tags = row.get("tags")
    return Entry(
        title=text(row.get("description" if pinboard else "title")),
        url=text(row.get("href")) or text(row.get("url")),
        added=parse_moment(text(row.get("time")) or text(row.get("created"))),
        note=text(row.get("extended" if pinboard else "description")),
        tags=tuple(tags.split()) if isinstance(tags, str) else texts(tags),
    )


IMPORTER = Importer(_LABEL, (), (), _accepts, _read, limit=20 * MEGABYTE)
