"""What came of an import: a line for each file, those that failed first, with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui.icons import icon
from briefing_app.gui.theme import set_look


@dataclass(frozen=True, slots=True)
class Line:
    """A file and what became of it; `article` or `brief` is an id where it made one."""

    name: str
    status: str
    words: str
    article: str = ""
    brief: str = ""


_ICONS = {
    "failed": ("triangle-alert", "danger"),
    "duplicate": ("copy", "muted"),
    "version": ("file-text", "accent"),
    "new": ("circle-check", "ok"),
}


class ResultsDialog(QDialog):
    """Can be left open beside the window, and opened again from the menu."""

    article_picked = Signal(str)
    brief_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Results of the import"))
        self.resize(620, 420)
        self._head = QLabel()
        set_look(self._head, words="title")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Files"))
        self.list.setIconSize(QSize(16, 16))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.itemActivated.connect(self._open)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._copy = QPushButton(self.tr("Copy the list"))
        buttons.addButton(self._copy, QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.clicked.connect(self._copy_list)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (self._head, self.list, buttons):
            layout.addWidget(widget)

    def show_lines(self, head: str, lines: tuple[Line, ...]) -> None:
        """Show the lines; failures stand first."""
        self._head.setText(head)
        self.list.clear()
        for line in sorted(lines, key=lambda line: line.status != "failed"):
            item = QListWidgetItem(f"\u2068{line.name}\u2069\n{line.words}", self.list)
            item.setIcon(icon(*_ICONS.get(line.status, ("file-text", "muted"))))
            item.setData(Qt.ItemDataRole.UserRole, line)

    def _open(self, item: QListWidgetItem) -> None:
        line: Line = item.data(Qt.ItemDataRole.UserRole)
        if line.article:
            self.article_picked.emit(line.article)
        elif line.brief:
            self.brief_picked.emit(line.brief)

    def _copy_list(self) -> None:
        rows = (self.list.item(at).text().replace("\n", "\t") for at in range(self.list.count()))
        QGuiApplication.clipboard().setText("\n".join(rows))
