"""A bundle beside a library: what each of its records would change here, a page at a time.

Nothing is written. What a bundle refers to must be in it, else it is damaged.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from briefing_app.domain.anchor import move
from briefing_app.domain.change import Change, Op
from briefing_app.domain.merge import (
    Clash,
    Merged,
    Verdict,
    copy_of_statement,
    create,
    merge,
    take_out,
    undo_deletion,
)
from briefing_app.domain.past import marks
from briefing_app.domain.record import Entity, annotation_from, annotation_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing_app.domain.article import ArticleVersion
    from briefing_app.domain.bundle import Root
    from briefing_app.domain.entry import Entry
    from briefing_app.importers.bundle import BundleReader
    from briefing_app.storage.snapshot import Snapshot, Snapshots

    Later = Callable[[], ArticleVersion]

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
_ORDER = (
    Verdict.SAME,
    Verdict.TRASHED,
    Verdict.OLDER,
    Verdict.NEWER,
    Verdict.NEW,
    Verdict.CONFLICT,
)


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one thing in a bundle; `title` is what a user calls it."""

    kind: Entity
    id: str
    title: str
    verdict: Verdict
    clashes: tuple[Clash, ...] = ()


@dataclass(slots=True)
class Step:
    """Changes that can be made together, the versions that come with them, and what is said of it."""

    changes: list[Change] = field(default_factory=list)
    versions: list[Later] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


class Comparing:
    """Goes through a bundle once."""

    def __init__(self, reader: BundleReader, snapshots: Snapshots) -> None:
        self._reader = reader
        self._snapshots = snapshots
        self._ids: dict[Entity, set[str]] = {entity: set() for entity in Entity}
        self._stays: set[str] = set()  # stories that were deleted here, and stay in the trash

    def steps(self) -> Iterator[Step]:
        """Go through what is to be done, in an order in which it can be. Raises: UnreadableSource."""
        for shelf in ("collections", "searches"):
            for page in self._reader.entries(shelf):
                self._know(shelf, page)
                yield self._plain(page)
        yield from self._articles()
        for page in self._reader.entries("annotations"):
            self._know("annotations", page)
            for entry in page:
                self._need("annotations", Entity.ARTICLE, entry.fields["article"])
                self._need("annotations", Entity.VERSION, entry.fields["version"])
            yield self._plain(page)
        for shelf in ("stories", "briefs"):
            for roots in self._reader.roots(shelf):
                for root in roots:
                    self._check(shelf, root)
                    yield self._root(root)

    # what is in the bundle

    def _know(self, shelf: str, page: list[Entry]) -> None:
        for entry in page:
            if entry.id in self._ids[entry.key[0]]:
                raise self._reader.damaged(f"{shelf} {entry.id}")
            self._ids[entry.key[0]].add(entry.id)

    def _need(self, shelf: str, entity: Entity, uid: str) -> None:
        if uid not in self._ids[entity]:
            raise self._reader.damaged(f"{shelf} {uid}")

    def _check(self, shelf: str, root: Root) -> None:
        self._know(shelf, [root.entry, *root.inside])
        for entry in root.inside:
            for link in entry.fields.get("evidence", ()):
                self._need(shelf, Entity.ANNOTATION, link[0])
            if entry.key[0] is Entity.LINK:
                self._need(shelf, Entity.STORY, entry.fields["story"])
                self._need(shelf, Entity.SECTION, entry.fields["section"])

    # records that stand alone

    def _plain(self, page: list[Entry]) -> Step:
        step = Step()
        with self._snapshots.take() as now:
            for theirs, _, merged in _settle(now, page):
                step.changes += merged.changes
                step.lines.append(_line(theirs, merged))
        return step

    def _articles(self) -> Iterator[Step]:
        versions = _Following(self._reader, self._know)
        for page in self._reader.entries("articles"):
            self._know("articles", page)
            for entry in page:
                coming = versions.of(entry.id)
                if entry.fields["version"] not in {version.id for version, _ in coming}:
                    raise self._reader.damaged(f"articles {entry.id}")
                for uid in entry.fields.get("collections", ()):
                    self._need("articles", Entity.COLLECTION, uid)
                yield self._article(entry, coming)
        versions.end()

    def _article(self, theirs: Entry, coming: list[tuple[Entry, Later]]) -> Step:
        step = Step()
        with self._snapshots.take() as now:
            ((_, mine, merged),) = _settle(now, [theirs])
            step.changes += merged.changes
            later = {version.id: read for version, read in coming}
            for version, _, settled in _settle(now, [version for version, _ in coming]):
                step.changes += settled.changes
                if any(change.op is Op.CREATE for change in settled.changes):
                    step.versions.append(later[version.id])
            if mine is not None and _points_to(merged, theirs.fields["version"]):
                step.changes += self._carry_over(now, mine, later[theirs.fields["version"]])
        verdict = merged.verdict
        if step.versions and _ORDER.index(verdict) < _ORDER.index(Verdict.NEWER):
            verdict = Verdict.NEWER
        step.lines.append(_line(theirs, replace(merged, verdict=verdict)))
        return step

    def _carry_over(self, now: Snapshot, mine: Entry, read: Later) -> list[Change]:
        """Return what moves the passages marked here to a newer text, as an import does."""
        passages = now.passages_of(mine.fields["version"])
        if not passages:
            return []
        (old,) = now.versions([mine.fields["version"]])
        new = read()
        changes = []
        for entry in passages:
            moved = move(
                annotation_from(entry.id, entry.fields), new.id, old.body.text, new.body.text
            )
            fields = annotation_records(moved)[entry.key]
            changes += [
                Change(*entry.key, Op.SET, name, entry.fields[name], value)
                for name, value in fields.items()
                if entry.fields[name] != value
            ]
        return changes

    # stories and briefs

    def _root(self, root: Root) -> Step:
        with self._snapshots.take() as now:
            inside = [
                one
                for one in root.inside
                if one.key[0] is not Entity.LINK or one.fields["story"] not in self._stays
            ]
            settled = _settle(now, [root.entry, *inside])
            mine = {e.id: e for e in now.inside(root.entry.key)}
            copies = self._copies(now, settled)
            if all(
                merged.verdict in (Verdict.TRASHED, Verdict.SAME) for _, _, merged in settled
            ) and (settled[0][2].verdict is Verdict.TRASHED):
                self._stays.add(root.entry.id)
                return Step(lines=[_line(root.entry, settled[0][2])])
            changes = [change for *_, merged in settled for change in merged.changes]
            changes += _restored(settled) + copies
            gone = [
                take_out(one, gone)
                for gone in root.gone
                if (one := mine.get(gone.key[1])) and one.trashed is None and one.key == gone.key
            ]
            changes += _taken_out(gone, mine, changes)
        clashes = [c for *_, merged in settled for c in merged.clashes]
        clashes += [c for merged in gone for c in merged.clashes]
        verdicts = [merged.verdict for *_, merged in settled] + [merged.verdict for merged in gone]
        verdict = settled[0][2].verdict
        if verdict is not Verdict.NEW:
            worst = max(verdicts, key=_ORDER.index)
            verdict = Verdict.NEWER if worst is Verdict.NEW else worst
        whole = Merged(verdict, (), tuple(clashes))
        return Step(changes, lines=[_line(root.entry, whole)])

    def _copies(
        self, now: Snapshot, settled: list[tuple[Entry, Entry | None, Merged]]
    ) -> list[Change]:
        """Return what keeps the texts that lost their place as statements of their own."""
        made = {}
        for theirs, mine, merged in settled:
            if mine and theirs.key[0] is Entity.STATEMENT and _clashes(merged, "text"):
                uid, fields = copy_of_statement(mine, theirs)
                made[uid] = Change(Entity.STATEMENT, uid, Op.CREATE, new=fields)
        there = now.some(Entity.STATEMENT, made)
        coming = {theirs.id for theirs, _, _ in settled}
        return [change for uid, change in made.items() if uid not in there and uid not in coming]


class _Following:
    """The versions of a bundle, which stand in the order of their articles."""

    def __init__(self, reader: BundleReader, know: Callable[[str, list[Entry]], None]) -> None:
        self._reader = reader
        self._know = know
        self._pages = reader.versions()
        self._waiting: list[tuple[Entry, Later]] = []

    def of(self, article: str) -> list[tuple[Entry, Later]]:
        """Return the versions of the next article."""
        found = []
        while self._fill() and self._waiting[0][0].fields["article"] == article:
            found.append(self._waiting.pop(0))
        self._know("versions", [entry for entry, _ in found])
        return found

    def end(self) -> None:
        """Refuse what belongs to no article. Raises: UnreadableSource."""
        if self._fill():
            raise self._reader.damaged(f"versions {self._waiting[0][0].id}")

    def _fill(self) -> bool:
        if not self._waiting:
            self._waiting = next(self._pages, [])
        return bool(self._waiting)


def _settle(now: Snapshot, page: list[Entry]) -> list[tuple[Entry, Entry | None, Merged]]:
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
    return [(e, mine.get(e.id), _settled(e, mine.get(e.id), undone)) for e in page]


def _settled(theirs: Entry, mine: Entry | None, undone: set[str]) -> Merged:
    if mine is None:
        empty = _EMPTY.get(theirs.key[0], {})
        return create(replace(theirs, fields={**empty, **theirs.fields}))
    if mine.trashed is not None and theirs.trashed is None and mine.id in undone:
        return undo_deletion(mine, theirs)
    return merge(mine, theirs)


def _differ(mine: Entry, theirs: Entry) -> bool:
    shared = {name: mine.fields[name] for name in theirs.fields}
    return mine.trashed is not None or marks(mine.key, shared) != marks(mine.key, theirs.fields)


def _points_to(merged: Merged, version: str) -> bool:
    """Tell whether an article's current version becomes this one."""
    pointed = [c.new for c in merged.changes if c.op is Op.SET and c.field == "version"]
    return pointed[-1:] == [version]


def _clashes(merged: Merged, name: str) -> bool:
    return any(clash.field == name for clash in merged.clashes)


def _restored(settled: list[tuple[Entry, Entry | None, Merged]]) -> list[Change]:
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


def _taken_out(gone: list[Merged], mine: dict[str, Entry], changes: list[Change]) -> list[Change]:
    """Return what takes records out, but no section that still has a story in it."""
    outs = [change for merged in gone for change in merged.changes]
    leaving = {change.id for change in outs}
    places = {
        e.id: e.fields["section"]
        for e in mine.values()
        if e.key[0] is Entity.LINK and e.trashed is None and e.id not in leaving
    }
    for change in changes:
        if change.entity is Entity.LINK and change.op is Op.CREATE:
            places[change.id] = change.new["section"]
        elif change.entity is Entity.LINK and change.field == "section":
            places[change.id] = change.new
    return [change for change in outs if change.id not in set(places.values())]


def _line(theirs: Entry, merged: Merged) -> Line:
    title = theirs.fields[_NAMES[theirs.key[0]]]
    return Line(theirs.key[0], theirs.id, title, merged.verdict, merged.clashes)
