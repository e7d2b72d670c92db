"""From a library to a bundle: what goes in, in which order, and what is held back."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from briefing_app import __version__
from briefing_app.domain import bodyform, bundleform
from briefing_app.domain.bundle import OWN, PRIVATE, SHELVES, Holds, Manifest, Root
from briefing_app.domain.bundleform import HELD_BACK, instant
from briefing_app.domain.record import Entity
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound
from briefing_app.exporters.bundletext import Cited, brief_markdown, story_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing_app.domain.entry import Entry
    from briefing_app.domain.record import Fields
    from briefing_app.exporters.bundle import BundleWriter, Shelf
    from briefing_app.progress import Progress
    from briefing_app.services.bundling import Choice
    from briefing_app.storage.snapshot import Snapshot


def pack(snapshot: Snapshot, writer: BundleWriter, choice: Choice, progress: Progress) -> Manifest:
    """Write a bundle of one state of a library. Raises: NotFound, Cancelled, ExportFailure."""
    source = _Whole(snapshot) if choice.holds is Holds.LIBRARY else _Chosen(snapshot, choice)
    return _Packing(snapshot, writer, choice, source, progress).pack()


class _Whole:
    """All of a library that counts."""

    title = ""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.total = sum(snapshot.count(entity) for entity in SHELVES.values())

    def pages(self, entity: Entity) -> Iterator[list[Entry]]:
        return self._snapshot.pages(entity)

    def versions(self, articles: list[Entry]) -> list[Entry]:
        return self._snapshot.versions_in(articles)


class _Chosen:
    """One brief or story, and the passages, versions and articles that it cites."""

    def __init__(self, snapshot: Snapshot, choice: Choice) -> None:
        self._snapshot = snapshot
        self._wanted: dict[Entity, list[str]] = {}
        kind = Entity.BRIEF if choice.holds is Holds.BRIEF else Entity.STORY
        head = snapshot.some(kind, (choice.id,)).get(choice.id)
        if head is None or head.trashed is not None:
            raise NotFound(
                QT_TRANSLATE_NOOP("errors", "There is no such brief.")
                if kind is Entity.BRIEF
                else QT_TRANSLATE_NOOP("errors", "There is no such story.")
            )
        self.title = str(head.fields["title" if kind is Entity.BRIEF else "headline"])
        stories = [choice.id]
        if kind is Entity.BRIEF:
            self._wanted[Entity.BRIEF] = [choice.id]
            stories = [e.fields["story"] for e in _live(snapshot, head) if e.key[0] is Entity.LINK]
        self._wanted[Entity.STORY] = stories
        self._want_cited(stories)
        self.total = sum(map(len, self._wanted.values()))

    def pages(self, entity: Entity) -> Iterator[list[Entry]]:
        return self._snapshot.chosen(entity, self._wanted.get(entity, ()))

    def versions(self, articles: list[Entry]) -> list[Entry]:
        return self._snapshot.versions_in(articles, self._wanted[Entity.VERSION])

    def _want_cited(self, stories: list[str]) -> None:
        cited: dict[str, None] = {}
        for story in self._snapshot.some(Entity.STORY, stories).values():
            for statement in _live(self._snapshot, story):
                cited |= dict.fromkeys(link[0] for link in statement.fields["evidence"])
        passages = self._snapshot.some(Entity.ANNOTATION, cited)
        versions = self._snapshot.some(
            Entity.VERSION, (passage.fields["version"] for passage in passages.values())
        )
        heads = self._snapshot.some(
            Entity.ARTICLE, (e.fields["article"] for e in (*passages.values(), *versions.values()))
        )
        current = (head.fields["version"] for head in heads.values())
        self._wanted[Entity.ANNOTATION] = list(passages)
        self._wanted[Entity.ARTICLE] = list(heads)
        self._wanted[Entity.VERSION] = [*versions, *current]


class _Packing:
    """One bundle in the making."""

    def __init__(
        self,
        snapshot: Snapshot,
        writer: BundleWriter,
        choice: Choice,
        source: _Whole | _Chosen,
        progress: Progress,
    ) -> None:
        self._snapshot = snapshot
        self._writer = writer
        self._choice = choice
        self._source = source
        self._progress = progress
        self._done = 0
        self._changed = 0
        self._originals: set[str] = set()
        whole = choice.holds is Holds.LIBRARY
        self._held_back = () if whole else (*OWN, *(() if choice.private else PRIVATE))

    def pack(self) -> Manifest:
        for name, entity in SHELVES.items():
            if entity is not Entity.VERSION:  # they go with their articles
                self._pack_shelf(name, entity)
        self._pack_originals()
        return self._writer.finish(
            Manifest(
                holds=self._choice.holds,
                about=self._choice.id,
                title=self._source.title,
                library=self._snapshot.library(),
                changed=instant(self._changed),
                program=f"Briefing Desk {__version__}",
                held_back=self._held_back,
            )
        )

    def _pack_shelf(self, name: str, entity: Entity) -> None:
        shelf, versions = self._writer.shelf(name), self._writer.shelf("versions")
        for page in self._source.pages(entity):
            self._put(shelf, self._forms(entity, [self._mine(entry) for entry in page]))
            if entity is Entity.ARTICLE:
                self._put(versions, self._versions(self._source.versions(page)))
            self._progress.step(self._done, self._source.total)
        shelf.end()
        versions.end()

    def _put(self, shelf: Shelf, forms: Iterable[bundleform.Form]) -> None:
        for form in forms:
            self._progress.check()
            shelf.put(form)
            self._done += 1

    def _mine(self, entry: Entry) -> Entry:
        """Return a record without what is held back of it."""
        self._changed = max(self._changed, entry.updated)
        names = [n for n in self._held_back if n in HELD_BACK.get(entry.key[0], ())]
        if not names:
            return entry
        fields: Fields = {n: value for n, value in entry.fields.items() if n not in names}
        past = {group: marks for group, marks in entry.past.items() if group not in names}
        return replace(entry, fields=fields, past=past)

    def _forms(self, entity: Entity, page: list[Entry]) -> Iterator[bundleform.Form]:
        match entity:
            case Entity.ARTICLE:
                yield from map(bundleform.article_form, page)
            case Entity.ANNOTATION:
                yield from map(bundleform.annotation_form, page)
            case Entity.STORY | Entity.BRIEF:
                yield from map(self._root, page)
            case _:
                yield from map(bundleform.plain_form, page)

    def _versions(self, page: list[Entry]) -> Iterator[bundleform.Form]:
        self._changed = max(self._changed, *(entry.updated for entry in page), 0)
        by_id = {entry.id: entry for entry in page}
        for version in self._snapshot.versions(list(by_id)):
            self._writer.put(f"texts/{version.id}.txt", version.body.text.encode())
            assets = {block.asset for block in version.body.blocks}
            if self._choice.originals or self._choice.holds is Holds.LIBRARY:
                assets.add(version.original)
            self._originals |= assets - {""}
            yield bodyform.version_form(by_id[version.id], version)

    def _root(self, entry: Entry) -> bundleform.Form:
        inside = self._snapshot.inside(entry.key)
        live = tuple(self._mine(one) for one in inside if one.trashed is None)
        gone = tuple(self._snapshot.gone(one) for one in inside if one.trashed is not None)
        root = Root(entry, tuple(one for one in live if self._has_place(one, live)), gone)
        if entry.key[0] is Entity.STORY:
            name, text = f"stories/{entry.id}.md", story_markdown(root, self._cited((root,)))
        else:
            stories = self._stories(root)
            text = brief_markdown(root, stories, self._cited(stories))
            name = f"briefs/{entry.id}.md"
        self._writer.put(name, text)
        return bundleform.root_form(root)

    def _stories(self, brief: Root) -> tuple[Root, ...]:
        links = (e.fields["story"] for e in brief.inside if e.key[0] is Entity.LINK)
        found = self._snapshot.some(Entity.STORY, links).values()
        return tuple(Root(story, tuple(_live(self._snapshot, story))) for story in found)

    def _cited(self, stories: Iterable[Root]) -> Cited:
        passages = self._snapshot.some(
            Entity.ANNOTATION,
            (
                link[0]
                for story in stories
                for statement in story.inside
                for link in statement.fields["evidence"]
            ),
        ).values()
        articles = self._snapshot.some(Entity.ARTICLE, (p.fields["article"] for p in passages))
        return Cited(tuple(passages), tuple(articles.values()))

    def _has_place(self, entry: Entry, live: tuple[Entry, ...]) -> bool:
        """Tell whether a place in a brief is in a section that is there."""
        if entry.key[0] is not Entity.LINK:
            return True
        return any(one.id == entry.fields["section"] for one in live)

    def _pack_originals(self) -> None:
        listed = self._snapshot.originals(self._originals)
        if self._choice.holds is Holds.LIBRARY:
            alone = self._snapshot.unread_originals()
            listed = chain(listed, (o for o in alone if o.digest not in self._originals))
        shelf = self._writer.shelf("originals")
        for original in listed:
            self._writer.put_original(original, self._watched(original.digest))
            shelf.put(bundleform.original_form(original))
        shelf.end()

    def _watched(self, digest: str) -> Iterable[bytes]:
        for piece in self._snapshot.bytes_of(digest):
            self._progress.check()
            yield piece


def _live(snapshot: Snapshot, root: Entry) -> list[Entry]:
    return [entry for entry in snapshot.inside(root.key) if entry.trashed is None]
