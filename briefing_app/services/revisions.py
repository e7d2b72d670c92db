"""The history of a story and of a brief: what changed, when, and back to how it was.

The history of a brief takes in the stories that it held: the brief of yesterday evening is what stood
on its pages then. Going back is an edit like any other, one step that undo takes back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing_app.domain import difference
from briefing_app.domain.change import Action, Change, Op
from briefing_app.domain.difference import Line, Mark
from briefing_app.domain.record import Entity, Fields, Key, Records, brief_from, story_from
from briefing_app.domain.revision import Past, brief_at, story_at, take_back, towards
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound, Refused
from briefing_app.services.restoring import with_passages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing_app.domain.brief import Brief
    from briefing_app.domain.change import Origin
    from briefing_app.domain.story import Story
    from briefing_app.services.history import History
    from briefing_app.storage.chronicle import Chronicle, Entry, Told

Way = Literal["edit", "undo", "redo"]
_WAYS: tuple[Way, ...] = ("edit", "undo", "redo")
_OF_A_STORY = (Entity.STORY, Entity.STATEMENT)


@dataclass(frozen=True, slots=True)
class Revision:
    """One moment in the history of something.

    `way` says whether it was an edit or took one back; `here` that it was made in this copy of the
    library; `story` names the one story of a brief that it was about, where it was one.
    """

    id: str
    at: dt.datetime
    origin: Origin
    here: bool
    action: Action
    way: Way
    subject: str
    story: str = ""


@dataclass(frozen=True, slots=True)
class StoryState:
    """A story of a brief as it stood, and what became of its place and of its text."""

    id: str
    headline: str
    mark: Mark
    lines: tuple[Line, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it differs from what it was before."""
        return any(line.mark is not Mark.SAME for line in self.lines)


@dataclass(frozen=True, slots=True)
class State:
    """How something stood at a moment, with what differed from the moment before.

    `stories` are those of a brief; the lines of a story are in `lines`. `there` is False where it had
    been deleted, and there is nothing to go back to. `current` says that this is
    how it stands now; `shared` names the other briefs in which going back would change a story, too.
    """

    lines: tuple[Line, ...]
    stories: tuple[StoryState, ...] = ()
    there: bool = True
    current: bool = False
    shared: tuple[str, ...] = ()


class Revisions:
    """Tells the history of stories and briefs, and takes them back to a former state.

    `of` and `state` read what is on disk, and may be called from any thread.
    """

    def __init__(self, history: History, chronicle: Chronicle) -> None:
        self._history = history
        self._chronicle = chronicle

    def of(self, root: Key) -> tuple[Revision, ...]:
        """Return the history of a story or a brief, the newest first. Raises: StorageFailure."""
        self._history.wait()
        told = self._chronicle.of(root)
        return tuple(_revision(entry, told.now.records, root) for entry in _of_it(told, root))

    def state(self, root: Key, revision_id: str) -> State:
        """Return how something stood after a moment of its history. Raises: NotFound."""
        told = self._chronicle.of(root)
        entry, after = _rewound(told, revision_id)
        before = take_back(after, entry.changes)
        there = root in after.live
        changes = _back(told.now, after, root) if there else ()
        current = there and not changes
        if root[0] is Entity.STORY:
            lines = difference.of_story(_story(before, root[1]), _story(after, root[1]))
            return State(lines, (), there, current)
        lines, stories = _brief(before, after, root[1])
        shared = self._chronicle.briefs_with(_stories_of(changes, told.now.records), root[1])
        return State(lines, stories, there, current, shared)

    def restore(self, root: Key, revision_id: str) -> int:
        """Take a story or a brief back to a moment of its history, in one step.

        Passages that were deleted since come back with the statements that rest on them; what was
        erased for good stays away. Shape: how many passages could not come back.
        Raises: NotFound, Refused, StorageFailure.
        """
        self._history.flush()
        self._history.refresh()
        told = self._chronicle.of(root)
        _, after = _rewound(told, revision_id)
        changes = _back(told.now, after, root)
        held = self._history.held
        held.load(change.key for change in changes)
        held.load_trash(change.key for change in changes if change.op is Op.RESTORE)
        changes, missing = with_passages(held, changes)
        field = "headline" if root[0] is Entity.STORY else "title"
        subject = str(after.records[root][field])
        if not held.fit(changes) or not held.sound(changes):
            raise _cannot(subject)
        self._history.commit(Action.RESTORE_STATE, changes, subject)
        return missing


def _revision(entry: Entry, records: Records, root: Key) -> Revision:
    stories = _stories_of(entry.changes, records) if root[0] is Entity.BRIEF else set()
    own = any(change.entity not in _OF_A_STORY for change in entry.changes)
    story = next(iter(stories)) if len(stories) == 1 and not own else ""
    return Revision(
        entry.id,
        dt.datetime.fromtimestamp(entry.made_at / 1000, dt.UTC),
        entry.origin,
        entry.here,
        entry.action,
        _WAYS[0] if not entry.depth else _WAYS[1 + (entry.depth + 1) % 2],
        entry.subject,
        story,
    )


def _of_it(told: Told, root: Key) -> Iterator[Entry]:
    """Go through what happened to something: to a story of a brief, while it was in there."""
    past = told.now
    for entry in told.entries:
        before = take_back(past, entry.changes)
        inside = {root[1]} | _placed(past, root) | _placed(before, root)
        if root in past.live or root in before.live:
            about_it = any(
                change.entity not in _OF_A_STORY
                or _story_of(change.key, past.records[change.key]) in inside
                for change in entry.changes
                if change.key in past.records
            )
            if about_it:
                yield entry
        past = before


def _placed(past: Past, root: Key) -> set[str]:
    """Return the stories of a brief at a moment."""
    if root[0] is Entity.STORY:
        return set()
    brief = brief_at(past, root[1])
    return {fields["story"] for key, fields in brief.items() if key[0] is Entity.LINK}


def _rewound(told: Told, revision_id: str) -> tuple[Entry, Past]:
    """Return an entry, and how everything stood after it. Raises: NotFound."""
    past = told.now
    for entry in told.entries:
        if entry.id == revision_id:
            return entry, past
        past = take_back(past, entry.changes)
    raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such moment in this history."))


def _back(now: Past, then: Past, root: Key) -> tuple[Change, ...]:
    """Return what turns the present into a former state. Raises: NotFound.

    A story that has come into the brief since leaves it, and stays as it is.
    """
    target = _target(then, root)
    if not target:
        raise NotFound(QT_TRANSLATE_NOOP("errors", "At that moment it was not there."))
    present: Records = brief_at(now, root[1]) if root[0] is Entity.BRIEF else {}
    for entity, uid in target:
        if entity is Entity.STORY:
            present = present | story_at(now, uid)
    return towards(present, target, now.records)


def _target(past: Past, root: Key) -> Records:
    if root[0] is Entity.STORY:
        return story_at(past, root[1])
    brief = brief_at(past, root[1])
    stories: Records = {}
    for key, fields in brief.items():
        if key[0] is Entity.LINK:
            stories |= story_at(past, fields["story"])
    return brief | stories


def _story(past: Past, story_id: str) -> Story | None:
    records = story_at(past, story_id)
    return story_from(story_id, records) if records else None


def _brief(
    before: Past, after: Past, brief_id: str
) -> tuple[tuple[Line, ...], tuple[StoryState, ...]]:
    old, new = _draft(before, brief_id), _draft(after, brief_id)
    stories = []
    for story_id, mark in difference.of_places(old, new):
        was, now = _story(before, story_id), _story(after, story_id)
        if mark is not Mark.SAME:  # its text is no news of its own
            was = now = now or was
        lines = difference.of_story(was, now)
        headline = now.headline if now else was.headline if was else ""
        stories.append(StoryState(story_id, headline, mark, lines))
    return difference.of_brief(old, new), tuple(stories)


def _draft(past: Past, brief_id: str) -> Brief | None:
    records = brief_at(past, brief_id)
    return brief_from(brief_id, records) if records else None


def _stories_of(changes: Iterable[Change], records: Records) -> set[str]:
    """Return the stories whose own records some changes are about."""
    return {
        _story_of(change.key, records[change.key])
        for change in changes
        if change.entity in _OF_A_STORY and change.key in records
    }


def _story_of(key: Key, fields: Fields) -> str:
    return key[1] if key[0] is Entity.STORY else str(fields["story"])


def _cannot(subject: str) -> Refused:
    return Refused(
        QT_TRANSLATE_NOOP(
            "errors", "“{subject}” cannot be taken back to that moment: too much has gone since."
        ),
        subject=subject,
    )
