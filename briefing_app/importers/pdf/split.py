"""A PDF of many articles: where one ends and the next begins, and the articles of its parts."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers.base import Imported, stem
from briefing_app.importers.pdf import document as pdf
from briefing_app.importers.pdf.facts import largest
from briefing_app.importers.pdf.kinds import heading_level
from briefing_app.importers.pdf.reading import LABEL, Reading, article_of, reading, remarks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pypdfium2 import PdfDocument

    from briefing_app.importers.base import Document
    from briefing_app.progress import Progress

_DEEPEST = 3  # levels of an outline that are looked at
_MOST_ENTRIES = 5_000
_LONGEST_TITLE = 300  # code points
_HIGH = 0.75  # of a page's height: an entry that points lower has another article above it
_STANDS_OUT = 1.3  # times the size of running text: a headline
_FIRST = 3  # paragraphs of a page among which its headline is


@dataclass(frozen=True, slots=True)
class Part:
    """An article's pages, both counted from 1; two articles may share one.

    `origin` says where its title is from.
    """

    title: str
    first: int
    last: int
    origin: str = "by hand"


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    level: int
    page: int
    low: bool  # it points to the lower part of its page


def proposal(data: bytes, progress: Progress) -> tuple[Part, ...]:
    """Return how a document may be split: by its outline, else by its headlines; or nothing.

    Raises: UnreadableSource, Cancelled.
    """
    with pdf.opened(data) as document:
        pages = len(document)
        parts = by_outline(_entries(document), pages)
    return parts or by_headlines(reading(data, progress), pages)


def page_count(data: bytes) -> int:
    """Return how many pages a document has. Raises: UnreadableSource."""
    with pdf.opened(data) as document:
        return len(document)


def by_outline(entries: Sequence[_Entry], pages: int) -> tuple[Part, ...]:
    """Return the parts that the highest level of an outline names which names more than one."""
    for level in range(_DEEPEST):
        chosen = [entry for entry in entries if entry.level <= level]
        if len({entry.page for entry in chosen}) > 1:
            starts = [(entry.title, entry.page, entry.low) for entry in chosen]
            return tuple(_parts(starts, pages, "outline"))
    return ()


def by_headlines(read: Reading, pages: int) -> tuple[Part, ...]:
    """Return the parts that begin where a page has a headline at its top."""
    starts: list[tuple[str, int, bool]] = []
    text = (one for one in read.found if not one.furniture)
    for number, found in itertools.groupby(text, key=lambda one: one.page):
        heads = [
            one
            for one in itertools.islice(found, _FIRST)
            if one.size >= _STANDS_OUT * read.style.body
            and heading_level(one, one.text, read.style)
        ]
        if heads:
            title = max(heads, key=lambda one: one.size).text
            starts.append((clean_line(title)[:_LONGEST_TITLE], number, False))
    return tuple(_parts(starts, pages, "largest text")) if len(starts) > 1 else ()


def by_pages(pages: int) -> tuple[Part, ...]:
    """Return a part for each page."""
    return tuple(Part("", page, page) for page in range(1, pages + 1))


def split(document: Document, parts: Sequence[Part], progress: Progress) -> Imported:
    """Return an article for each part; all come from this one file.

    A page that two parts share is in both. Raises: UnreadableSource, Cancelled.
    """
    read = reading(document.data, progress)
    articles = []
    for part in parts:
        progress.check()
        found = [one for one in read.found if part.first <= one.page <= part.last]
        whole = read.facts.title or stem(document.name)
        titles = (
            (part.title, part.origin),
            (largest(found, read.style.body), "largest text"),
            (f"{whole}, {part.first}-{part.last}", "page numbers"),
        )
        article = article_of(read, found, document, titles)
        if article.body.text:
            articles.append(article)
    if not articles:
        raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "There is no text on these pages."))
    return Imported(LABEL, articles=tuple(articles), title=read.facts.title, warnings=remarks(read))


def _entries(document: PdfDocument) -> list[_Entry]:
    """Return the outline's entries that point to a page, in the order of the pages."""
    found: list[_Entry] = []
    for mark in itertools.islice(document.get_toc(max_depth=_DEEPEST), _MOST_ENTRIES):
        target = mark.get_dest()
        page = target.get_index() if target else None
        title = clean_line(mark.get_title())[:_LONGEST_TITLE]
        if page is None or not 0 <= page < len(document) or not title:
            continue
        _, view = target.get_view()
        height = document.get_page_size(page)[1]
        low = len(view) >= 2 and 0 < (view[1] or 0) < _HIGH * height
        found.append(_Entry(title, mark.level, page + 1, low))
    return sorted(found, key=lambda entry: entry.page)


def _parts(starts: Sequence[tuple[str, int, bool]], pages: int, origin: str) -> Iterable[Part]:
    """Return the parts between these starts; what lies before the first one is a part, too."""
    if starts and starts[0][1] > 1:
        yield Part("", 1, starts[0][1] - 1, origin)
    for at, (title, first, _) in enumerate(starts):
        last = pages
        if at + 1 < len(starts):
            _, following, low = starts[at + 1]
            last = following if low else following - 1
        yield Part(title, first, max(first, last), origin)
