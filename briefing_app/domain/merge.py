"""What becomes of a record that comes from another library: pure functions, no clock, no disk.

Each group of fields is settled by itself (`domain/past`): the same stays, what only the other side has
edited is taken, what only this side has edited stays. Where both have, lists are united, comments are
joined, and of anything else the side that edited the record last gives the value. The other value is
written to the journal, too, so that it can be had back, and so that this clash is settled once. Both
sides come to the same.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from briefing_app.domain.change import Change, Op
from briefing_app.domain.past import groups, mark, marks
from briefing_app.domain.record import Entity

if TYPE_CHECKING:
    from briefing_app.domain.entry import Entry, Gone
    from briefing_app.domain.record import Fields

_UNITED = {
    (Entity.ARTICLE, "tags"),
    (Entity.ARTICLE, "collections"),
    (Entity.ANNOTATION, "tags"),
    (Entity.STATEMENT, "evidence"),
}
_JOINED = {(Entity.ANNOTATION, "comment")}
# who sorted or ticked something last is right, and nobody wants to read about it
_QUIET = frozenset(("place", "rank", "looked_at", "short", "state", "origins"))
_COPIES = uuid.UUID("5b0d3f0a-6d1e-4d0e-9c55-6f1f4f7e2a10")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Verdict(StrEnum):
    """What becomes of a record."""

    NEW = "new"
    SAME = "same"
    NEWER = "newer"  # what comes in is taken
    OLDER = "older"  # what is here stays
    CONFLICT = "conflict"  # both sides were edited: both are kept
    TRASHED = "trashed"  # it was deleted here, and stays in the trash


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both sides have edited; `kept` stands in it now, the `other` is in the history."""

    field: str
    kept: Any
    other: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The changes that take a record in, and what they come to."""

    verdict: Verdict
    changes: tuple[Change, ...] = ()
    clashes: tuple[Clash, ...] = ()


def create(theirs: Entry) -> Merged:
    """Return what makes a record that is not here; one from a trash goes into the trash."""
    times = (theirs.created, theirs.updated)
    past = {group: list(values) for group, values in theirs.past.items()} or None
    changes = [Change(*theirs.key, Op.CREATE, old=past, new=theirs.fields, times=times)]
    if theirs.trashed is not None:
        changes.append(Change(*theirs.key, Op.TRASH))
    return Merged(Verdict.NEW, tuple(changes))


def merge(mine: Entry, theirs: Entry) -> Merged:
    """Return what becomes of a record that both libraries hold.

    Fields that `theirs` lacks were held back, and stay as they are here.
    """
    if mine.trashed is not None and (theirs.trashed is not None or _known(mine, theirs)):
        return Merged(Verdict.SAME if theirs.trashed is not None else Verdict.TRASHED)
    changes: list[Change] = []
    if mine.trashed is not None:  # it was edited there since: a deletion loses to an edit
        changes.append(Change(*mine.key, Op.RESTORE))
    clashes: list[Clash] = []
    found = set()
    for group, names in groups(mine.key[0], mine.fields).items():
        if not all(name in theirs.fields for name in names):
            continue
        side = _newer(group, names, mine, theirs)
        found.add(side)
        if side is Verdict.NEWER:
            changes += _sets(mine, theirs.fields, names)
        elif side is Verdict.CONFLICT:
            value, clash = _settle(group, names, mine, theirs)
            if clash and clash.other is not None:
                changes += _sets(mine, theirs.fields, names)
                changes += _sets(
                    replace(mine, fields={**mine.fields, **theirs.fields}), value, names
                )
            else:
                changes += _sets(mine, value, names)
            if clash and group not in _QUIET:
                clashes.append(clash)
    return Merged(
        _verdict(found, clashes, restored=mine.trashed is not None), tuple(changes), tuple(clashes)
    )


def undo_deletion(mine: Entry, theirs: Entry) -> Merged:
    """Return what brings a record back that undo had put in the trash, as it comes in now."""
    changes = [Change(*mine.key, Op.RESTORE)]
    for names in groups(mine.key[0], mine.fields).values():
        if all(name in theirs.fields for name in names):
            changes += _sets(mine, theirs.fields, names)
    return Merged(Verdict.NEW, tuple(changes))


def take_out(mine: Entry, gone: Gone) -> Merged:
    """Return what becomes of a record that was taken out there; an edit here keeps it."""
    known = all(
        mine_mark in gone.past.get(group, ())
        for group, mine_mark in marks(mine.key, mine.fields).items()
    )
    if known:
        return Merged(Verdict.NEWER, (Change(*mine.key, Op.TRASH),))
    return Merged(Verdict.CONFLICT, clashes=(Clash("", mine.fields, None),))


def copy_of_statement(mine: Entry, theirs: Entry) -> tuple[str, Fields]:
    """Return id and fields of the statement that keeps the text which lost its place.

    Both libraries make the same one, and make it once; it stands behind the statement it came from.
    """
    _, loser = _sides(mine, theirs)
    sign = mark(loser.key, loser.fields, ("text",))
    number = int(sign, 16)
    tail = "".join(_DIGITS[1 + (number // 35**at) % 35] for at in range(4))
    made = str(uuid.uuid5(_COPIES, f"{loser.id} {sign}"))
    return made, {**loser.fields, "rank": f"{loser.fields['rank']}0{tail}"}


def _known(mine: Entry, theirs: Entry) -> bool:
    """Tell whether this side has seen all that the other has: then its deletion came later."""
    for group, names in groups(mine.key[0], mine.fields).items():
        if all(name in theirs.fields for name in names):
            seen = (*mine.past.get(group, ()), mark(mine.key, mine.fields, names))
            if mark(theirs.key, theirs.fields, names) not in seen:
                return False
    return True


def _newer(group: str, names: tuple[str, ...], mine: Entry, theirs: Entry) -> Verdict:
    here, there = mark(mine.key, mine.fields, names), mark(theirs.key, theirs.fields, names)
    if here == there:
        return Verdict.SAME
    mine_were, theirs_were = mine.past.get(group, ()), theirs.past.get(group, ())
    ahead, behind = here in theirs_were, there in mine_were
    if ahead and behind:  # a value came back: the longer story tells
        ahead = _within((*mine_were, here), (*theirs_were, there))
        behind = not ahead and _within((*theirs_were, there), (*mine_were, here))
    if ahead:
        return Verdict.NEWER
    return Verdict.OLDER if behind else Verdict.CONFLICT


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether all of one row stands in another, in this order."""
    rest = iter(long)
    return all(value in rest for value in short)


def _settle(
    group: str, names: tuple[str, ...], mine: Entry, theirs: Entry
) -> tuple[Fields, Clash | None]:
    """Return the values of a group that both have edited, and what is to be said of it."""
    winner, loser = _sides(mine, theirs)
    if (mine.key[0], group) in _UNITED:
        first, more = winner.fields[group], loser.fields[group]
        return {group: [*first, *(one for one in more if one not in first)]}, None
    if (mine.key[0], group) in _JOINED:
        first, more = winner.fields[group], loser.fields[group]
        joined = f"{first}\n\n{more}" if first and more and more not in first else first or more
        return {group: joined}, Clash(group, joined, None)
    shown = "exact" if group == "target" else names[0]
    values = {name: winner.fields[name] for name in names}
    return values, Clash(shown, winner.fields[shown], loser.fields[shown])


def _sides(mine: Entry, theirs: Entry) -> tuple[Entry, Entry]:
    """Return who edited the record last, then the other; both libraries agree on it."""

    def order(entry: Entry) -> tuple[int, list[str]]:
        shared = {name: entry.fields[name] for name in sorted(mine.fields) if name in theirs.fields}
        return entry.updated, list(marks(entry.key, shared).values())

    return (theirs, mine) if order(theirs) > order(mine) else (mine, theirs)


def _sets(mine: Entry, fields: Fields, names: tuple[str, ...]) -> list[Change]:
    return [
        Change(*mine.key, Op.SET, name, mine.fields[name], fields[name])
        for name in names
        if mine.fields[name] != fields[name]
    ]


def _verdict(found: set[Verdict], clashes: list[Clash], *, restored: bool) -> Verdict:
    if clashes:
        return Verdict.CONFLICT
    if restored or found & {Verdict.NEWER, Verdict.CONFLICT}:
        return Verdict.NEWER
    return Verdict.OLDER if Verdict.OLDER in found else Verdict.SAME
