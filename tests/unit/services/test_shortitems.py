"""Articles put into a brief as they stand."""

from __future__ import annotations

import pytest

from briefing_app.domain.article import Block, BlockKind, Body
from briefing_app.domain.statement import Part
from briefing_app.services.shortitems import first_sentences
from tests.unit.making import body_of


def test_an_article_becomes_a_short_story_with_its_first_sentences_as_evidence(services, receive):
    article = receive(("Ferry stopped", "It stopped at noon. Forty waited. Then it went on."))[0]
    brief = services.desk.new_brief("Brief")
    [story_id] = services.short_items.put((article,), brief.id)
    story = services.desk.story(story_id)
    [statement] = story.statements
    assert story.headline == "Ferry stopped"
    assert (statement.part, statement.text) == (Part.NARRATIVE, "It stopped at noon. Forty waited.")
    [mark] = services.reading.annotations(article)
    assert [link.annotation for link in statement.evidence] == [mark.id]
    assert [link.short for link in services.desk.brief(brief.id).links()] == [True]


def test_many_are_one_step_of_undo(services, receive):
    articles = receive(("One", "First."), ("Two", "Second."), ("Three", "Third."))
    brief = services.desk.new_brief("Brief")
    stories = services.short_items.put(articles, brief.id)
    assert services.desk.brief(brief.id).stories == stories
    services.history.undo()
    assert services.desk.brief(brief.id).stories == ()
    assert all(services.reading.annotations(article) == () for article in articles)


@pytest.mark.parametrize(
    ("paragraph", "taken"),
    [
        ("One. Two. Three.", "One. Two."),
        ("He said: “No.” And left. Then", "He said: “No.” And left."),
        ("No end at all", "No end at all"),
        (
            "U.S. envoys met in the U.S. today. It rained. And",
            "U.S. envoys met in the U.S. today. It rained.",
        ),
        ("x" * 500, "x" * 400),
    ],
)
def test_two_sentences_are_taken(paragraph, taken):
    body = body_of(paragraph)
    start, end = first_sentences(body)
    assert body.text[start:end] == taken


def test_what_is_no_paragraph_is_passed_over():
    body = Body("Head\nText.", (Block(BlockKind.HEADING, 0, 4), Block(BlockKind.PARAGRAPH, 5, 10)))
    assert first_sentences(body) == (5, 10)
    assert first_sentences(Body("Head", (Block(BlockKind.HEADING, 0, 4),))) is None
