"""A story and the edits that can be made to it.

Values are frozen. An edit is a pure function from one story to the next, so every rule here can be
tested without a window or a database, and undo needs nothing but the fields that differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from briefing_app.domain import rank
from briefing_app.domain.statement import Evidence, Kind, Part, Statement, usual_kind
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound

if TYPE_CHECKING:
    from briefing_app.domain.moment import Moment

# never splitlines(): a line separator or a form feed inside a sentence is part of it
LINE_ENDS = re.compile(r"\r\n|\n|\r")


class StoryStatus(StrEnum):
    """How far a story is."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Story:
    """A headline, an as-of moment and statements, ordered by part and rank."""

    id: str
    headline: str
    as_of: Moment | None = None
    statements: tuple[Statement, ...] = ()
    status: StoryStatus = StoryStatus.DRAFT

    def part(self, part: Part) -> tuple[Statement, ...]:
        """Return the statements of one part, in order."""
        return tuple(statement for statement in self.statements if statement.part is part)

    def statement(self, statement_id: str) -> Statement:
        """Return one statement. Raises: NotFound."""
        for statement in self.statements:
            if statement.id == statement_id:
                return statement
        raise NotFound(QT_TRANSLATE_NOOP("errors", "That statement is no longer in this story."))


def one_line(text: str) -> str:
    """Return a text as a statement holds it: line breaks become single blanks, ends are trimmed."""
    return " ".join(line for line in (part.strip() for part in LINE_ENDS.split(text)) if line)


def in_order(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return statements in print order: by part, then by rank."""
    return tuple(sorted(statements, key=lambda s: (s.part.order, s.rank, s.id)))


def add_statement(
    story: Story,
    statement_id: str,
    part: Part,
    text: str,
    *,
    kind: Kind | None = None,
    at: int | None = None,
    evidence: tuple[Evidence, ...] = (),
) -> Story:
    """Add a statement at index `at` of its part, or at the end.

    Without a place, an impact item goes behind the last item, so the closing paragraphs stay last.
    """
    kind = kind or usual_kind(part)
    rows = story.part(part)
    at = _usual_place(rows, part, kind) if at is None else max(0, min(at, len(rows)))
    new = Statement(statement_id, part, kind, text, _rank_at(rows, at), evidence)
    return replace(story, statements=in_order((*story.statements, new)))


def edit_statement(story: Story, statement_id: str, text: str) -> Story:
    """Give a statement another text. Raises: NotFound."""
    return _swap(story, replace(story.statement(statement_id), text=text))


def set_kind(story: Story, statement_id: str, kind: Kind) -> Story:
    """Make a statement a paragraph or an item. Raises: NotFound."""
    return _swap(story, replace(story.statement(statement_id), kind=kind))


def set_evidence(story: Story, statement_id: str, evidence: tuple[Evidence, ...]) -> Story:
    """Replace the passages that a statement rests on. Raises: NotFound."""
    return _swap(story, replace(story.statement(statement_id), evidence=evidence))


def move_statement(story: Story, statement_id: str, to: int, part: Part | None = None) -> Story:
    """Move a statement to index `to` of a part (its own by default), counted after it was lifted out.

    Out-of-range places are clamped. Raises: NotFound.
    """
    moving = story.statement(statement_id)
    target = part or moving.part
    rows = tuple(s for s in story.part(target) if s.id != statement_id)
    at = max(0, min(to, len(rows)))
    if target is moving.part and story.part(target).index(moving) == at:
        return story
    kind = moving.kind if target is moving.part else usual_kind(target)
    return _swap(story, replace(moving, part=target, kind=kind, rank=_rank_at(rows, at)))


def remove_statement(story: Story, statement_id: str) -> Story:
    """Take a statement out. Raises: NotFound."""
    gone = story.statement(statement_id)
    return replace(story, statements=tuple(s for s in story.statements if s is not gone))


def join_with_previous(story: Story, statement_id: str) -> Story:
    """Put a statement's text and evidence behind the one before it in its part.

    The first statement of a part stays as it is. Raises: NotFound.
    """
    statement = story.statement(statement_id)
    rows = story.part(statement.part)
    at = rows.index(statement)
    if at == 0:
        return story
    previous = rows[at - 1]
    known = {link.annotation for link in previous.evidence}
    joined = replace(
        previous,
        text=" ".join(text for text in (previous.text.rstrip(), statement.text.lstrip()) if text),
        evidence=(
            *previous.evidence,
            *(link for link in statement.evidence if link.annotation not in known),
        ),
    )
    return _swap(remove_statement(story, statement_id), joined)


def split_statement(story: Story, statement_id: str, new_id: str, at: int) -> Story:
    """Cut a statement in two; the second row gets `new_id` and no evidence.

    Units: `at` counts code points of its text. Raises: NotFound.
    """
    statement = story.statement(statement_id)
    place = story.part(statement.part).index(statement)
    head = edit_statement(story, statement_id, statement.text[:at].rstrip())
    return add_statement(
        head,
        new_id,
        statement.part,
        statement.text[at:].lstrip(),
        kind=statement.kind,
        at=place + 1,
    )


def _usual_place(rows: tuple[Statement, ...], part: Part, kind: Kind) -> int:
    items = [at for at, row in enumerate(rows) if row.kind is Kind.ITEM]
    if part is Part.IMPACT and kind is Kind.ITEM and items:
        return items[-1] + 1
    return len(rows)


def _rank_at(rows: tuple[Statement, ...], at: int) -> str:
    if at >= len(rows):
        return rank.append(rows[-1].rank if rows else "")
    return rank.between(rows[at - 1].rank if at else "", rows[at].rank)


def _swap(story: Story, statement: Statement) -> Story:
    rows = tuple(statement if s.id == statement.id else s for s in story.statements)
    return replace(story, statements=in_order(rows))
