"""What a pane shows when there is nothing to show: what it is for, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from briefing_app.gui.icons import draw_icon
from briefing_app.gui.theme import current, set_look


class EmptyState(QWidget):
    """A picture, a line, a sentence, and up to two buttons; `chosen` tells which one, from 0."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = _Picture(self)
        self._head = QLabel()
        self._words = QLabel()
        set_look(self._head, words="head")
        set_look(self._words, words="muted")
        for label in (self._head, self._words):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = (QPushButton(), QPushButton())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(4)
        layout.addWidget(self._head)
        layout.addWidget(self._words)
        layout.addSpacing(8)
        for button in self._buttons:
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._buttons[0].clicked.connect(self._first)
        self._buttons[1].clicked.connect(self._second)

    def say(self, icon: str, head: str, words: str, *buttons: str) -> None:
        """Show a state."""
        self._icon.show_icon(icon)
        self._head.setText(head)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(buttons))
            button.setText(buttons[at] if at < len(buttons) else "")

    def buttons(self) -> tuple[QPushButton, ...]:
        """Return the buttons that the state has."""
        return tuple(button for button in self._buttons if button.text())

    def _first(self) -> None:
        self.chosen.emit(0)

    def _second(self) -> None:
        self.chosen.emit(1)


class _Picture(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = ""
        self.setFixedSize(QSize(40, 40))

    def show_icon(self, name: str) -> None:
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._name:
            draw_icon(QPainter(self), QRect(4, 4, 32, 32), self._name, QColor(current().muted))
