import datetime as dt
from dataclasses import replace

import pytest

from briefing_app.domain.article import Article
from briefing_app.gui.reader import head
from tests.unit.making import article_of, body_of


@pytest.fixture
def made():
    return article_of(iter("abc").__next__, "A", body_of("x"))[1].version


def test_the_outlet_does_not_turn_round_the_words_beside_it(made):
    article = Article("a", "عنوان", made.id, source="الجزيرة", direction="rtl")
    assert head.caps(article, made.body).startswith("\u2068الجزيرة\u2069   ·   1 min read")


def test_authors_and_page_keep_to_themselves(made):
    article = Article("a", "A", made.id, authors=("كاتب", "Second"), page="p. 4")
    assert [*head.facts(article, made)][:2] == ["\u2068كاتب, Second\u2069", "\u2068p. 4\u2069"]


def test_the_day_of_the_import_is_that_on_the_wall(made):
    late = dt.datetime(2026, 1, 25, 23, 30, tzinfo=dt.UTC)
    day = late.astimezone().day
    *_, imported = head.facts(Article("a", "A", made.id), replace(made, retrieved=late))
    assert imported == f"imported {day} Jan 2026"
