"""The line under the toolbar that says something about the library as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from briefing_app.gui.icons import draw_icon
from briefing_app.gui.theme import current, set_look

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

ICON = 18  # px


class Banner(QFrame):
    """A sentence, what to do about it, and perhaps a button that puts it away."""

    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, plane="notice")
        self._icon = _Icon()
        self._head = QLabel()
        set_look(self._head, words="head")
        self._words = QLabel()
        for label in (self._head, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton()
        self.button.clicked.connect(self.put_away)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._head)
        words.addWidget(self._words)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(12)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def say(
        self, icon: str, head: str, words: str, button: str = "", *, warns: bool = False
    ) -> None:
        """Say something until it is put away or the library goes."""
        self._icon.show_icon(icon, "warn" if warns else "accent")
        self._head.setText(head)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(f"{head} {words}".strip())
        self.show()

    def text(self) -> str:
        """Return what it says, or nothing while it is put away."""
        return "" if self.isHidden() else f"{self._head.text()} {self._words.text()}".strip()


class _Icon(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._name, self._colour = "", "accent"
        self.setFixedSize(QSize(ICON, ICON))

    def show_icon(self, name: str, colour: str) -> None:
        self._name, self._colour = name, colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        del event
        if self._name:
            ink = QColor(current().colour(self._colour))
            draw_icon(QPainter(self), QRect(0, 0, ICON, ICON), self._name, ink)
