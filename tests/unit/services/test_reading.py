"""Marking passages, and the statements that come of it."""

from __future__ import annotations

import pytest

from briefing_app.domain.annotation import Role
from briefing_app.domain.change import Action
from briefing_app.domain.statement import Kind, Part
from briefing_app.errors import NotFound, Refused

_FERRY = ("Ferry stopped", "The ferry stopped at noon.", "Forty people waited.", "It is noon.")


@pytest.fixture
def article(receive):
    return receive(_FERRY, source="The Gazette")[0]


def test_a_key_point_is_marked_and_stands_in_the_story_as_one_step(services, article):
    desk, reading = services.desk, services.reading
    story = desk.new_story(desk.new_brief("Brief").id, "Ferries")
    made = reading.annotate(article, 0, 26, Role.KEY_POINT, story_id=story.id)
    point = desk.story(story.id).statement(made.statement)
    assert (point.part, point.kind) == (Part.KEY_POINTS, Kind.ITEM)
    assert point.text == "The ferry stopped at noon."
    assert [link.annotation for link in point.evidence] == [made.annotation]
    services.history.undo()
    assert desk.story(story.id) == story
    assert reading.annotations(article) == ()
    services.history.redo()
    assert desk.story(story.id).statement(made.statement) == point
    assert reading.annotation(made.annotation).role is Role.KEY_POINT


@pytest.mark.parametrize(
    ("role", "part"),
    [
        (Role.STORY, Part.NARRATIVE),
        (Role.KEY_POINT, Part.KEY_POINTS),
        (Role.TAKEAWAY, Part.KEY_TAKEAWAYS),
        (Role.IMPACT, Part.IMPACT),
    ],
)
def test_a_passage_without_a_story_goes_to_a_new_brief_named_after_the_article(
    services, article, role, part
):
    made = services.reading.annotate(article, 0, 26, role)
    assert services.desk.brief(made.brief).title == "Ferry stopped"
    story = services.desk.story(made.story)
    assert story.headline == "Ferry stopped"
    assert story.statement(made.statement).part is part
    services.history.undo()
    assert services.desk.briefs() == ()
    assert services.reading.annotations(article) == ()


def test_the_next_passage_goes_to_the_story_worked_on_last(services, article):
    first = services.reading.annotate(article, 0, 26, Role.KEY_POINT)
    second = services.reading.annotate(article, 27, 47, Role.IMPACT)
    assert (second.brief, second.story) == (first.brief, first.story)


def test_a_passage_can_be_marked_with_its_role_and_no_story(services, article):
    made = services.reading.annotate(article, 0, 26, Role.KEY_POINT, story_id="")
    assert (made.brief, made.story, made.statement) == ("", "", "")
    assert services.desk.briefs() == ()
    assert services.history.next_undo == (Action.ADD_HIGHLIGHT, "Ferry stopped")


def test_a_marked_passage_can_become_a_statement_later(services, article):
    desk = services.desk
    made = services.reading.annotate(article, 0, 26, Role.HIGHLIGHT)
    story = desk.new_story(desk.new_brief("Brief").id, "Ferries")
    used = services.reading.promote(made.annotation, story.id)
    assert desk.story(story.id).statement(used.statement).text == "The ferry stopped at noon."
    assert services.reading.annotation(made.annotation).role is Role.KEY_POINT
    services.history.undo()
    assert desk.story(story.id) == story
    assert services.reading.annotation(made.annotation).role is Role.HIGHLIGHT


def test_marked_passages_are_told_in_the_order_of_the_text(services, article):
    for start, end in ((48, 59), (0, 3), (27, 47)):
        services.reading.annotate(article, start, end, Role.HIGHLIGHT)
    marked = services.reading.annotations(article)
    assert [mark.target.exact for mark in marked] == ["The", "Forty people waited.", "It is noon."]


def test_blanks_at_the_ends_of_a_selection_are_left_out(services, article):
    made = services.reading.annotate(article, 9, 18, Role.HIGHLIGHT)
    assert services.reading.annotation(made.annotation).target.exact == "stopped"


def test_nothing_but_blanks_is_refused(services, article):
    with pytest.raises(Refused, match="no text"):
        services.reading.annotate(article, 26, 27, Role.KEY_POINT)
    assert services.reading.annotations(article) == ()


def test_a_quote_is_marked_where_it_stands(services, article):
    made = services.reading.annotate_quote(article, " Forty people ", Role.KEY_POINT)
    target = services.reading.annotation(made.annotation).target
    assert (target.start, target.end, target.exact) == (27, 39, "Forty people")


def test_a_quote_that_is_absent_is_said_to_be_absent(services, article):
    with pytest.raises(NotFound, match="does not hold the quote “Fifty people”"):
        services.reading.annotate_quote(article, "Fifty people", Role.KEY_POINT)


def test_a_quote_that_stands_twice_is_said_to_be_ambiguous(services, article):
    with pytest.raises(Refused, match="stands in “Ferry stopped” 2 times"):
        services.reading.annotate_quote(article, "noon", Role.KEY_POINT)


def test_a_passage_knows_the_statements_that_rest_on_it(services, article):
    made = services.reading.annotate(article, 0, 26, Role.KEY_POINT)
    (use,) = services.reading.uses(made.annotation)
    assert (use.story, use.statement, use.headline) == (made.story, made.statement, "Ferry stopped")


def test_deleting_a_passage_takes_it_out_of_its_statement_and_undo_brings_both_back(
    open_again, services, article
):
    made = services.reading.annotate(article, 0, 26, Role.KEY_POINT)
    before = services.desk.story(made.story)
    services.close()
    again = open_again()
    again.reading.delete(made.annotation)
    assert again.reading.annotations(article) == ()
    assert again.desk.story(made.story).statement(made.statement).evidence == ()
    again.history.undo()
    assert again.desk.story(made.story) == before
    assert again.reading.annotation(made.annotation).target.exact == "The ferry stopped at noon."


def test_a_comment_and_a_role_can_be_changed_and_undone(services, article):
    made = services.reading.annotate(article, 0, 26, Role.KEY_POINT, comment="first")
    services.reading.set_comment(made.annotation, "second")
    services.reading.set_role(made.annotation, Role.IMPACT)
    mark = services.reading.annotation(made.annotation)
    assert (mark.comment, mark.role) == ("second", Role.IMPACT)
    services.history.undo()
    services.history.undo()
    mark = services.reading.annotation(made.annotation)
    assert (mark.comment, mark.role) == ("first", Role.KEY_POINT)


def test_what_a_story_cites_is_named_with_its_article_and_paragraph(services, article):
    made = services.reading.annotate(article, 27, 47, Role.KEY_POINT)
    passages, articles = services.reading.cited((made.story,))
    (passage,) = passages
    assert (passage.annotation, passage.article) == (made.annotation, article)
    assert (passage.quote, passage.paragraph, passage.page) == ("Forty people waited.", 2, None)
    assert [(one.id, one.title, one.source) for one in articles] == [
        (article, "Ferry stopped", "The Gazette")
    ]
    assert services.reading.passages(services.desk.story(made.story)) == {made.annotation: passage}


def test_what_is_cited_stays_cited_when_its_article_is_deleted(services, article):
    made = services.reading.annotate(article, 0, 26, Role.KEY_POINT)
    before = services.reading.cited((made.story,))
    services.articles.delete((article,))
    assert services.reading.cited((made.story,)) == before
