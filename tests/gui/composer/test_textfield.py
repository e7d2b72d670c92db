from collections import deque

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QInputMethodEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow

from briefing_app.gui import fonts
from briefing_app.gui.composer.textfield import TextField, code_points, lines_of, utf16

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWX"


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    window.field = TextField("Headline", fonts.chrome())
    window.setCentralWidget(window.field)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.field.setFocus()
    qtbot.waitUntil(window.field.hasFocus)
    return window


@pytest.mark.parametrize("key", ["Ctrl+Z", "Ctrl+Shift+Z"])
def test_undo_and_redo_fire_the_action_of_the_window(qtbot, window, key):
    action = QAction(window)
    action.setShortcut(QKeySequence(key))
    window.addAction(action)
    qtbot.keyClicks(window.field, "abc")
    modifiers = Qt.KeyboardModifier.ControlModifier
    if "Shift" in key:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(action.triggered):
        qtbot.keyClick(window.field, Qt.Key.Key_Z, modifiers)
    assert window.field.text() == "abc"


def test_unsent_text_is_told_before_the_window_undoes(qtbot, window):
    told = []
    window.field.text_edited.connect(told.append)
    action = QAction(window)
    action.setShortcut(QKeySequence("Ctrl+Z"))
    action.triggered.connect(lambda: told.append("undo"))
    window.addAction(action)
    qtbot.keyClicks(window.field, "ab")
    qtbot.keyClick(window.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert told == ["ab", "undo"]


def test_sixty_letters_against_a_slow_echo_stay_sixty_in_order(qtbot, window):
    field = window.field
    echoes = deque()

    def answer():
        field.show_text(echoes.popleft())

    def later(text):
        echoes.append(text)
        QTimer.singleShot(50, field, answer)

    field.text_edited.connect(later)
    for letter in LETTERS:
        qtbot.keyClick(field, letter, delay=12)
        field.flush() if letter in "fkpuz5" else None  # pauses, in which the text is told
    qtbot.waitUntil(lambda: not echoes and not field._is_busy())
    assert field.text() == LETTERS


def test_a_change_from_outside_waits_for_unsent_text(qtbot, window):
    field = window.field
    field.show_text("one")
    qtbot.keyClick(field, Qt.Key.Key_End)
    qtbot.keyClicks(field, " two")
    field.show_text("ONE")
    assert field.text() == "one two"
    with qtbot.waitSignal(field.text_edited) as caught:
        pass
    assert caught.args == ["one two"]
    field.show_text("one two")
    assert field.text() == "one two"
    field.show_text("ONE two")
    assert field.text() == "ONE two"


def test_a_change_from_outside_keeps_the_caret_at_its_letter(window):
    field = window.field
    field.show_text("talks resume in Abu Dhabi")
    field.place_caret(12)
    field.show_text("The talks resume in Abu Dhabi on Sunday")
    assert field.caret() == 16
    assert field.text() == "The talks resume in Abu Dhabi on Sunday"


def test_nothing_is_taken_during_a_composition_and_then_it_is(qtbot, window):
    field = window.field
    field.show_text("base")
    QApplication.sendEvent(field, QInputMethodEvent("n", []))
    field.show_text("other")
    assert field.text() == "base"
    QApplication.sendEvent(field, QInputMethodEvent("", []))
    qtbot.waitUntil(lambda: field.text() == "other")


def test_what_was_typed_before_a_composition_is_told_after_it(qtbot, window):
    field = window.field
    qtbot.keyClicks(field, "a")
    QApplication.sendEvent(field, QInputMethodEvent("n", []))
    field.flush()
    with qtbot.waitSignal(field.text_edited) as caught:
        QApplication.sendEvent(field, QInputMethodEvent("", []))
    assert caught.args == ["a"]


def test_typing_back_to_what_was_shown_asks_for_nothing(qtbot, window):
    field = window.field
    field.show_text("a")
    qtbot.keyClick(field, Qt.Key.Key_End)
    with qtbot.assertNotEmitted(field.text_edited, wait=90):
        qtbot.keyClicks(field, "b")
        qtbot.keyClick(field, Qt.Key.Key_Backspace)


def test_text_is_told_once_typing_pauses_and_on_leaving(qtbot, window):
    field = window.field
    with qtbot.waitSignal(field.text_edited, timeout=300) as caught:
        qtbot.keyClicks(field, "talks")
    assert caught.args == ["talks"]
    field.show_text("talks")
    qtbot.keyClicks(field, "!")
    with qtbot.waitSignals([field.text_edited, field.finished], order="strict"):
        field.clearFocus()


def test_a_refused_text_gives_way(qtbot, window):
    field = window.field
    qtbot.keyClicks(field, "typed")
    field.flush()
    field.refuse("held")
    assert field.text() == "held"


def test_no_break_spaces_and_line_separators_survive(window):
    text = "5\u00a0% \u2028 \U0001f600 end"
    window.field.show_text(text)
    assert window.field.text() == text


def test_pasting_lines_makes_one_line_of_plain_text(qtbot, window):
    QApplication.clipboard().setText("a\r\n  b \n\nc")
    window.field.paste()
    assert window.field.text() == "a b c"


def test_the_field_is_as_high_as_its_text(qtbot, window):
    window.resize(200, 300)
    window.field.show_text("word " * 60)
    qtbot.waitUntil(lambda: window.field.height() > 150)
    window.field.show_text("word")
    qtbot.waitUntil(lambda: window.field.height() < 30)


def test_places_count_code_points():
    text = "a\U0001f600b"
    assert utf16(text[:2]) == 3
    assert code_points(text, 3) == 2


def test_lines_split_at_line_ends_only():
    assert lines_of("a\u2028b") == ["a\u2028b"]
    assert lines_of(" a ") == [" a "]
    assert lines_of("a\n\n b\r\nc\r") == ["a", "b", "c"]
