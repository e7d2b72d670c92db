r"""The text form of stories, read and printed; the project's own interchange format.

    Sun Jan 25 04:53:41 UTC 2026: # Headline
    The Story:
    one or more paragraphs
    Key Points:
    - item
    Key Takeaways:
    - item
    Impact Analysis:
    lead paragraph, may end with ':'
    - item
    closing paragraph(s)

Canonical: UTF-8, LF, no BOM, no final newline, ``- `` bullets, a line a statement, empty parts left
out, one blank line between stories. A paragraph that would read as something else (a bullet, a
heading line, an escape) gets a leading backslash. Three laws hold: ``read(print(v)) == v`` for every
value that the form can hold, ``print(read(b)) == b`` for canonical bytes, and
``read(print(read(b))) == read(b)`` for any readable bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain import rank
from briefing_app.domain.moment import DAYS, Moment, parse_stamp, stamp
from briefing_app.domain.statement import Kind, Part, Statement
from briefing_app.domain.story import LINE_ENDS, Story, in_order
from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HEADINGS = {
    Part.NARRATIVE: "The Story:",
    Part.KEY_POINTS: "Key Points:",
    Part.KEY_TAKEAWAYS: "Key Takeaways:",
    Part.IMPACT: "Impact Analysis:",
}
_PARTS = {heading.casefold(): part for part, heading in HEADINGS.items()}
_BULLET = re.compile("(?:[-*](?:[ \t\u00a0]|$)|\u2022[ \t\u00a0]?)(.*)", re.DOTALL)
# a line that begins with "#" has no stamp, whatever its headline says
_HEADLINE = re.compile("(?:(?!#)(.*?): )?#(?: (.*))?", re.DOTALL)
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Row:
    """One statement as the form holds it: text of one line that is not blank."""

    part: Part
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class StoryText:
    """A story as the form holds it; rows stand in print order of their parts."""

    headline: str
    as_of: Moment | None = None
    rows: tuple[Row, ...] = ()


def read(data: bytes) -> tuple[StoryText, ...]:
    """Read a file of stories.

    Raises: UnreadableSource with the number of the line (from 1) that cannot be read.
    """
    text = decode(data)
    stories: list[StoryText] = []
    rows: list[Row] = []
    part = Part.NARRATIVE
    for number, line in enumerate(LINE_ENDS.split(text), 1):
        if not line.strip():
            continue
        if head := _headline(line, number):
            _close(stories, rows)
            stories.append(head)
            part = Part.NARRATIVE
        elif not stories:
            raise UnreadableSource(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "Line {line}: a story begins with a line “# Headline”, before any text.",
                ),
                line=number,
            )
        elif found := _part(line):
            part = found
        else:
            rows.extend(_row(part, line))
    if not stories:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "Line {line}: there is no story, the file is empty."),
            line=1,
        )
    _close(stories, rows)
    return tuple(stories)


def print_stories(stories: Iterable[StoryText]) -> bytes:
    """Return the canonical bytes of stories."""
    return "\n\n".join("\n".join(_lines(story)) for story in stories).encode()


def looks_like_stories(text: str) -> bool:
    """Tell whether a text is in this form: a headline line first, and a part heading below it."""
    lines = [line for line in LINE_ENDS.split(text.removeprefix(_BOM)) if line.strip()]
    if not lines:
        return False
    found = _HEADLINE.fullmatch(lines[0])
    return bool(found) and any(_part(line) for line in lines[1:])


def to_story(text: StoryText, new_id: Callable[[], str]) -> Story:
    """Return the story that a text holds, with ids and ranks of its own."""
    statements: list[Statement] = []
    last = dict.fromkeys(Part, "")
    for row in text.rows:
        last[row.part] = rank.append(last[row.part])
        statements.append(Statement(new_id(), row.part, row.kind, row.text, last[row.part]))
    return Story(new_id(), text.headline, text.as_of, in_order(tuple(statements)))


def text_of(story: Story) -> StoryText:
    """Return a story as the form holds it; blank statements and optional parts are left out."""
    return StoryText(
        story.headline,
        story.as_of,
        tuple(
            Row(s.part, s.kind, s.text)
            for s in story.statements
            if s.part in HEADINGS and s.text.strip()
        ),
    )


def decode(data: bytes) -> str:
    """Return the text of a file without its mark of byte order. Raises: UnreadableSource."""
    try:
        return data.decode().removeprefix(_BOM)
    except UnicodeDecodeError as error:
        line = len(LINE_ENDS.split(data[: error.start].decode("latin-1")))
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "Line {line} is not UTF-8 text."),
            hint=QT_TRANSLATE_NOOP("errors", "Save the file again as UTF-8."),
            line=line,
        ) from error


def _close(stories: list[StoryText], rows: list[Row]) -> None:
    """Give the rows read so far to the last story, in print order of their parts."""
    if stories:
        ordered = tuple(sorted(rows, key=lambda row: row.part.order))
        stories[-1] = StoryText(stories[-1].headline, stories[-1].as_of, ordered)
    rows.clear()


def _headline(line: str, number: int) -> StoryText | None:
    """Return the story that a headline line opens, or None for another line."""
    found = _HEADLINE.fullmatch(line)
    if not found:
        return None
    before, headline = found[1], found[2] or ""
    if before is None:
        return StoryText(headline)
    if as_of := parse_stamp(before):
        return StoryText(headline, as_of)
    if before[:3] in DAYS:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP(
                "errors", "Line {line}: “{stamp}” is not a date as the command “date” prints it."
            ),
            hint=QT_TRANSLATE_NOOP("errors", "It reads: Sun Jan 25 04:53:41 UTC 2026"),
            line=number,
            stamp=before,
        )
    return None


def _part(line: str) -> Part | None:
    return _PARTS.get(line.strip().casefold())


def _row(part: Part, line: str) -> tuple[Row, ...]:
    """Return the statement of a line; an empty bullet is none."""
    if bullet := _BULLET.fullmatch(line.lstrip(" \t")):
        return (Row(part, Kind.ITEM, bullet[1]),) if bullet[1].strip() else ()
    text = line[1:] if line.startswith("\\") and _reads_otherwise(line[1:]) else line
    return (Row(part, Kind.PARAGRAPH, text),)


def _reads_otherwise(paragraph: str) -> bool:
    """Tell whether a paragraph would read as something else, so that it needs an escape.

    Backslashes in front do not count: an escaped line is itself in need of one.
    """
    bare = paragraph.lstrip("\\")
    if _part(bare) or _BULLET.fullmatch(bare.lstrip(" \t")):
        return True
    found = _HEADLINE.fullmatch(bare)
    if not found:
        return False
    return found[1] is None or found[1][:3] in DAYS


def _lines(story: StoryText) -> Iterable[str]:
    opening = f"{stamp(story.as_of)}: " if story.as_of else ""
    yield f"{opening}# {story.headline}"
    current: Part | None = None
    for row in story.rows:
        if row.part is not current:
            current = row.part
            yield HEADINGS[row.part]
        if row.kind is Kind.ITEM:
            yield f"- {row.text}"
        else:
            yield f"\\{row.text}" if _reads_otherwise(row.text) else row.text
