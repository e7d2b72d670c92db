"""What becomes of records that come in: each beside the one that is here, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from briefing_app.domain.merge import Merged, Verdict, create, merge, undo_deletion
from briefing_app.domain.past import marks
from briefing_app.domain.record import Entity
from briefing_app.services.bundling import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.article import ArticleVersion
    from briefing_app.domain.change import Change
    from briefing_app.domain.entry import Entry
    from briefing_app.storage.snapshot import Snapshot

    Later = Callable[[], ArticleVersion]
    Settled = tuple[Entry, Entry | None, Merged]  # theirs, mine, and what becomes of it

# what a record has of what was held back
_EMPTY: dict[Entity, dict[str, Any]] = {
    Entity.ARTICLE: {"tags": [], "state": "new", "collections": []},
    Entity.ANNOTATION: {"comment": "", "tags": []},
}
_NAMES = {
    Entity.ARTICLE: "title",
    Entity.ANNOTATION: "exact",
    Entity.STORY: "headline",
    Entity.BRIEF: "title",
    Entity.COLLECTION: "name",
    Entity.SEARCH: "name",
}
_WEIGHT = (
    Verdict.SAME,
    Verdict.TRASHED,
    Verdict.OLDER,
    Verdict.NEWER,
    Verdict.NEW,
    Verdict.CONFLICT,
)


@dataclass(slots=True)
class Step:
    """Changes that can be made together, the versions that come with them, and what is said of it."""

    changes: list[Change] = field(default_factory=list)
    versions: list[Later] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def plain(settled: list[Settled]) -> Step:
    """Return what becomes of records that stand alone."""
    step = Step()
    for theirs, _, merged in settled:
        step.changes += merged.changes
        step.lines.append(line(theirs, merged))
    return step


def settle(now: Snapshot, page: list[Entry]) -> list[Settled]:
    """Return what becomes of records, each with the one that is here."""
    mine: dict[str, Entry] = {}
    for entity in {entry.key[0] for entry in page}:
        mine |= now.some(entity, (entry.id for entry in page if entry.key[0] is entity))
    for entry in page:
        if entry.id in mine and mine[entry.id].key != entry.key:
            del mine[entry.id]
    unlike = [
        mine[entry.id] for entry in page if entry.id in mine and _differ(mine[entry.id], entry)
    ]
    mine |= now.with_past(unlike)
    undone = now.taken_back(entry.id for entry in unlike if entry.trashed is not None)
    erased = now.erased(entry.id for entry in page if entry.id not in mine)
    return [(e, mine.get(e.id), _settled(e, mine.get(e.id), undone, erased)) for e in page]


def is_away(settled: Settled) -> bool:
    """Tell whether a record was erased here for good, and so does not come back."""
    _, mine, merged = settled
    return mine is None and merged.verdict is Verdict.TRASHED


def _settled(theirs: Entry, mine: Entry | None, undone: set[str], erased: set[str]) -> Merged:
    if theirs.id in erased:
        return Merged(Verdict.TRASHED)
    if mine is None:
        empty = _EMPTY.get(theirs.key[0], {})
        return create(replace(theirs, fields={**empty, **theirs.fields}))
    if mine.trashed is not None and theirs.trashed is None and mine.id in undone:
        return undo_deletion(mine, theirs)
    return merge(mine, theirs)


def _differ(mine: Entry, theirs: Entry) -> bool:
    shared = {name: mine.fields[name] for name in theirs.fields}
    return mine.trashed is not None or marks(mine.key, shared) != marks(mine.key, theirs.fields)


def line(theirs: Entry, merged: Merged) -> Line:
    """Return what is said of a record."""
    title = theirs.fields[_NAMES[theirs.key[0]]]
    return Line(theirs.key[0], theirs.id, title, merged.verdict, merged.clashes)


def heavier(*verdicts: Verdict) -> Verdict:
    """Return the verdict that a user should hear of first."""
    return max(verdicts, key=_WEIGHT.index)
