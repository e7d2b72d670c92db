"""The search box."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_app.domain.annotation import Role
from briefing_app.domain.change import Action
from briefing_app.domain.statement import Part
from briefing_app.domain.story import add_statement


def _found(services, query):
    services.history.flush()
    return [(hit.kind, hit.title) for hit in services.searching.find(query)]


def test_articles_are_found_newest_first_with_the_words_around(services, receive):
    old, new = receive(
        ("Old", "A ferry stopped."), ("New", "x " * 90 + "the ferry left " + "y " * 90)
    )
    hits = services.searching.find("ferry")
    assert [(hit.kind, hit.id, hit.article) for hit in hits] == [
        ("article", new, new),
        ("article", old, old),
    ]
    assert "the ferry left" in hits[0].snippet
    assert hits[0].snippet.startswith("… ")
    assert hits[0].snippet.endswith(" …")
    assert hits[1].snippet == "A ferry stopped."


def test_stories_are_found_by_headline_and_by_statement_once(services):
    brief = services.desk.new_brief("Morning ferries")
    story = services.desk.new_story(brief.id, "Ferry trouble")
    other = services.desk.new_story(brief.id, "Trains")
    for story_id, text in ((story.id, "The ferry stopped."), (other.id, "No ferry, no train.")):
        services.desk.edit_story(
            Action.ADD_STATEMENT,
            story_id,
            partial(add_statement, statement_id=f"s{story_id[:8]}", part=Part.IMPACT, text=text),
        )
    assert _found(services, "ferr") == [
        ("brief", "Morning ferries"),
        ("story", "Ferry trouble"),
        ("story", "Trains"),
    ]


def test_passages_are_found_by_quote_and_by_comment(services, receive):
    (article,) = receive(("Ferry", "It stopped at noon."))
    services.reading.annotate(article, 3, 10, Role.HIGHLIGHT, comment="ask the harbour")
    services.history.flush()
    (hit,) = services.searching.find("harbour")
    assert (hit.kind, hit.title, hit.article) == ("annotation", "Ferry", article)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("北京", True),  # two characters inside an unspaced sentence
        ("京北", False),
        ("cafe", True),
        ("CAFÉ", True),
        ('"first light"', True),
        ('"light first"', False),
        ("light first", True),
        ("state-of-the-art", True),
        ("київ", True),
    ],
)
def test_a_text_is_found_whatever_its_script(services, receive, query, found):
    receive(
        ("Mix", "今天北京下雨了。", "The café opens at first light.", "A state of the art. Київ")
    )
    assert bool(_found(services, query)) is found


@pytest.mark.parametrize(
    "query",
    ["", " ", '"', '""', "*", "AND", "NOT x", "a OR", "(", "^x", "x:y", "\0", "a\0b", "\ud800", "'--",
     "NEAR(", "-", "é" * 5000, "x " * 500, "%", "\u202e", "{title}:x"],
)  # fmt: skip
def test_odd_input_never_raises(services, receive, query):
    receive(("A", "Some text."))
    services.searching.find(query)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_no_input_raises(services, query):
    services.searching.find(query)


def test_passages_are_narrowed_by_what_is_said_of_their_articles(services, receive):
    for title, known in (("One", {"tags": ("sea",)}), ("Two", {"source": "The Herald"})):
        (uid,) = receive((title, "It stopped at noon."), **known)
        services.reading.annotate(uid, 3, 10, Role.HIGHLIGHT, comment="ask the harbour")
    services.history.flush()

    def found(query):
        return [hit.title for hit in services.searching.find(query) if hit.kind == "annotation"]

    assert found("harbour") == ["Two", "One"]
    assert found("harbour tag:sea") == ["One"]
    assert found("harbour -tag:sea") == ["Two"]
    assert found("harbour source:herald") == ["Two"]
    assert found("harbour title:one") == ["One"]
    assert found("tag:sea") == []


def test_a_deleted_passage_and_one_of_a_deleted_article_are_not_found(services, receive):
    first, second = receive(("One", "It stopped at noon."), ("Two", "It stopped at noon."))
    made = [
        services.reading.annotate(uid, 3, 10, Role.HIGHLIGHT, comment="harbour")
        for uid in (first, second)
    ]
    services.reading.delete(made[0].annotation)
    services.articles.delete((second,))
    assert _found(services, "harbour") == []


def test_statements_and_briefs_have_no_fields_of_articles(services):
    brief = services.desk.new_brief("Morning ferries")
    services.desk.new_story(brief.id, "Ferry trouble")
    assert _found(services, "title:ferr*") == [
        ("brief", "Morning ferries"),
        ("story", "Ferry trouble"),
    ]
    assert _found(services, "ferr* -trouble") == [("brief", "Morning ferries")]
    assert _found(services, "ferr* tag:x") == []
    assert _found(services, "ferr* source:x") == []


def test_a_snippet_is_made_once_and_only_when_it_is_asked_for(services, receive):
    receive(("A", "The ferry left."))
    (hit,) = services.searching.find("ferry")
    made = []
    watched = replace(hit, make=lambda: made.append(1) or hit.make())
    assert watched == hit
    assert watched.has_snippet
    assert not made
    assert watched.snippet == "The ferry left."
    assert watched.marks == ((4, 9),)
    assert made == [1]


def test_a_hit_without_a_text_has_no_snippet(services, receive):
    receive(("Ferry", ""))
    (hit,) = services.searching.find("ferry")
    assert (hit.has_snippet, hit.snippet, hit.title_marks) == (False, "", ((0, 5),))
