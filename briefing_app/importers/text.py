"""Plain text: files, standard input and the clipboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.domain.text import clean
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
from briefing_app.importers.body import Draft, Piece, body_of, running
from briefing_app.importers.direction import direction_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.progress import Progress

_LABEL = "Plain text"
_BULLET = re.compile(
    "(?:[-*\u2013\u2014\u2022\u2023\u25e6\u25aa\u25cf\u00b7]|(\\d{1,3})[.)])\\s+(.*)"
)
_RULE = re.compile(r"([-=*_~#])(?:\s*\1){2,}")
_LONGEST_TITLE = 200  # code points
_WRAPPED = 100  # code points; longer lines were not broken by hand


def text_blocks(text: str) -> Iterable[Draft]:
    """Return the blocks of a clean text: paragraphs, the items of lists, rules."""
    paragraphs = [group.split("\n") for group in re.split("\n\n+", text)]
    for lines in paragraphs:
        if len(paragraphs) > 1 and _wrapped(lines):
            yield from rows(unwrapped(lines))
        else:
            yield from rows(lines)


def _accepts(document: Document) -> bool:
    """Say no: every other format is text too, so plain text is what is left over."""
    del document
    return False


def _read(document: Document, progress: Progress) -> Imported:
    del progress
    text = clean(guard.read_text(document).text).strip("\n")
    if not text:
        raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "There is no text in it."))
    title, rest = _title(text)
    origin = "first line"
    if not title:
        title, origin = _fallback(document.name, text)
    body = body_of(text_blocks(rest))
    article = ImportedArticle(
        title=title,
        body=body,
        url=document.url,
        direction=direction_of(body.text),
        origins=(("title", origin), ("direction", "text")),
    )
    return Imported(_LABEL, articles=(article,))


def _title(text: str) -> tuple[str, str]:
    """Return the first line and the rest where a blank line parts them, else no title and all."""
    first, _, after = text.partition("\n")
    if after.startswith("\n") and len(first) <= _LONGEST_TITLE and not _BULLET.match(first):
        return first, after.strip("\n")
    return "", text


def _fallback(name: str, text: str) -> tuple[str, str]:
    """Return a title and its origin for a text that has none: the file's name or the first words."""
    if "." in name:
        return stem(name), "file name"
    words = text.split("\n", 1)[0]
    if len(words) <= 80:
        return words, "first words"
    return words[:80].rsplit(" ", 1)[0] + "\u2026", "first words"


def _wrapped(lines: list[str]) -> bool:
    """Tell whether the lines of a paragraph were broken to fit a width, so that they belong together.

    Then none is very long, and all but the last come near the longest.
    """
    longest = max(map(len, lines))
    return longest <= _WRAPPED and all(len(line) >= 0.6 * longest for line in lines[:-1])


def unwrapped(lines: list[str]) -> list[str]:
    """Join lines that were broken to fit a width; a bullet begins a line of its own."""
    joined: list[str] = []
    for line in lines:
        if joined and not _BULLET.match(line):
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined


def rows(lines: list[str]) -> Iterable[Draft]:
    """Return a block for each line: a rule, a list item, or a paragraph."""
    for line in lines:
        if _RULE.fullmatch(line):
            yield Draft(BlockKind.RULE)
        elif item := _BULLET.fullmatch(line):
            yield running(BlockKind.ITEM, [Piece(item[2])], level=1, ordered=bool(item[1]))
        else:
            yield running(BlockKind.PARAGRAPH, [Piece(line)])


IMPORTER = Importer(_LABEL, (".txt", ".text"), ("text/plain",), _accepts, _read, 20 * MEGABYTE)
