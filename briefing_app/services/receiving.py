"""Take articles and stories into the library from the thread of an import.

What is received is on disk when these calls return. It is journalled like any edit, so one undo takes
a whole import back; the history takes it over when it is next asked on its own thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain import brief as briefs
from briefing_app.domain.change import Action, Change, ChangeSet, diff
from briefing_app.domain.record import (
    Entity,
    Records,
    article_records,
    brief_from,
    brief_records,
    story_records,
)
from briefing_app.domain.storytext import to_story
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound

if TYPE_CHECKING:
    from briefing_app.domain.article import Article, Intake
    from briefing_app.domain.storytext import StoryText
    from briefing_app.services.history import History
    from briefing_app.storage.articles import StoredArticles
    from briefing_app.storage.records import StoredRecords
    from briefing_app.storage.writer import Writer

Received = tuple["Article", "Intake"]


class Receiving:
    """Stores what an import brings. Every method may be called from any thread."""

    def __init__(
        self, history: History, writer: Writer, records: StoredRecords, articles: StoredArticles
    ) -> None:
        self._history = history
        self._writer = writer
        self._records = records
        self._stored = articles

    def new_set(self) -> str:
        """Return the id of a set: what is received under one id is one step of undo."""
        return self._history.new_id()

    def known(
        self, *, original: str = "", text_digest: str = "", canonical_url: str = ""
    ) -> tuple[str, ...]:
        """Return the ids of articles that match any of what is given, newest first.

        `original` and `text_digest` are SHA-256 of any of their versions.
        """
        return self._stored.known(
            original=original, text_digest=text_digest, canonical_url=canonical_url
        )

    def articles(
        self,
        new: tuple[Received, ...],
        versions: tuple[Received, ...] = (),
        *,
        set_id: str,
        subject: str = "",
    ) -> None:
        """Store new articles, and new versions of articles that are there, in one transaction.

        An article is given as it shall be: its `version` names the version that comes with it.
        Raises: StorageFailure (then nothing was stored), NotFound.
        """
        changes: list[Change] = []
        for article, _ in new:
            changes += diff({}, article_records(article))
        for article, _ in versions:
            found = self._records.one((Entity.ARTICLE, article.id))
            if found is None or found[1]:
                raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such article."))
            changes += diff({(Entity.ARTICLE, article.id): found[0]}, article_records(article))
        intakes = tuple(intake for _, intake in (*new, *versions))
        self._store(Action.IMPORT_ARTICLE, tuple(changes), intakes, set_id, subject)

    def stories(
        self, brief_id: str, texts: tuple[StoryText, ...], title: str = "", *, set_id: str
    ) -> str:
        """Store stories at the end of a brief, or (without an id) in a new one; return its id.

        Without a title a new brief has the first story's headline. Raises: StorageFailure, NotFound.
        """
        new_id = self._history.new_id
        stories = tuple(to_story(text, new_id) for text in texts)
        before: Records = {}
        if brief_id:
            before = self._records.group((Entity.BRIEF, brief_id))
            if (Entity.BRIEF, brief_id) not in before:
                raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such brief."))
            brief = brief_from(brief_id, before)
        else:
            title = title or (stories[0].headline if stories else "")
            brief = briefs.new_brief(new_id(), new_id(), title)
        for story in stories:
            brief = briefs.add_story(brief, story.id, new_id())
        after: Records = {}
        for story in stories:
            after |= story_records(story)
        changes = (*diff({}, after), *diff(before, brief_records(brief)))
        self._store(Action.IMPORT_STORIES, changes, (), set_id, brief.title)
        return brief.id

    def _store(
        self,
        action: Action,
        changes: tuple[Change, ...],
        intakes: tuple[Intake, ...],
        set_id: str,
        subject: str,
    ) -> None:
        if not changes:
            return
        history = self._history
        change_set = ChangeSet(set_id, history.now(), history.origin, action, changes, subject)
        self._writer.take_in(change_set, intakes)
        history.adopt(change_set)
