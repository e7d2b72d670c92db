"""Markdown, with or without front matter: an article, or stories as our own exporter prints them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing_app.domain import storymarkdown
from briefing_app.domain.article import BlockKind
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource, remarks_of
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
from briefing_app.importers.encoding import decode
from briefing_app.importers.front import Front, split
from briefing_app.importers.markdown_blocks import blocks

if TYPE_CHECKING:
    from briefing_app.progress import Progress

_LABEL = "Markdown"
_OURS = re.compile(r"^## (?:The Story|Impact Analysis)\s*$", re.MULTILINE)  # no article has these
_HEAD = 256 * 1024  # bytes; a part heading stands near the top of a file of stories


def _accepts(document: Document) -> bool:
    """Accept our own form of stories whatever the name; other Markdown is known by its name."""
    head = decode(document.data[:_HEAD]).text
    return bool(_OURS.search(head)) and storymarkdown.looks_like_markdown(head)


def _read(document: Document, progress: Progress) -> Imported:
    del progress
    text = guard.read_text(document).text
    warnings: tuple[Remark, ...] = ()
    if storymarkdown.looks_like_markdown(text):
        try:
            ours = storymarkdown.read(document.data)
            return Imported(_LABEL, stories=ours.stories, title=ours.title)
        except UnreadableSource as error:  # an article with a heading "Key Points", or a slip
            warnings = _remarks(error) if _OURS.search(text) else ()
    return Imported(_LABEL, articles=(_article(document, text),), warnings=warnings)


def _remarks(error: UnreadableSource) -> tuple[Remark, ...]:
    """Say why a brief came in as an article: nothing of it is lost."""
    said = QT_TRANSLATE_NOOP("errors", "It was read as an article, not as stories.")
    return (Remark(said), *remarks_of(error))


def _article(document: Document, text: str) -> ImportedArticle:
    front, text = split(text)
    title, origin, found = _title(document, front, list(blocks(text)))
    body = body_of(found)
    if not body.text:
        raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "There is no text in it."))
    return ImportedArticle(
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
