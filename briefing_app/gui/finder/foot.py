"""What stands below the hits of the search box: how many there are, and what can be done with them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QWidget

from briefing_app.gui.theme import set_look

ALL, BEST, HELP = "Ctrl+Return", "Ctrl+B", "F1"


class FinderFoot(QWidget):
    """A line with a count and buttons; each has a key of its own, told in its tip."""

    all_wanted = Signal()
    save_wanted = Signal()
    best_toggled = Signal(bool)
    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.most = 0
        self.count = QLabel()
        set_look(self.count, words="meta")
        self.best = QCheckBox(self.tr("Best match first"))
        self.best.setToolTip(_native(BEST))
        self.best.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.best.toggled.connect(self.best_toggled)
        self.all = self._button(self.tr("Show all in the list"), ALL)
        self.all.clicked.connect(self.all_wanted)
        self.save = self._button(self.tr("Save this search"))
        self.save.clicked.connect(self.save_wanted)
        self.help = self._button("?", HELP)
        self.help.setAccessibleName(self.tr("What can be typed here"))
        self.help.clicked.connect(self.help_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 4, 0)
        layout.setSpacing(6)
        layout.addWidget(self.count, 1)
        for button in (self.best, self.all, self.save, self.help):
            layout.addWidget(button)

    def allow(self, *, text: bool, articles: bool) -> None:
        """Enable what there is something for: a query, articles that were found."""
        self.save.setEnabled(text)
        self.all.setEnabled(articles)
        if not text:
            self.count.clear()

    def show_count(self, count: int) -> None:
        """Say how many articles there are; beyond `most` it is only known that there are more."""
        if count > self.most:
            words = self.tr("{count}+ articles").replace("{count}", f"{self.most:,}")
        elif count == 1:
            words = self.tr("1 article")
        else:
            words = self.tr("{count} articles").replace("{count}", f"{count:,}")
        self.count.setText(words if count else "")

    def _button(self, words: str, keys: str = "") -> QPushButton:
        button = QPushButton(words)
        set_look(button, kind="quiet")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the field
        button.setAutoDefault(False)
        if keys:
            button.setToolTip(_native(keys))
        return button


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
