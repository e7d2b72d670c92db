"""What the keys of the composer do to a story, as functions from one story to the next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from briefing_app.domain.statement import MAIN_PARTS, Kind, Part
from briefing_app.domain.story import (
    add_statement,
    edit_statement,
    join_with_previous,
    move_statement,
    one_line,
    remove_statement,
    split_statement,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing_app.domain.story import Story

    Edit = Callable[[Story], Story]

BULLETS = ("- ", "* ", "• ", "•\t", "\u2013 ")


def text(statement: str, words: str) -> Edit:
    """Give a statement another text."""
    return partial(edit_statement, statement_id=statement, text=words)


def remove(statement: str) -> Edit:
    """Take a statement out."""
    return partial(remove_statement, statement_id=statement)


def join(statement: str) -> Edit:
    """Put a statement behind the one before it."""
    return partial(join_with_previous, statement_id=statement)


def add(new: str, part: Part, kind: Kind, at: int) -> Edit:
    """Add an empty statement; `at` -1 means its usual place."""
    place = None if at < 0 else at
    return lambda story: add_statement(story, new, part, "", kind=kind, at=place)


def split(statement: str, new: str, at: int) -> Edit:
    """Cut a statement in two; at its start, an empty row goes in front and the sources stay.

    Units: `at` counts code points.
    """

    def edit(story: Story) -> Story:
        old = story.statement(statement)
        if old.text[:at].strip():
            return split_statement(story, statement, new, at)
        place = story.part(old.part).index(old)
        return add_statement(story, new, old.part, "", kind=old.kind, at=place)

    return edit


def seam(story: Story, statement: str) -> tuple[str, int]:
    """Return where the caret goes when a statement is joined to the one before it: row and place.

    Units: code points.
    """
    row = story.statement(statement)
    rows = story.part(row.part)
    previous = rows[max(0, rows.index(row) - 1)]
    head = previous.text.rstrip()
    return previous.id, len(head) + bool(head and row.text.strip())


def paste(statement: str, new: Sequence[str], lines: Sequence[str]) -> Edit:
    """Give a statement the first line, and make rows of the others; bullets of items are dropped."""

    def edit(story: Story) -> Story:
        old = story.statement(statement)
        place = story.part(old.part).index(old)
        story = edit_statement(story, statement, _bare(lines[0], old.kind))
        for offset, (each, line) in enumerate(zip(new, lines[1:], strict=True), 1):
            words = _bare(line, old.kind)
            story = add_statement(story, each, old.part, words, kind=old.kind, at=place + offset)
        return story

    return edit


def move(statement: str, to: int, part: Part) -> Edit:
    """Move a statement; beyond either end of its own part it goes on to the next main part."""

    def edit(story: Story) -> Story:
        old = story.statement(statement)
        if old.part is not part or old.part not in MAIN_PARTS:
            return move_statement(story, statement, to, part)
        at = MAIN_PARTS.index(part)
        if to < 0:
            return _to_end(story, statement, MAIN_PARTS[at - 1]) if at else story
        if to >= len(story.part(part)):
            return move_statement(story, statement, 0, MAIN_PARTS[at + 1]) if at < 3 else story
        return move_statement(story, statement, to, part)

    return edit


def _to_end(story: Story, statement: str, part: Part) -> Story:
    return move_statement(story, statement, len(story.part(part)), part)


def _bare(line: str, of: Kind) -> str:
    line = one_line(line)
    if of is Kind.ITEM:
        for bullet in BULLETS:
            if line.startswith(bullet):
                return line[len(bullet) :].lstrip()
    return line
