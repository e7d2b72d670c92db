"""Importing again: already there, a new version, or another article. Nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from briefing_app.domain.erasure import Why, Wish
from briefing_app.domain.record import Entity
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from tests.unit.services.test_importing import PARAGRAPHS, page

OTHER = tuple(f"Sentence number {n} of another issue speaks of something else." for n in range(5))
HALF = (
    *PARAGRAPHS[:3],
    "And one more paragraph that was not there before, with a few words in it.",
)
HERE, THERE = "https://a.example/ice", "https://b.example/ice"


def text(title, *paragraphs):
    return "\n\n".join((title, *paragraphs)).encode()


def bring_in(services, name, data):
    (outcome,) = services.importing.bring_in([Document(name, data)], NoProgress())
    services.history.refresh()
    return outcome


CASES = {
    # by file
    "the very bytes under another name": (
        ("a.html", page()),
        ("b.html", page()),
        "duplicate",
    ),
    # by text
    "the same text in another wrapping": (
        ("a.txt", text("Ice", *PARAGRAPHS)),
        ("b.txt", text("Ice", *PARAGRAPHS).replace(b"\n", b"\r\n")),
        "duplicate",
    ),
    "the same text at another address": (
        ("a.html", page(address=HERE)),
        ("b.html", page(address=THERE)),
        "duplicate",
    ),
    # by canonical URL
    "the same address and title, half the text": (
        ("a.html", page()),
        ("a.html", page(HALF)),
        "version",
    ),
    "the same address, another title, half the text": (
        ("a.html", page()),
        ("a.html", page(HALF, title="Something else")),
        "version",
    ),
    "the same address and title, another text": (
        ("a.html", page()),
        ("a.html", page(OTHER)),
        "version",
    ),
    "the same address, another title and another text: the next issue": (
        ("a.html", page()),
        ("a.html", page(OTHER, title="Bridge opens again")),
        "new",
    ),
    "another address, the same title, half the text": (
        ("a.html", page()),
        ("b.html", page(HALF, address=THERE)),
        "new",
    ),
    "the same page as it is sent round": (
        ("a.html", page()),
        ("b.html", page(HALF, address=f"{HERE}?utm_source=news&fbclid=1#top")),
        "version",
    ),
    "the same page for mobile readers": (
        ("a.html", page(address="https://www.a.example/ice")),
        ("b.html", page(HALF, address="http://m.www.a.example/ice")),
        "version",
    ),
    "the same page as AMP": (
        ("a.html", page(address=f"{HERE}/amp")),
        ("b.html", page(HALF)),
        "version",
    ),
    "a page whose address differs in what it asks for": (
        ("a.html", page(address=f"{HERE}?id=1")),
        ("b.html", page(HALF, address=f"{HERE}?id=2")),
        "new",
    ),
    # without an address
    "a file that was edited": (
        ("a.txt", text("My notes", *PARAGRAPHS)),
        ("a.txt", text("My notes", *HALF)),
        "version",
    ),
    "a file of the same title with another text": (
        ("a.txt", text("My notes", *PARAGRAPHS)),
        ("a.txt", text("My notes", *OTHER)),
        "new",
    ),
    "a file of another title with half the text": (
        ("a.txt", text("My notes", *PARAGRAPHS)),
        ("b.txt", text("Other notes", *HALF)),
        "new",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_comes_in_again_is(services, case):
    first, again, expected = CASES[case]
    was = bring_in(services, *first)
    before = services.articles.version(was.article)

    became = bring_in(services, *again)

    assert became.status == expected
    assert (became.article == was.article) == (expected != "new")
    services.history.flush()
    assert len(services.versions.of(was.article)) == (2 if expected == "version" else 1)
    assert services.articles.version_of(before.id) == before
    assert services.articles.original(before.original) == first[1]


def test_a_page_that_goes_back_to_an_older_text_is_there_already(services):
    was = bring_in(services, "a.html", page())
    bring_in(services, "a.html", page(HALF))
    again = bring_in(services, "a.html", page().replace(b"<body>", b"<body class='x'>"))
    assert (again.status, again.article) == ("duplicate", was.article)


def test_what_the_user_corrected_is_not_undone_by_a_new_version(services):
    was = bring_in(services, "a.html", page())
    services.articles.edit(was.article, partial(replace, title="My title", source="My outlet"))
    services.history.flush()

    again = bring_in(services, "a.html", page(HALF))

    assert again.status == "version"
    article = services.articles.article(was.article)
    assert (article.title, article.source) == ("My title", "My outlet")


def test_each_version_keeps_its_own_bytes(services):
    was = bring_in(services, "a.html", page())
    bring_in(services, "a.html", page(HALF))
    services.history.flush()
    originals = [
        services.articles.original(row.original) for row in services.versions.of(was.article)
    ]
    assert originals == [page(HALF), page()]


def test_undo_takes_a_version_back_and_the_next_import_brings_it_again(services):
    was = bring_in(services, "a.html", page())
    bring_in(services, "a.html", page(HALF))
    services.history.undo()
    services.history.flush()
    assert len(services.versions.of(was.article)) == 1
    assert bring_in(services, "a.html", page(HALF)).status == "version"


def test_what_was_thrown_away_or_erased_comes_in_as_new(services):
    was = bring_in(services, "a.html", page())
    services.articles.delete([was.article])
    services.history.flush()
    second = bring_in(services, "a.html", page())
    assert second.status == "new"
    services.history.flush()
    services.erasing.erase(Wish(((Entity.ARTICLE, second.article),)), Why.ASKED, NoProgress())
    services.erasing.settle()
    assert bring_in(services, "a.html", page()).status == "new"


def test_the_next_import_goes_to_the_article_that_was_parted(services):
    was = bring_in(services, "a.html", page())
    bring_in(services, "a.html", page(OTHER))  # a home page whose title never changes
    services.history.flush()
    correction = services.versions.split(
        was.article, services.articles.article(was.article).version, NoProgress()
    )
    services.versions.make(correction)
    services.history.flush()

    again = bring_in(services, "a.html", page((*OTHER, "One more sentence of it.")))

    assert (again.status, again.article) == ("version", correction.article)


def test_what_was_doubtful_about_a_text_is_said_of_the_new_one(services):
    was = bring_in(services, "a.html", page())
    doubtful = (("text", "little text"), ("title", "h1"))
    services.articles.edit(was.article, partial(replace, origins=doubtful))
    services.history.flush()
    bring_in(services, "a.html", page(HALF))
    assert services.articles.article(was.article).origins == (("title", "h1"),)
