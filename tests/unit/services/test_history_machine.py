"""Random edits, undos, redos and restarts: what is on disk is always what it was, to the field.

At the end of each session everything is taken back, with a restart in the middle, and made again: the
library then has the digest of its start, and of its end. A command works beside the window meanwhile.
"""

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
from briefing_app.domain.article import State
from briefing_app.domain.change import Action, Origin
from briefing_app.domain.moment import parse_iso
from briefing_app.domain.record import Entity
from briefing_app.domain.statement import Part
from briefing_app.errors import NotFound, Refused
from briefing_app.progress import NoProgress
from briefing_app.storage.connection import reading_engine
from briefing_app.storage.digest import digest
from briefing_app.storage.records import read_records
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
        self.foreign = set()
        self.command = None
        self.services = open_library(self.folder, Origin.WINDOW)
        self.engine = reading_engine(self.folder / FILE)
        self.start = self.whole()

    def teardown(self):
        try:
            if not self.foreign:
                self.take_all_back_and_make_it_again()
        finally:
            self.engine.dispose()
            for services in (self.command, self.services):
                if services is not None:
                    services.close()
            self.temporary.cleanup()

    def take_all_back_and_make_it_again(self):
        end, steps = self.whole(), len(self.done)
        for at in range(steps):
            if at == steps // 2:
                self.restart()
            self.undo()
        assert self.whole() == self.start
        self.restart()
        for at in range(steps):
            if at == steps // 2:
                self.restart()
            self.redo()
        assert self.whole() == end

    def whole(self):
        """Return the digest of the library."""
        self.services.history.flush()
        with self.engine.connect() as connection:
            return digest(connection)

    def digest(self):
        """Return all live rows, as they are on disk, but those that the command made."""
        self.services.history.flush()
        return {key: fields for key, fields in self.rows().items() if key not in self.foreign}

    def rows(self):
        with self.engine.connect() as connection:
            return {
                key: fields
                for entity in Entity
                for key, fields in read_records(connection, entity).items()
            }

    @rule(title=_TEXTS, stays=st.booleans())
    def a_command_works_beside_the_window(self, title, stays):
        """What it makes is its own; the window's steps stay as they are."""
        self.services.history.flush()
        before = set(self.rows())
        command = self.command or open_library(self.folder, Origin.COMMAND)
        brief = command.desk.new_brief(f"Command {title}")
        story = command.desk.new_story(brief.id, title)
        article, intake = article_of(command.history.new_id, "Theirs", body_of("Theirs."))
        store(command, ((article, intake),))
        command.history.refresh()
        command.reading.annotate(article.id, 0, 3, Role.IMPACT, story_id=story.id)
        command.history.flush()
        self.command = command if stays else command.close()
        self.foreign |= set(self.rows()) - before
        self.services.history.refresh()

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

    @rule(titles=st.lists(_TEXTS, min_size=1, max_size=3))
    def import_articles(self, titles):
        """Bring articles in as one step, each stored by itself."""
        before, history = self.digest(), self.services.history
        set_id = history.new_id()
        for title in titles:
            article = article_of(history.new_id, f"B {title}", body_of(title, "Four five six."))
            store(self.services, (article,), set_id=set_id)
        history.refresh()
        self.did(before)

    @rule(number=_NUMBERS, text=_TEXTS)
    def import_a_version(self, number, text):
        before, article = self.digest(), self.any_article(number)
        if article is not None:
            history = self.services.history
            body = body_of(f"One two three. {text}", "New.")
            _, intake = article_of(history.new_id, article.title, body, article_id=article.id)
            newer = replace(article, version=intake.version.id)
            store(self.services, (), ((newer, intake),))
            history.refresh()
            self.did(before)

    @rule(number=_NUMBERS, what=st.integers(0, 3), text=_TEXTS)
    def edit_article(self, number, what, text):
        before, article = self.digest(), self.any_article(number)
        if article is None:
            return
        articles = self.services.articles
        ids = self.articles()
        match what:
            case 0:
                articles.edit(article.id, lambda old: replace(old, tags=(text, *old.tags)))
            case 1:
                published = parse_iso("2026-02-01") if text else None
                articles.edit(article.id, lambda old: replace(old, published=published))
            case 2:
                articles.set_state(ids[:3], State.ARCHIVED if text else State.READING)
            case 3:
                articles.delete(ids[: 1 + number % 2])
        self.did(before)

    @rule(number=_NUMBERS, what=st.integers(0, 6), name=_TEXTS)
    def gather(self, number, what, name):
        """Collections, tags of several articles, saved searches."""
        before, ids = self.digest(), self.articles()
        collecting, searches = self.services.collecting, self.services.searches
        collections = sorted(uid for kind, uid in before if kind is Entity.COLLECTION)
        chosen = collections[number % len(collections)] if collections else ""
        try:
            match what:
                case 0:
                    collecting.new_collection(f"C {name}")
                case 1 if chosen:
                    collecting.put(ids[:2], chosen)
                case 2 if chosen:
                    collecting.delete_collection(chosen)
                case 3 if chosen:
                    collecting.move_collection(chosen, collections[0])
                case 4:
                    collecting.tag(ids[:3], [f"t {name}"], ["t"])
                case 5:
                    collecting.rename_tag("t", f"t {name}")
                case 6:
                    searches.save("Ferries", f"ferry {name}")
        except (NotFound, Refused):
            assert self.digest() == before
        else:
            self.did(before)

    @rule(number=_NUMBERS)
    def restore_from_the_trash(self, number):
        before, rows = self.digest(), self.services.trash.rows()
        if not rows:
            return
        try:
            self.services.trash.restore([rows[number % len(rows)].key])
        except Refused:  # a row of a story that is gone itself
            assert self.digest() == before
        else:
            self.did(before)

    @rule(number=_NUMBERS, apart=st.booleans())
    def split_or_join(self, number, apart):
        before, article, versions = self.digest(), self.any_article(number), self.services.versions
        if article is None:
            return
        others = [uid for uid in self.articles() if uid != article.id]
        try:
            correction = (
                versions.split(article.id, "", NoProgress())
                if apart
                else versions.join(article.id, others[:1], NoProgress())
            )
        except Refused:  # one version only; nothing to join
            return
        versions.make(correction)
        self.did(before)

    def articles(self):
        return sorted(uid for kind, uid in self.digest() if kind is Entity.ARTICLE)

    def any_article(self, number):
        ids = self.articles()
        return self.services.articles.article(ids[number % len(ids)]) if ids else None

    def brief(self, number):
        rows = sorted(
            row.id
            for row in self.services.desk.briefs()
            if (Entity.BRIEF, row.id) not in self.foreign
        )
        return self.services.desk.brief(rows[number % len(rows)]) if rows else None

    def story(self, number):
        ids = sorted(
            {story for row in self.services.desk.briefs()
             for story in self.services.desk.brief(row.id).stories
             if (Entity.STORY, story) not in self.foreign}
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

    @rule(number=_NUMBERS, what=st.integers(0, 4), text=_TEXTS)
    def edit_annotation(self, number, what, text):
        marks = self.services.reading.annotations(self.article)
        story = self.story(number)
        if not marks or not self.articles_are_there():
            return
        before, reading, mark = self.digest(), self.services.reading, marks[number % len(marks)].id
        match what:
            case 0 | 1:
                reading.delete(mark)
            case 2:
                reading.set_comment(mark, text)
            case 3:
                reading.set_role(mark, Role.IMPACT)
            case 4 if story:
                reading.promote(mark, story.id)
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
        self.services.history.flush()
        self.services.history.refresh()
        stored = self.rows()
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
