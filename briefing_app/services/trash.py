"""The trash: what lies in it for thirty days, what comes back, and what goes for good.

What was thrown away in one step comes back together: a story with its rows and its places, a brief
with its places, a passage with the rows that rested on it. What is gone or was changed since stays as
it is, so that nothing comes back without what it belongs to.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain.change import Action, Change, Op, inverse, squash
from briefing_app.domain.erasure import Erased, Why, Wish
from briefing_app.domain.record import Entity, Key
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound, Refused
from briefing_app.services.restoring import with_passages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.domain.erasure import Doom
    from briefing_app.progress import Progress
    from briefing_app.services.erasing import Erasing
    from briefing_app.services.history import History
    from briefing_app.storage.trash import Discarded, StoredTrash

DAYS = 30
_DAY = 24 * 60 * 60 * 1000  # milliseconds


@dataclass(frozen=True, slots=True)
class TrashRow:
    """Something in the trash. `days` is how many it stays; None as long as something needs it.

    `inside` counts the passages of an article, the rows of a story and the places of a brief; `of` is
    the title of a passage's article.
    """

    entity: Entity
    id: str
    title: str
    thrown: dt.datetime
    days: int | None
    inside: int = 0
    of: str = ""

    @property
    def key(self) -> Key:
        """Return which record it is."""
        return self.entity, self.id


class Trash:
    """Shows the trash, restores from it and empties it. `rows` and `empty` may run on any thread."""

    def __init__(self, history: History, stored: StoredTrash, erasing: Erasing) -> None:
        self._history = history
        self._stored = stored
        self._erasing = erasing

    def rows(self, limit: int = -1) -> tuple[TrashRow, ...]:
        """Return what lies in the trash, what was thrown away last first."""
        now = self._history.now()
        loose = set(self._stored.loose(now + 1, undo=False))
        return tuple(_row(one, now, loose) for one in self._stored.rows(limit))

    def count(self) -> int:
        """Return how many things lie in the trash."""
        return self._stored.count()

    def restore(self, keys: Iterable[Key]) -> None:
        """Bring things back with what was thrown away with them, in one step.

        Raises: NotFound if one does not lie in the trash, Refused.
        """
        self._history.flush()
        self._history.refresh()
        held = self._history.held
        wanted = tuple(dict.fromkeys(keys))
        held.load_trash(wanted)
        if any(held.trashed(key) is None for key in wanted):
            raise NotFound(QT_TRANSLATE_NOOP("errors", "That does not lie in the trash."))
        for key in wanted:
            self._refuse_joined(key)
        changes = [Change(*key, Op.RESTORE) for key in wanted]
        roots = set(wanted)
        for thrown in self._stored.thrown_away_by(wanted).values():
            back = inverse(squash(thrown))
            held.load_trash(change.key for change in back if change.op is Op.RESTORE)
            changes += [
                change
                for change in back
                if change.key not in roots
                and not roots.isdisjoint(self._owners(change))
                and held.fits(change)
            ]
        sound = self._sound(changes)
        with_all, _ = with_passages(held, sound)
        self._history.commit(Action.RESTORE, with_all, self._subject(wanted))

    def old(self) -> tuple[Key, ...]:
        """Return what has lain there for its days, and that nothing needs any more.

        A day counts when the library was changed on a later one, too: a clock that is wrong for a day
        must not empty the trash.
        """
        now = min(self._history.now(), (self._stored.day_before_last() + 1) * _DAY)
        return self._stored.loose(now - DAYS * _DAY, undo=True)

    def loose(self) -> tuple[Key, ...]:
        """Return all that may go: what no story, brief or edition rests on."""
        return self._stored.loose(self._history.now() + 1, undo=False)

    def wish(self) -> Wish:
        """Return the wish to empty the trash."""
        return Wish(self.loose())

    def look(self) -> Doom | None:
        """Return what would go if the trash were emptied; None if that is nothing."""
        wish = self.wish()
        return self._erasing.look(wish) if wish.keys else None

    def empty(self, progress: Progress, *, purge: bool = False) -> Erased:
        """Erase for good what lies in the trash and nothing needs.

        Raises: StorageFailure, Cancelled.
        """
        keys = self.loose()
        if not keys:
            return Erased(0, 0, tidied=True)
        return self._erasing.erase(Wish(keys), Why.TRASH, progress, purge=purge)

    def empty_old(self, progress: Progress) -> Erased:
        """Erase quietly what has lain there for its days; the database is not written anew.

        Raises: StorageFailure, Cancelled.
        """
        keys = self.old()
        if not keys:
            return Erased(0, 0, tidied=True)
        return self._erasing.erase(Wish(keys), Why.TRASH, progress, whole=False)

    def _refuse_joined(self, key: Key) -> None:
        """Raise Refused if an article has given its versions to another one."""
        held = self._history.held
        fields = held.trashed(key) or {}
        if key[0] is Entity.ARTICLE:
            version = (Entity.VERSION, fields["version"])
            owner = held.fields(version) or held.trashed(version) or {}
            if owner.get("article") != key[1]:
                raise Refused(
                    QT_TRANSLATE_NOOP("errors", "“{title}” has become part of another article."),
                    hint=QT_TRANSLATE_NOOP(
                        "errors", "Undo brings it back, or “Not the same article” there."
                    ),
                    title=fields["title"],
                )

    def _owners(self, change: Change) -> set[Key]:
        """Return the things that a change would come back with."""
        held = self._history.held
        if change.field == "evidence":
            return {(Entity.ANNOTATION, link[0]) for link in change.new or ()}
        if change.op is not Op.RESTORE:
            return set()
        fields = held.trashed(change.key) or {}
        section = (Entity.SECTION, fields.get("section", ""))
        home = (held.trashed(section) or held.fields(section) or {}) if section[1] else {}
        return {
            (Entity.ARTICLE, fields.get("article", "")),
            (Entity.STORY, fields.get("story", "")),
            (Entity.BRIEF, fields.get("brief", home.get("brief", ""))),
        }

    def _sound(self, changes: list[Change]) -> list[Change]:
        """Leave out what would come back without what it belongs to."""
        held = self._history.held
        while True:
            restored = {change.key for change in changes if change.op is Op.RESTORE}
            homeless = {key for key in restored if not held.at_home(key, restored, set())}
            if not homeless:
                return changes
            changes = [change for change in changes if change.key not in homeless]

    def _subject(self, keys: tuple[Key, ...]) -> str:
        fields = self._history.held.trashed(keys[0]) if len(keys) == 1 else None
        if not fields:
            return ""
        return str(fields.get("title") or fields.get("headline") or fields.get("exact") or "")


def _row(one: Discarded, now: int, loose: set[Key]) -> TrashRow:
    left = DAYS - (now - one.at) // _DAY
    return TrashRow(
        one.entity,
        one.id,
        one.title,
        dt.datetime.fromtimestamp(one.at / 1000, dt.UTC),
        max(0, left) if one.key in loose else None,
        one.inside,
        one.of,
    )
