import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from briefing_app.domain.article import Article
from briefing_app.gui.reader import head
from tests.gui.reader import samples
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


def test_the_head_says_where_its_fields_came_from(pane):
    article = samples.article(origins=(("title", "og:title"), ("source", "you")))
    pane.show_article(article, samples.version(samples.paragraphs("One.")), (), {})
    tips = []
    block = pane.view.document().begin()
    for _ in range(3):
        tips += [at.fragment().charFormat().toolTip() for at in block]
        block = block.next()
    assert "Outlet: edited by you" in tips
    assert "Title: from og:title" in tips


def test_a_click_on_details_asks_for_them(pane, qtbot):
    pane.show_article(samples.article(), samples.version(samples.paragraphs("One.")), (), {})
    view = pane.view
    view.setTextCursor(view.document().find("details"))
    spot = view.cursorRect().center() - QPoint(12, 0)
    with qtbot.waitSignal(view.details_requested):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
