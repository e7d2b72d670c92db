"""Stories in Markdown, as the exporter prints them.

A story is a heading, a line with its moment or none, and parts under the headings "The Story", "Key
Points", "Key Takeaways" and "Impact Analysis", one level down. A heading above several stories is the
brief's title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind, SpanKind
from briefing_app.domain.moment import parse_iso, parse_stamp
from briefing_app.domain.statement import Kind, Part
from briefing_app.domain.storytext import HEADINGS, Row, StoryText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.domain.moment import Moment
    from briefing_app.importers.body import Draft

_PARTS = {heading.rstrip(":").casefold(): part for part, heading in HEADINGS.items()}
_NUMBERS = re.compile(r"\[[^\[\]]*\d\]")


@dataclass(frozen=True, slots=True)
class Found:
    """The stories of a file, and the title above them, if any."""

    stories: tuple[StoryText, ...]
    title: str = ""


def stories(blocks: Iterable[Draft]) -> Found | None:
    """Return the stories of a text, or None where it is an article like any other."""
    reader = _Reader()
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            reader.text(block)
        elif part := _PARTS.get(block.text.rstrip(":").strip().casefold()):
            reader.part(part)
        else:
            reader.heading(block)
    done = tuple(story for story in reader.opened if story.part is not None)
    if not any(map(_is_ours, done)):
        return None
    title = reader.opened[0].headline if reader.opened[0] is not done[0] else ""
    return Found(tuple(_story(story) for story in done), title)


@dataclass(slots=True)
class _Open:
    """A heading that may be a story's; it is one when a part follows."""

    headline: str
    as_of: Moment | None = None
    part: Part | None = None
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """Goes through the blocks and keeps the headings that are no part's."""

    opened: list[_Open] = field(default_factory=list)
    after_rule: bool = False

    def heading(self, block: Draft) -> None:
        self.opened.append(_Open(block.text))

    def part(self, part: Part) -> None:
        if self.opened:
            self.opened[-1].part = part

    def text(self, block: Draft) -> None:
        after_rule, self.after_rule = self.after_rule, block.kind is BlockKind.RULE
        if not self.opened or not block.text or (after_rule and _names_section(block)):
            return
        story = self.opened[-1]
        if story.part is None:
            story.as_of = story.as_of or parse_stamp(block.text) or parse_iso(block.text)
            return
        kind = Kind.ITEM if block.kind is BlockKind.ITEM else Kind.PARAGRAPH
        text = _said(block)
        story.rows.extend(Row(story.part, kind, line) for line in text.split("\n"))


def _said(block: Draft) -> str:
    """Return what a statement says, without the numbers of its sources.

    The exporter writes them behind it in italics: ``[1, but see 2]``.
    """
    if not block.spans:
        return block.text
    last = block.spans[-1]
    marked = last.kind is SpanKind.ITALIC and last.end == len(block.text)
    if marked and _NUMBERS.fullmatch(block.text, last.start):
        return block.text[: last.start].rstrip()
    return block.text


def _names_section(block: Draft) -> bool:
    """Tell whether a line is in bold from end to end."""
    whole = (0, len(block.text))
    return any(s.kind is SpanKind.BOLD and (s.start, s.end) == whole for s in block.spans)


def _is_ours(story: _Open) -> bool:
    """Tell a story from an article that happens to have a heading "Key Points"."""
    parts = {row.part for row in story.rows}
    return story.as_of is not None or bool(parts & {Part.NARRATIVE, Part.IMPACT})


def _story(story: _Open) -> StoryText:
    rows = tuple(sorted(story.rows, key=lambda row: row.part.order))
    return StoryText(story.headline, story.as_of, rows)
