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
    for _ in range(4):
        brief = services.desk.new_brief("Brief")
        for n in range(3):
            story = services.desk.new_story(brief.id, "Story")
            services.desk.edit_story(
                Action.ADD_STATEMENT,
                story.id,
                partial(add_statement, statement_id=story.id[:-1], part=Part.IMPACT, text="x"),
            )
            services.reading.annotate(ids[n], 0, 4, Role.KEY_POINT, story_id=story.id)
    services.close()
    return ids, open_again()


@contextmanager
def _statements():
    """Count what is asked of the disk."""
    asked = []

    def count(_connection, _cursor, statement, *_rest):
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", count)


def _list_screen(services, _ids):
    """Read what the list of articles and the shelves beside it show."""
    query = ArticleQuery("inbox")
    rows, counts = services.articles.page(query), services.articles.counts()
    return rows and counts and services.articles.listing(query)


@pytest.mark.parametrize(
    ("most", "show"),
    [
        (1, lambda services, _ids: services.articles.page(ArticleQuery("inbox"))),
        (2, lambda services, _ids: services.articles.page(ArticleQuery("all", "text"))),
        (1, lambda services, _ids: services.articles.counts()),
        (3, _list_screen),
        (4, lambda services, _ids: services.desk.briefs()),
        (2, lambda services, ids: services.reading.annotations(ids[0])),
        (6, lambda services, ids: services.reading.stories_on(ids[0])),
        (5, lambda services, _ids: services.desk.story(services.desk.last_story())),
        (3, lambda services, _ids: services.searching.find("text")),
        (3, lambda services, _ids: services.searching.find("text", best=True)),
    ],
    ids=[
        "page",
        "filtered",
        "counts",
        "list",
        "briefs",
        "annotations",
        "stories-on",
        "last-story",
        "find",
        "find-best",
    ],
)
def test_a_screen_asks_the_disk_a_few_times_only(full, most, show):
    ids, services = full
    with _statements() as asked:
        assert show(services, ids)
    assert len(asked) <= most
    asked.clear()


def test_what_is_held_is_not_asked_for_again(full):
    _, services = full
    story = services.desk.last_story()
    services.desk.story(story)
    with _statements() as asked:
        services.desk.story(story)
    assert asked == []
