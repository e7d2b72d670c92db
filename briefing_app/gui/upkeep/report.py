"""Says what a check or a repair has come to, line by line, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui.icons import icon
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from collections.abc import Iterable

TROUBLE, DONE, NOTE = "triangle-alert", "circle-check", "info"
_COLOURS = {TROUBLE: "danger", DONE: "ok", NOTE: "muted"}


class ReportDialog(QDialog):
    """A headline, lines that can be copied, and perhaps one thing to do, which accepts."""

    def __init__(
        self,
        head: str,
        says: str,
        lines: Iterable[tuple[str, str]],
        *,
        do: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("State of the library"))
        self.resize(600, 420)
        title = QLabel(head)
        set_look(title, words="title")
        words = QLabel(says)
        for label in (title, words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.setIconSize(QSize(16, 16))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for mark, text in lines:
            item = QListWidgetItem(icon(mark, _COLOURS[mark]), text, self.list)
            item.setToolTip("")
        copy = QPushButton(self.tr("Copy the list"))
        copy.clicked.connect(self._copy)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        self.do = QPushButton(do)
        self.do.setVisible(bool(do))
        if do:
            set_look(self.do, kind="primary")
            self.do.setDefault(True)
            self.do.clicked.connect(self.accept)
            buttons.addWidget(self.do)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(title)
        if says:
            layout.addWidget(words)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)

    def _copy(self) -> None:
        rows = (self.list.item(row).text() for row in range(self.list.count()))
        QGuiApplication.clipboard().setText("\n".join(rows))
