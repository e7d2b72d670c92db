"""Blocks that the user puts in and takes out: journalled, undone, searched, counted, never moved."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

import pytest

from briefing_app.domain.annotation import Role
from briefing_app.domain.article import ArticleVersion, Body
from briefing_app.domain.change import Action
from briefing_app.errors import NotFound
from briefing_app.progress import NoProgress
from briefing_app.storage.checking import check
from tests.unit.making import article_of, body_of, store

TEXTS = (
    "Menu and advertisements",
    "The ferry was late.",
    "Harbour talks go on.",
    "Read also: cats",
)


def left_out(*places):
    body = body_of(*TEXTS)
    blocks = [replace(b, included=at not in places) for at, b in enumerate(body.blocks)]
    return Body(body.text, tuple(blocks))


@pytest.fixture
def article(services, new_id):
    made = article_of(new_id, "Ferry", left_out(0, 3))
    store(services, (made,), subject="Import")
    services.history.refresh()
    return made[0].id


def shown(services, article):
    return services.articles.version(article).shown.included_text().split("\n")


def found(services, words):
    services.history.flush()
    return [hit.title for hit in services.searching.find(words) if hit.kind == "article"]


def row(services):
    services.history.flush()
    (one,) = services.articles.page()
    return one


def test_a_block_that_was_left_out_is_put_in_and_nothing_moves(services, article):
    before = services.articles.version(article).body

    services.articles.switch(article, (3,), included=True)

    version = services.articles.version(article)
    assert shown(services, article) == [*TEXTS[1:3], TEXTS[3]]
    assert version.body == before
    assert version.shown.text == before.text
    assert [(b.start, b.end) for b in version.shown.blocks] == [
        (b.start, b.end) for b in before.blocks
    ]


def test_a_block_is_taken_out_and_put_in_again(services, article):
    services.articles.switch(article, (1,), included=False)
    assert shown(services, article) == [TEXTS[2]]

    services.articles.switch(article, (1,), included=True)
    assert services.articles.version(article).switched == ()
    assert shown(services, article) == list(TEXTS[1:3])


def test_undo_and_redo_and_a_restart_keep_step(services, article, open_again):
    services.articles.switch(article, (0, 3), included=True)
    assert services.history.next_undo == (Action.PUT_BLOCK_IN, "Ferry")
    services.history.undo()
    assert shown(services, article) == list(TEXTS[1:3])
    services.history.redo()
    services.close()

    again = open_again()
    assert shown(again, article) == list(TEXTS)
    again.history.undo()
    assert shown(again, article) == list(TEXTS[1:3])


def test_what_is_so_already_is_no_edit(services, article):
    services.articles.switch(article, (0, 17, -1), included=False)
    assert services.history.next_undo == (Action.IMPORT_ARTICLE, "Import")


def test_an_article_that_is_not_there_is_named(services):
    with pytest.raises(NotFound):
        services.articles.switch("0" * 36, (1,), included=False)


def test_the_search_finds_what_is_shown_and_nothing_else(services, article):
    assert (found(services, "cats"), found(services, "ferry was")) == ([], ["Ferry"])

    services.articles.switch(article, (3,), included=True)
    services.articles.switch(article, (1,), included=False)

    assert (found(services, "cats"), found(services, "ferry was")) == (["Ferry"], [])
    services.history.undo()
    services.history.undo()
    assert (found(services, "cats"), found(services, "ferry was")) == ([], ["Ferry"])


def test_a_phrase_is_shown_where_it_was_put_in(services, article):
    services.articles.switch(article, (3,), included=True)
    services.history.flush()
    (hit,) = services.searching.find('"also: cats"')
    assert "cats" in hit.snippet


def test_lists_say_how_the_article_begins_and_how_long_it_is_now(services, article):
    before = row(services)
    assert (before.excerpt[:9], before.words) == ("The ferry", 8)

    services.articles.switch(article, (0,), included=True)

    assert (row(services).excerpt[:4], row(services).words) == ("Menu", 11)
    services.history.undo()
    assert row(services) == before


def test_paragraphs_are_counted_as_they_are_shown(services, article):
    text = services.articles.version(article).body.text
    start = text.index("Harbour talks")
    made = services.reading.annotate(article, start, start + 13, Role.KEY_POINT)
    story = services.desk.story(made.story)
    assert [one.paragraph for one in services.reading.passages(story).values()] == [2]

    services.articles.switch(article, (0,), included=True)

    assert [one.paragraph for one in services.reading.passages(story).values()] == [3]


def test_a_passage_in_a_block_that_is_taken_out_stays_marked(services, article):
    text = services.articles.version(article).body.text
    start = text.index("Harbour talks")
    made = services.reading.annotate(article, start, start + 13, Role.HIGHLIGHT)

    services.articles.switch(article, (2,), included=False)

    (mark,) = services.reading.annotations(article)
    assert (mark.id, mark.target.exact) == (made.annotation, "Harbour talks")


def test_the_body_on_disk_is_not_touched(services, article, folder):
    def stored():
        services.history.flush()
        with sqlite3.connect(folder / "library.sqlite3") as file:
            return file.execute("SELECT * FROM article_body").fetchall()

    before = stored()
    services.articles.switch(article, (0, 1, 2, 3), included=True)
    assert stored() == before


def test_a_check_finds_nothing_wrong_and_meets_a_damaged_switch(services, article, folder):
    services.articles.switch(article, (0, 3), included=True)
    services.articles.switch(article, (1,), included=False)
    services.history.flush()
    assert check(folder, NoProgress()).findings == ()
    services.close()
    with sqlite3.connect(folder / "library.sqlite3") as file:
        assert json.loads(file.execute("SELECT switched FROM article_version").fetchone()[0]) == [
            0,
            1,
            3,
        ]
        file.execute("""UPDATE article_version SET switched = '["x"]'""")

    assert check(folder, NoProgress()).findings != ()


def test_places_that_a_body_does_not_have_are_passed_over():
    body = left_out(0)
    assert body.switch((99,)) == body
    assert body.switch(()) is body


def test_a_short_item_takes_the_first_paragraph_that_is_shown(services, article):
    services.articles.switch(article, (1,), included=False)
    brief = services.desk.new_brief("Brief").id
    (story,) = services.short_items.put((article,), brief)
    assert services.desk.story(story).statements[0].text == TEXTS[2]


def test_another_version_begins_without_switches(services, article, new_id):
    services.articles.switch(article, (3,), included=True)
    known = services.articles.article(article)
    made, intake = article_of(new_id, "Ferry", left_out(3), article_id=article)
    store(services, (), ((replace(known, version=made.version), intake),))
    services.history.refresh()

    assert isinstance(services.articles.version(article), ArticleVersion)
    assert services.articles.version(article).switched == ()
    assert services.articles.version_of(known.version).switched == (3,)
    services.history.flush()
    assert found(services, "cats") == []
