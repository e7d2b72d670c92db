"""The versions of an article: read one, open or save its original, or make it an article of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
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

from briefing_app.gui import instants
from briefing_app.gui.counted import counted
from briefing_app.gui.fitting import fit
from briefing_app.gui.icons import icon
from briefing_app.gui.theme import set_look
from briefing_app.gui.twolines import TwoLines

if TYPE_CHECKING:
    from briefing_app.services.versions import VersionRow

_MINUS = "\N{MINUS SIGN}"
_ROW = int(Qt.ItemDataRole.UserRole)


class VersionsDialog(QDialog):
    """It owns no data: it says which version the user wants to read, open, save or part."""

    read_wanted = Signal(str)
    open_wanted = Signal(str)
    save_wanted = Signal(str)
    split_wanted = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None, *, writable: bool = True) -> None:
        super().__init__(parent)
        self._writable = writable
        self.setWindowTitle(self.tr("Versions"))
        fit(self, 620, 420)
        head = QLabel(" ".join(title.split()))
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        set_look(head, words="title")
        note = QLabel(
            self.tr(
                "Importing an article again adds a version; none is ever overwritten. Highlights stand "
                "in the current one."
            )
        )
        note.setWordWrap(True)
        set_look(note, words="meta")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Versions"))
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setMouseTracking(True)
        self.read = QPushButton(self.tr("Read"))
        set_look(self.read, kind="primary")
        self.open_original = QPushButton(self.tr("Open original"))
        self.save_original = QPushButton(self.tr("Save original as…"))
        self.split = QPushButton(self.tr("Not the same article"))
        self.split.setToolTip(
            self.tr("Makes this version an article of its own, with what you marked in it")
        )
        self.close_button = QPushButton(self.tr("Close"))
        for button in (
            self.read,
            self.open_original,
            self.save_original,
            self.split,
            self.close_button,
        ):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.split)
        buttons.addStretch(1)
        for button in (self.close_button, self.save_original, self.open_original, self.read):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(note)
        layout.addSpacing(4)
        layout.addWidget(self.list, 1)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        self.list.currentItemChanged.connect(self._allow)
        self.list.itemActivated.connect(self._read)
        self.read.clicked.connect(self._read)
        self.open_original.clicked.connect(self._open)
        self.save_original.clicked.connect(self._save)
        self.split.clicked.connect(self._split)
        self.close_button.clicked.connect(self.reject)
        self._allow()

    def show_rows(self, rows: tuple[VersionRow, ...]) -> None:
        """Show the versions, the one that came in last first."""
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(self._words(row), self.list)
            item.setIcon(icon("circle-check" if row.current else "history", "text2"))
            item.setData(_ROW, row)
        self.list.setCurrentRow(0)
        self._allow()

    def chosen(self) -> VersionRow | None:
        """Return the chosen version."""
        item = self.list.currentItem()
        row: VersionRow | None = item.data(_ROW) if item else None
        return row

    def _words(self, row: VersionRow) -> str:
        when = instants.stamp(row.retrieved)
        first = self.tr("{0}, current version").replace("{0}", when) if row.current else when
        number = QLocale().toString(row.words)
        parts = [self.tr("{0} words").replace("{0}", number)]
        if row.more:
            change = ("+" if row.more > 0 else _MINUS) + QLocale().toString(abs(row.more))
            parts.append(self.tr("{0} against the one before").replace("{0}", change))
        elif row.more == 0:
            parts.append(self.tr("as long as the one before"))
        if row.highlights:
            many = self.tr("%n highlights", "", row.highlights)
            parts.append(counted(row.highlights, self.tr("1 highlight"), many))
        parts.append(
            self.locale().formattedDataSize(row.size, 0)
            if row.original
            else self.tr("original erased")
        )
        parts.append(row.importer)
        return first + "\n" + " \N{MIDDLE DOT} ".join(parts)

    def _allow(self) -> None:
        row = self.chosen()
        held = row is not None and bool(row.original)
        self.read.setEnabled(row is not None)
        self.open_original.setEnabled(held)
        self.save_original.setEnabled(held)
        self.split.setEnabled(row is not None and self.list.count() > 1 and self._writable)

    def _read(self) -> None:
        if row := self.chosen():
            self.read_wanted.emit(row.id)

    def _open(self) -> None:
        if row := self.chosen():
            self.open_wanted.emit(row.id)

    def _save(self) -> None:
        if row := self.chosen():
            self.save_wanted.emit(row.id)

    def _split(self) -> None:
        if row := self.chosen():
            self.split_wanted.emit(row.id)
