"""An original is read again as another encoding: a new version, and nothing of the user's is lost."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from briefing_app.domain.annotation import AnchorState, Role
from briefing_app.errors import Refused
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from briefing_app.services.rereading import ENCODINGS, text_in

UKRAINIAN = "Порт відкрив другий причал. The port said so on Tuesday, and ships came."


@pytest.fixture
def article(services):
    """A text in Windows-1251 that came in as something else: it says that it is Windows-1252."""
    page = (
        "<html><head><meta charset='windows-1252'><title>Порт</title></head>"
        f"<body><h1>Порт</h1><p>{UKRAINIAN}</p><p>{'Ще одне речення. ' * 30}</p></body></html>"
    )
    data = page.encode("cp1251")
    (outcome,) = services.importing.bring_in([Document("port.html", data)], NoProgress())
    services.history.refresh()
    assert "причал" not in services.articles.version(outcome.article).body.text
    return outcome.article


def again(services, article, encoding="Windows-1251"):
    services.rereading.read_again(article, encoding, NoProgress())
    services.history.refresh()


def test_the_text_and_what_the_page_says_are_read_anew(services, article):
    before = services.articles.version(article)
    again(services, article)

    version = services.articles.version(article)
    assert "другий причал" in version.body.text
    assert services.articles.article(article).title == "Порт"
    assert dict(services.articles.article(article).origins)["encoding"] == "Windows-1251"
    assert version.original == before.original
    assert services.articles.version_of(before.id) == before
    assert len(services.versions.of(article)) == 2


def test_passages_go_along_and_undo_takes_it_back(services, article):
    text = services.articles.version(article).body.text
    start = text.index("The port said so")
    services.reading.annotate(article, start, start + 16, Role.HIGHLIGHT)
    title = services.articles.article(article).title
    services.history.flush()

    again(services, article)

    (mark,) = services.reading.annotations(article)
    assert (mark.target.exact, mark.state) == ("The port said so", AnchorState.ANCHORED) or (
        mark.state is AnchorState.MOVED
    )
    services.history.undo()
    assert services.articles.version(article).body.text == text
    assert services.articles.article(article).title == title


def test_what_the_user_corrected_stays(services, article):
    services.articles.edit(article, partial(replace, title="My title"))
    services.history.flush()
    again(services, article)
    assert services.articles.article(article).title == "My title"
    assert dict(services.articles.article(article).origins)["title"] == "you"


def test_the_same_text_is_no_version(services, article):
    again(services, article)
    with pytest.raises(Refused):
        again(services, article)
    assert len(services.versions.of(article)) == 2


def test_what_is_no_text_is_refused(services, receive):
    (article,) = receive(("Made by a test", "Some text."))
    with pytest.raises(Refused, match="says itself"):
        again(services, article)


def test_a_sample_begins_where_encodings_differ(services, article):
    sample = services.rereading.sample(article)
    assert "Порт" in text_in(sample, "Windows-1251")
    assert "Порт" not in text_in(sample, "Windows-1252")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_each_encoding_that_is_offered_is_known(encoding):
    assert text_in(b"abc\xff", encoding)
