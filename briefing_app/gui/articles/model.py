"""The rows of the list: as many places as the list has, and of the rows those near what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from briefing_app.gui.articles.rows import Row, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROW = Qt.ItemDataRole.UserRole
KEPT = 2000  # rows in memory, of a list that is longer

_Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractTableModel):
    """One column. A row that is to be painted and is not here is asked for; it comes later."""

    rows_wanted = Signal(int, int)  # the first and the last place that was painted without its row
    arrived = Signal(int, int)  # rows came for these places

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._rows: dict[int, Row] = {}
        self._places: dict[str, int] = {}
        self._old: set[int] = set()  # rows that may have changed: shown until they come anew
        self._wanted: tuple[int, int] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    def show_rows(self, rows: Sequence[Row], count: int = -1) -> None:
        """Show a list that begins with these rows and has `count` places (-1: no more)."""
        count = len(rows) if count < 0 else count
        if self._is_same(rows, count):
            self._old = set(self._rows)
            self._take(dict(enumerate(rows)))
            self._tell(0, count - 1)
            return
        self.beginResetModel()
        self._count = count
        self._take(dict(enumerate(rows)), anew=True)
        self.endResetModel()

    def resize(self, count: int) -> None:
        """Let the list have so many places; the rows that are here stay."""
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            self._take({at: row for at, row in self._rows.items() if at < count}, anew=True)
            self.endRemoveRows()

    def rearrange(self, count: int, moved: Mapping[int, int]) -> None:
        """Show another list: `moved` says where those of the present places stand that are in it."""
        rows = {moved[at]: row for at, row in self._rows.items() if at in moved}
        self.beginResetModel()
        self._count = count
        self._take(rows, anew=True)
        self._old = set(rows)
        self.endResetModel()

    def put(self, first: int, rows: Iterable[Row | None]) -> None:
        """Take rows that were asked for."""
        came = {at: row for at, row in enumerate(rows, first) if row and at < self._count}
        if not came:
            return
        for at in came:
            self._forget(at)
        self._take(came)
        while len(self._rows) > KEPT:
            self._forget(next(iter(self._rows)))
        self._tell(min(came), max(came))
        self.arrived.emit(min(came), max(came))

    def let_age(self) -> None:
        """Ask again for each row that is here, when it is painted next."""
        self._old = set(self._rows)
        if self._count:
            self._tell(0, self._count - 1)

    def drop(self, places: Sequence[range]) -> None:
        """Take rows away at once, before the library tells of it."""
        for run in sorted(places, key=lambda run: run.start, reverse=True):
            if not run or run.stop > self._count:
                continue
            self.beginRemoveRows(QModelIndex(), run.start, run.stop - 1)
            self._count -= len(run)
            kept = {}
            for at, row in self._rows.items():
                if at not in run:
                    kept[at if at < run.start else at - len(run)] = row
            self._take(kept, anew=True)
            self.endRemoveRows()

    def row(self, at: int) -> Row | None:
        """Return the row at a place, if it is here."""
        return self._rows.get(at)

    def here(self) -> tuple[int, ...]:
        """Return the places whose rows are here."""
        return tuple(self._rows)

    def place(self, row_id: str) -> int:
        """Return where a row stands that is here, or -1."""
        return self._places.get(row_id, -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many places there are."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 (Qt's own)
        """Return what a view asks of a row."""
        at = index.row()
        row = self._rows.get(at)
        if role == ROW:
            if row is None or at in self._old:
                self._want(at)
            return row
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        return None

    def _is_same(self, rows: Sequence[Row], count: int) -> bool:
        if count != self._count or len(rows) > len(self._rows):
            return False
        here = (self._rows.get(at) for at in range(len(rows)))
        return all(
            old is not None and old.id == new.id for old, new in zip(here, rows, strict=True)
        )

    def _take(self, rows: dict[int, Row], *, anew: bool = False) -> None:
        if anew:
            self._rows, self._old = rows, self._old & rows.keys()
            self._places = {row.id: at for at, row in rows.items()}
            return
        self._rows.update(rows)
        self._old -= rows.keys()
        self._places.update((row.id, at) for at, row in rows.items())

    def _forget(self, at: int) -> None:
        row = self._rows.pop(at, None)
        self._old.discard(at)
        if row is not None and self._places.get(row.id) == at:
            del self._places[row.id]

    def _tell(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))

    def _want(self, at: int) -> None:
        first, last = self._wanted or (at, at)
        self._wanted = (min(first, at), max(last, at))
        if not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        if self._wanted:
            first, last = self._wanted
            self._wanted = None
            self.rows_wanted.emit(first, last)
