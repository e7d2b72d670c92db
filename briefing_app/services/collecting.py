"""Collections and tags: what articles are gathered by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.domain import rank
from briefing_app.domain.article import tag_key
from briefing_app.domain.change import Action, Change, Op, diff
from briefing_app.domain.collection import Collection
from briefing_app.domain.record import Entity, collection_from, collection_records
from briefing_app.domain.tags import renaming, retagged, tag_of
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound, Refused
from briefing_app.services.many import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing_app.domain.articlelist import Listing
    from briefing_app.services.history import History
    from briefing_app.services.many import Many
    from briefing_app.storage.overview import StoredOverview

NAME = 120  # code points


class Collecting:
    """Makes collections and tags, and puts articles into them.

    `tags`, `tagged` and `collections` may be called from any thread; they tell what is on disk.
    """

    def __init__(self, history: History, many: Many, overview: StoredOverview) -> None:
        self._history = history
        self._held = history.held
        self._many = many
        self._overview = overview

    # tags

    def tags(self) -> tuple[tuple[str, int], ...]:
        """Return each tag and the number of its articles, the most used first."""
        return self._overview.tags()

    def tags_of(self, listing: Listing) -> dict[str, int]:
        """Return the tags of some articles, as they are compared, and how many have each."""
        return dict(self._overview.tags_of(listing))

    def collections_of(self, listing: Listing) -> dict[str, int]:
        """Return the ids of the collections of some articles, and how many are in each."""
        return dict(self._overview.collections_of(listing))

    def tagged(self, *tags: str) -> tuple[str, ...]:
        """Return the ids of the articles with any of these tags."""
        return self._overview.tagged(tuple(map(tag_key, tags)))

    def tag(self, ids: Sequence[str], add: Iterable[str] = (), remove: Iterable[str] = ()) -> int:
        """Add tags to articles and take others away, in one step; return how many changed.

        Raises: NotFound, Refused.
        """
        return self._many.edit(ids, tagging(add, remove))

    def rename_tag(self, old: str, new: str) -> int:
        """Rename a tag everywhere; one that is there already is merged with it.

        Shape: how many articles changed. Raises: NotFound if nothing has it; Refused.
        """
        ids = self._with_tag(old)
        return self._many.edit(ids, renaming_tag(old, new), tag_of(new))

    def delete_tag(self, tag: str) -> int:
        """Take a tag off all articles; return how many had it. Raises: NotFound, Refused."""
        return self._many.edit(self._with_tag(tag), deleting_tag(tag), tag_of(tag))

    def _with_tag(self, tag: str) -> tuple[str, ...]:
        self._history.flush()
        ids = self.tagged(tag)
        if not ids:
            raise NotFound(
                QT_TRANSLATE_NOOP("errors", "No article has the tag “{tag}”."), tag=tag_of(tag)
            )
        return ids

    # collections

    def collections(self) -> tuple[tuple[Collection, int], ...]:
        """Return the collections in their order, each with the number of its articles."""
        return self._overview.all().collections

    def collection(self, collection_id: str) -> Collection:
        """Return a collection as it is now. Raises: NotFound."""
        fields = self._held.fields((Entity.COLLECTION, collection_id))
        if fields is None:
            raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such collection."))
        return collection_from(collection_id, fields)

    def new_collection(self, name: str) -> Collection:
        """Make a collection behind the others. Raises: Refused."""
        self._history.refresh()
        last = max((one.rank for one in self._now()), default="")
        made = Collection(self._history.new_id(), _named(name), rank.append(last))
        self._history.commit(Action.NEW_COLLECTION, diff({}, collection_records(made)), made.name)
        return made

    def rename_collection(self, collection_id: str, name: str) -> Collection:
        """Give a collection another name. Raises: NotFound, Refused."""
        self._history.refresh()
        before = self.collection(collection_id)
        after = replace(before, name=_named(name))
        changes = diff(collection_records(before), collection_records(after))
        self._history.commit(Action.RENAME_COLLECTION, changes, after.name)
        return after

    def move_collection(self, collection_id: str, before: str) -> None:
        """Put a collection in front of another, or (empty) behind all. Raises: NotFound, Refused."""
        self._history.refresh()
        moved = self.collection(collection_id)
        others = [one for one in self._now() if one.id != collection_id]
        at = next((n for n, one in enumerate(others) if one.id == before), len(others))
        low = others[at - 1].rank if at else ""
        high = others[at].rank if at < len(others) else ""
        place = rank.between(low, high) if high else rank.append(low)
        change = Change(Entity.COLLECTION, collection_id, Op.SET, "rank", moved.rank, place)
        self._history.commit(Action.MOVE_COLLECTION, (change,), moved.name)

    def delete_collection(self, collection_id: str) -> None:
        """Delete a collection; its articles stay, and are in it again after undo. Raises: NotFound."""
        self._history.refresh()
        name = self.collection(collection_id).name
        change = Change(Entity.COLLECTION, collection_id, Op.TRASH)
        self._history.commit(Action.DELETE_COLLECTION, (change,), name)

    def _now(self) -> list[Collection]:
        """Return the collections in their order, with those that are not on disk yet."""
        stored = [(Entity.COLLECTION, one.id) for one, _ in self.collections()]
        self._held.load(stored)
        roots = {*stored, *self._held.roots(Entity.COLLECTION)}
        found = [
            collection_from(uid, fields)
            for kind, uid in roots
            if (fields := self._held.fields((kind, uid))) is not None
        ]
        return sorted(found, key=lambda one: (one.rank, one.id))

    def put(self, ids: Sequence[str], collection_id: str) -> int:
        """Put articles into a collection, in one step; return how many were not in it.

        Raises: NotFound, Refused.
        """
        name = self.collection(collection_id).name
        return self._many.edit(ids, putting(collection_id), name)

    def take_out(self, ids: Sequence[str], collection_id: str) -> int:
        """Take articles out of a collection, in one step; return how many were in it.

        Raises: NotFound, Refused.
        """
        name = self.collection(collection_id).name
        return self._many.edit(ids, taking_out(collection_id), name)


def tagging(add: Iterable[str], remove: Iterable[str]) -> Edit:
    """Return the edit that adds tags and takes others away."""
    adding = tuple(filter(None, map(tag_of, add)))
    removing = tuple(remove)

    def becomes(tags: list[str]) -> list[str]:
        return list(retagged(tags, adding, removing))

    return Edit(Action.TAG_ARTICLES, "tags", becomes)


def renaming_tag(old: str, new: str) -> Edit:
    """Return the edit that puts a tag in the place of another. Raises: Refused for a blank one."""
    if not tag_of(new):
        raise Refused(QT_TRANSLATE_NOOP("errors", "A tag needs at least one letter or sign."))
    renamed = renaming(old, tag_of(new))

    def becomes(tags: list[str]) -> list[str]:
        return list(renamed(tuple(tags)))

    return Edit(Action.RENAME_TAG, "tags", becomes)


def deleting_tag(tag: str) -> Edit:
    """Return the edit that takes a tag away."""
    return replace(tagging((), (tag,)), action=Action.DELETE_TAG)


def putting(collection_id: str) -> Edit:
    """Return the edit that puts articles into a collection."""

    def becomes(held: list[str]) -> list[str]:
        return held if collection_id in held else [*held, collection_id]

    return Edit(Action.COLLECT, "collections", becomes)


def taking_out(collection_id: str) -> Edit:
    """Return the edit that takes articles out of a collection."""

    def becomes(held: list[str]) -> list[str]:
        return [one for one in held if one != collection_id]

    return Edit(Action.UNCOLLECT, "collections", becomes)


def _named(name: str) -> str:
    line = " ".join(name.split())[:NAME].strip()
    if not line:
        raise Refused(QT_TRANSLATE_NOOP("errors", "A collection needs a name."))
    return line
