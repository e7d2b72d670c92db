"""The composer by keyboard alone, and what a screen reader is told of it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from briefing_app.domain.statement import Part
from briefing_app.gui.composer.pane import ComposerPane
from briefing_app.gui.dialogs.exported import ExportedDialog
from briefing_app.gui.dialogs.title import TitleDialog
from briefing_app.gui.pages import Pages
from briefing_app.gui.preview.pane import PreviewPane

SPOKEN = {
    QAccessible.Role.EditableText,
    QAccessible.Role.Button,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.CheckBox,
}


def nameless(widget: QWidget) -> list[str]:
    """Return the interactive nodes below a widget that a screen reader could not name."""
    found = []
    for child in widget.findChildren(QWidget):
        node = QAccessible.queryAccessibleInterface(child)
        if (
            node is not None
            and child.isVisibleTo(widget)
            and node.role() in SPOKEN
            and not node.text(QAccessible.Text.Name)
        ):
            found.append(f"{type(child).__name__} {child.objectName()}")
    return found


def test_every_interactive_node_of_the_composer_has_a_name(stage):
    assert nameless(stage.pane) == []
    stage.pane.show_nothing()
    assert nameless(stage.pane) == []


def test_every_interactive_node_of_preview_and_dialogs_has_a_name(qtbot, tmp_path, looks):
    pages = Pages()
    for widget in (
        PreviewPane(pages),
        TitleDialog("New brief", "Morning brief"),
        ExportedDialog(tmp_path / "brief.pdf", 2, ("A warning",)),
    ):
        qtbot.addWidget(widget)
        widget.show()
        assert nameless(widget) == []
    pages.stop()


def test_tab_goes_through_the_parts_in_their_order_whatever_row_came_first(stage):
    text = stage.story
    for part in (Part.IMPACT, Part.KEY_POINTS, Part.NARRATIVE):
        (first, *rest) = text.part(part)
        kept = tuple(each for each in text.statements if each.part is not part)
        stage.show(replace(text, statements=kept))
        fresh = (replace(first, id=f"new {part.value}"), *rest)
        text = replace(text, statements=tuple(sorted((*kept, *fresh), key=by_part)))
        stage.show(text)
    stage.row(Part.NARRATIVE, 0).setFocus()
    seen = []
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == [
        stage.row(part, 0) for part in (Part.KEY_POINTS, Part.KEY_TAKEAWAYS, Part.IMPACT)
    ]


def by_part(statement):
    return statement.part.order


def test_tab_goes_from_the_menus_to_the_headline_the_time_and_one_row_a_part(stage):
    stage.pane.header.brief_button.setFocus()
    stops = []
    for _ in range(8):
        stops.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    expected = [
        stage.pane.header.brief_button,
        stage.pane.header.story_button,
        stage.pane.headline,
        stage.pane.as_of.line,
        *(stage.row(part, 0) for part in (Part.NARRATIVE, Part.KEY_POINTS)),
        *(stage.row(part, 0) for part in (Part.KEY_TAKEAWAYS, Part.IMPACT)),
    ]
    assert stops == expected


@pytest.mark.parametrize("keys", ["Ctrl+K", "Ctrl+E", "Ctrl+P", "Ctrl+N", "Ctrl+1", "F6", "F8"])
def test_the_keys_of_the_window_work_in_a_row(qtbot, stage, keys):
    action = QAction(stage.pane)
    action.setShortcut(QKeySequence(keys))
    stage.pane.addAction(action)
    row = stage.row(Part.KEY_POINTS, 1)
    row.setFocus()
    before = row.text()
    key = QKeySequence(keys)[0]
    with qtbot.waitSignal(action.triggered):
        qtbot.keyClick(row, key.key(), key.keyboardModifiers())
    assert row.text() == before


def test_paste_and_delete_stay_with_the_row_although_the_window_has_them_too(qtbot, stage):
    for keys in ("Ctrl+V", "Del"):
        action = QAction(stage.pane)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: pytest.fail("the window took the key"))
        stage.pane.addAction(action)
    row = stage.row(Part.KEY_POINTS, 1)
    row.setFocus()
    row.place_caret(0)
    QApplication.clipboard().setText("Now: ")
    qtbot.keyClick(row, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert row.text().startswith("Now: A second")
    qtbot.keyClick(row, Qt.Key.Key_Delete)
    assert row.text().startswith("Now:  second")


def test_the_pane_is_entered_at_the_row_written_in_last_and_left_with_escape(qtbot, stage):
    stage.pane.enter()
    assert stage.row(Part.NARRATIVE, 0).hasFocus()
    stage.row(Part.KEY_TAKEAWAYS, 2).setFocus()
    stage.pane.headline.setFocus()
    stage.pane.enter()
    assert stage.row(Part.KEY_TAKEAWAYS, 2).hasFocus()
    with qtbot.waitSignal(stage.pane.requests.left):
        qtbot.keyClick(stage.row(Part.KEY_TAKEAWAYS, 2), Qt.Key.Key_Escape)


def test_an_empty_pane_gives_the_focus_to_what_there_is_to_do(qtbot, looks):
    pane = ComposerPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    pane.enter()
    assert QApplication.focusWidget() is pane._empty.first
