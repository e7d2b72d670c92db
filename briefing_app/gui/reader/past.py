"""The line above an older version: it says which one is shown, and leads back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from briefing_app.gui import instants
from briefing_app.gui.icons import icon
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    import datetime as dt

ICON = 18  # px


class PastBar(QFrame):
    """Shown as long as the reader shows what the article said before."""

    back_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, plane="notice")
        sign = QLabel()
        sign.setPixmap(icon("history", "accent").pixmap(QSize(ICON, ICON)))
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.back = QPushButton(self.tr("Current version"))
        self.back.clicked.connect(self.back_pressed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(10)
        layout.addWidget(sign)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.back)
        self.hide()

    def say(self, retrieved: dt.datetime) -> None:
        """Say of when the version is that is shown."""
        words = self.tr("You are reading the version of {0}.")
        self.words.setText(words.replace("{0}", instants.stamp(retrieved)))
        self.words.setToolTip(self.tr("Nothing can be marked in an older version."))
        self.show()
