r"""Stories read back from the Markdown that the program writes (`exporters/markdown` has its grammar).

What it holds beyond the story text (numbers of sources, the list of sources, names of sections) is
passed over; a line that is none of its own is refused with its number, so that nothing is lost
without a word.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing_app.domain.moment import Moment, parse_iso, parse_stamp
from briefing_app.domain.statement import Kind, Part
from briefing_app.domain.story import LINE_ENDS
from briefing_app.domain.storytext import HEADINGS, Row, StoryText, decode
from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS = {heading.rstrip(":").casefold(): part for part, heading in HEADINGS.items()}
_SOURCES = "sources"
_HEADLINE = re.compile(r"#(?: (.*))?")
_PART = re.compile(r"## (.*)")
_AS_OF = re.compile(r"\*(.*)\*")
_NAME = re.compile(r"\*\*.*\*\*")
_ITEM = re.compile(r"[-*] (.*)")
_EVIDENCE = re.compile(
    r" \*\[[^\[\]\\]*\d\]\*$"
)  # a number of a source; words in brackets are text
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_RULE = "---"


@dataclass(frozen=True, slots=True)
class StoryFile:
    """The stories of a file, and the title and the date that stand above them, where they do."""

    stories: tuple[StoryText, ...]
    title: str = ""
    date: Moment | None = None


def looks_like_markdown(text: str) -> bool:
    """Tell whether a text is in this form: a story's headline, and a part's heading below it."""
    headline = False
    for line in LINE_ENDS.split(text):
        if headline and (part := _PART.fullmatch(line)):
            return _part(part[1]) is not None
        headline = headline or bool(_HEADLINE.fullmatch(line))
    return False


def read(data: bytes) -> StoryFile:
    """Read a file of stories.

    Raises: UnreadableSource with the number of the line (from 1) that cannot be read.
    """
    lines = list(enumerate(LINE_ENDS.split(decode(data)), 1))
    title, date, body = _front(lines)
    stories: list[_Open] = []
    before = ""
    for number, block in _blocks(body):
        if block != _RULE and not (before == _RULE and _NAME.fullmatch(block)):
            _take(stories, number, block)
        before = block
    if not stories:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "Line {line}: there is no story, the file is empty."),
            line=1,
        )
    return StoryFile(tuple(story.closed() for story in stories), title, date)


@dataclass(slots=True)
class _Open:
    """A story whose end has not been read yet; `skip` is set in what the story text cannot hold."""

    headline: str
    as_of: Moment | None = None
    part: Part | None = None
    skip: bool = False
    rows: list[Row] = field(default_factory=list)

    def closed(self) -> StoryText:
        """Return the story, its rows in print order of their parts."""
        rows = tuple(sorted(self.rows, key=lambda row: row.part.order))
        return StoryText(self.headline, self.as_of, rows)


def _front(lines: list[tuple[int, str]]) -> tuple[str, Moment | None, list[tuple[int, str]]]:
    """Return the title and the date of the front matter, and the lines behind it."""
    if not lines or lines[0][1] != _RULE:
        return "", None, lines
    facts: dict[str, str] = {}
    for at, (number, line) in enumerate(lines[1:], 1):
        if line == _RULE:
            return facts.get("title", ""), parse_iso(facts.get("date", "")), lines[at + 1 :]
        key, _, value = line.partition(": ")
        try:
            facts[key] = str(json.loads(value))
        except ValueError as error:
            raise _unreadable(number) from error
    raise _unreadable(1)


def _blocks(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Go through the blocks: headings, items and rules, and paragraphs, however they are wrapped."""
    begin, words = 0, ""
    for number, raw in lines:
        line = raw.strip()
        opens = line[:1] == "#" or line == _RULE or _ITEM.fullmatch(line)
        if words and (not line or opens or words[0] == "#" or words == _RULE):
            yield begin, words
            words = ""
        if line:
            begin = begin if words else number
            words = f"{words} {line}" if words else line
    if words:
        yield begin, words


def _take(stories: list[_Open], number: int, block: str) -> None:
    """Give a block to the story that it belongs to."""
    if part := _PART.fullmatch(block):
        _begin_part(stories, number, part[1])
    elif headline := _HEADLINE.fullmatch(block):
        stories.append(_Open(_plain((headline[1] or "").strip())))
    elif not stories or block.startswith("#"):
        raise _unreadable(number)
    elif not stories[-1].skip:
        _add(stories[-1], number, block)


def _begin_part(stories: list[_Open], number: int, heading: str) -> None:
    if not stories:
        raise _unreadable(number)
    stories[-1].part = _part(heading)
    stories[-1].skip = heading.strip().casefold() == _SOURCES
    if stories[-1].part is None and not stories[-1].skip:
        raise _unreadable(number)


def _add(story: _Open, number: int, block: str) -> None:
    if story.part is None:
        as_of = _AS_OF.fullmatch(block)
        story.as_of = parse_stamp(as_of[1]) if as_of else None
        if story.as_of is None:
            raise _unreadable(number)
        return
    item = _ITEM.fullmatch(block)
    text = _plain(_EVIDENCE.sub("", item[1] if item else block))
    story.rows.append(Row(story.part, Kind.ITEM if item else Kind.PARAGRAPH, text))


def _part(heading: str) -> Part | None:
    return _PARTS.get(heading.strip().casefold())


def _plain(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)


def _unreadable(line: int) -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP(
            "errors", "Line {line}: this does not stand in a brief as the program writes it."
        ),
        hint=QT_TRANSLATE_NOOP("errors", "Import the file instead: as an article it can be read."),
        line=line,
    )
