"""The composer on a real library: what is typed is stored, and what is undone is shown."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from briefing_app.domain.annotation import Role
from briefing_app.domain.change import Action
from briefing_app.domain.statement import Kind, Part
from briefing_app.domain.story import edit_statement, remove_statement
from briefing_app.gui.composer.controller import ComposerController
from briefing_app.gui.composer.pane import ComposerPane
from briefing_app.gui.dialogs.title import TitleDialog
from tests.dialogs import in_next
from tests.unit.making import article_of, body_of, store

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_leaving_a_row_ends_its_step_and_trims_the_text(desk):
    before = desk.points()
    desk.focus(1)
    desk.type("  ")
    desk.focus(0)
    assert desk.points()[1] == before[1]
    desk.type("!")
    desk.focus(1)
    desk.type("?")
    desk.controller.undo()
    assert desk.points()[0] == before[0] + "!"
    assert desk.points()[1] == before[1]


def test_enter_at_the_end_makes_a_row_to_write_in(desk):
    before = desk.points()
    desk.focus(1)
    desk.press(Qt.Key.Key_Return)
    assert desk.row(2).hasFocus()
    desk.type("A new point")
    desk.pane.flush()
    assert desk.points() == [*before[:2], "A new point", *before[2:]]


def test_enter_in_the_middle_splits_and_backspace_joins_again(desk):
    before = desk.points()
    desk.focus(1, caret=14)
    desk.press(Qt.Key.Key_Return)
    assert desk.points()[1:3] == ["A second round", "of talks is scheduled for February 1, 2026."]
    assert desk.row(2).hasFocus()
    assert desk.row(2).caret() == 0
    desk.press(Qt.Key.Key_Backspace)
    assert desk.points() == before
    assert desk.row(1).hasFocus()
    assert desk.row(1).caret() == 15


def test_enter_at_the_start_puts_an_empty_row_in_front(desk):
    ids = [each.id for each in desk.story.part(Part.KEY_POINTS)]
    desk.focus(1, caret=0)
    desk.press(Qt.Key.Key_Return)
    assert [each.id for each in desk.story.part(Part.KEY_POINTS)][2:] == ids[1:]
    assert desk.row(1).hasFocus()
    assert desk.row(1).text() == ""


def test_an_empty_row_that_is_left_goes_again(desk):
    before = desk.points()
    desk.focus(1)
    desk.press(Qt.Key.Key_Return)
    desk.focus(0)
    assert desk.points() == before


def test_a_row_goes_up_and_down_and_on_into_the_next_part(desk):
    before = desk.points()
    desk.focus(4, caret=5)
    desk.press(Qt.Key.Key_Down, ALT)
    assert desk.points() == [*before[:4], before[5], before[4]]
    assert desk.row(5).hasFocus()
    desk.press(Qt.Key.Key_Down, ALT)
    assert desk.points() == [*before[:4], before[5]]
    moved = desk.row(0, Part.KEY_TAKEAWAYS)
    assert moved.text() == before[4]
    assert moved.hasFocus()
    assert moved.caret() == 5
    desk.press(Qt.Key.Key_Up, ALT)
    assert desk.points() == [*before[:4], before[5], before[4]]


def test_pasted_lines_become_rows_without_their_bullets_in_one_step(desk):
    before = desk.points()
    desk.focus(1)
    QApplication.clipboard().setText(" and more\n\n• Second\n- Third\n")
    desk.press(Qt.Key.Key_V, CONTROL)
    assert desk.points()[1:5] == [before[1] + "and more", "Second", "Third", before[2]]
    assert desk.row(3).hasFocus()
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.points() == before


def test_the_button_adds_an_impact_item_in_front_of_the_closing(qtbot, desk):
    card = desk.pane.column.card(Part.IMPACT)
    qtbot.mouseClick(card._add, Qt.MouseButton.LeftButton)
    desk.type("Another factor")
    desk.pane.flush()
    impact = desk.story.part(Part.IMPACT)
    assert impact[-2].text == "Another factor"
    assert impact[-2].kind is Kind.ITEM
    assert impact[-1].kind is Kind.PARAGRAPH


def test_an_impact_analysis_is_written_from_nothing_with_lead_items_and_closing(qtbot, desk):
    desk.controller.new_story()
    card = desk.pane.column.card(Part.IMPACT)
    assert not card._closing.isEnabled()
    for button, words in (
        (card._add, "An item"),
        (card._lead, "The lead:"),
        (card._closing, "The closing"),
        (card._add, "Another item"),
    ):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        desk.type(words)
    desk.pane.flush()
    impact = [(each.kind, each.text) for each in desk.story.part(Part.IMPACT)]
    assert impact == [
        (Kind.PARAGRAPH, "The lead:"),
        (Kind.ITEM, "An item"),
        (Kind.ITEM, "Another item"),
        (Kind.PARAGRAPH, "The closing"),
    ]


def test_a_row_that_is_emptied_goes_with_its_source(desk):
    before = desk.points()
    desk.focus(1)
    desk.press(Qt.Key.Key_A, CONTROL)
    desk.press(Qt.Key.Key_Delete)
    desk.press(Qt.Key.Key_Backspace)
    assert desk.points() == [before[0], *before[2:]]
    assert desk.row(0).hasFocus()
    assert desk.row(0).caret() == len(before[0])
    desk.controller.undo()
    desk.controller.undo()
    assert desk.points() == before


def test_the_headline_and_the_as_of_are_edited_and_undone(qtbot, desk):
    before = desk.story
    desk.pane.headline.setFocus()
    desk.pane.headline.place_caret(0)
    desk.type("New: ")
    desk.pane.headline.flush()
    assert desk.story.headline == "New: " + before.headline
    assert "New: " in next(iter(desk.pane.header._headlines.values()))
    line = desk.pane.as_of.line
    line.setFocus()
    line.selectAll()
    desk.type("2026-02-01")
    desk.press(Qt.Key.Key_Return)
    assert desk.story.as_of.iso == "2026-02-01"
    desk.controller.undo()
    desk.controller.undo()
    assert desk.story == before
    assert line.text() == "2026-01-25 04:53:41 UTC"


def test_an_edit_from_elsewhere_is_shown_and_leaves_the_row_being_written(qtbot, desk):
    points = desk.story.part(Part.KEY_POINTS)
    row = desk.focus(1)
    desk.type(" more")
    desk.services.desk.edit_story(
        Action.EDIT_STATEMENT,
        desk.story.id,
        lambda story: edit_statement(story, points[0].id, "From elsewhere"),
    )
    assert desk.row(0).text() == "From elsewhere"
    assert row.text() == points[1].text + " more"
    qtbot.waitUntil(lambda: desk.points()[1] == points[1].text + " more")


def test_typing_into_a_row_that_is_gone_loses_only_that_row(desk):
    points = desk.story.part(Part.KEY_POINTS)
    row = desk.focus(1)
    desk.type("x")
    desk.services.desk.edit_story(
        Action.DELETE_STATEMENT,
        desk.story.id,
        lambda story: remove_statement(story, points[1].id),
    )
    row.flush()
    assert len(desk.points()) == 5


def test_a_second_story_is_added_opened_and_moved(qtbot, desk):
    first = desk.controller.story
    with qtbot.waitSignal(desk.controller.story_shown):
        desk.pane.requests.story_add_requested.emit()
    second = desk.controller.story
    assert second != first
    assert desk.pane.headline.hasFocus()
    desk.type("The other story")
    desk.pane.flush()
    assert desk.pane.header.story_button.text() == "STORY 2 OF 2"
    desk.pane.requests.story_move_requested.emit(second, 0)
    assert desk.services.desk.brief(desk.brief).stories == (second, first)
    assert desk.pane.header.story_button.text() == "STORY 1 OF 2"
    desk.controller.open_number(2)
    assert desk.controller.story == first
    desk.controller.step(-1)
    assert desk.controller.story == second


def test_a_story_that_is_taken_out_gives_way_to_its_neighbour_and_undo_brings_it_back(desk):
    first = desk.controller.story
    desk.controller.new_story()
    second = desk.controller.story
    desk.pane.requests.story_remove_requested.emit(second)
    assert desk.controller.story == first
    desk.controller.undo()
    assert desk.services.desk.brief(desk.brief).stories == (first, second)


def test_the_last_brief_that_is_deleted_leaves_the_empty_state(desk):
    desk.pane.requests.brief_delete_requested.emit(desk.brief)
    assert desk.controller.brief == ""
    assert desk.pane._empty.isVisible()
    desk.controller.undo()
    assert desk.controller.brief == desk.brief
    assert not desk.pane._empty.isVisible()


def answer(qtbot, desk, title):
    """Write a title into the dialog that is about to open, and accept it."""

    def act(dialog):
        dialog.line.selectAll()
        qtbot.keyClicks(dialog.line, title)
        dialog.done(QDialog.DialogCode.Accepted)

    in_next(desk.pane, TitleDialog, act)


def test_a_new_brief_is_asked_for_its_title_and_opened_with_a_story(qtbot, desk):
    answer(qtbot, desk, "Evening brief")
    desk.pane.requests.brief_new_requested.emit()
    brief = desk.services.desk.brief(desk.controller.brief)
    assert brief.title == "Evening brief"
    assert len(brief.stories) == 1
    assert desk.window.focusWidget() is desk.pane.headline
    assert desk.settings.now.last_brief == brief.id


def test_a_brief_is_renamed(qtbot, desk):
    answer(qtbot, desk, "Noon brief")
    desk.pane.requests.brief_rename_requested.emit(desk.brief)
    assert desk.pane.header.brief_button.text() == "NOON BRIEF"


def test_a_story_in_two_briefs_says_so(desk):
    other = desk.services.desk.new_brief("Evening brief")
    desk.services.desk.add_story(other.id, desk.controller.story)
    assert desk.pane.also.text() == "Also in Evening brief: an edit shows in each"
    desk.services.desk.remove_story(other.id, desk.controller.story)
    assert not desk.pane.also.isVisible()


def test_what_was_open_is_open_again(qtbot, desk, tmp_path):
    desk.controller.new_story()
    story = desk.controller.story
    pane = ComposerPane()
    qtbot.addWidget(pane)
    again = ComposerController(pane, desk.services, desk.settings)
    again.open_last()
    assert (again.brief, again.story) == (desk.brief, story)
    again.close()


@pytest.fixture
def article(desk):
    made = article_of(
        desk.services.history.new_id,
        "Ferry stopped",
        body_of("The ferry stopped at noon.", "Forty people waited.", "It is noon."),
        source="The Gazette",
    )
    store(desk.services, (made,), subject="Import")
    desk.services.history.refresh()
    return made[0].id


def test_a_passage_of_an_article_becomes_a_row_whose_chip_leads_back(qtbot, desk, article):
    made = desk.services.reading.annotate(
        article, 27, 47, Role.KEY_POINT, story_id=desk.controller.story
    )
    view = desk.pane.column.view(made.statement)
    assert view.row.text() == "Forty people waited."
    assert view.chip.text().endswith("¶2")
    assert "Forty people waited." in view.chip.toolTip()
    with qtbot.waitSignal(desk.controller.passage_asked) as caught:
        qtbot.mouseClick(view.chip, Qt.MouseButton.LeftButton)
    assert caught.args == [made.annotation]


def test_a_source_is_taken_away_and_comes_back_with_undo(desk, article):
    made = desk.services.reading.annotate(
        article, 0, 26, Role.KEY_POINT, story_id=desk.controller.story
    )
    view = desk.pane.column.view(made.statement)
    menu = view.menu()
    unlink = next(each.menu() for each in menu.actions() if each.menu())
    unlink.actions()[0].trigger()
    assert view.chip.text() == "no source yet"
    desk.controller.undo()
    assert view.chip.text().endswith("¶1")


def test_the_chip_follows_what_becomes_of_its_passage_and_its_article(desk, article):
    made = desk.services.reading.annotate(
        article, 0, 26, Role.KEY_POINT, story_id=desk.controller.story
    )
    view = desk.pane.column.view(made.statement)
    desk.services.articles.edit(article, lambda old: replace(old, source="FT"))
    assert view.chip.text() == "FT ¶1"
    desk.services.reading.delete(made.annotation)
    assert view.chip.text() == "no source yet"
