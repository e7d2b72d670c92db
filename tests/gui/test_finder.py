import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from briefing_app.gui.actions import Actions
from briefing_app.gui.finder.box import FinderBox
from briefing_app.gui.finder.controller import FinderController


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(1000, 700)
    window.field = QLineEdit()
    QVBoxLayout(window).addWidget(window.field)
    window.box = FinderBox(window, "Search or run a command")
    window.commands = Actions(window)
    window.finder = FinderController(window.box, window.commands)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.field.setFocus()
    return window


def titles(window):
    return [row.title for row in window.box.rows()]


def test_it_lists_the_commands_that_can_be_run_now(window):
    window.box.open()
    assert "Dark theme" in titles(window)
    assert "Import files…" not in titles(window)
    window.commands.allow(frozenset({"library", "writable"}))
    window.box.open()
    assert "Import files…" in titles(window)


def test_the_themes_are_found_by_the_word_theme(window, qtbot):
    window.box.open()
    qtbot.keyClicks(window.box.field, "theme")
    assert titles(window) == ["Follow the theme of the system", "Light theme", "Dark theme"]


def test_a_command_runs_from_the_keyboard(window, qtbot):
    ran = []
    window.commands["about"].triggered.connect(lambda: ran.append("about"))
    window.box.open()
    qtbot.keyClicks(window.box.field, "abo de")
    assert titles(window) == ["About Briefing Desk"]
    qtbot.keyClick(window.box.field, Qt.Key.Key_Return)
    assert ran == ["about"]
    assert window.box.isHidden()


def test_the_arrows_choose_and_go_round(window, qtbot):
    window.box.open()
    qtbot.keyClick(window.box.field, Qt.Key.Key_Up)
    assert window.box.list.currentIndex().row() == len(window.box.rows()) - 1
    qtbot.keyClick(window.box.field, Qt.Key.Key_Down)
    assert window.box.list.currentIndex().row() == 0


def test_escape_gives_the_keyboard_back(window, qtbot):
    window.box.open()
    assert window.box.field.hasFocus()
    qtbot.keyClick(window.box.field, Qt.Key.Key_Escape)
    assert window.box.isHidden()
    assert window.field.hasFocus()


def test_a_click_elsewhere_closes_it(window, qtbot):
    window.box.open()
    window.field.setFocus()
    assert window.box.isHidden()


def test_nothing_found_is_said(window, qtbot):
    window.box.open()
    qtbot.keyClicks(window.box.field, "zebra")
    assert window.box.nothing.isVisible()
    assert not window.box.list.isVisible()
