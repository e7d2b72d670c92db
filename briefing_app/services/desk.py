"""The desk: stories and briefs, and everything that can be done to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain import brief as briefs
from briefing_app.domain.change import Action, diff
from briefing_app.domain.record import (
    Entity,
    Key,
    Records,
    brief_from,
    brief_records,
    story_from,
    story_records,
)
from briefing_app.domain.story import Story
from briefing_app.domain.storytext import StoryText, to_story
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.brief import Brief
    from briefing_app.domain.moment import Moment
    from briefing_app.services.history import History
    from briefing_app.services.news import Changed
    from briefing_app.storage.facts import Facts

RECENT = 50


@dataclass(frozen=True, slots=True)
class BriefRow:
    """What a list shows of a brief."""

    id: str
    title: str
    stories: int
    updated: dt.datetime


class Desk:
    """Gives stories and briefs as values, and applies edits to the values that it holds now."""

    def __init__(self, history: History, facts: Facts) -> None:
        self._history = history
        self._held = history.held
        self._facts = facts
        self._touched: dict[str, int] = {}
        self._worked_on: list[Key] = list(reversed(facts.worked_on(RECENT)))
        history.on_changed(self._note)

    def briefs(self) -> tuple[BriefRow, ...]:
        """Return all briefs, the one changed last first."""
        times = dict(self._facts.briefs())
        self._held.load([(Entity.BRIEF, uid) for uid in times])
        for _, uid in self._held.roots(Entity.BRIEF):
            times.setdefault(uid, 0)
        rows = []
        for uid, stored in times.items():
            if (Entity.BRIEF, uid) in (records := self._held.group((Entity.BRIEF, uid))):
                brief = brief_from(uid, records)
                updated = dt.datetime.fromtimestamp(
                    max(stored, self._touched.get(uid, 0)) / 1000, dt.UTC
                )
                rows.append(BriefRow(uid, brief.title, len(brief.stories), updated))
        fresh = {uid: at for at, uid in enumerate(self._touched)}
        return tuple(sorted(rows, key=lambda row: fresh.get(row.id, -1), reverse=True))

    def brief(self, brief_id: str) -> Brief:
        """Return a brief. Raises: NotFound."""
        return brief_from(brief_id, self._records((Entity.BRIEF, brief_id)))

    def story(self, story_id: str) -> Story:
        """Return a story. Raises: NotFound."""
        return story_from(story_id, self._records((Entity.STORY, story_id)))

    def edit_story(
        self,
        action: Action,
        story_id: str,
        function: Callable[[Story], Story],
        *,
        burst: bool = False,
    ) -> Story:
        """Replace a story by what a function makes of it; return the story as it is then.

        `burst` says that the edit is typing, one of many to come. Raises: NotFound, Refused.
        """
        self._history.refresh()
        before = self.story(story_id)
        after = function(before)
        changes = diff(story_records(before), story_records(after))
        make = self._history.burst if burst else self._history.commit
        make(action, changes, after.headline)
        return self.story(story_id)

    def edit_brief(
        self, action: Action, brief_id: str, function: Callable[[Brief], Brief]
    ) -> Brief:
        """Replace a brief by what a function makes of it; return the brief as it is then.

        Raises: NotFound, Refused.
        """
        self._history.refresh()
        before = self.brief(brief_id)
        after = function(before)
        self._history.commit(action, diff(brief_records(before), brief_records(after)), after.title)
        return self.brief(brief_id)

    def new_brief(self, title: str) -> Brief:
        """Make an empty brief."""
        brief = briefs.new_brief(self._history.new_id(), self._history.new_id(), title)
        self._history.commit(Action.NEW_BRIEF, diff({}, brief_records(brief)), title)
        return brief

    def delete_brief(self, brief_id: str) -> None:
        """Put a brief in the trash; its stories stay in the library. Raises: NotFound."""
        self._history.refresh()
        brief = self.brief(brief_id)
        self._history.commit(Action.DELETE_BRIEF, diff(brief_records(brief), {}), brief.title)

    def new_story(self, brief_id: str, headline: str, as_of: Moment | None = None) -> Story:
        """Make an empty story at the end of a brief. Raises: NotFound."""
        self._history.refresh()
        before = self.brief(brief_id)
        story = Story(self._history.new_id(), headline, as_of)
        after = briefs.add_story(before, story.id, self._history.new_id())
        changes = (
            *diff({}, story_records(story)),
            *diff(brief_records(before), brief_records(after)),
        )
        self._history.commit(Action.ADD_STORY, changes, headline)
        return self.story(story.id)

    def add_stories(
        self, brief_id: str | None, texts: tuple[StoryText, ...], title: str = ""
    ) -> Brief:
        """Put stories at the end of a brief, or into a new one of this title.

        Without a title the new brief has the first story's headline. Raises: NotFound.
        """
        self._history.refresh()
        new_id = self._history.new_id
        stories = tuple(to_story(text, new_id) for text in texts)
        if brief_id is not None:
            brief = self.brief(brief_id)
            before: Records = brief_records(brief)
        else:
            title = title or (stories[0].headline if stories else "")
            brief, before = briefs.new_brief(new_id(), new_id(), title), {}
        for story in stories:
            brief = briefs.add_story(brief, story.id, new_id())
        records: Records = {}
        for story in stories:
            records |= story_records(story)
        changes = (*diff({}, records), *diff(before, brief_records(brief)))
        self._history.commit(Action.IMPORT_STORIES, changes, brief.title)
        return self.brief(brief.id)

    def add_story(self, brief_id: str, story_id: str) -> Brief:
        """Put a story of the library into a brief, too. Raises: NotFound."""
        self.story(story_id)
        link_id = self._history.new_id()
        return self.edit_brief(
            Action.ADD_STORY, brief_id, lambda brief: briefs.add_story(brief, story_id, link_id)
        )

    def remove_story(self, brief_id: str, story_id: str) -> Brief:
        """Take a story out of a brief; it stays in the library. Raises: NotFound."""
        return self.edit_brief(
            Action.REMOVE_STORY, brief_id, lambda brief: briefs.remove_story(brief, story_id)
        )

    def delete_story(self, story_id: str) -> None:
        """Put a story in the trash, and take it out of all briefs. Raises: NotFound."""
        self._history.refresh()
        story = self.story(story_id)
        changes = list(diff(story_records(story), {}))
        for brief_id in self.briefs_of(story_id):
            brief = self.brief(brief_id)
            after = briefs.remove_story(brief, story_id)
            changes += diff(brief_records(brief), brief_records(after))
        self._history.commit(Action.DELETE_STORY, changes, story.headline)

    def move_story(self, brief_id: str, story_id: str, to: int) -> Brief:
        """Move a story to index `to` of its section. Raises: NotFound."""
        return self.edit_brief(
            Action.MOVE_STORY, brief_id, lambda brief: briefs.move_story(brief, story_id, to)
        )

    def briefs_of(self, story_id: str) -> tuple[str, ...]:
        """Return the ids of the briefs that hold a story."""
        return tuple(uid for _, uid in self._held.briefs_with(story_id))

    def last_story(self) -> str | None:
        """Return the id of the story worked on last, or None."""
        for key in reversed(self._worked_on):
            story = self._held.root(key)
            if story is not None and self._held.fields(story) is not None:
                return story[1]
        return None

    def _records(self, root: Key) -> Records:
        records = self._held.group(root)
        if root not in records:
            if root[0] is Entity.BRIEF:
                raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such brief."))
            raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such story."))
        return records

    def _note(self, changed: Changed) -> None:
        now = self._history.now()
        for brief_id in changed.briefs:
            self._touched.pop(brief_id, None)
            self._touched[brief_id] = now  # at the end: the order is that of the edits
        for story_id in changed.stories:
            key = (Entity.STORY, story_id)
            self._worked_on = [other for other in self._worked_on if other != key]
            self._worked_on.append(key)
