"""The trash as a window: what lies in it, back from there, or gone for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.domain.record import Entity
from briefing_app.gui import instants
from briefing_app.gui.counted import counted
from briefing_app.gui.fitting import fit
from briefing_app.gui.icons import icon
from briefing_app.gui.line import Line
from briefing_app.gui.theme import set_look
from briefing_app.gui.twolines import TwoLines

if TYPE_CHECKING:
    from briefing_app.domain.record import Key
    from briefing_app.services.trash import TrashRow

SHOWN = 1000  # rows; what lies deeper is found by filtering or by the command
SOON = 5  # days: from here on the end is said in another colour
_KEY = int(Qt.ItemDataRole.UserRole)
_ICONS = {
    Entity.ARTICLE: "file-text",
    Entity.ANNOTATION: "highlighter",
    Entity.STORY: "newspaper",
    Entity.BRIEF: "layers",
}


class TrashDialog(QDialog):
    """It owns no data: it says what the user wants to have back, or gone."""

    restore_wanted = Signal(tuple)  # keys
    erase_wanted = Signal(tuple)  # keys
    empty_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, writable: bool = True) -> None:
        super().__init__(parent)
        self._writable = writable
        self._rows: tuple[TrashRow, ...] = ()
        self.setWindowTitle(self.tr("Trash"))
        fit(self, 680, 560)
        self.head = QLabel(self.tr("Trash"))
        set_look(self.head, words="title")
        self.note = QLabel(
            self.tr(
                "What you delete stays here for 30 days and can be restored. What a story or a "
                "published edition rests on stays as long as it is needed."
            )
        )
        self.note.setWordWrap(True)
        set_look(self.note, words="meta")
        self.filter = Line()
        self.filter.setPlaceholderText(self.tr("Filter the trash"))
        self.filter.setAccessibleName(self.tr("Filter the trash"))
        self.filter.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What lies in the trash"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = QPushButton(self.tr("Empty the trash…"))
        self.erase = QPushButton(self.tr("Erase for good…"))
        self.restore = QPushButton(self.tr("Restore"))
        set_look(self.restore, kind="primary")
        self.close_button = QPushButton(self.tr("Close"))
        for button in (self.empty, self.erase, self.restore, self.close_button):
            button.setAutoDefault(False)
        self._lay_out()
        self.filter.textChanged.connect(self._fill)
        self.list.itemSelectionChanged.connect(self._allow)
        self.list.itemActivated.connect(self._restore)
        self.restore.clicked.connect(self._restore)
        self.erase.clicked.connect(self._erase)
        self.empty.clicked.connect(self.empty_wanted)
        self.close_button.clicked.connect(self.reject)
        self._allow()

    def show_rows(self, rows: tuple[TrashRow, ...]) -> None:
        """Show what lies in the trash."""
        self._rows = rows
        self._fill()

    def chosen(self) -> tuple[Key, ...]:
        """Return what is chosen."""
        return tuple(item.data(_KEY) for item in self.list.selectedItems())

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.empty)
        buttons.addStretch(1)
        for button in (self.close_button, self.erase, self.restore):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self.note)
        layout.addSpacing(4)
        layout.addWidget(self.filter)
        layout.addWidget(self.list, 1)
        layout.addSpacing(4)
        layout.addLayout(buttons)

    def _fill(self) -> None:
        wanted = self.filter.text().casefold()
        kept = set(self.chosen())
        self.list.clear()
        found = [row for row in self._rows if wanted in f"{row.title} {row.of}".casefold()]
        for row in found[:SHOWN]:
            title = " ".join(row.title.split()) or self.tr("(without a title)")
            below = " \N{MIDDLE DOT} ".join(part for part in self._facts(row) if part)
            item = QListWidgetItem(f"\u2068{title}\u2069\n{below}", self.list)
            soon = row.days is not None and row.days <= SOON
            item.setIcon(icon(_ICONS[row.entity], "warn" if soon else "text2"))
            item.setData(_KEY, row.key)
            item.setSelected(row.key in kept)
        if not found:
            words = self.tr("The trash is empty.") if not self._rows else self.tr("Nothing fits.")
            item = QListWidgetItem(words, self.list)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        elif self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        count = len(self._rows)
        many = self.tr("Trash: %n things", "", count)
        some = counted(count, self.tr("Trash: 1 thing"), many)
        self.head.setText(some if count else self.tr("Trash"))
        self._allow()

    def _facts(self, row: TrashRow) -> tuple[str, ...]:
        when = instants.stamp(row.thrown)
        if row.days is None:
            left = self.tr("kept: a story or an edition rests on it")
        else:
            left = counted(row.days, self.tr("1 day left"), self.tr("%n days left", "", row.days))
        return self._kind(row), when, left

    def _kind(self, row: TrashRow) -> str:
        match row.entity:
            case Entity.ARTICLE:
                return self.tr("Article")
            case Entity.ANNOTATION:
                return self.tr("Highlight in {0}").replace("{0}", f"\u2068{row.of}\u2069")
            case Entity.STORY:
                many = self.tr("Story, %n rows", "", row.inside)
                return counted(row.inside, self.tr("Story, 1 row"), many)
            case _:
                many = self.tr("Brief, %n stories", "", row.inside)
                return counted(row.inside, self.tr("Brief, 1 story"), many)

    def _allow(self) -> None:
        some = bool(self.chosen()) and self._writable
        self.restore.setEnabled(some)
        self.erase.setEnabled(some)
        self.empty.setEnabled(bool(self._rows) and self._writable)

    def _restore(self) -> None:
        if self.chosen() and self._writable:
            self.restore_wanted.emit(self.chosen())

    def _erase(self) -> None:
        self.erase_wanted.emit(self.chosen())
