"""Markdown, with or without front matter: an article, or stories as our own exporter prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers import guard
from briefing_app.importers.base import (
    MEGABYTE,
    Document,
    Imported,
    ImportedArticle,
    Importer,
    stem,
)
from briefing_app.importers.body import Draft, body_of
from briefing_app.importers.direction import direction_of
from briefing_app.importers.front import Front, split
from briefing_app.importers.markdown_blocks import blocks
from briefing_app.importers.markdown_stories import stories

if TYPE_CHECKING:
    from briefing_app.progress import Progress

_LABEL = "Markdown"


def _accepts(document: Document) -> bool:
    """Accept our own form of stories whatever the name; other Markdown is known by its name."""
    head = document.data[:4096].lstrip()
    return head.startswith(b"# ") and b"\n## The Story" in document.data[:262_144]


def _read(document: Document, progress: Progress) -> Imported:
    del progress
    front, text = split(guard.read_text(document).text)
    found = list(blocks(text))
    if ours := stories(found):
        return Imported(_LABEL, stories=ours.stories, title=front.title or ours.title)
    title, origin, found = _title(document, front, found)
    body = body_of(found)
    if not body.text:
        raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "There is no text in it."))
    article = ImportedArticle(
        title=title,
        body=body,
        authors=front.authors,
        source=front.source,
        url=front.url or document.url,
        published=front.published,
        language=front.language,
        direction=direction_of(body.text, front.language),
        origins=(("title", origin), *((name, "front matter") for name in front.named)),
    )
    return Imported(_LABEL, articles=(article,))


def _title(document: Document, front: Front, found: list[Draft]) -> tuple[str, str, list[Draft]]:
    """Return the title, its origin, and the blocks without the heading that says it."""
    first = next((block for block in found if block.text), None)
    heading = first if first and (first.kind, first.level) == (BlockKind.HEADING, 1) else None
    rest = [block for block in found if block is not heading]
    if front.title:
        repeats = heading and heading.text.casefold() == front.title.casefold()
        return front.title, "front matter", rest if repeats else found
    if heading:
        return heading.text, "first heading", rest
    return stem(document.name), "file name", found


IMPORTER = Importer(
    _LABEL, (".md", ".markdown", ".mkd"), ("text/markdown",), _accepts, _read, 20 * MEGABYTE
)
