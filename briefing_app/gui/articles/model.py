"""The rows of the list, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from briefing_app.gui.articles.rows import Row, spoken

if TYPE_CHECKING:
    from collections.abc import Collection

ROW = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractTableModel):
    """One column of rows; it asks for the next page when the view comes near its end."""

    more_wanted = Signal(str)  # the id of the last row that is here

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._more = False
        self._asked = False

    def show_rows(self, rows: tuple[Row, ...], *, more: bool) -> None:
        """Show these rows; `more` tells that the list goes on behind them."""
        self._more, self._asked = more, False
        if [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def append_rows(self, rows: tuple[Row, ...], *, more: bool) -> None:
        """Add the next page."""
        self._more, self._asked = more, False
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows = (*self._rows, *rows)
        self.endInsertRows()

    def drop_rows(self, ids: Collection[str]) -> None:
        """Take rows away at once, before the library tells of it."""
        for at in range(len(self._rows) - 1, -1, -1):
            if self._rows[at].id in ids:
                self.beginRemoveRows(QModelIndex(), at, at)
                self._rows = self._rows[:at] + self._rows[at + 1 :]
                self.endRemoveRows()

    def row(self, at: int) -> Row | None:
        """Return the row at a place, or None."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def place(self, row_id: str) -> int:
        """Return where a row stands, or -1."""
        return next((at for at, row in enumerate(self._rows) if row.id == row_id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many rows are here."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 (Qt's own)
        """Return what a view asks of a row."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        return None

    def canFetchMore(self, parent: _Index) -> bool:
        """Tell whether there is a next page that was not asked for."""
        return self._more and not self._asked and not parent.isValid()

    def fetchMore(self, parent: _Index) -> None:
        """Ask for the next page."""
        if self.canFetchMore(parent) and self._rows:
            self._asked = True
            self.more_wanted.emit(self._rows[-1].id)
