"""The articles that a PDF may be split into: merged, parted and named before they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui.checkbox import CheckBox
from briefing_app.gui.counted import counted
from briefing_app.gui.fitting import fit
from briefing_app.gui.theme import set_look
from briefing_app.services.splitting import PagePart, by_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing_app.services.splitting import Pages

_TITLE, _FIRST, _LAST = range(3)
_NUMBER = Qt.ItemDataRole.EditRole  # its editor is a box for numbers
_ORIGIN = Qt.ItemDataRole.UserRole


class PagesDialog(QDialog):
    """It owns no data: it says into which parts the file is to be split."""

    split_wanted = Signal(tuple, bool)  # parts; archive the whole one

    def __init__(self, title: str, found: Pages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposed = found.parts
        self._pages = found.count
        self.setWindowTitle(self.tr("Split into articles"))
        head = QLabel(" ".join(title.split()))
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        set_look(head, words="title")
        note = QLabel(
            self.tr(
                "Each row becomes an article and keeps the whole file as its original. Double-click a "
                "title or a page to change it. Undo takes all of it back."
            )
        )
        note.setWordWrap(True)
        set_look(note, words="meta")
        self.table = QTableWidget(0, 3)
        self.table.setHorizontalHeaderLabels(
            [self.tr("Title"), self.tr("First page"), self.tr("Last page")]
        )
        self.table.setAccessibleName(self.tr("Articles"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().setVisible(False)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.horizontalHeader().setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)
        self.merge = QPushButton(self.tr("Merge"))
        self.merge.setToolTip(
            self.tr("Makes one article of the chosen rows, or of one and the next")
        )
        self.part = QPushButton(self.tr("Part"))
        self.part.setToolTip(self.tr("Makes two articles of the chosen row"))
        self.remove = QPushButton(self.tr("Leave out"))
        self.by_page = QPushButton(self.tr("Page by page"))
        self.proposal = QPushButton(self.tr("As proposed"))
        self.note = QLabel()
        self.note.setWordWrap(True)
        set_look(self.note, words="meta")
        self.archive = CheckBox(self.tr("Archive the whole one"))
        self.archive.setChecked(True)
        self.split = QPushButton(self.tr("Make articles"))
        set_look(self.split, kind="primary")
        self.cancel = QPushButton(self.tr("Cancel"))
        self._lay_out(head, note)
        fit(self, 680, 560)
        self.show_parts(found.parts)
        self._connect()
        self._allow()
        self.table.setFocus()

    def show_parts(self, parts: Sequence[PagePart], current: int = 0) -> None:
        """Show parts in place of those that are shown."""
        before = self.table.blockSignals(True)  # the table is looked at when all of it is there
        self.table.setRowCount(0)
        self.table.setRowCount(len(parts))
        for row, part in enumerate(parts):
            title = QTableWidgetItem(part.title)
            title.setData(_ORIGIN, (part.title, part.origin))
            self.table.setItem(row, _TITLE, title)
            for column, page in ((_FIRST, part.first), (_LAST, part.last)):
                item = QTableWidgetItem()
                item.setData(_NUMBER, page)
                self.table.setItem(row, column, item)
        self.table.blockSignals(before)
        self.table.setCurrentCell(min(current, len(parts) - 1), _TITLE)
        self._allow()

    def parts(self) -> tuple[PagePart, ...]:
        """Return the parts that are shown."""
        return tuple(self._at(row) for row in range(self.table.rowCount()))

    def _lay_out(self, head: QLabel, note: QLabel) -> None:
        tools = QHBoxLayout()
        for button in (self.merge, self.part, self.remove, self.by_page, self.proposal):
            button.setAutoDefault(False)
            tools.addWidget(button)
        tools.addStretch(1)
        for button in (self.cancel, self.split):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(note)
        layout.addWidget(self.table, 1)
        layout.addLayout(tools)
        layout.addWidget(self.note)
        layout.addWidget(self.archive)
        layout.addSpacing(4)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.table.itemChanged.connect(self._allow)
        self.table.itemSelectionChanged.connect(self._allow)
        self.merge.clicked.connect(self._merge)
        self.part.clicked.connect(self._part)
        self.remove.clicked.connect(self._remove)
        self.by_page.clicked.connect(self._by_page)
        self.proposal.clicked.connect(self._as_proposed)
        self.split.clicked.connect(self._split)
        self.cancel.clicked.connect(self.reject)

    def _at(self, row: int) -> PagePart:
        model = self.table.model()
        title = " ".join(str(model.index(row, _TITLE).data(_NUMBER) or "").split())
        proposed, origin = model.index(row, _TITLE).data(_ORIGIN)
        first, last = (int(model.index(row, at).data(_NUMBER) or 0) for at in (_FIRST, _LAST))
        return PagePart(title, first, last, origin if title == proposed else "by hand")

    def _rows(self) -> list[int]:
        return sorted({index.row() for index in self.table.selectedIndexes()})

    def _merge(self) -> None:
        """Make one part from the first to the last of the chosen ones."""
        rows, parts = self._rows(), list(self.parts())
        first, last = rows[0], rows[-1] if len(rows) > 1 else rows[0] + 1
        merged = parts[first : last + 1]
        title = next((one.title for one in merged if one.title), "")
        ends = (min(one.first for one in merged), max(one.last for one in merged))
        parts[first : last + 1] = [PagePart(title, *ends, merged[0].origin)]
        self.show_parts(parts, first)

    def _part(self) -> None:
        """Make two parts of one, in its middle; the boxes say where exactly."""
        row, parts = self._rows()[0], list(self.parts())
        whole = parts[row]
        middle = (whole.first + whole.last) // 2
        parts[row : row + 1] = [
            PagePart(whole.title, whole.first, middle, whole.origin),
            PagePart("", middle + 1, whole.last),
        ]
        self.show_parts(parts, row + 1)

    def _remove(self) -> None:
        rows = self._rows()
        self.show_parts([one for at, one in enumerate(self.parts()) if at not in rows], rows[0])

    def _by_page(self) -> None:
        self.show_parts(by_pages(self._pages))

    def _as_proposed(self) -> None:
        self.show_parts(self._proposed)

    def _wrong(self) -> int | None:
        """Return the first row whose pages are none of the file's."""
        for row, part in enumerate(self.parts()):
            if not 1 <= part.first <= part.last <= self._pages:
                return row
        return None

    def _allow(self) -> None:
        rows, count, wrong = self._rows(), self.table.rowCount(), self._wrong()
        one = rows[0] if len(rows) == 1 else None
        self.merge.setEnabled(len(rows) > 1 or (one is not None and one + 1 < count))
        whole = self._at(one) if one is not None else None
        self.part.setEnabled(whole is not None and whole.first < whole.last)
        self.remove.setEnabled(bool(rows))
        self.split.setEnabled(count > 0 and wrong is None)
        if wrong is not None:
            words = self.tr("Row {row}: the pages go from 1 to {count}, the first before the last.")
            words = words.replace("{row}", str(wrong + 1)).replace("{count}", str(self._pages))
        else:
            many = self.tr("%n articles will be made", "", count)
            words = counted(count, self.tr("1 article will be made"), many)
        self.note.setText(words)

    def _split(self) -> None:
        self.split_wanted.emit(self.parts(), self.archive.isChecked())
        self.accept()
