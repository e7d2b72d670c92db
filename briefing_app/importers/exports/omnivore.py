"""Omnivore's export: lists as JSON, and the zip that has the texts and the passages beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from briefing_app.importers import strictjson, zipped
from briefing_app.importers.base import MEGABYTE, Document, Imported, Importer
from briefing_app.importers.dates import parse_moment
from briefing_app.importers.encoding import decode
from briefing_app.importers.entries import Entry, gather
from briefing_app.importers.exports import highlights
from briefing_app.importers.strictjson import objects, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.importers.zipped import Zip
    from briefing_app.progress import Progress

Fields = dict[str, Any]
_LABEL = "Omnivore"
_FIELDS = (
    re.compile(r'"slug"\s*:'),
    re.compile(r'"readingProgress"\s*:'),
    re.compile(r'"savedAt"\s*:'),
)
_LIST = re.compile(r"(?:^|/)metadata_\d+_to_\d+\.json$")
_LISTED = re.compile(rb"metadata_\d{1,6}_to_\d{1,6}\.json")
_TAIL = 2 * MEGABYTE  # bytes; the names in a zip are at its end
_WAY_BACK = re.compile(r"(?<!\s)\s*\[\u2934\ufe0f?\]\([^)]{0,500}\)")
_LABELS = re.compile(r"(?<!\s)(?:\s*+#[\w-]++)++\s*+$")


def _accepts(document: Document) -> bool:
    if zipped.looks_zipped(document.data):
        return bool(_LISTED.search(document.data[-_TAIL:]))
    head = strictjson.head(document)
    return all(field.search(head) for field in _FIELDS)


def _read(document: Document, progress: Progress) -> Imported:
    if not zipped.looks_zipped(document.data):
        rows = objects(strictjson.load(document))
        return gather(_LABEL, (_entry(row, "", ()) for row in rows), progress)
    archive = zipped.open_zip(document.data)
    names = archive.names()
    folder = next((name.rpartition("metadata_")[0] for name in names if _LIST.search(name)), "")
    marked = sum(
        1
        for name in names
        if name.startswith(f"{folder}highlights/")
        and f"{folder}content/{name.rpartition('/')[2].removesuffix('.md')}.html" in archive
    )
    return gather(_LABEL, _kept(archive, folder), progress, warnings=highlights.left(marked))


def _kept(archive: Zip, folder: str) -> Iterator[Entry]:
    for name in archive.names():
        if not _LIST.search(name):
            continue
        for row in objects(strictjson.loads(decode(archive.read(name)).text.lstrip("\ufeff"))):
            slug = text(row.get("slug"))
            html = _member(archive, f"{folder}content/{slug}.html")
            marked = "" if html else _member(archive, f"{folder}highlights/{slug}.md")
            yield _entry(row, html, tuple(_passages(marked)))


def _member(archive: Zip, name: str) -> str:
    return decode(archive.read(name)).text if name in archive else ""


def _entry(row: Fields, html: str, marked: tuple[tuple[str, str], ...]) -> Entry:
    return Entry(
        title=text(row.get("title")),
        url=text(row.get("url")),
        html=html,
        quotes=marked,
        text_origin="passages" if marked and not html else "",
        authors=(text(row.get("author")),),
        source=text(row.get("siteName")),
        published=parse_moment(text(row.get("publishedAt"))),
        added=parse_moment(text(row.get("savedAt"))),
        note=text(row.get("description")),
        folders=(text(row.get("state")),),
        tags=texts(row.get("labels")),
        origin=_LABEL,
    )


def _passages(markdown: str) -> Iterator[tuple[str, str]]:
    """Go through a file of highlights: quotes in Markdown, each with a note behind it or none."""
    quote: list[str] = []
    note: list[str] = []
    for line in markdown.split("\n"):
        if line.startswith(">"):
            if note and quote:
                yield "\n".join(quote), "\n".join(note)
                quote, note = [], []
            said = _LABELS.sub("", _WAY_BACK.sub("", line.lstrip("> ")))
            quote.append(said)
        elif line.strip() and quote:
            note.append(line.strip())
        elif quote and not line.strip() and not note:
            note = [""]
    if quote:
        yield "\n".join(quote), "\n".join(note)


IMPORTER = Importer(_LABEL, (), (), _accepts, _read)
