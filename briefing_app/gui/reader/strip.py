"""A line above an article: what is to be known of its text, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from briefing_app.gui.icons import draw_icon
from briefing_app.gui.theme import current, set_look

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

ICON = 18  # px
NARROW = 520  # px; below it the buttons stand under the words


class Strip(QFrame):
    """A sentence with an icon, and one or two buttons."""

    first_pressed = Signal()
    second_pressed = Signal()

    def __init__(self, icon: str, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, plane="notice")
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.first, self.second = QPushButton(), QPushButton()
        self.first.clicked.connect(self.first_pressed)
        self.second.clicked.connect(self.second_pressed)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(_Icon(icon, colour), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        self._beside = QHBoxLayout()
        self._below = QHBoxLayout()
        self._below.setContentsMargins(ICON + 10, 0, 0, 0)
        line.addLayout(self._beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(line)
        column.addLayout(self._below)
        self._below.addStretch(1)
        self._is_narrow: bool | None = None
        self._arrange(narrow=False)
        self.hide()

    def say(self, words: str, first: str, second: str = "") -> None:
        """Say something, with what the buttons are called."""
        self.words.setText(words)
        self.setAccessibleName(words)
        for button, name in ((self.first, first), (self.second, second)):
            button.setText(name)
            button.setVisible(bool(name))
            # what has no name is never seen, and none that takes the focus may be without one
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if name else Qt.FocusPolicy.NoFocus)
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the words where there is no room beside them."""
        super().resizeEvent(event)
        self._arrange(narrow=event.size().width() < NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow is self._is_narrow:
            return
        self._is_narrow = narrow
        for at, button in enumerate((self.first, self.second)):
            if narrow:
                self._below.insertWidget(at, button)
            else:
                self._beside.addWidget(button)


class _Icon(QWidget):
    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour
        self.setFixedSize(QSize(ICON, ICON + 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        ink = QColor(current().colour(self._colour))
        draw_icon(QPainter(self), QRect(0, 2, ICON, ICON), self._name, ink)
