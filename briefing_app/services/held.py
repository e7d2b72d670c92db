"""The records that the desk holds now: loaded when asked for, changed before they are stored.

Records are held in groups, each with a root: a story with its statements, a brief with its sections
and links, an article with its annotations. A group that was loaded is the truth until it is let go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.change import Change, Op
from briefing_app.domain.record import Entity, Fields, Key, Records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from briefing_app.storage.records import StoredRecords

_PARENT = {
    Entity.STATEMENT: (Entity.STORY, "story"),
    Entity.SECTION: (Entity.BRIEF, "brief"),
    Entity.LINK: (Entity.SECTION, "section"),
    Entity.ANNOTATION: (Entity.ARTICLE, "article"),
}

# what must be there for a record to make sense; a passage outlives its article, for what cites it
_NEEDS = {
    Entity.STATEMENT: ((Entity.STORY, "story"),),
    Entity.SECTION: ((Entity.BRIEF, "brief"),),
    Entity.LINK: ((Entity.SECTION, "section"), (Entity.STORY, "story")),
}


class Held:
    """Live records by group, and those that were trashed since."""

    def __init__(self, stored: StoredRecords) -> None:
        self._stored = stored
        self._groups: dict[Key, Records] = {}
        self._roots: dict[Key, Key] = {}
        self._trash: Records = {}

    def group(self, root: Key) -> Records:
        """Return the live records of a group; without the root's own if it is gone."""
        if root not in self._groups:
            self._groups[root] = records = self._stored.group(root)
            self._roots.update(dict.fromkeys((*records, root), root))
        return self._groups[root]

    def load(self, keys: Iterable[Key]) -> None:
        """Load the roots among some records together: one step can be about thousands."""
        wanted = [key for key in keys if key[0] not in _PARENT and key not in self._groups]
        if wanted:
            self._hold(self._stored.groups(wanted))

    def load_citing(self, article_id: str) -> tuple[Key, ...]:
        """Load the stories that rest on an article, together; return those that are stored so."""
        found = self._stored.citing(article_id)
        self._hold(found)
        return tuple(found)

    def load_sources(self, stories: Iterable[str]) -> None:
        """Load stories and the articles that they rest on, together, unless the stories are held."""
        wanted = [uid for uid in stories if (Entity.STORY, uid) not in self._groups]
        if wanted:
            self._hold(self._stored.with_sources(wanted))

    def load_trash(self, keys: Iterable[Key]) -> None:
        """Load those of some records that lie in the trash, together."""
        wanted = [key for key in keys if key not in self._trash]
        found = self._stored.trashed(wanted) if wanted else {}
        self._trash.update(found)
        for key, fields in found.items():
            if key not in self._roots:
                self._roots[key] = self._root_of(key, fields)

    def learn(self, keys: Iterable[Key]) -> None:
        """Find out the roots of some records together: another process may have made thousands."""
        unknown = [key for key in keys if key[0] in _PARENT and key not in self._roots]
        if len(unknown) > 1:
            for key, fields in self._stored.wherever(unknown).items():
                self._roots[key] = self._root_of(key, fields)

    def roots(self, entity: Entity) -> tuple[Key, ...]:
        """Return the roots of one kind that are held and live."""
        return tuple(
            root for root, records in self._groups.items() if root[0] is entity and root in records
        )

    def root(self, key: Key) -> Key | None:
        """Return the root of a record, live or trashed; None if it never was."""
        if key not in self._roots:
            if key[0] not in _PARENT:
                self._roots[key] = key
            elif (found := self._stored.one(key)) is not None:
                self._roots[key] = self._root_of(key, found[0])
            else:
                return None
        return self._roots[key]

    def fields(self, key: Key) -> Fields | None:
        """Return the fields of a live record, or None."""
        root = self.root(key)
        return None if root is None else self.group(root).get(key)

    def known(self, key: Key) -> Fields | None:
        """Return the fields of a live record that is held, or None; nothing is loaded for it."""
        return self._groups.get(self._roots.get(key, key), {}).get(key)

    def trashed(self, key: Key) -> Fields | None:
        """Return the fields of a record in the trash, or None."""
        if self.fields(key) is not None:
            return None
        if key not in self._trash:
            found = self._stored.one(key)
            if found is None:
                return None
            self._trash[key] = found[0]
        return self._trash[key]

    def fits(self, change: Change) -> bool:
        """Tell whether a change can still be made: its record is there, its field as it was."""
        match change.op:
            case Op.SET:
                fields = self.fields(change.key)
                return fields is not None and fields[change.field] == change.old
            case Op.TRASH:
                return self.fields(change.key) is not None
            case Op.RESTORE:
                return self.trashed(change.key) is not None
            case Op.CREATE:
                return self.fields(change.key) is None
            case Op.ERASE:
                return False

    def fit(self, changes: Iterable[Change]) -> bool:
        """Tell whether changes can be made one after the other: what is restored may be set, too."""
        restored: Records = {}
        for change in changes:
            key = change.key
            if change.op is Op.SET and key in restored:
                if restored[key][change.field] != change.old:
                    return False
                restored[key][change.field] = change.new
            elif not self.fits(change):
                return False
            elif change.op is Op.RESTORE:
                restored[key] = dict(self.trashed(key) or {})
        return True

    def sound(self, changes: tuple[Change, ...]) -> bool:
        """Tell whether changes that fit would leave no record without what it belongs to."""
        restored = {change.key for change in changes if change.op is Op.RESTORE}
        trashed = {change.key for change in changes if change.op is Op.TRASH}
        if not all(self.at_home(key, restored, trashed) for key in restored):
            return False
        if not all(self._is_anywhere(link) for link in _links_of(changes, self.trashed)):
            return False
        return all(self._dependents(key) <= trashed for key in trashed)

    def at_home(self, key: Key, restored: set[Key], trashed: set[Key]) -> bool:
        """Tell whether a record from the trash would have what it belongs to, after some changes."""
        fields = self.trashed(key) or {}
        return all(
            needed in restored or (needed not in trashed and self.fields(needed) is not None)
            for needed in ((entity, fields[field]) for entity, field in _NEEDS.get(key[0], ()))
        )

    def briefs_with(self, story_id: str) -> tuple[Key, ...]:
        """Return the roots of the briefs that have a place for a story."""
        stored = [(Entity.BRIEF, uid) for uid in self._stored.briefs_with(story_id)]
        return tuple(
            root
            for root in dict.fromkeys((*stored, *self.roots(Entity.BRIEF)))
            if root in self.group(root) and self._links(root, story_id)
        )

    def apply(self, changes: Iterable[Change]) -> None:
        """Make changes to the records. Raises: LookupError if one is not where it should be."""
        for change in changes:
            self._apply(change)

    def let_go(self, roots: set[Key]) -> None:
        """Forget groups, so that they are loaded again when asked for."""
        for key in [key for key, owner in self._roots.items() if owner in roots]:
            del self._roots[key]
            self._trash.pop(key, None)
        for root in roots:
            self._groups.pop(root, None)

    def _hold(self, groups: dict[Key, Records]) -> None:
        """Take in groups that were read; those that are held already are newer."""
        for root, records in groups.items():
            if root not in self._groups:
                self._groups[root] = records
                self._roots.update(dict.fromkeys((*records, root), root))

    def _dependents(self, key: Key) -> set[Key]:
        """Return the live records that make no sense without this one."""
        root = self.root(key)
        if root is None or key[0] not in (Entity.STORY, Entity.BRIEF, Entity.SECTION):
            return set()
        inside = {
            other
            for other, fields in self.group(root).items()
            if other[0] in _NEEDS and _parent(other, fields) == key
        }
        if key[0] is not Entity.STORY:
            return inside
        links = (self._links(brief, key[1]) for brief in self.briefs_with(key[1]))
        return inside.union(*links)

    def _is_anywhere(self, annotation_id: str) -> bool:
        """Tell whether a passage is live or in the trash: what was erased cannot be cited again."""
        key = (Entity.ANNOTATION, annotation_id)
        return self.fields(key) is not None or self.trashed(key) is not None

    def _links(self, root: Key, story_id: str) -> list[Key]:
        return [
            key
            for key, fields in self.group(root).items()
            if key[0] is Entity.LINK and fields["story"] == story_id
        ]

    def _apply(self, change: Change) -> None:
        key = change.key
        match change.op:
            case Op.CREATE:
                self._put(key, dict(change.new))
            case Op.SET:
                records, fields = self._live(key)
                records[key] = {**fields, change.field: change.new}
                if change.field == _PARENT.get(key[0], (None, ""))[1]:  # it goes to another group
                    self._put(key, records.pop(key))
            case Op.TRASH:
                records, fields = self._live(key)
                self._trash[key] = fields
                del records[key]
            case Op.RESTORE:
                restored = self.trashed(key)
                if restored is None:
                    raise LookupError(key)
                del self._trash[key]
                self._put(key, restored)
            case Op.ERASE:
                raise LookupError(key)

    def _live(self, key: Key) -> tuple[Records, Fields]:
        root = self.root(key)
        records = {} if root is None else self.group(root)
        if key not in records:
            raise LookupError(key)
        return records, records[key]

    def _put(self, key: Key, fields: Fields) -> None:
        known = key in self._roots
        root = self._root_of(key, fields)
        self._roots[key] = root
        if root == key and not known:
            self._groups.setdefault(root, {})  # new: there is nothing to load
        self.group(root)[key] = fields

    def _root_of(self, key: Key, fields: Fields) -> Key:
        if key[0] not in _PARENT:
            return key
        parent = _parent(key, fields)
        return self.root(parent) or parent


def _links_of(changes: Iterable[Change], trashed: Callable[[Key], Fields | None]) -> Iterator[str]:
    """Go through the passages that changes would let statements rest on again."""
    for change in changes:
        if change.op is Op.SET and change.field == "evidence":
            known = {link[0] for link in change.old}
            yield from (link[0] for link in change.new if link[0] not in known)
        elif change.op is Op.RESTORE and change.entity is Entity.STATEMENT:
            yield from (link[0] for link in (trashed(change.key) or {}).get("evidence", ()))


def _parent(key: Key, fields: Fields) -> Key:
    entity, field = _PARENT[key[0]]
    return entity, fields[field]
