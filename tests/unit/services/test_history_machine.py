"""Random edits, undos, redos and restarts: what is on disk is always what it was, to the field."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from briefing_app.app import open_library
from briefing_app.domain import story as edits
from briefing_app.domain.annotation import Role
from briefing_app.domain.change import Action, Origin
from briefing_app.domain.moment import parse_iso
from briefing_app.domain.record import Entity
from briefing_app.domain.statement import Part
from briefing_app.storage.connection import reading_engine
from briefing_app.storage.records import _records
from briefing_app.storage.writer import FILE
from tests.unit.making import article_of, body_of, store

_NUMBERS = st.integers(0, 1000)
_TEXTS = st.text("ab é北", max_size=5)


class Histories(RuleBasedStateMachine):
    """The model: what was on disk before and after each step that can be taken back."""

    def __init__(self):
        super().__init__()
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name) / "Test.briefinglib"
        self.done = []
        self.undone = []
        self.services = open_library(self.folder, Origin.WINDOW)
        self.engine = reading_engine(self.folder / FILE)

    def teardown(self):
        self.engine.dispose()
        self.services.close()
        self.temporary.cleanup()

    def digest(self):
        """Return all live rows, as they are on disk."""
        self.services.history.flush()
        with self.engine.connect() as connection:
            return {
                key: fields
                for entity in Entity
                for key, fields in _records(connection, entity).items()
            }

    def did(self, before):
        after = self.digest()
        if before != after:
            self.done.append((before, after))
            self.undone.clear()

    @initialize()
    def an_article_is_there(self):
        article, intake = article_of(self.services.history.new_id, "A", body_of("One two three."))
        store(self.services, ((article, intake),))
        self.services.history.refresh()
        self.article = article.id
        self.done.append(({}, self.digest()))

    def brief(self, number):
        rows = sorted(row.id for row in self.services.desk.briefs())
        return self.services.desk.brief(rows[number % len(rows)]) if rows else None

    def story(self, number):
        ids = sorted(
            {story for row in self.services.desk.briefs()
             for story in self.services.desk.brief(row.id).stories}
        )  # fmt: skip
        return self.services.desk.story(ids[number % len(ids)]) if ids else None

    @rule(title=_TEXTS)
    def new_brief(self, title):
        before = self.digest()
        self.services.desk.new_brief(title)
        self.did(before)

    @rule(number=_NUMBERS, headline=_TEXTS)
    def new_story(self, number, headline):
        before, brief = self.digest(), self.brief(number)
        if brief:
            self.services.desk.new_story(brief.id, headline, parse_iso("2026-01-25T04:53:41Z"))
            self.did(before)

    @rule(number=_NUMBERS, other=_NUMBERS, title=_TEXTS)
    def edit_brief(self, number, other, title):
        before, brief = self.digest(), self.brief(number)
        if brief is None:
            return
        desk = self.services.desk
        if other % 4 == 0:
            desk.delete_brief(brief.id)
        elif other % 4 == 1 or not brief.stories:
            desk.edit_brief(
                Action.EDIT_BRIEF,
                brief.id,
                lambda old: replace(old, title=title, date=parse_iso("2026-02-01")),
            )
        elif other % 4 == 2:
            desk.move_story(brief.id, brief.stories[-1], 0)
        else:
            desk.remove_story(brief.id, brief.stories[0])
        self.did(before)

    @rule(number=_NUMBERS, other=_NUMBERS)
    def share_story(self, number, other):
        before, story, brief = self.digest(), self.story(number), self.brief(other)
        if story and brief and story.id not in brief.stories:
            self.services.desk.add_story(brief.id, story.id)
            self.did(before)

    @rule(number=_NUMBERS)
    def delete_story(self, number):
        before, story = self.digest(), self.story(number)
        if story:
            self.services.desk.delete_story(story.id)
            self.did(before)

    @rule(number=_NUMBERS, part=st.sampled_from(Part), text=_TEXTS, at=st.integers(0, 3))
    def add_statement(self, number, part, text, at):
        before, story = self.digest(), self.story(number)
        if story:
            new_id = self.services.history.new_id()
            self.services.desk.edit_story(
                Action.ADD_STATEMENT,
                story.id,
                partial(edits.add_statement, statement_id=new_id, part=part, text=text, at=at),
            )
            self.did(before)

    @rule(number=_NUMBERS, other=_NUMBERS, kind=st.integers(0, 4), text=_TEXTS)
    def edit_statement(self, number, other, kind, text):
        before, story = self.digest(), self.story(number)
        if story is None or not story.statements:
            return
        new_id = self.services.history.new_id()
        row = story.statements[other % len(story.statements)].id
        edit = (
            lambda s: edits.edit_statement(s, row, text),
            lambda s: edits.move_statement(s, row, 0, Part.IMPACT),
            lambda s: edits.join_with_previous(s, row),
            lambda s: edits.split_statement(s, row, new_id, 1),
            lambda s: edits.remove_statement(s, row),
        )[kind]
        self.services.desk.edit_story(Action.EDIT_STATEMENT, story.id, edit)
        self.did(before)

    @rule(number=_NUMBERS, typed=st.lists(_TEXTS, min_size=1, max_size=4), split=st.booleans())
    def type_headline(self, number, typed, split):
        before, story = self.digest(), self.story(number)
        if story is None:
            return
        for headline in typed:
            self.services.desk.edit_story(
                Action.EDIT_HEADLINE,
                story.id,
                lambda old, new=headline: replace(old, headline=new),
                burst=True,
            )
            if split:
                self.services.history._writer.flush()
        came_back = self.services.desk.story(story.id) == story
        if came_back and any(headline != story.headline for headline in typed):
            self.undone.clear()  # something was typed, so there is nothing to redo
        self.did(before)

    @rule(role=st.sampled_from(Role), plain=st.booleans())
    def annotate(self, role, plain):
        if not self.articles_are_there():
            return
        before = self.digest()
        self.services.reading.annotate(
            self.article, 0, 3, role, story_id="" if plain else None, comment="c"
        )
        self.did(before)

    @rule(number=_NUMBERS)
    def delete_annotation(self, number):
        marks = self.services.reading.annotations(self.article)
        if marks:
            before = self.digest()
            self.services.reading.delete(marks[number % len(marks)].id)
            self.did(before)

    def articles_are_there(self):
        return (Entity.ARTICLE, self.article) in self.digest()

    @precondition(lambda self: self.done)
    @rule()
    def undo(self):
        before, after = self.done.pop()
        assert self.digest() == after
        self.services.history.undo()
        assert self.digest() == before
        self.undone.append((before, after))

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self):
        before, after = self.undone.pop()
        assert self.digest() == before
        self.services.history.redo()
        assert self.digest() == after
        self.done.append((before, after))

    @rule()
    def restart(self):
        self.services.close()
        self.services = open_library(self.folder, Origin.WINDOW)

    @invariant()
    def what_is_held_is_what_is_stored(self):
        stored = self.digest()
        held = self.services.history.held
        for key, fields in stored.items():
            assert held.group(held.root(key))[key] == fields
        assert {key for records in held._groups.values() for key in records} <= set(stored)


Histories.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestHistories = Histories.TestCase
