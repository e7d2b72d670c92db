"""The items of a newsletter, to be chosen before they become articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
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

from briefing_app.gui.checkbox import CheckBox
from briefing_app.gui.counted import counted
from briefing_app.gui.fitting import fit
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from briefing_app.services.splitting import Items, NewsItem

_ITEM = Qt.ItemDataRole.UserRole
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_SHOWN = 160  # code points of a teaser or a link


class ItemsDialog(QDialog):
    """It owns no data: it says which items are wanted, and what else was ticked."""

    split_wanted = Signal(tuple, bool, bool)  # items; archive the mail; always split the sender's

    def __init__(
        self, title: str, found: Items, parent: QWidget | None = None, *, always: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Split into its items"))
        head = QLabel(" ".join(title.split()))
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        set_look(head, words="title")
        note = QLabel(
            self.tr(
                "Each item becomes an article with title, teaser and link, and keeps this mail as its "
                "original. Undo takes all of it back."
            )
        )
        note.setWordWrap(True)
        set_look(note, words="meta")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Items"))
        self.list.setSpacing(2)
        for item in found.items:
            self._add(item, there=item.link in found.there)
        self.all = QPushButton(self.tr("All"))
        self.none = QPushButton(self.tr("None"))
        self.count = QLabel()
        set_look(self.count, words="meta")
        self.archive = CheckBox(self.tr("Archive the newsletter itself"))
        self.archive.setChecked(True)
        words = self.tr("Always split newsletters of {name}").replace("{name}", found.name)
        self.always = CheckBox(words.replace("&", "&&"))
        self.always.setChecked(always)
        self.always.setVisible(bool(found.sender))
        self.split = QPushButton(self.tr("Make articles"))
        set_look(self.split, kind="primary")
        self.cancel = QPushButton(self.tr("Cancel"))
        for button in (self.all, self.none, self.cancel):
            button.setAutoDefault(False)
        self.split.setDefault(True)
        self._lay_out(head, note)
        fit(self, 640, 560)
        self.list.itemChanged.connect(self._allow)
        self.all.clicked.connect(self._tick_all)
        self.none.clicked.connect(self._tick_none)
        self.split.clicked.connect(self._split)
        self.cancel.clicked.connect(self.reject)
        self._allow()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def chosen(self) -> tuple[NewsItem, ...]:
        """Return the items that are ticked."""
        rows = (self.list.item(at) for at in range(self.list.count()))
        return tuple(row.data(_ITEM) for row in rows if row.checkState() is _ON)

    def _lay_out(self, head: QLabel, note: QLabel) -> None:
        marks = QHBoxLayout()
        marks.addWidget(self.all)
        marks.addWidget(self.none)
        marks.addWidget(self.count, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(note)
        layout.addWidget(self.list, 1)
        layout.addLayout(marks)
        layout.addSpacing(4)
        layout.addWidget(self.archive)
        layout.addWidget(self.always)
        layout.addSpacing(4)
        layout.addLayout(buttons)

    def _add(self, item: NewsItem, *, there: bool) -> None:
        """Add an item with its teaser and link; one that is there already is not ticked."""
        last = self.tr("Is there already") if there else item.link
        lines = (item.title, item.teaser, last)
        row = QListWidgetItem("\n".join(_short(line) for line in lines if line))
        row.setData(_ITEM, item)
        row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        row.setCheckState(_OFF if there else _ON)
        self.list.addItem(row)

    def _tick_all(self) -> None:
        self._tick(_ON)

    def _tick_none(self) -> None:
        self._tick(_OFF)

    def _tick(self, state: Qt.CheckState) -> None:
        for at in range(self.list.count()):
            self.list.item(at).setCheckState(state)

    def _allow(self) -> None:
        count = len(self.chosen())
        many = self.tr("%n articles will be made", "", count)
        self.count.setText(counted(count, self.tr("1 article will be made"), many))
        self.split.setEnabled(count > 0)

    def _split(self) -> None:
        self.split_wanted.emit(self.chosen(), self.archive.isChecked(), self.always.isChecked())
        self.accept()


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}\u2026"
