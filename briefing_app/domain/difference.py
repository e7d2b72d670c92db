"""What differs between two states of a story or a brief, line by line and word by word.

Rows are told apart by their ids, so a row that was moved is no other row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.domain.brief import Brief
    from briefing_app.domain.moment import Moment
    from briefing_app.domain.statement import Part, Statement
    from briefing_app.domain.story import Story

_WORDS = re.compile(r"\s+|[\w'\N{RIGHT SINGLE QUOTATION MARK}-]+|[^\w\s]")
_LONGEST = 4000  # words; two longer texts are shown whole, for comparing them would take minutes
_ALIKE = 0.3  # of the words; less is another text, and is shown so


class Mark(StrEnum):
    """What became of a line or of some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Label(StrEnum):
    """What a line is."""

    TITLE = "title"
    DATE = "date"
    FIELD = "field"
    STORY = "story"
    HEADLINE = "headline"
    AS_OF = "as-of"
    STATUS = "status"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and what became of them: same, added or removed."""

    text: str
    mark: Mark = Mark.SAME


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the later state, or one that the earlier had.

    `name` is the part of a row or the name of a field; `bullet` says that the row is an item;
    `sources` is how many passages it rests on, and `sourced` what that was before.
    """

    label: Label
    pieces: tuple[Piece, ...]
    mark: Mark = Mark.SAME
    name: str = ""
    bullet: bool = False
    sources: int = 0
    sourced: int = 0

    @property
    def text(self) -> str:
        """Return what the line says in the later state, or said if it is removed."""
        left_out = Mark.ADDED if self.mark is Mark.REMOVED else Mark.REMOVED
        return "".join(piece.text for piece in self.pieces if piece.mark is not left_out)


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Return the words of two texts, with what was taken out and what was put in."""
    if before == after:
        return (Piece(after),) if after else ()
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) > _LONGEST or len(new) > _LONGEST:
        return _whole(before, after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole(before, after)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(new[j1:j2])))
            continue
        pieces += _whole("".join(old[i1:i2]), "".join(new[j1:j2]))
    return tuple(pieces)


def of_story(before: Story | None, after: Story | None) -> tuple[Line, ...]:
    """Return a story with what differs from what it was; None where it was not there."""
    was = _head(before)
    labels = (Label.HEADLINE, Label.AS_OF, Label.STATUS)
    heads = (_field(*each) for each in zip(labels, was, _head(after), strict=True))
    old = before.statements if before else ()
    new = after.statements if after else ()
    told = (line for line in heads if line.pieces and not _goes_without_saying(line))
    return (*told, *_rows(old, new))


def of_brief(before: Brief | None, after: Brief | None) -> tuple[Line, ...]:
    """Return the front matter of a brief with what differs from what it was."""
    was, now = _front(before), _front(after)
    lines = [_field(Label.TITLE, was[0], now[0]), _field(Label.DATE, was[1], now[1])]
    for name in ("status", "language", "style", "page", "prepared_by", "contact"):
        old, new = (str(getattr(brief, name)) if brief else "" for brief in (before, after))
        if old != new and before and after:
            lines.append(_field(Label.FIELD, old, new, name))
    return tuple(line for line in lines if line.pieces)


def of_places(before: Brief | None, after: Brief | None) -> tuple[tuple[str, Mark], ...]:
    """Return the stories of a brief, by id, with those that it lost where they stood."""
    old = before.stories if before else ()
    new = after.stories if after else ()
    return tuple(_aligned(old, new))


def _goes_without_saying(line: Line) -> bool:
    return line.label is Label.STATUS and line.mark is not Mark.CHANGED


def _head(story: Story | None) -> tuple[str | None, str | None, str | None]:
    if story is None:
        return None, None, None
    return story.headline, _moment(story.as_of), story.status.value


def _front(brief: Brief | None) -> tuple[str | None, str | None]:
    return (brief.title, _moment(brief.date)) if brief else (None, None)


def _field(label: Label, before: str | None, after: str | None, name: str = "") -> Line:
    old, new = before or "", after or ""
    if old == new:
        mark = Mark.SAME
    elif before is None:
        mark = Mark.ADDED
    else:
        mark = Mark.REMOVED if after is None else Mark.CHANGED
    return Line(label, words(old, new), mark, name)


def _rows(before: tuple[Statement, ...], after: tuple[Statement, ...]) -> Iterator[Line]:
    old = {row.id: row for row in before}
    new = {row.id: row for row in after}
    for uid, mark in _aligned(tuple(old), tuple(new)):
        yield _row(old.get(uid), new.get(uid), mark)


def _row(before: Statement | None, after: Statement | None, mark: Mark) -> Line:
    row = after or before
    assert row is not None  # noqa: S101 (an aligned row is in one of the two)
    was = before.text if before else ""
    text = after.text if after else ""
    if before and after:
        if before.part is not after.part:
            mark = Mark.MOVED
        if was != text or before.evidence != after.evidence or before.kind is not after.kind:
            mark = Mark.CHANGED
    part: Part = row.part
    return Line(
        Label.ROW,
        words(was, text),
        mark,
        part.value,
        row.kind.value == "item",
        len(after.evidence) if after else 0,
        len(before.evidence) if before else 0,
    )


def _aligned(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[tuple[str, Mark]]:
    """Go through the ids of the later order, each lost one behind what it stood behind."""
    there, here = set(before), set(after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from ((uid, Mark.SAME) for uid in after[j1:j2])
            continue
        yield from ((uid, Mark.REMOVED) for uid in before[i1:i2] if uid not in here)
        for uid in after[j1:j2]:
            yield uid, Mark.MOVED if uid in there else Mark.ADDED


def _whole(before: str, after: str) -> tuple[Piece, ...]:
    pieces = (Piece(before, Mark.REMOVED), Piece(after, Mark.ADDED))
    return tuple(piece for piece in pieces if piece.text)


def _moment(moment: Moment | None) -> str:
    """Return a moment as people read it; what was printed, where that is known."""
    if moment is None:
        return ""
    return moment.text or moment.iso.replace("T", " ").replace("Z", " UTC")
