"""Blocks mode: what was left out is shown, put in and taken out, and what is read stays in place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QPoint, Qt

from briefing_app.domain.annotation import Role
from briefing_app.domain.article import BlockKind, Doubt
from briefing_app.gui import tokens
from briefing_app.gui.reader import page
from tests.gui.reader import samples
from tests.gui.reader.test_places import bodies

OUT = {"included": False}
BODY = samples.body(
    (BlockKind.PARAGRAPH, "Menu of the site", OUT),
    (
        BlockKind.PARAGRAPH,
        "The ferry was late, and the harbour was full of people who waited for it.",
    ),
    (BlockKind.TABLE, "Port\tHours\nOdesa\t3", OUT),
    (BlockKind.PARAGRAPH, "Talks go on."),
    (BlockKind.CODE, "one\ntwo", OUT),
    (BlockKind.IMAGE, "", {"alt": "A cat"} | OUT),
    *((BlockKind.PARAGRAPH, f"Paragraph {number} says more about it.") for number in range(30)),
    (BlockKind.PARAGRAPH, "Read also: ten cats", OUT),
)


def show(pane, qtbot, body=BODY, **article):
    pane.show_article(samples.article(**article), samples.version(body), (), {})
    pane.activateWindow()
    pane.view.setFocus()
    qtbot.waitUntil(pane.view.hasFocus)
    return pane.view


def middle_of(view, quote):
    start = view._version.body.text.index(quote)
    view.choose_passage(start, start + len(quote))
    spot = view.cursorRect().center()
    view._drop_selection()
    return spot - QPoint(20, 0)


@settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(built=bodies)
def test_every_block_stands_in_the_document_with_its_text(qapp, built):
    made = page.build(samples.article(), samples.version(built), (), tokens.LIGHT, everything=True)
    assert [one.place for one in made.stretches] == list(range(len(built.blocks)))
    for stretch in made.stretches:
        block = built.blocks[stretch.place]
        assert stretch.included is block.included
        assert stretch.first <= stretch.last
        place = made.places.document(block.start, block.end)
        if place is None:  # no text, or a table of empty cells
            continue
        assert stretch.first <= place[0] <= place[1] <= stretch.last
        found = made.places.canonical(*place)
        assert found is not None
        if block.kind is not BlockKind.TABLE:
            assert found == (block.start, block.end)
        else:  # cells may be empty
            text = built.text[block.start : block.end]
            assert built.text[slice(*found)] == text.strip("\t\n")


def test_the_key_shows_what_was_left_out_and_hides_it_again(pane, qtbot):
    view = show(pane, qtbot)
    assert "Menu of the site" not in view.toPlainText()

    qtbot.keyClick(view, Qt.Key.Key_L)
    assert "Menu of the site" in view.toPlainText()
    assert pane.strips.blocks.isVisible()

    qtbot.keyClick(view, Qt.Key.Key_L)
    assert "Menu of the site" not in view.toPlainText()
    assert not pane.strips.blocks.isVisible()


def test_escape_and_the_button_end_it(pane, qtbot):
    view = show(pane, qtbot)
    view.show_blocks(on=True)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view.shows_blocks

    view.show_blocks(on=True)
    pane.strips.blocks.first.click()
    assert not view.shows_blocks


def test_the_note_below_the_article_leads_there(pane, qtbot):
    view = show(pane, qtbot)
    cursor = view.document().find("blocks of the page left out")
    view.setTextCursor(cursor)
    spot = view.cursorRect().center() - QPoint(20, 0)
    qtbot.mouseMove(view.viewport(), spot)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    assert view.shows_blocks


def test_no_article_can_name_that_link():
    from briefing_app.gui.reader import links

    assert links.safe(links.LEFT_OUT) == ""


def test_a_click_on_a_block_that_is_left_out_asks_for_it(pane, qtbot):
    view = show(pane, qtbot)
    view.show_blocks(on=True)
    view.viewport().repaint()

    for quote, place in (("Menu of the site", 0), ("Odesa", 2), ("two", 4)):
        with qtbot.waitSignal(pane.switch_requested) as asked:
            spot = middle_of(view, quote)
            qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert asked.args == [(place,), True]


def test_a_click_into_the_article_takes_nothing_out_but_its_mark_does(pane, qtbot):
    view = show(pane, qtbot)
    view.show_blocks(on=True)
    view.viewport().repaint()

    with qtbot.assertNotEmitted(pane.switch_requested):
        spot = middle_of(view, "harbour was full")
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    mark = next(rect for rect, one in view._marks if one.place == 1)
    with qtbot.waitSignal(pane.switch_requested) as asked:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=mark.center().toPoint())
    assert asked.args == [(1,), False]


def test_without_the_mode_a_click_switches_nothing(pane, qtbot):
    view = show(pane, qtbot)
    with qtbot.assertNotEmitted(pane.switch_requested):
        spot = middle_of(view, "harbour was full")
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        qtbot.keyClick(view, Qt.Key.Key_X)


def test_the_key_switches_the_block_at_the_caret_or_all_that_are_selected(pane, qtbot):
    view = show(pane, qtbot)
    view.show_blocks(on=True)
    start = BODY.text.index("Menu")
    view.choose_passage(start, start + 4)
    with qtbot.waitSignal(pane.switch_requested) as asked:
        qtbot.keyClick(view, Qt.Key.Key_X)
    assert asked.args == [(0,), True]

    view.choose_passage(BODY.text.index("harbour"), BODY.text.index("Talks") + 5)
    with qtbot.waitSignal(pane.switch_requested) as asked:
        qtbot.keyClick(view, Qt.Key.Key_X)
    assert asked.args == [(1, 2, 3), False]


def test_the_strip_says_of_the_block_at_the_caret_whether_it_is_in(pane, qtbot):
    view = show(pane, qtbot)
    view.show_blocks(on=True)
    view.choose_passage(BODY.text.index("Menu"), BODY.text.index("Menu") + 4)
    assert "This block is left out" in pane.strips.blocks.words.text()
    view.choose_passage(BODY.text.index("harbour"), BODY.text.index("harbour") + 4)
    assert "dimmed" in pane.strips.blocks.words.text()


@pytest.mark.parametrize("everything", [True, False])
def test_what_is_read_stays_where_it_is_when_a_block_comes_in(pane, qtbot, everything):
    view = show(pane, qtbot)
    view.show_blocks(on=everything)
    start = BODY.text.index("Paragraph 17")
    view.choose_passage(start, start + 12)
    before = view.cursorRect().top()
    assert 0 < before < view.viewport().height()

    view.show_switched(replace(view._version, switched=(0, 2, 4)))

    assert view.chosen() == (start, start + 12)
    assert abs(view.cursorRect().top() - before) <= 2
    assert view.shows_blocks is everything


def test_beginning_and_ending_the_mode_keeps_the_place(pane, qtbot):
    view = show(pane, qtbot)
    start = BODY.text.index("Paragraph 17")
    view.choose_passage(start, start + 12)
    before = view.cursorRect().top()
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_L)
        assert view.chosen() == (start, start + 12)
        assert abs(view.cursorRect().top() - before) <= 2


def test_a_highlight_in_a_block_that_was_taken_out_is_there_in_blocks_mode(pane, qtbot):
    mark = samples.mark(BODY, "Menu", Role.KEY_POINT)
    pane.show_article(samples.article(), samples.version(BODY), (mark,), {})
    assert pane.view._ranges == {}
    pane.view.show_blocks(on=True)
    assert list(pane.view._ranges) == [mark.id]


def test_another_article_is_shown_as_it_is(pane, qtbot):
    show(pane, qtbot).show_blocks(on=True)
    assert not show(pane, qtbot).shows_blocks
    assert not pane.strips.blocks.isVisible()


def test_a_doubtful_text_says_so_and_offers_what_was_left_out(pane, qtbot):
    doubts = tuple(("text", doubt.value) for doubt in Doubt)
    view = show(pane, qtbot, origins=(("title", "og:title"), *doubts))
    assert pane.strips.doubt.isVisible()
    assert "Little text" in pane.strips.doubt.words.text()

    pane.strips.doubt.first.click()
    assert view.shows_blocks
    assert not pane.strips.doubt.isVisible()
    view.show_blocks(on=False)
    assert pane.strips.doubt.isVisible()
    with qtbot.waitSignal(pane.strips.doubt_dismissed):
        pane.strips.doubt.second.click()


def test_a_doubtful_text_of_which_nothing_was_left_out_can_only_be_trusted(pane, qtbot):
    whole = samples.paragraphs("Short.")
    show(pane, qtbot, whole, origins=(("text", Doubt.LITTLE.value),))
    assert not pane.strips.doubt.second.isVisible()
    with qtbot.waitSignal(pane.strips.doubt_dismissed):
        pane.strips.doubt.first.click()


def test_an_article_without_doubts_shows_no_strip(pane, qtbot):
    show(pane, qtbot, origins=(("title", "og:title"),))
    assert not pane.strips.doubt.isVisible()
