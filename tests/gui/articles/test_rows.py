import datetime as dt

import pytest

from briefing_app.domain.article import ArticleRow, State
from briefing_app.domain.moment import Moment
from briefing_app.gui.articles.rows import article_row, day, spoken

TODAY = dt.date(2026, 1, 26)


def article(**changes):
    values = {
        "id": "a",
        "title": "Grid operators warn",
        "source": "FT",
        "published": Moment(dt.date(2026, 1, 19)),
        "state": State.NEW,
        "excerpt": "Transformers are the constraint",
        "words": 400,
        "annotated": 0,
        "in_brief": False,
    }
    return ArticleRow(**(values | changes))


@pytest.mark.parametrize(
    ("changes", "fact", "colour"),
    [
        ({}, "New", "accent"),
        ({"annotated": 11}, "Annotated · 11", "accent"),
        ({"state": State.READING, "annotated": 3}, "Reading · 3", "warn"),
        ({"state": State.READING}, "Reading", "warn"),
        ({"state": State.READING, "in_brief": True, "annotated": 5}, "In brief · 5", "ok"),
        ({"state": State.ARCHIVED, "in_brief": True}, "Archived", "muted"),
    ],
)
def test_the_fact_is_the_state_or_what_was_made_of_it(qapp, changes, fact, colour):
    row = article_row(article(**changes), TODAY)
    assert (row.fact, row.colour) == (fact, colour)


def test_the_head_names_outlet_and_date_each_in_its_own_direction(qapp):
    assert article_row(article(), TODAY).head == "\u2068FT\u2069  ·  \u206819 Jan\u2069"
    assert article_row(article(source="", published=None), TODAY).head == ""


def test_a_plain_file_without_outlet_and_date_tells_when_it_was_imported(qapp):
    noon = dt.datetime(2026, 1, 20, 12, tzinfo=dt.UTC).astimezone()
    row = article_row(article(source="", published=None, retrieved=noon), TODAY)
    assert row.head == "imported 20 Jan"


def test_only_another_year_is_named(qapp):
    assert day(dt.date(2026, 3, 1), TODAY) == "1 Mar"
    assert day(dt.date(2025, 3, 1), TODAY) == "1 Mar 2025"


def test_a_row_without_a_title_can_still_be_named(qapp):
    row = article_row(article(title=""), TODAY)
    assert row.title == "Untitled"
    assert spoken(row).startswith("Untitled. ")
