"""The list itself: one fixed-height column, keys for triage, and a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from briefing_app.gui import tokens
from briefing_app.gui.articles.delegate import RowDelegate
from briefing_app.gui.articles.model import RowModel
from briefing_app.gui.keys import letter
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent

    from briefing_app.gui.articles.rows import Row


class RowList(QTableView):
    """Rows of articles or briefs. A table: `QListView` takes 200 times as long for 100,000 rows."""

    picked = Signal(str)  # one row is chosen
    entered = Signal(str)  # Enter or a double click
    letter_pressed = Signal(str)  # A to Z, by the key
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(self.tr("Articles"))
        set_look(self, plane="sunken")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(24)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(tokens.LIST_ROW)
        self.doubleClicked.connect(self._enter)

    def show_rows(self, rows: tuple[Row, ...], *, more: bool) -> None:
        """Show rows and keep what is chosen, without opening it again."""
        chosen, current = set(self.chosen()), self.current()
        scrolled = self.verticalScrollBar().value()
        self.blockSignals(True)
        self.rows.show_rows(rows, more=more)
        self._choose(chosen, current)
        self.blockSignals(False)
        self.verticalScrollBar().setValue(scrolled)

    def current(self) -> str:
        """Return the id of the row with the focus, or an empty string."""
        row = self.rows.row(self.currentIndex().row())
        return row.id if row else ""

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the chosen rows, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(row.id for at in places if (row := self.rows.row(at)))

    def choose(self, row_id: str) -> bool:
        """Choose one row without opening it; False if it is not in the list."""
        at = self.rows.place(row_id)
        if at < 0:
            return False
        self.blockSignals(True)
        self._choose({row_id}, row_id)
        self.blockSignals(False)
        self.scrollTo(self.rows.index(at, 0))
        return True

    def after(self, gone: tuple[str, ...]) -> str:
        """Return the row that follows the ones that go, else the one before them, else nothing."""
        places = [at for one in gone if (at := self.rows.place(one)) >= 0]
        if not places:
            return ""
        following = self.rows.row(max(places) + 1) or self.rows.row(min(places) - 1)
        return following.id if following else ""

    def pick(self, row_id: str) -> None:
        """Choose one row and open it."""
        if self.choose(row_id):
            self.picked.emit(row_id)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 (Qt's name)
        """Open the row when it is the only one chosen."""
        super().selectionChanged(selected, deselected)
        if not self.signalsBlocked() and len(ids := self.chosen()) == 1:
            self.picked.emit(ids[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; single letters are triage."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif (pressed := letter(event)) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.letter_pressed.emit(pressed)
        else:
            super().keyPressEvent(event)

    def moveCursor(  # noqa: N802 (Qt's name)
        self, action: QAbstractItemView.CursorAction, held: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the first and last row with Home and End; in a table these stay in their row."""
        if action is QAbstractItemView.CursorAction.MoveHome:
            return self.rows.index(0, 0)
        if action is QAbstractItemView.CursorAction.MoveEnd:
            return self.rows.index(self.rows.rowCount() - 1, 0)
        return super().moveCursor(action, held)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu."""
        self.menu_wanted.emit(event.globalPos())

    def _enter(self) -> None:
        if current := self.current():
            self.entered.emit(current)

    def _choose(self, ids: set[str], current: str) -> None:
        model = self.selectionModel()
        model.clear()
        for row_id in ids:
            if (at := self.rows.place(row_id)) >= 0:
                model.select(self.rows.index(at, 0), QItemSelectionModel.SelectionFlag.Select)
        if (at := self.rows.place(current)) >= 0:
            model.setCurrentIndex(
                self.rows.index(at, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
