"""What a feed, a list or an export holds: an article where an entry has a text, a link where not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing_app.domain.article import BlockKind, Body
from briefing_app.domain.text import clean, clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource
from briefing_app.importers.base import Imported, ImportedArticle, Link
from briefing_app.importers.body import Piece, body_of, running
from briefing_app.importers.direction import direction_of
from briefing_app.importers.html.dom import address
from briefing_app.importers.html.fragment import read_fragment
from briefing_app.importers.links import clean_link
from briefing_app.importers.text import text_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from briefing_app.domain.moment import Moment
    from briefing_app.importers.body import Draft
    from briefing_app.progress import Progress

MOST = 10_000  # entries
_MOST_BYTES = 12_000_000  # of what crosses from the worker, which takes 20 MB
_LONGEST_TITLE = 80  # code points, where the first words of a text stand for one
_MOST_TAGS = 50
_LONGEST_NOTE = 2000  # code points
_MOST_AUTHORS = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as its file has it, whatever the format.

    `text` counts where there is no `html`, and `quotes` where there is neither: passages, each with
    what the user noted beside it; `note` is what a list says of a link. `base` is what the links in
    it are resolved against. `origin` is who says all this, and `text_origin` where the text is from
    if that is worth saying.
    """

    title: str = ""
    url: str = ""
    canonical_url: str = ""
    html: str = ""
    text: str = ""
    quotes: tuple[tuple[str, str], ...] = ()
    authors: tuple[str, ...] = ()
    source: str = ""
    published: Moment | None = None
    added: Moment | None = None
    language: str = ""
    base: str = ""
    entry_id: str = ""
    note: str = ""
    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    is_feed: bool = False
    reference: Mapping[str, Any] | None = None
    origin: str = ""
    text_origin: str = ""


def gather(
    label: str,
    entries: Iterable[Entry],
    progress: Progress,
    *,
    title: str = "",
    warnings: tuple[Remark, ...] = (),
) -> Imported:
    """Return all entries as articles and links; what could not be taken is said in a warning.

    Raises: UnreadableSource if there is nothing in it.
    """
    found = _Found()
    for entry in entries:
        progress.check()
        if not found.add(entry):
            break
    if not found.articles and not found.links:
        raise found.reason or UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "There are no entries in it.")
        )
    return Imported(
        label,
        tuple(found.articles),
        title=clean_line(title),
        warnings=(*warnings, *found.warnings()),
        links=tuple(found.links),
    )


def body_of_entry(entry: Entry) -> Body:
    """Return the body of an entry; it is empty where there is no text.

    Raises: UnreadableSource if it is beyond the limits.
    """
    if entry.html:
        body, _ = read_fragment(entry.html, url=entry.base or entry.url)
        if body.text:
            return body
    if text := clean(entry.text).strip("\n"):
        return body_of(text_blocks(text))
    return body_of(_quoted(entry.quotes))


def web_address(href: str, base: str = "") -> str:
    """Return an absolute address in the web without what follows the reader, or an empty string."""
    href = href.strip()
    if href[:7].lower() == "feed://":
        href = f"http://{href[7:]}"
    elif href[:5].lower() == "feed:":
        href = href[5:]
    url = address(href, base)
    return "" if url.startswith("mailto:") else clean_link(url)


class _Found:
    """What has come together so far."""

    def __init__(self) -> None:
        self.articles: list[ImportedArticle] = []
        self.links: list[Link] = []
        self.reason: UnreadableSource | None = None  # why the first one could not be read
        self._bytes = 0
        self._damaged = 0
        self._nowhere = 0
        self._full = False

    def add(self, entry: Entry) -> bool:
        """Take an entry, and tell whether there is room for another."""
        if len(self.articles) + len(self.links) >= MOST or self._bytes > _MOST_BYTES:
            self._full = True
            return False
        try:
            body = body_of_entry(entry)
        except UnreadableSource as error:  # one bad entry is no reason to lose the others
            self._damaged += 1
            self.reason = self.reason or error
            body = Body("", ())
        url = web_address(entry.url, entry.base)
        if body.text:
            self.articles.append(_article(entry, body, url))
            self._bytes += _weight(body) + (len(str(entry.reference)) if entry.reference else 0)
        elif url:
            self.links.append(_link(entry, url))
            self._bytes += 200 + len(url) + len(entry.title) + min(len(entry.note), _LONGEST_NOTE)
        else:
            self._nowhere += 1
        return True

    def warnings(self) -> Iterator[Remark]:
        """Say what was lost."""
        if self._full:
            taken = str(len(self.articles) + len(self.links))
            said = QT_TRANSLATE_NOOP(
                "errors", "It holds more than is read at once: the first {count} entries came in."
            )
            yield Remark(said, (("count", taken),))
        if self._damaged:
            said = QT_TRANSLATE_NOOP("errors", "Entries whose text could not be read: {count}.")
            yield Remark(said, (("count", str(self._damaged)),))
        if self._nowhere:
            said = QT_TRANSLATE_NOOP(
                "errors", "Entries with neither a text nor an address in the web: {count}."
            )
            yield Remark(said, (("count", str(self._nowhere)),))


def _article(entry: Entry, body: Body, url: str) -> ImportedArticle:
    title = clean_line(entry.title)
    fields = {
        "authors": _lines(entry.authors),
        "source": clean_line(entry.source),
        "url": url,
        "canonical_url": web_address(entry.canonical_url, entry.base),
        "published": entry.published,
        "language": entry.language,
    }
    said = ["title"] if title else []
    said += [name for name, value in fields.items() if value]
    origins = [(name, entry.origin) for name in said]
    if not title:
        origins.insert(0, ("title", "first words"))
    if entry.text_origin:
        origins.append(("text", entry.text_origin))
    return ImportedArticle(
        title=title or _first_words(body.text),
        body=body,
        authors=_lines(entry.authors)[:_MOST_AUTHORS],
        source=clean_line(entry.source),
        url=url,
        canonical_url=web_address(entry.canonical_url, entry.base),
        published=entry.published,
        language=entry.language,
        direction=direction_of(body.text, entry.language),
        origins=(*origins, ("direction", "text")),
        reference=entry.reference,
        message_id=clean_line(entry.entry_id)[:1000],
        tags=_lines(entry.tags)[:_MOST_TAGS],
    )


def _link(entry: Entry, url: str) -> Link:
    return Link(
        url,
        clean_line(entry.title),
        entry.is_feed,
        entry.published or entry.added,
        clean_line(entry.note)[:_LONGEST_NOTE],
        _lines(entry.folders),
        _lines(entry.tags)[:_MOST_TAGS],
    )


def _quoted(quotes: Iterable[tuple[str, str]]) -> Iterator[Draft]:
    """Return passages as quotes, what was noted beside each as a paragraph behind it."""
    for quote, note in quotes:
        for line in clean(quote).split("\n"):
            yield running(BlockKind.QUOTE, [Piece(line)])
        for line in clean(note).split("\n"):
            yield running(BlockKind.PARAGRAPH, [Piece(line)])


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for text in texts if (line := clean_line(text))))


def _first_words(text: str) -> str:
    words = text.split("\n", 1)[0]
    if len(words) <= _LONGEST_TITLE:
        return words
    return words[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "\u2026"


def _weight(body: Body) -> int:
    """Return about how many bytes a body is when it crosses."""
    spans = sum(60 + len(span.target) for span in body.spans)
    return 500 + len(body.text.encode()) + 60 * len(body.blocks) + spans
