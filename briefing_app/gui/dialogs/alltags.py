"""All tags of the library: find one, filter by it, rename it, delete it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.domain.folding import folded
from briefing_app.gui.line import Line
from briefing_app.gui.numbers import number
from briefing_app.gui.theme import set_look

SHOWN = 500  # rows at once; a few letters find the others
_TAG = Qt.ItemDataRole.UserRole


class AllTagsDialog(QDialog):
    """It asks; who opened it does what was asked, and shows the tags as they are then."""

    filter_asked = Signal(str)
    rename_asked = Signal(str)
    delete_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, writable: bool = True) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tags"))
        self.setMinimumSize(420, 460)
        self._writable = writable
        self._tags: tuple[tuple[str, int], ...] = ()
        self.line = Line()
        self.line.setPlaceholderText(self.tr("Find a tag"))
        self.line.setAccessibleName(self.tr("Find a tag"))
        self.line.textChanged.connect(self._show)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Tags"))
        self.list.setUniformItemSizes(True)
        self.list.currentItemChanged.connect(self._allow)
        self.list.itemActivated.connect(self._filter)
        self.more = QLabel()
        set_look(self.more, words="meta")
        self.filter = QPushButton(self.tr("Show its articles"))
        self.rename = QPushButton(self.tr("Rename…"))
        self.delete = QPushButton(self.tr("Delete"))
        self.filter.clicked.connect(self._filter)
        self.rename.clicked.connect(self._rename)
        self.delete.clicked.connect(self._delete)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        for button in (self.filter, self.rename, self.delete):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.more)
        layout.addLayout(row)
        layout.addWidget(buttons)
        self._allow()
        self.line.setFocus()

    def show_tags(self, tags: tuple[tuple[str, int], ...]) -> None:
        """Show the tags with the numbers of their articles."""
        self._tags = tags
        self._show()

    def tag(self) -> str:
        """Return the chosen tag, or an empty string."""
        item = self.list.currentItem()
        return str(item.data(_TAG)) if item else ""

    def _show(self) -> None:
        wanted, before = folded(self.line.text().strip().lstrip("#")), self.tag()
        fitting = [one for one in self._tags if wanted in folded(one[0])]
        self.list.clear()
        for tag, count in fitting[:SHOWN]:
            item = QListWidgetItem(f"#{tag}   {number(count)}")
            item.setData(_TAG, tag)
            self.list.addItem(item)
            if tag == before:
                self.list.setCurrentItem(item)
        left = len(fitting) - SHOWN
        words = self.tr("{count} more; type a few letters.") if left > 0 else ""
        if not self._tags:
            words = self.tr("No article has a tag yet. Ctrl+T puts tags on the chosen articles.")
        self.more.setText(words.replace("{count}", number(left)))
        if wanted and fitting and not self.tag():
            self.list.setCurrentRow(0)
        self._allow()

    def _allow(self) -> None:
        self.filter.setEnabled(bool(self.tag()))
        for button in (self.rename, self.delete):
            button.setEnabled(bool(self.tag()) and self._writable)

    def _filter(self) -> None:
        if tag := self.tag():
            self.filter_asked.emit(tag)
            self.accept()

    def _rename(self) -> None:
        self.rename_asked.emit(self.tag())

    def _delete(self) -> None:
        self.delete_asked.emit(self.tag())
