"""RSS and Atom. feedparser is given a stream of bytes: what looks like a name, it would open."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Any

import feedparser

from briefing_app.domain.moment import Moment
from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource
from briefing_app.importers import entries, guard, prolog
from briefing_app.importers.base import MEGABYTE, Document, Imported, Importer
from briefing_app.importers.dates import parse_moment
from briefing_app.importers.entries import Entry
from briefing_app.importers.html.fragment import read_fragment
from briefing_app.progress import NoProgress

if TYPE_CHECKING:
    import time

    from briefing_app.progress import Progress

Fields = dict[str, Any]  # as feedparser gives them
_LABEL = "Feed"
_ORIGIN = "feed"
_RDF = re.compile(r"purl\.org/rss|netscape\.com/rdf|purl\.org/net/rss", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:[\w.-]{1,40}:)?(?:item|entry)\s{0,40}>", re.IGNORECASE)
_OPENING = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_LONG_TAG = re.compile(r"<[A-Za-z_:][^<>]{65536}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_MARKUP = re.compile(r"[<&]")
_PLAIN = "text/plain"


def read_feed(document: Document, progress: Progress | None = None) -> Imported:
    """Return the entries of a feed that came from a file or from the web, the newest as it has them.

    Raises: UnreadableSource if it is no feed, or has no entries.
    """
    title, found, warnings = read_entries(document)
    return entries.gather(
        _LABEL, found, progress or NoProgress(), title=title, warnings=tuple(warnings)
    )


def read_entries(document: Document) -> tuple[str, list[Entry], list[Remark]]:
    """Return a feed's title, its entries in order, and what was left out.

    Raises: UnreadableSource if it is no feed.
    """
    text = prolog.without_doctype(guard.read_text(document).text)
    text, warnings = _shortened(text)
    headers = {"content-type": "application/xml; charset=utf-8"}
    if document.url:
        headers["content-location"] = document.url
    data = b'<?xml version="1.0" encoding="utf-8"?>\n' + text.encode("utf-8", "replace")
    parsed = feedparser.parse(
        io.BytesIO(data),
        response_headers=headers,
        resolve_relative_uris=False,  # our own walk does both
        sanitize_html=False,
    )
    feed = parsed.feed
    if not parsed.version and not parsed.entries and not _value(feed, "title"):
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "This is XML, but neither a feed nor a list of feeds.")
        )
    found = [_entry(entry, feed, document.url) for entry in parsed.entries]
    return _line(feed, "title"), found, warnings


def _shortened(text: str) -> tuple[str, list[Remark]]:
    """Cut out what is behind the last entry that is read, before a parser takes minutes over it.

    Raises: UnreadableSource if tags are so long, or so many are never closed, that no feed is like it.
    """
    ends = [found.end() for found in _CLOSING.finditer(text)]
    if sum(1 for _ in _OPENING.finditer(text)) > len(ends) + entries.MOST or _LONG_TAG.search(text):
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "It is damaged: its tags are not those of a feed.")
        )
    if len(ends) <= entries.MOST:
        return text, []
    said = QT_TRANSLATE_NOOP(
        "errors", "The feed has {total} entries; the first {count} of them came in."
    )
    values = (("total", str(len(ends))), ("count", str(entries.MOST)))
    return text[: ends[entries.MOST - 1]] + text[ends[-1] :], [Remark(said, values)]


def _entry(entry: Fields, feed: Fields, address: str) -> Entry:
    html, text, base, language = _content(entry)
    link = _value(entry, "link") or _value(entry, "feedburner_origlink")
    source = dict.get(entry, "source")
    return Entry(
        title=_line(entry, "title"),
        url=link,
        canonical_url=_value(entry, "feedburner_origlink"),
        html=html,
        text=text,
        authors=_authors(entry) or _authors(feed),
        source=(_line(source, "title") if source else "") or _line(feed, "title"),
        published=_when(entry),
        language=_language(language, _value(feed, "language")),
        base=base or link or _value(feed, "link") or address,
        entry_id=_identity(_value(entry, "id"), feed, address),
        origin=_ORIGIN,
    )


def _content(entry: Fields) -> tuple[str, str, str, str]:
    """Return the longest content as HTML or as text, the base of its links, and its language."""
    details = [*(dict.get(entry, "content") or ()), dict.get(entry, "summary_detail") or {}]
    readable = [one for one in details if _is_text(one)]
    best: Fields = max(readable, key=lambda one: len(one.get("value") or ""), default={})
    value, base = best.get("value") or "", best.get("base") or ""
    language = best.get("language") or ""
    if best.get("type") == _PLAIN:
        return "", value, base, language
    return value, "", base, language


def _is_text(detail: Fields) -> bool:
    kind = detail.get("type") or "text/html"
    return bool(detail.get("value")) and kind in (_PLAIN, "text/html", "application/xhtml+xml")


def _line(holder: Fields, name: str) -> str:
    """Return a field as one line without markup, where it has any."""
    value = _value(holder, name)
    detail = dict.get(holder, f"{name}_detail") or {}
    if detail.get("type") == _PLAIN or not _MARKUP.search(value):
        return clean_line(value)
    try:
        return clean_line(read_fragment(value)[0].text)
    except UnreadableSource:
        return ""


def _authors(holder: Fields) -> tuple[str, ...]:
    people = dict.get(holder, "authors") or ()
    names = tuple(name for person in people if (name := _value(person, "name")))
    return names or tuple(name for name in (_value(holder, "author"),) if name)


def _when(entry: Fields) -> Moment | None:
    """Return when an entry was published or, failing that, changed, in the words of the feed.

    feedparser knows more ways to write a date; it gives them in UTC.
    """
    for name in ("published", "created", "updated"):
        moment = parse_moment(_value(entry, name))
        known = _in_utc(dict.get(entry, f"{name}_parsed"))
        if moment and (known is None or moment.sort_key == known.sort_key or moment.time is None):
            return moment
        if known:
            return known
    return None


def _in_utc(parsed: time.struct_time | None) -> Moment | None:
    try:
        return Moment(dt.date(*parsed[:3]), dt.time(*parsed[3:6]), 0, "UTC") if parsed else None
    except ValueError:
        return None


def _language(*choices: str) -> str:
    for choice in choices:
        if found := _LANGUAGE.fullmatch(choice.strip()):
            return found[0].replace("_", "-")
    return ""


def _identity(entry_id: str, feed: Fields, address: str) -> str:
    """Return what an entry is known by everywhere; a bare number counts within its feed alone."""
    if not entry_id or ":" in entry_id:
        return entry_id
    home = address or _value(feed, "id") or _value(feed, "link")
    return f"{home}#{entry_id}" if home else ""


def _value(holder: Fields, name: str) -> str:
    """Return a field as it stands: feedparser's own look-up puts others in place of some."""
    value = dict.get(holder, name)
    return value if isinstance(value, str) else ""


def _accepts(document: Document) -> bool:
    name, tag = prolog.first_tag(document.data)
    bare = name.rpartition(":")[2]
    return bare in ("rss", "feed") or (bare == "rdf" and bool(_RDF.search(tag)))


IMPORTER = Importer(
    _LABEL,
    (".rss", ".atom", ".rdf", ".xml"),
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml",
     "text/xml"),
    _accepts,
    read_feed,
    20 * MEGABYTE,
)  # fmt: skip
