"""The keys on one page, and what this program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from briefing_app import __version__
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from briefing_app.gui.actions import Actions


class KeysDialog(QDialog):
    """Every key there is, read from the commands themselves."""

    def __init__(self, actions: Actions, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard"))
        self.resize(560, 640)
        grid = QGridLayout()
        grid.setContentsMargins(24, 20, 24, 20)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(7)
        self._row = 0
        self._heading(grid, self.tr("In the reader"))
        for keys, words in (
            ("K  T  I  S", self.tr("The selected passage becomes a point of the story")),
            ("H", self.tr("Highlight it, and nothing more")),
            ("C", self.tr("Write a comment; it is not printed")),
            ("Shift+K T I S", self.tr("The same, for a story that you choose this once")),
            ("G", self.tr("Choose where points go")),
            (".  ,", self.tr("Next and previous highlight")),
        ):
            self._line(grid, keys, words)
        self._heading(grid, self.tr("In the composer"))
        for keys, words in (
            ("Enter", self.tr("A new row")),
            (_native("Alt+Up") + "  " + _native("Alt+Down"), self.tr("Move the row")),
            (_native("Ctrl+Return"), self.tr("Go to the passage of the row")),
            (_native("Ctrl+L"), self.tr("Link the row to the passage selected in the reader")),
            (_native("Ctrl+1") + " … 9", self.tr("Open a story of the brief")),
        ):
            self._line(grid, keys, words)
        self._heading(grid, self.tr("In the search box"))
        for keys, words in (
            (_native("Ctrl+Return"), self.tr("Show all that was found in the list")),
            (_native("Ctrl+B"), self.tr("The best match first, or the newest")),
            ("F1", self.tr("What can be typed there")),
        ):
            self._line(grid, keys, words)
        self._heading(grid, self.tr("Everywhere"))
        for action in actions.all():
            words, _, letter = action.text().partition("\t")
            keys = letter or _native(action.shortcut())
            if keys:
                self._line(grid, keys, words)
        grid.setColumnStretch(1, 1)
        page = QWidget()
        page.setLayout(grid)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_look(scroll, plane="app")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.addWidget(scroll)
        layout.addWidget(buttons)
        buttons.setContentsMargins(0, 0, 16, 0)

    def _heading(self, grid: QGridLayout, words: str) -> None:
        label = QLabel(words)
        set_look(label, words="head")
        if self._row:
            grid.setRowMinimumHeight(self._row, 12)
            self._row += 1
        grid.addWidget(label, self._row, 0, 1, 2)
        self._row += 1

    def _line(self, grid: QGridLayout, keys: str, words: str) -> None:
        key = QLabel(keys)
        set_look(key, words="caps")
        grid.addWidget(key, self._row, 0)
        grid.addWidget(QLabel(words), self._row, 1)
        self._row += 1


class AboutDialog(QDialog):
    """What the program is, and whose work it carries."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Briefing Desk"))
        self.setMinimumWidth(420)
        head = QLabel(f"Briefing Desk {__version__}")
        set_look(head, words="title")
        words = QLabel(
            self.tr(
                "Articles in, points tied to their passages, a brief to hand out. Everything stays on "
                "this computer; nothing is ever fetched or sent."
            )
        )
        words.setWordWrap(True)
        more = QLabel(
            self.tr(
                "Free software under the MIT licence. It carries the typefaces Inter and Source Serif "
                "4 (SIL Open Font License) and icons by Lucide (ISC)."
            )
        )
        more.setWordWrap(True)
        set_look(more, words="meta")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (head, words, more, buttons):
            layout.addWidget(widget)


def _native(keys: str | QKeySequence) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
