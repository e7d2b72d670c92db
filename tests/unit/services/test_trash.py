"""The trash: thirty days to bring something back, and what then goes for good."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial

import pytest

from briefing_app.domain.annotation import Role
from briefing_app.domain.change import Action
from briefing_app.domain.record import Entity
from briefing_app.domain.statement import Part
from briefing_app.domain.story import add_statement, remove_statement
from briefing_app.errors import NotFound
from briefing_app.progress import NoProgress
from briefing_app.services.trash import DAYS

DAY = 24 * 60 * 60 * 1000


class Clock:
    """The clock of the library, set ahead by days; `work` lets the days pass with some work."""

    def __init__(self, services):
        self.ahead = 0
        self._services = services
        true = services.history.now
        services.history.now = lambda: true() + self.ahead * DAY

    def work(self, until):
        for day in (until - 2, until - 1, until):
            self.ahead = day
            self._services.desk.new_brief("Another")


@pytest.fixture
def clock(services):
    return Clock(services)


def rows(services):
    services.history.flush()
    return [(row.entity, row.title) for row in services.trash.rows()]


def old(services):
    services.history.flush()
    return set(services.trash.old())


def test_what_is_thrown_away_lies_in_the_trash_with_its_days(services, receive, clock):
    (article,) = receive(("Ice", "The last ferry left."))
    brief = services.desk.new_brief("Morning brief")
    story = services.desk.new_story(brief.id, "Ferries")
    mark = services.reading.annotate(article, 0, 8, Role.HIGHLIGHT)
    services.reading.delete(mark.annotation)
    services.desk.delete_story(story.id)
    clock.ahead = 1
    services.desk.delete_brief(brief.id)
    services.articles.delete([article])
    clock.ahead = 3
    services.history.flush()

    found = {row.entity: row for row in services.trash.rows()}

    assert {row.title for row in found.values()} == {"The last", "Ferries", "Morning brief", "Ice"}
    assert found[Entity.ANNOTATION].of == "Ice"
    assert (found[Entity.STORY].days, found[Entity.BRIEF].days) == (DAYS - 3, DAYS - 2)
    assert services.trash.count() == 4
    assert services.trash.rows(1) == services.trash.rows()[:1]


def test_a_story_comes_back_with_its_rows_and_its_places_in_one_step(services):
    brief = services.desk.new_brief("Morning brief")
    story = services.desk.new_story(brief.id, "Ferries")
    add = partial(add_statement, part=Part.KEY_POINTS, text="Ice.")
    services.desk.edit_story(Action.ADD_STATEMENT, story.id, partial(add, statement_id="one"))
    services.desk.edit_story(Action.ADD_STATEMENT, story.id, partial(add, statement_id="two"))
    services.desk.edit_story(
        Action.DELETE_STATEMENT, story.id, partial(remove_statement, statement_id="two")
    )
    before, places = services.desk.story(story.id), services.desk.brief(brief.id)
    services.desk.delete_story(story.id)
    services.history.flush()
    gone = services.desk.brief(brief.id)

    services.trash.restore([(Entity.STORY, story.id)])

    assert services.desk.story(story.id) == before
    assert services.desk.brief(brief.id) == places
    assert services.history.next_undo == (Action.RESTORE, "Ferries")
    services.history.undo()
    assert services.desk.brief(brief.id) == gone
    services.history.redo()
    assert services.desk.brief(brief.id) == places
    assert rows(services) == []


def test_a_story_whose_brief_has_gone_comes_back_without_its_place(services):
    brief = services.desk.new_brief("Morning brief")
    story = services.desk.new_story(brief.id, "Ferries")
    services.desk.delete_story(story.id)
    services.desk.delete_brief(brief.id)
    services.history.flush()

    services.trash.restore([(Entity.STORY, story.id)])

    assert services.desk.story(story.id).headline == "Ferries"
    assert services.desk.briefs_of(story.id) == ()
    services.trash.restore([(Entity.BRIEF, brief.id)])
    assert services.desk.brief(brief.id).stories == ()


def test_a_brief_comes_back_without_the_stories_that_have_gone_since(services):
    brief = services.desk.new_brief("Morning brief")
    first = services.desk.new_story(brief.id, "First")
    second = services.desk.new_story(brief.id, "Second")
    services.desk.delete_brief(brief.id)
    services.desk.delete_story(first.id)
    services.history.flush()

    services.trash.restore([(Entity.BRIEF, brief.id)])

    assert services.desk.brief(brief.id).stories == (second.id,)


def test_a_passage_comes_back_to_the_row_that_rested_on_it(services, receive):
    (article,) = receive(("Ice", "The last ferry left."))
    made = services.reading.annotate(article, 0, 8, Role.KEY_POINT)
    before = services.desk.story(made.story)
    services.reading.delete(made.annotation)
    services.history.flush()

    services.trash.restore([(Entity.ANNOTATION, made.annotation)])

    assert services.desk.story(made.story) == before


def test_a_passage_whose_article_lies_in_the_trash_comes_back_for_what_cites_it(services, receive):
    (article,) = receive(("Ice", "The last ferry left."))
    made = services.reading.annotate(article, 0, 8, Role.KEY_POINT)
    services.desk.delete_story(made.story)
    services.reading.delete(made.annotation)
    services.articles.delete([article])
    services.history.flush()

    services.trash.restore([(Entity.STORY, made.story)])

    (row,) = services.desk.story(made.story).statements
    assert [link.annotation for link in row.evidence] == [made.annotation]
    assert services.reading.annotation(made.annotation).target.exact == "The last"


def test_articles_come_back_together_and_as_they_were(services, receive):
    ids = receive(("One", "Text one."), ("Two", "Text two."), ("Three", "Text three."))
    services.articles.delete(ids)
    services.history.flush()

    services.trash.restore([(Entity.ARTICLE, ids[0]), (Entity.ARTICLE, ids[2])])

    assert services.articles.article(ids[0]).title == "One"
    assert services.articles.version(ids[2]).body.text == "Text three."
    assert rows(services) == [(Entity.ARTICLE, "Two")]
    services.history.undo()
    assert len(rows(services)) == 3


def test_an_undone_import_comes_back_with_its_version(services, receive):
    (article,) = receive(("Ice", "The last ferry left."))
    services.history.undo()
    services.history.flush()

    services.trash.restore([(Entity.ARTICLE, article)])
    services.history.flush()

    assert services.articles.version(article).body.text == "The last ferry left."
    services.close()


def test_what_is_not_in_the_trash_cannot_come_back(services):
    brief = services.desk.new_brief("Morning brief")
    with pytest.raises(NotFound):
        services.trash.restore([(Entity.BRIEF, brief.id)])


def test_after_its_days_it_goes_for_good_and_nothing_else_does(services, receive, clock):
    old_one, new_one = receive(("Old", "Text one."), ("New", "Text two."))
    services.articles.delete([old_one])
    clock.work(DAYS - 1)
    services.articles.delete([new_one])
    assert old(services) == set()
    clock.work(DAYS + 2)

    services.history.flush()
    services.trash.empty_old(NoProgress())
    services.erasing.settle()

    assert rows(services) == [(Entity.ARTICLE, "New")]
    assert services.erasing.unfinished is False


def test_what_a_row_rests_on_stays_as_long_as_the_row(services, receive, clock):
    (article,) = receive(("Ice", "The last ferry left."))
    made = services.reading.annotate(article, 0, 8, Role.KEY_POINT)
    services.articles.delete([article])
    clock.work(DAYS + 2)
    assert old(services) == set()
    (row,) = services.trash.rows()
    assert row.days is None

    services.desk.delete_story(made.story)
    clock.work(DAYS + 4)
    assert old(services) == set()  # the story can still come back
    clock.work(2 * DAYS + 8)
    assert old(services) == {(Entity.ARTICLE, article), (Entity.STORY, made.story)}


def test_what_an_undo_within_reach_is_about_stays(services, receive, clock):
    (article,) = receive(("Ice", "The last ferry left."))
    mark = services.reading.annotate(article, 0, 8, Role.HIGHLIGHT)
    services.articles.delete([article])
    clock.work(DAYS - 2)
    services.reading.set_comment(mark.annotation, "A second thought")
    clock.work(DAYS + 2)
    assert old(services) == set()
    clock.work(2 * DAYS)
    assert old(services) == {(Entity.ARTICLE, article)}


def test_a_passage_that_a_row_cited_lately_stays(services, receive, clock):
    (article,) = receive(("Ice", "The last ferry left."))
    made = services.reading.annotate(article, 0, 8, Role.KEY_POINT)
    services.reading.delete(made.annotation)
    services.history.flush()
    clock.work(DAYS + 2)
    assert old(services) == {(Entity.ANNOTATION, made.annotation)}
    services.trash.restore([(Entity.ANNOTATION, made.annotation)])
    assert old(services) == set()


def test_what_a_published_edition_holds_stays(services, receive, clock, folder):
    (article,) = receive(("Ice", "The last ferry left."))
    brief = services.desk.new_brief("Morning brief")
    services.articles.delete([article])
    services.history.flush()
    with closing(sqlite3.connect(folder / "library.sqlite3")) as connection, connection:
        connection.execute(
            "INSERT INTO edition (uid, version, created, updated, brief_id, number, date, date_key, "
            "status, content, digest) SELECT 'e', 1, 0, 0, id, 12, '{}', 0, 'published', ?, '' "
            "FROM brief",
            (f'{{"articles":[{{"id":"{article}"}}]}}',),
        )
    services.desk.delete_brief(brief.id)
    clock.work(DAYS + 2)
    assert old(services) == set()
    assert services.trash.loose() == ()


def test_emptying_leaves_what_stories_rest_on(services, receive):
    cited, loose = receive(("Cited", "The last ferry left."), ("Loose", "Other words."))
    services.reading.annotate(cited, 0, 8, Role.KEY_POINT)
    services.articles.delete([cited, loose])
    services.history.flush()
    doom = services.trash.look()
    assert doom is not None
    assert doom.names == ("Loose",)

    services.trash.empty(NoProgress())
    services.erasing.settle()

    assert rows(services) == [(Entity.ARTICLE, "Cited")]
    assert services.trash.look() is None


def test_a_clock_that_is_wrong_for_a_day_empties_nothing(services, receive, clock):
    (article,) = receive(("Ice", "The last ferry left."))
    clock.work(5)
    services.articles.delete([article])
    clock.ahead = 4000
    assert old(services) == set()
    services.desk.new_brief("On a wrong day")
    assert old(services) == set()
    clock.ahead = 6
    services.desk.new_brief("On the next day")
    assert old(services) == set()
