"""What a screen costs: few questions to the disk, whatever the library holds."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial

import pytest
from sqlalchemy import Engine, event

from briefing_app.domain.annotation import Role
from briefing_app.domain.change import Action
from briefing_app.domain.statement import Part
from briefing_app.domain.story import add_statement
from briefing_app.services.articles import ArticleQuery


@pytest.fixture
def full(services, receive, open_again):
    """A library with something of everything, opened afresh so that nothing is held."""
    ids = receive(*[(f"Article {n}", "Some text here.", "And more.") for n in range(8)])
    for stories in (3, 3, 20):
        brief = services.desk.new_brief("Brief")
        for n in range(stories):
            story = services.desk.new_story(brief.id, "Story")
            services.desk.edit_story(
                Action.ADD_STATEMENT,
                story.id,
                partial(add_statement, statement_id=story.id[:-1], part=Part.IMPACT, text="x"),
            )
            services.reading.annotate(ids[n % 8], 0, 4, Role.KEY_POINT, story_id=story.id)
    services.close()
    return ids, open_again()


_STATEMENTS = []


@contextmanager
def _statements():
    """Count what is asked of the disk."""
    asked = _STATEMENTS
    asked.clear()

    def count(_connection, _cursor, statement, *_rest):
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", count)


def _first_page(services, _ids):
    return services.articles.page(ArticleQuery("inbox")), services.articles.counts()


def _further_page(services, ids):
    return services.articles.page(ArticleQuery("all"), before=ids[-1])


def _found(services, _ids):
    return services.searching.find("text")


def _found_best(services, _ids):
    return services.searching.find("text", best=True)


def _article(services, ids):
    """What the reader asks when an article is opened."""
    article = services.articles.article(ids[0])
    version = services.articles.version(ids[0])
    kept = services.reading.annotations(ids[0]), services.reading.stories_on(ids[0])
    return article, version, *kept


def _briefs(services, _ids):
    return services.desk.briefs()


def _brief(services, _ids):
    """What composer and preview ask when a brief is opened, once the list of briefs is known."""
    (newest, *_) = services.desk.briefs()
    services.history.held._groups.clear()
    services.history.held._roots.clear()
    _STATEMENTS.clear()
    brief = services.desk.brief(newest.id)
    assert len(brief.stories) == 20
    passages, articles = services.reading.cited(brief.stories)
    assert (len(passages), len(articles)) == (20, 8)
    return [services.desk.story(story).headline for story in brief.stories]


def _last_story(services, _ids):
    return [services.desk.story(services.desk.last_story())]


def _list_screen(services, _ids):
    """Read what the list of articles and the shelves beside it show."""
    query = ArticleQuery("inbox")
    rows, counts = services.articles.page(query), services.articles.counts()
    return rows, counts, services.articles.listing(query)


@pytest.mark.parametrize(
    ("show", "most"),
    [
        (_first_page, 2),
        (_further_page, 2),
        (_found, 3),
        (_found_best, 3),
        (_list_screen, 3),
        (_article, 3),
        (_briefs, 3),
        (_brief, 3),
        (_last_story, 3),
    ],
)
def test_a_screen_asks_the_disk_three_times_at_most(full, show, most):
    ids, services = full
    with _statements() as asked:
        assert all(show(services, ids))
    assert len(asked) <= most, "\n\n".join(asked)


def test_what_is_held_is_not_asked_for_again(full):
    _, services = full
    story = services.desk.last_story()
    services.desk.story(story)
    with _statements() as asked:
        services.desk.story(story)
    assert asked == []
