"""Chooses the second place: a folder on another disk that gets a copy of everything."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui.icons import icon
from briefing_app.gui.theme import set_look

PATH = 290  # px at 100 % for the folder's path


class PlaceDialog(QDialog):
    """Accepting it means: copy now, to `place`; `None` means that there is to be no second place."""

    def __init__(self, place: Path | None, last: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self._last = last
        self.setWindowTitle(self.tr("Second place"))
        self.setMinimumWidth(520)
        head = QLabel(self.tr("A copy of everything, on another disk"))
        set_look(head, words="title")
        says = QLabel(
            self.tr(
                "Backups in the library are lost with its disk. Choose a folder on a stick or a "
                "network drive: once a day, when it can be reached, the newest backup and all original "
                "files are copied there and read back. A library can be restored from it alone."
            )
        )
        says.setWordWrap(True)
        card = self._card()
        self.forget = QPushButton(self.tr("Use none"))
        self.forget.clicked.connect(self._forget)
        close = QPushButton(self.tr("Cancel"))
        close.clicked.connect(self.reject)
        self.copy = QPushButton(self.tr("Copy now"))
        set_look(self.copy, kind="primary")
        self.copy.setDefault(True)
        self.copy.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.forget)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        for widget in (head, says, card):
            layout.addWidget(widget)
        layout.addSpacing(6)
        layout.addLayout(buttons)
        self._show()

    def _card(self) -> QFrame:
        card = QFrame()
        set_look(card, plane="card")
        mark = QLabel()
        mark.setPixmap(icon("hard-drive", "muted").pixmap(20, 20))
        self._name, self._path, self._state = QLabel(), QLabel(), QLabel()
        set_look(self._name, words="head")
        texts = QVBoxLayout()
        texts.setSpacing(3)
        for label in (self._name, self._path, self._state):
            label.setTextFormat(Qt.TextFormat.PlainText)
            if label is not self._name:
                set_look(label, words="meta")
            texts.addWidget(label)
        self.choose = QPushButton(self.tr("Choose a folder…"))
        self.choose.clicked.connect(self._choose)
        inside = QHBoxLayout(card)
        inside.setContentsMargins(16, 12, 12, 12)
        inside.setSpacing(14)
        inside.addWidget(mark)
        inside.addLayout(texts, 1)
        inside.addWidget(self.choose)
        return card

    def _show(self) -> None:
        there = self.place is not None
        self.copy.setEnabled(there)
        self.forget.setVisible(there)
        self._name.setText(self.place.name if self.place else self.tr("No second place yet"))
        path = str(self.place or "")
        shown = self._path.fontMetrics().elidedText(path, Qt.TextElideMode.ElideMiddle, PATH)
        self._path.setText(f"\u2068{shown}\u2069")
        self._path.setToolTip(path if shown != path else "")
        self._path.setVisible(there)
        self._state.setText(self._last if there else self.tr("Nothing was ever copied."))

    @Slot()
    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Choose a folder on another disk"), str(self.place or "")
        )
        if name:
            if Path(name) != self.place:
                self._last = self.tr("Nothing was copied there yet.")
            self.place = Path(name)
            self._show()

    @Slot()
    def _forget(self) -> None:
        self.place = None
        self.accept()
