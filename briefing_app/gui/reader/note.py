"""The card at a passage in which one writes a comment: no dialog, and nothing to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QVBoxLayout

from briefing_app.gui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

WIDE, TALL = 340, 148  # px
AWAY = 8  # px between the passage and the card


class NoteCard(QFrame):
    """Keeps what is written when it is left or at Ctrl+Return; Esc leaves all as it was."""

    written = Signal(str)
    closed = Signal()  # by a key: the keys go back to the text

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.set_look(self, plane="popup")
        self.setAccessibleName(self.tr("Comment"))
        self._before = ""
        title = QLabel(self.tr("Comment"), self)
        theme.set_look(title, words="head")
        self.field = _Field(self)
        self.field.setAccessibleName(self.tr("Comment"))
        self.field.setPlaceholderText(self.tr("A note for yourself; it is not printed"))
        self.field.left.connect(self.finish)
        self.field.done.connect(self._done)
        self.field.given_up.connect(self._give_up)
        keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        foot = QLabel(self.tr("{keys} keeps it, Esc does not").replace("{keys}", keys), self)
        theme.set_look(foot, words="meta")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(6)
        for widget in (title, self.field, foot):
            column.addWidget(widget)
        self.hide()

    def open(self, text: str, passage: tuple[QRectF, ...], bounds: QRect) -> None:
        """Open below a passage, or above it where there is no room, inside `bounds`.

        Units: px of the parent.
        """
        self._before = text
        self.field.setPlainText(text)
        self.field.selectAll()
        self.place(passage, bounds)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self, passage: tuple[QRectF, ...], bounds: QRect) -> None:
        """Follow the passage, as far as the card stays in sight."""
        first, last = (passage[0], passage[-1]) if passage else (QRectF(), QRectF())
        top = last.bottom() + AWAY
        if top + TALL > bounds.bottom():
            top = first.top() - AWAY - TALL
        left = max(bounds.left(), min(first.left(), bounds.right() - WIDE))
        top = max(bounds.top(), min(top, bounds.bottom() - TALL))
        self.setGeometry(round(left), round(top), WIDE, TALL)

    def finish(self) -> None:
        """Close the card, and keep what was written."""
        if self.isHidden():
            return
        words = self.field.toPlainText().strip()
        self.hide()
        if words != self._before:
            self.written.emit(words)

    def _done(self) -> None:
        self.finish()
        self.closed.emit()

    def _give_up(self) -> None:
        self.field.setPlainText(self._before)
        self.hide()
        self.closed.emit()


class _Field(QPlainTextEdit):
    """The text of a comment, with the keys that end it."""

    left = Signal()
    done = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.set_look(self, kind="field")
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End at Ctrl+Return and Esc; all else is writing."""
        control = Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & control:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was written when the user goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
