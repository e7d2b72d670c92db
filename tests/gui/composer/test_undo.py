"""Undo and redo take the user to where the edit was."""

from dataclasses import replace

from PySide6.QtCore import Qt

from briefing_app.domain.change import Action
from briefing_app.domain.statement import Part

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_typing_reaches_the_library_as_one_step_and_undo_takes_it_back(qtbot, desk):
    before = desk.points()
    row = desk.focus(1)
    for word in (" One", " two", " three"):
        desk.type(word)
        row.flush()
    assert desk.points()[1] == before[1] + " One two three"
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.points() == before
    assert row.text() == before[1]
    assert row.hasFocus()
    desk.press(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert row.text() == before[1] + " One two three"


def test_undo_of_a_deleted_row_brings_it_back_with_the_caret(desk):
    gone = desk.story.part(Part.KEY_POINTS)[2]
    desk.focus(2)
    desk.pane.requests.delete_requested.emit(desk.story.id, gone.id)
    assert gone.text not in desk.points()
    assert desk.row(1).hasFocus()
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.points()[2] == gone.text
    assert desk.row(2).hasFocus()


def _change_a_headline(desk, story):
    desk.services.desk.edit_story(
        Action.EDIT_HEADLINE, story, lambda each: replace(each, headline="Changed")
    )


def test_undo_opens_the_story_that_it_changes(desk):
    first = desk.story.id
    _change_a_headline(desk, first)
    other = desk.services.desk.new_story(desk.brief, "Another")
    desk.controller.open_story(other.id)
    desk.controller.undo()  # the new story is gone
    desk.controller.open_brief(desk.services.desk.new_brief("Evening brief").id)
    desk.controller.undo()
    assert desk.controller.story == first
    desk.controller.undo()
    assert desk.story.headline != "Changed"


def test_redo_opens_the_brief_that_it_changes(desk):
    first = desk.story.id
    _change_a_headline(desk, first)
    evening = desk.services.desk.new_brief("Evening brief").id
    desk.controller.undo()
    desk.controller.undo()
    desk.controller.redo()
    assert (desk.controller.brief, desk.story.headline) == (desk.brief, "Changed")
    desk.controller.redo()
    assert desk.controller.brief == evening
