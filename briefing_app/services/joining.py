"""A story or a brief of another library joined with the one that is here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.domain.change import Change, Op
from briefing_app.domain.merge import Merged, Verdict, copy_of_statement, take_out
from briefing_app.domain.record import Entity
from briefing_app.services.settling import Step, heavier, is_away, line, settle

if TYPE_CHECKING:
    from briefing_app.domain.bundle import Root
    from briefing_app.domain.entry import Entry
    from briefing_app.services.settling import Settled
    from briefing_app.storage.snapshot import Snapshot

EVIDENCE = "evidence"


def join(now: Snapshot, root: Root, away: set[str]) -> Step:
    """Return what becomes of a story or a brief and of all that is in it.

    `away` holds what was deleted or erased here and stays so, passages as well; it is added to.
    """
    inside = [
        _without(one, away)
        for one in root.inside
        if one.key[0] is not Entity.LINK or one.fields["story"] not in away
    ]
    settled = settle(now, [root.entry, *inside])
    verdict = settled[0][2].verdict
    old = verdict is Verdict.TRASHED and all(_is_old(merged) for *_, merged in settled)
    if old or is_away(settled[0]):
        away.add(root.entry.id)
        return Step(lines=[line(root.entry, settled[0][2])])
    settled = [one for one in settled if not is_away(one)]
    mine = {entry.id: entry for entry in now.inside(root.entry.key)}
    gone = [
        take_out(one, gone)
        for gone in root.gone
        if (one := mine.get(gone.key[1])) and one.trashed is None and one.key == gone.key
    ]
    settled, doubles = _once(settled, mine, gone)
    changes = [change for *_, merged in settled for change in merged.changes]
    changes += [*_restored(settled), *_copies(now, settled), *doubles]
    changes += _taken_out(gone, mine, changes)
    all_merged = [*(merged for *_, merged in settled), *gone]
    if verdict is not Verdict.NEW:
        worst = heavier(*(merged.verdict for merged in all_merged))
        verdict = Verdict.NEWER if worst is Verdict.NEW else worst
    clashes = tuple(clash for merged in all_merged for clash in merged.clashes)
    return Step(changes, lines=[line(root.entry, Merged(verdict, (), clashes))])


def _without(entry: Entry, away: set[str]) -> Entry:
    """Return a statement without the passages that were erased here."""
    links = entry.fields.get(EVIDENCE, ())
    kept = [link for link in links if link[0] not in away]
    if len(kept) == len(links):
        return entry
    return replace(entry, fields={**entry.fields, EVIDENCE: kept})


def _is_old(merged: Merged) -> bool:
    """Tell whether what comes in is known here, and was deleted or is the same."""
    return merged.verdict in (Verdict.TRASHED, Verdict.SAME)


def _once(
    settled: list[Settled], mine: dict[str, Entry], gone: list[Merged]
) -> tuple[list[Settled], list[Change]]:
    """Leave a story that both have put into the brief one place: both sides keep the same one."""
    leaving = {change.id for merged in gone for change in merged.changes}
    places = {
        entry.fields["story"]: entry
        for entry in mine.values()
        if entry.key[0] is Entity.LINK and entry.trashed is None and entry.id not in leaving
    }
    kept: list[Settled] = []
    doubles: list[Change] = []
    for one in settled:
        theirs, here, _ = one
        place = places.get(theirs.fields["story"]) if theirs.key[0] is Entity.LINK else None
        if here is not None or place is None:
            kept.append(one)
        elif theirs.id < place.id:
            kept.append(one)
            doubles.append(Change(*place.key, Op.TRASH))
    return kept, doubles


def _restored(settled: list[Settled]) -> list[Change]:
    """Return what brings back from the trash what came back in part: the rest of it, and its home."""
    head = settled[0][2]
    homes = {
        theirs.fields["section"]
        for theirs, _, merged in settled
        if theirs.key[0] is Entity.LINK and merged.verdict is not Verdict.TRASHED
    }
    return [
        Change(*theirs.key, Op.RESTORE)
        for theirs, _, merged in settled
        if merged.verdict is Verdict.TRASHED
        and (head.verdict is Verdict.TRASHED or theirs.id in homes)
    ]


def _copies(now: Snapshot, settled: list[Settled]) -> list[Change]:
    """Return what keeps the texts that lost their place as statements of their own.

    One that was made before is left as it is, unless an undo has taken it back since.
    """
    made = {}
    for theirs, mine, merged in settled:
        if mine and theirs.key[0] is Entity.STATEMENT and _clashes(merged, "text"):
            uid, fields = copy_of_statement(mine, theirs)
            made[uid] = Change(Entity.STATEMENT, uid, Op.CREATE, new=fields)
    there = now.some(Entity.STATEMENT, made)
    back = now.taken_back(entry.id for entry in there.values() if entry.trashed is not None)
    coming = {theirs.id for theirs, *_ in settled}
    created = [change for uid, change in made.items() if uid not in there and uid not in coming]
    return created + [Change(Entity.STATEMENT, uid, Op.RESTORE) for uid in sorted(back - coming)]


def _clashes(merged: Merged, name: str) -> bool:
    return any(clash.field == name for clash in merged.clashes)


def _taken_out(gone: list[Merged], mine: dict[str, Entry], changes: list[Change]) -> list[Change]:
    """Return what takes records out, but no section that still has a story in it."""
    outs = [change for merged in gone for change in merged.changes]
    leaving = {change.id for change in (*outs, *changes) if change.op is Op.TRASH}
    places = {
        entry.id: entry.fields["section"]
        for entry in mine.values()
        if entry.key[0] is Entity.LINK and entry.trashed is None and entry.id not in leaving
    }
    for change in changes:
        if change.entity is Entity.LINK and change.op is Op.CREATE:
            places[change.id] = change.new["section"]
        elif change.entity is Entity.LINK and change.field == "section":
            places[change.id] = change.new
    homes = set(places.values())
    return [change for change in outs if change.id not in homes]
