"""JSON Feed. Source: jsonfeed.org/version/1.1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers import strictjson
from briefing_app.importers.base import Document, Imported, Importer
from briefing_app.importers.dates import parse_moment
from briefing_app.importers.entries import Entry, gather
from briefing_app.importers.strictjson import objects, text

if TYPE_CHECKING:
    from briefing_app.progress import Progress

Fields = dict[str, Any]
_LABEL = "JSON Feed"
_VERSION = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')


def _accepts(document: Document) -> bool:
    return bool(_VERSION.search(strictjson.head(document)))


def _read(document: Document, progress: Progress) -> Imported:
    feed = strictjson.load(document)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise UnreadableSource(
            QT_TRANSLATE_NOOP(
                "errors",
                "This is JSON, but neither a feed nor references nor an export that is known here.",
            )
        )
    found = (_entry(item, feed, document.url) for item in objects(feed["items"]))
    return gather(_LABEL, found, progress, title=text(feed.get("title")))


def _entry(item: Fields, feed: Fields, address: str) -> Entry:
    home = text(feed.get("home_page_url")) or address
    url = text(item.get("url")) or text(item.get("external_url"))
    return Entry(
        title=text(item.get("title")),
        url=url,
        html=text(item.get("content_html")),
        text=text(item.get("content_text")) or text(item.get("summary")),
        authors=_authors(item) or _authors(feed),
        source=text(feed.get("title")),
        published=parse_moment(text(item.get("date_published")))
        or parse_moment(text(item.get("date_modified"))),
        language=text(item.get("language")) or text(feed.get("language")),
        base=url or home,
        entry_id=_identity(text(item.get("id")), text(feed.get("feed_url")) or home),
        origin="feed",
    )


def _authors(holder: Fields) -> tuple[str, ...]:
    people = objects(holder.get("authors")) or objects([holder.get("author")])  # 1.1, or 1.0
    return tuple(name for person in people if (name := text(person.get("name"))))


def _identity(entry_id: str, home: str) -> str:
    if not entry_id or ":" in entry_id:
        return entry_id
    return f"{home}#{entry_id}" if home else ""


IMPORTER = Importer(
    _LABEL, (".json",), ("application/feed+json", "application/json"), _accepts, _read
)
