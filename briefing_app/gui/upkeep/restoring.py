"""Asks which backup is to be restored, and says what that means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui.icons import icon
from briefing_app.gui.theme import set_look
from briefing_app.gui.upkeep import words
from briefing_app.gui.upkeep.backuplist import BackupList

if TYPE_CHECKING:
    from briefing_app.domain.backup import Backup


class RestoreDialog(QDialog):
    """The backups, newest first; they arrive after the dialog is there."""

    def __init__(self, library: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Restore a backup"))
        self.resize(620, 520)
        self.file: Path | None = None  # chosen from elsewhere
        head = QLabel(
            self.tr("Go back to an earlier state of “{library}”").replace("{library}", library)
        )
        head.setTextFormat(Qt.TextFormat.PlainText)
        set_look(head, words="title")
        self.list = BackupList()
        self.list.itemSelectionChanged.connect(self._chosen)
        self.list.itemActivated.connect(self.accept)
        self._empty = QLabel(self.tr("Looking for backups…"))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        set_look(self._empty, words="muted")
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        self._says = QLabel()
        self._says.setWordWrap(True)
        self._says.setMinimumHeight(40)
        self._says.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.other = QPushButton(self.tr("Another file…"))
        self.other.setIcon(icon("folder-open"))
        self.restore = QPushButton(self.tr("Restore"))
        set_look(self.restore, kind="primary")
        self.restore.setDefault(True)
        close = QPushButton(self.tr("Cancel"))
        self.other.clicked.connect(self._ask_file)
        self.restore.clicked.connect(self.accept)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.restore)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(stack, 1)
        layout.addWidget(self._says)
        layout.addLayout(buttons)
        self._chosen()

    def show_backups(self, found: tuple[Backup, ...], place: Path | None) -> None:
        """Show what there is; `place` is the second place, where it can be reached."""
        self.list.show_backups(found, place)
        self._empty.setText(
            self.tr("There is no backup yet. The program makes one a day on its own.")
        )
        self._stack.setCurrentWidget(self.list if found else self._empty)
        self.list.setFocus()
        self._chosen()

    def show_trouble(self, sentence: str) -> None:
        """Say why there is nothing to choose from."""
        self._empty.setText(sentence)
        self._stack.setCurrentWidget(self._empty)

    def picked(self) -> Path | None:
        """Return the file that is to be restored."""
        chosen = self.list.chosen()
        return self.file or (chosen.path if chosen else None)

    @Slot()
    def _chosen(self) -> None:
        backup = self.list.chosen()
        self.restore.setEnabled(backup is not None and backup.readable)
        if backup is None:
            self._says.clear()
            return
        text = self.tr(
            "The library goes back to how it was on {moment}. As it is now it is kept aside, and can "
            "be restored in turn."
        )
        self._says.setText(text.replace("{moment}", words.moment(backup.made_at)))

    @Slot()
    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Restore from a file"), "", self.tr("Backups (*.sqlite3);;All files (*)")
        )
        if name:
            self.file = Path(name)
            self.accept()
