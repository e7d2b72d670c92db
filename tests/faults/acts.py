"""What a person does with a library, at random: every kind of edit that its services offer."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial

from briefing_app.domain import story as edits
from briefing_app.domain.annotation import Role
from briefing_app.domain.article import Intake, Original, State
from briefing_app.domain.change import Action, ChangeSet, diff
from briefing_app.domain.record import Entity, article_records, version_records
from briefing_app.domain.statement import Kind, Part
from briefing_app.domain.storytext import Row, StoryText
from briefing_app.errors import BriefingError, StorageFailure
from briefing_app.progress import NoProgress
from briefing_app.services.articles import ArticleQuery
from briefing_app.services.intake import new_version
from briefing_app.storage.known import KnownArticle
from tests.unit.making import article_of, body_of

_WORDS = (
    *("ferry", "ice", "harbour", "grid", "Лід", "北京", "é", "port,", "“quoted”", "strike;"),
    *("rail", "\U0001f600", "tariff"),
)


class Acts:
    """Random edits of one person, who touches only what bears their name.

    What another process took away meanwhile is refused, and that is an answer, too.
    """

    def __init__(self, services, rng, name):
        self.services = services
        self.rng = rng
        self.name = name

    def any(self):
        """Do one thing; return its name."""
        act = self.rng.choice(_ACTS)
        try:
            act(self)
        except StorageFailure:
            raise
        except BriefingError:
            pass
        return act.__name__

    def text(self, most=12):
        return " ".join(self.rng.choice(_WORDS) for _ in range(self.rng.randint(1, most)))

    def brief(self):
        rows = [row for row in self.services.desk.briefs() if row.title.startswith(self.name)]
        if not rows:
            return self.services.desk.new_brief(f"{self.name} {self.text(3)}")
        return self.services.desk.brief(self.rng.choice(sorted(row.id for row in rows)))

    def story(self):
        brief = self.brief()
        if not brief.stories:
            return self.services.desk.new_story(brief.id, self.text(3))
        return self.services.desk.story(self.rng.choice(brief.stories))

    def articles(self):
        rows = self.services.articles.page(ArticleQuery("all"), limit=30)
        return sorted(row.id for row in rows if row.title.startswith(self.name))

    def article(self):
        ids = self.articles()
        return self.rng.choice(ids) if ids else self.receive(1)[0]

    def mark(self):
        marks = self.services.reading.annotations(self.article())
        return self.rng.choice(marks) if marks else None

    def new_brief(self):
        self.services.desk.new_brief(f"{self.name} {self.text(3)}")

    def new_story(self):
        self.services.desk.new_story(self.brief().id, self.text(4))

    def share_story(self):
        story, brief = self.story(), self.brief()
        if story.id not in brief.stories:
            self.services.desk.add_story(brief.id, story.id)

    def many_rows(self):
        part = self.rng.choice(list(Part)[:4])
        rows = tuple(Row(part, Kind.ITEM, self.text(6)) for _ in range(60))
        self.services.desk.add_stories(self.brief().id, (StoryText(self.text(3), None, rows),))

    def edit_brief(self):
        brief = self.brief()
        title = f"{self.name} {self.text(2)}"
        self.services.desk.edit_brief(
            Action.EDIT_BRIEF, brief.id, lambda old: replace(old, title=title, contact=title)
        )

    def move_story(self):
        brief = self.brief()
        if brief.stories:
            self.services.desk.move_story(brief.id, brief.stories[-1], 0)

    def delete_story(self):
        self.services.desk.delete_story(self.story().id)

    def delete_brief(self):
        if self.rng.random() < 0.3:
            self.services.desk.delete_brief(self.brief().id)

    def add_row(self):
        add = partial(
            edits.add_statement,
            statement_id=self.services.history.new_id(),
            part=self.rng.choice(list(Part)),
            text=self.text(),
        )
        self.services.desk.edit_story(Action.ADD_STATEMENT, self.story().id, add)

    def edit_row(self):
        story = self.story()
        if not story.statements:
            return
        row, new_id = self.rng.choice(story.statements).id, self.services.history.new_id()
        text = self.text()
        edit = self.rng.choice(
            (
                lambda s: edits.edit_statement(s, row, text),
                lambda s: edits.move_statement(s, row, 0, Part.IMPACT),
                lambda s: edits.join_with_previous(s, row),
                lambda s: edits.split_statement(s, row, new_id, 3),
                lambda s: edits.remove_statement(s, row),
            )
        )
        self.services.desk.edit_story(Action.EDIT_STATEMENT, story.id, edit)

    def type_row(self):
        """Type a text letter by letter, as the window tells it."""
        story = self.story()
        if not story.statements:
            return
        row, typed = self.rng.choice(story.statements), self.text(3)
        for end in range(1, len(typed) + 1):
            text = f"{row.text} {typed[:end]}"
            self.services.desk.edit_story(
                Action.EDIT_STATEMENT,
                story.id,
                lambda s, new=text: edits.edit_statement(s, row.id, new),
                burst=True,
            )
        if self.rng.random() < 0.5:
            self.services.history.end_burst()

    def annotate(self):
        article = self.article()
        text = self.services.articles.version(article).body.text
        start = self.rng.randrange(max(1, len(text) - 10))
        role = self.rng.choice(list(Role))
        self.services.reading.annotate(
            article, start, start + 9, role, story_id=self.story().id, comment=self.text(3)
        )

    def edit_mark(self):
        mark = self.mark()
        if mark is None:
            return
        reading = self.services.reading
        self.rng.choice(
            (
                lambda: reading.set_comment(mark.id, self.text()),
                lambda: reading.set_role(mark.id, self.rng.choice(list(Role))),
                lambda: reading.promote(mark.id, self.story().id),
                lambda: reading.delete(mark.id),
            )
        )()

    def edit_article(self):
        title, tags = f"{self.name} {self.text(5)}", tuple({self.text(1), self.text(1)})
        self.services.articles.edit(
            self.article(), lambda old: replace(old, title=title, tags=tags)
        )

    def set_state(self):
        some = self.rng.sample(ids := self.articles(), min(len(ids), 3))
        self.services.articles.set_state(some, self.rng.choice(list(State)))

    def open_article(self):
        self.services.articles.opened(self.article())

    def delete_articles(self):
        if len(ids := self.articles()) > 3:
            self.services.articles.delete(self.rng.sample(ids, 2))

    def gather(self):
        collecting, ids = self.services.collecting, self.articles()
        mine = [each for each, _ in collecting.collections() if each.name.startswith(self.name)]
        if not mine:
            collecting.new_collection(f"{self.name} {self.text(2)}")
        elif self.rng.random() < 0.1:
            collecting.delete_collection(mine[0].id)
        else:
            collecting.put(ids[:3], self.rng.choice(mine).id)
        collecting.tag(ids[:2], [self.text(1)])

    def restore(self):
        """Bring something of one's own back from the trash, with what went along."""
        rows = [row for row in self.services.trash.rows(20) if row.title.startswith(self.name)]
        if rows:
            self.services.trash.restore([self.rng.choice(rows).key])

    def split_or_join(self):
        versions, article = self.services.versions, self.article()
        if len(versions.of(article)) > 1:
            versions.make(versions.split(article, "", NoProgress()))
        elif len(ids := self.articles()) > 3:
            versions.make(versions.join(*self.two(ids), NoProgress()))

    def two(self, ids):
        keep, other = self.rng.sample(ids, 2)
        return keep, [other]

    def undo(self):
        for _ in range(self.rng.randint(1, 4)):
            self.services.history.undo()

    def redo(self):
        for _ in range(self.rng.randint(1, 3)):
            self.services.history.redo()

    def receive_some(self):
        self.receive(self.rng.randint(1, 4))

    def receive(self, count):
        """Bring articles in as one step, each stored by itself, as an import does."""
        set_id, made = self.services.history.new_id(), []
        for _ in range(count):
            article, set_id = self.receive_one(set_id)
            made.append(article)
        self.services.history.refresh()
        return made

    def receive_one(self, set_id):
        """Bring one article in; return its id and that of the step it belongs to."""
        paragraphs = [self.text(30) + "." for _ in range(3)]
        article, intake = article_of(
            self.services.history.new_id,
            f"{self.name} {self.text(4)}",
            body_of(*paragraphs),
            source="Wire",
        )
        if self.rng.random() < 0.1:
            intake = Intake(intake.version, (*intake.originals, self.large_original()))
        made = article_records(article) | version_records(intake.version.id, article.id)
        return article.id, self.take_in(set_id, diff({}, made), intake)

    def receive_again(self):
        """Bring an article in with another text: a new version, and its passages move."""
        history, articles = self.services.history, self.services.articles
        article = articles.article(self.article())
        text = articles.version(article.id).body.text
        history.flush()
        paragraphs = (self.text(8) + ".", *text.split("\n"))
        _, intake = article_of(
            history.new_id, article.title, body_of(*paragraphs), article_id=article.id
        )
        known = KnownArticle(article.id, article.title, article.version, text)
        records = history.held._stored.group((Entity.ARTICLE, article.id))
        self.take_in(history.new_id(), new_version(known, records, intake.version), intake)
        history.refresh()

    def take_in(self, set_id, changes, intake):
        """Store one article as `Importing` does; undo may have ended its set meanwhile."""
        history = self.services.history
        while True:
            change_set = ChangeSet(
                set_id, history.now(), history.origin, Action.IMPORT_ARTICLE, tuple(changes), "In"
            )
            if history._writer.take_in(change_set, (intake,)) is not None:
                history.adopt(change_set)
                return set_id
            set_id = history.new_id()

    def large_original(self):
        data = self.rng.randbytes(1024) * 1025  # lies in a file of its own
        return Original(hashlib.sha256(data).hexdigest(), "image/png", data)


_ACTS = (
    Acts.new_brief,
    Acts.new_story,
    Acts.share_story,
    Acts.many_rows,
    Acts.edit_brief,
    Acts.move_story,
    Acts.delete_story,
    Acts.delete_brief,
    Acts.add_row,
    Acts.add_row,
    Acts.edit_row,
    Acts.edit_row,
    Acts.type_row,
    Acts.type_row,
    Acts.annotate,
    Acts.annotate,
    Acts.edit_mark,
    Acts.edit_article,
    Acts.set_state,
    Acts.open_article,
    Acts.delete_articles,
    Acts.gather,
    Acts.restore,
    Acts.split_or_join,
    Acts.undo,
    Acts.undo,
    Acts.redo,
    Acts.receive_some,
    Acts.receive_again,
)
