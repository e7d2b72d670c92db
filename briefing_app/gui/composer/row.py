"""The text of one statement: a field in which Enter makes the next row.

The keys of a row: Enter splits, Backspace at the start and Delete at the end join, Alt+Up and Alt+Down
move, Up and Down go on to the next row at the first and last line, Ctrl+Return goes to the passage,
Ctrl+L links the one that is chosen in the reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence

from briefing_app.gui import fonts, tokens
from briefing_app.gui.composer.textfield import TextField, code_points, lines_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class TextRow(TextField):
    """Says what the user asked for; whoever owns the story decides what that means."""

    split_asked = Signal(int)  # code points
    join_asked = Signal()
    join_next_asked = Signal()
    step_asked = Signal(int, int)  # -1 up, 1 down; x of the caret in px
    move_asked = Signal(int)  # -1 up, 1 down
    passage_asked = Signal()
    link_asked = Signal()
    pasted = Signal(list)  # several lines: the texts of this row and of those behind it
    menu_asked = Signal(object)  # QContextMenuEvent

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, fonts.chrome(tokens.EDIT), parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the keys of a row into what they ask for."""
        if event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.flush()
            self.link_asked.emit()
        elif self._is_barred(event) or not self._asks(event):
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste one line into the row; more of them become rows."""
        lines = lines_of(source.text())
        if len(lines) < 2:
            super().insertFromMimeData(source)
            return
        text = self.text()
        cursor = self.textCursor()
        start = code_points(text, cursor.selectionStart())
        end = code_points(text, cursor.selectionEnd())
        lines[0] = text[:start] + lines[0]
        lines[-1] += text[end:]
        self.flush()
        self.pasted.emit(lines)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Let the owner add what can be done with the statement."""
        self.menu_asked.emit(event)

    def _is_barred(self, event: QKeyEvent) -> bool:
        """Tell whether a key would edit a row that can only be read; arrows and Ctrl+Enter go on."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        goes = (key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not held) or (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and held == Qt.KeyboardModifier.ControlModifier
        )
        return self.isReadOnly() and not goes

    def _asks(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._enter(held)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return self._step(-1 if key == Qt.Key.Key_Up else 1, held)
        if self.textCursor().hasSelection():
            return False
        if key == Qt.Key.Key_Backspace and self.textCursor().atStart():
            self.flush()
            self.join_asked.emit()
            return True
        if event.matches(QKeySequence.StandardKey.Delete) and self.textCursor().atEnd():
            self.flush()
            self.join_next_asked.emit()
            return True
        return False

    def _enter(self, held: Qt.KeyboardModifier) -> bool:
        self.flush()
        if held == Qt.KeyboardModifier.ControlModifier:
            self.passage_asked.emit()
        else:
            cursor = self.textCursor()
            cursor.removeSelectedText()
            self.setTextCursor(cursor)
            self.flush()
            self.split_asked.emit(self.caret())
        return True

    def _step(self, way: int, held: Qt.KeyboardModifier) -> bool:
        if held == Qt.KeyboardModifier.AltModifier:
            self.flush()
            self.move_asked.emit(way)
            return True
        if held != Qt.KeyboardModifier.NoModifier:
            return False
        if self.on_first_line() if way < 0 else self.on_last_line():
            self.step_asked.emit(way, self.cursorRect().x())
            return True
        return False
