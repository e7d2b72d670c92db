"""Says where the file is, and what in it needs a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui.icons import icon
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from pathlib import Path


class ExportedDialog(QDialog):
    """The end of an export: the file, what its maker warns of, and the way to it."""

    def __init__(
        self, path: Path, pages: int, warnings: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._path = path
        self.setWindowTitle(self.tr("Exported"))
        self.setMinimumWidth(460)
        head = QLabel(self._headline(pages))
        set_look(head, words="title")
        name = QLabel(path.name)
        name.setTextFormat(Qt.TextFormat.PlainText)
        set_look(name, words="head")
        folder = QLabel(self.tr("in {folder}").replace("{folder}", str(path.parent)))
        folder.setTextFormat(Qt.TextFormat.PlainText)
        set_look(folder, words="meta")
        for label in (name, folder):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_button = QPushButton(self.tr("Open"))
        set_look(self.open_button, kind="primary")
        self.folder_button = QPushButton(self.tr("Show in folder"))
        self.folder_button.setIcon(icon("folder-open"))
        close = QPushButton(self.tr("Close"))
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self._open)
        self.folder_button.clicked.connect(self._show_folder)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(close)
        buttons.addStretch(1)
        buttons.addWidget(self.folder_button)
        buttons.addWidget(self.open_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 18)
        box.setSpacing(4)
        box.addWidget(head)
        box.addSpacing(8)
        box.addWidget(name)
        box.addWidget(folder)
        if warnings:
            box.addSpacing(10)
            box.addWidget(_warnings(self.tr("Have a look at this"), warnings))
        box.addSpacing(18)
        box.addLayout(buttons)

    def _headline(self, pages: int) -> str:
        if not pages:
            return self.tr("The brief is exported")
        if pages == 1:
            return self.tr("The brief is exported: 1 page")
        return self.tr("The brief is exported: %n pages", "", pages)

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))
        self.accept()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))


def _warnings(heading: str, warnings: tuple[str, ...]) -> QWidget:
    """Return the warnings below each other; many of them scroll."""
    card = QFrame()
    set_look(card, plane="card")
    box = QVBoxLayout(card)
    box.setContentsMargins(14, 10, 14, 12)
    head = QLabel(heading)
    set_look(head, words="warn")
    box.addWidget(head)
    for each in warnings:
        label = QLabel(each)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        box.addWidget(label)
    if len(warnings) <= 4:
        return card
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(card)
    area.setMaximumHeight(220)
    return area
