"""What something was: the journal walked backwards from what it is now.

The journal keeps old and new values of what was set, and none of what was created: these stand in the
record itself, which is kept in the trash when it is taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain.change import Change, Op
from briefing_app.domain.record import Entity, Key, Records

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOWHERE: Records = {}


@dataclass(frozen=True, slots=True)
class Past:
    """All records that something ever had, with their fields at a moment; `live` were in it then."""

    records: Records
    live: frozenset[Key]

    def standing(self) -> Records:
        """Return the records that were in it."""
        return {key: self.records[key] for key in self.records if key in self.live}


def take_back(past: Past, changes: Iterable[Change]) -> Past:
    """Return what it was before some changes, given in the order in which they were made.

    Changes of records that are gone for good are passed over.
    """
    records, live = dict(past.records), set(past.live)
    for change in reversed(tuple(changes)):
        key = change.key
        if key not in records:
            continue
        match change.op:
            case Op.SET:
                records[key] = {**records[key], change.field: change.old}
            case Op.CREATE | Op.RESTORE:
                live.discard(key)
            case Op.TRASH:
                live.add(key)
            case Op.ERASE:
                raise ValueError("an erased record is still there")
    return Past(records, frozenset(live))


def story_at(past: Past, story_id: str) -> Records:
    """Return the records of a story as it stood; empty if it was not there."""
    root = (Entity.STORY, story_id)
    if root not in past.live:
        return {}
    return {
        key: fields
        for key, fields in past.standing().items()
        if key == root or (key[0] is Entity.STATEMENT and fields["story"] == story_id)
    }


def brief_at(past: Past, brief_id: str) -> Records:
    """Return the records of a brief, without its stories, as it stood; empty if it was not there.

    A place of a story that is gone for good is left out.
    """
    root = (Entity.BRIEF, brief_id)
    if root not in past.live:
        return {}
    standing = past.standing()
    sections = {
        key: fields
        for key, fields in standing.items()
        if key[0] is Entity.SECTION and fields["brief"] == brief_id
    }
    links = {
        key: fields
        for key, fields in standing.items()
        if key[0] is Entity.LINK
        and (Entity.SECTION, fields["section"]) in sections
        and (Entity.STORY, fields["story"]) in past.live
    }
    return {root: standing[root], **sections, **links}


def towards(present: Records, target: Records, trash: Records) -> tuple[Change, ...]:
    """Return what turns the present into a former state.

    What was taken away meanwhile is in `trash`, with the fields that it has there; what is neither
    there nor present is gone for good, and stays away.
    """
    restored: list[Change] = []
    sets: list[Change] = []
    for key, fields in target.items():
        now = present.get(key)
        if now is None:
            if key not in trash:
                continue
            restored.append(Change(*key, Op.RESTORE))
            now = trash[key]
        sets += [
            Change(*key, Op.SET, name, now[name], value)
            for name, value in fields.items()
            if name in now and now[name] != value
        ]
    gone = [Change(*key, Op.TRASH) for key in present if key not in target]
    return (*restored, *sets, *gone)
