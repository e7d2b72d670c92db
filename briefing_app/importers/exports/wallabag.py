"""wallabag's export as JSON, of its first and its second version."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from briefing_app.importers import strictjson
from briefing_app.importers.base import Document, Imported, Importer
from briefing_app.importers.dates import parse_moment
from briefing_app.importers.entries import Entry, gather
from briefing_app.importers.exports import highlights
from briefing_app.importers.strictjson import objects, text, texts

if TYPE_CHECKING:
    from briefing_app.progress import Progress

Fields = dict[str, Any]
_LABEL = "wallabag"
_FIRST = re.compile(r'\[\s*\{\s*"0"\s*:\s*"\d+"\s*,\s*"1"\s*:')
_FIELDS = (re.compile(r'"is_archived"\s*:'), re.compile(r'"(?:is_starred|url|domain_name)"\s*:'))


def _accepts(document: Document) -> bool:
    head = strictjson.head(document)
    return bool(_FIRST.match(head)) or all(field.search(head) for field in _FIELDS)


def _read(document: Document, progress: Progress) -> Imported:
    value = strictjson.load(document)
    rows = objects(value if isinstance(value, list) else [value])
    marked = sum(len(objects(row.get("annotations"))) for row in rows if row.get("content"))
    return gather(_LABEL, map(_entry, rows), progress, warnings=highlights.left(marked))


def _entry(row: Fields) -> Entry:
    html = text(row.get("content"))
    marked = tuple(
        (text(one.get("quote")), text(one.get("text"))) for one in objects(row.get("annotations"))
    )
    tags = row.get("tags")
    named = tuple(text(tag.get("label")) for tag in objects(tags))
    return Entry(
        title=text(row.get("title")),
        url=text(row.get("url")) or text(row.get("given_url")),
        html=html,
        quotes=marked,
        text_origin="passages" if marked and not html else "",
        authors=texts(row.get("published_by")),
        source=text(row.get("domain_name")),
        published=parse_moment(text(row.get("published_at"))),
        added=parse_moment(text(row.get("created_at"))),
        language=text(row.get("language")).replace("_", "-"),
        base=text(row.get("url")),
        tags=named or (tuple(tags.split(",")) if isinstance(tags, str) else texts(tags)),
        origin=_LABEL,
    )


IMPORTER = Importer(_LABEL, (), (), _accepts, _read)
