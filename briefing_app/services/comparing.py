"""A bundle beside a library: what each of its records would change here, a page at a time.

Nothing is written. What a bundle refers to must be in it, else it is damaged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.domain.anchor import move
from briefing_app.domain.bundle import Root
from briefing_app.domain.change import Change, Op
from briefing_app.domain.entry import Entry
from briefing_app.domain.merge import Merged, Verdict
from briefing_app.domain.record import Entity, annotation_from, annotation_records
from briefing_app.services.joining import join
from briefing_app.services.settling import Step, heavier, is_away, line, plain, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing_app.importers.bundle import BundleReader
    from briefing_app.progress import Progress
    from briefing_app.services.settling import Later
    from briefing_app.storage.snapshot import Snapshot, Snapshots


@dataclass(frozen=True, slots=True)
class _Coming:
    """An article of a bundle with its versions."""

    article: Entry
    versions: list[tuple[Entry, Later]]


class Comparing:
    """Goes through a bundle once."""

    def __init__(self, reader: BundleReader, snapshots: Snapshots) -> None:
        self._reader = reader
        self._snapshots = snapshots
        self._ids: dict[Entity, set[str]] = {entity: set() for entity in Entity}
        self._away: set[str] = set()  # what was deleted or erased here, and stays so
        self.named: set[str] = set()  # the originals and pictures of all versions, once checked

    def check(self, progress: Progress) -> None:
        """Read all of the bundle, texts as well, before anything of it is believed.

        Raises: UnreadableSource, Cancelled.
        """
        seen = 0
        for found in self._walk():
            for one in found:
                progress.check()
                if isinstance(one, _Coming):
                    for _, read in one.versions:
                        version = read()
                        self.named |= {block.asset for block in version.body.blocks}
                        self.named.add(version.original)
            seen += len(found)
            progress.step(seen, self._reader.manifest.things)
        for _ in self._reader.originals():
            progress.check()

    def steps(self) -> Iterator[Step]:
        """Go through what is to be done, in an order in which it can be. Raises: UnreadableSource."""
        for found in self._walk():
            with self._snapshots.take() as now:
                if isinstance(found[0], _Coming):
                    steps = self._articles(now, [one for one in found if isinstance(one, _Coming)])
                elif isinstance(found[0], Root):
                    steps = [join(now, one, self._away) for one in found if isinstance(one, Root)]
                else:
                    steps = [self._plain(now, [one for one in found if isinstance(one, Entry)])]
            yield from steps

    def _walk(self) -> Iterator[list[Entry] | list[_Coming] | list[Root]]:
        """Go through the bundle a page at a time, in the order in which things build on each other."""
        for shelf in ("collections", "searches"):
            for page in self._reader.entries(shelf):
                self._know(shelf, page)
                yield page
        yield from self._walk_articles()
        for page in self._reader.entries("annotations"):
            self._know("annotations", page)
            for entry in page:
                self._need("annotations", Entity.ARTICLE, entry.fields["article"])
                self._need("annotations", Entity.VERSION, entry.fields["version"])
            yield page
        for shelf in ("stories", "briefs"):
            for roots in self._reader.roots(shelf):
                for root in roots:
                    self._check(shelf, root)
                yield roots

    def _walk_articles(self) -> Iterator[list[_Coming]]:
        versions = _Following(self._reader, self._know)
        for page in self._reader.entries("articles"):
            self._know("articles", page)
            found = []
            for entry in page:
                coming = versions.of(entry.id)
                if entry.fields["version"] not in {version.id for version, _ in coming}:
                    raise self._reader.damaged(f"articles {entry.id}")
                for uid in entry.fields.get("collections", ()):
                    self._need("articles", Entity.COLLECTION, uid)
                found.append(_Coming(entry, coming))
            yield found
        versions.end()

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

    # articles

    def _plain(self, now: Snapshot, page: list[Entry]) -> Step:
        """Return what becomes of records that stand alone, and of passages of articles."""
        settled = [
            (theirs, mine, Merged(Verdict.TRASHED))
            if theirs.fields.get("article") in self._away
            else (theirs, mine, merged)
            for theirs, mine, merged in settle(now, page)
        ]
        self._away.update(one[0].id for one in settled if is_away(one))
        return plain(settled)

    def _articles(self, now: Snapshot, page: list[_Coming]) -> list[Step]:
        articles = settle(now, [one.article for one in page])
        versions = iter(settle(now, [version for one in page for version, _ in one.versions]))
        steps = []
        for one, article in zip(page, articles, strict=True):
            theirs, mine, merged = article
            step = Step(list(merged.changes))
            away = is_away(article)
            if away:
                self._away.add(theirs.id)
            for _, read in one.versions:
                _, _, settled = next(versions)
                if away:
                    continue
                step.changes += settled.changes
                if any(change.op is Op.CREATE for change in settled.changes):
                    step.versions.append(read)
            if mine is not None and _points_to(merged, theirs.fields["version"]):
                later = {version.id: read for version, read in one.versions}
                step.changes += self._carry_over(now, mine, later[theirs.fields["version"]])
            verdict = merged.verdict
            if step.versions:
                verdict = heavier(verdict, Verdict.NEWER)
            step.lines.append(line(theirs, replace(merged, verdict=verdict)))
            steps.append(step)
        return steps

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


def _points_to(merged: Merged, version: str) -> bool:
    """Tell whether an article's current version becomes this one."""
    pointed = [c.new for c in merged.changes if c.op is Op.SET and c.field == "version"]
    return pointed[-1:] == [version]
