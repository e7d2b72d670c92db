"""The list itself: one fixed-height column, keys for triage, and a menu.

What is chosen is known by its places: of 100,000 rows a few hundred are here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QDrag, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from briefing_app.gui import tokens
from briefing_app.gui.articles.delegate import RowDelegate
from briefing_app.gui.articles.model import RowModel
from briefing_app.gui.articles.shelf import ARTICLES_DRAGGED
from briefing_app.gui.keys import letter
from briefing_app.gui.theme import current, set_look

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPaintEvent

    from briefing_app.gui.articles.rows import Row

_Select = QItemSelectionModel.SelectionFlag


class RowList(QTableView):
    """Rows of articles or briefs. A table: `QListView` takes 200 times as long for 100,000 rows."""

    picked = Signal(str)  # one row is chosen
    entered = Signal(str)  # Enter or a double click
    letter_pressed = Signal(str)  # A to Z, by the key
    menu_wanted = Signal(QPoint)
    chosen_changed = Signal(int)  # how many rows are chosen

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
        # what is opaque is moved when it scrolls, and only what comes into sight is painted
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.doubleClicked.connect(self._enter)
        self.rows.arrived.connect(self._arrived)
        self._awaited = -1  # the place that is to open when its row is here

    def show_rows(self, rows: tuple[Row, ...], count: int = -1) -> None:
        """Show another list, which begins with these rows; what is chosen of it stays chosen."""
        chosen, current = self.chosen(), self.current()
        scrolled = self.verticalScrollBar().value()
        self._awaited = -1
        self.blockSignals(True)
        self.rows.show_rows(rows, count)
        places = sorted(at for one in chosen if (at := self.rows.place(one)) >= 0)
        self._choose([range(at, at + 1) for at in places], self.rows.place(current))
        self.blockSignals(False)
        self.verticalScrollBar().setValue(scrolled)

    def rearrange(
        self, count: int, moved: Mapping[int, int], chosen: Sequence[range], *, still: bool
    ) -> None:
        """Show the same list as it is now; `moved` says where the places of before are.

        What is chosen was carried over as `chosen`. `still` keeps what is seen where it is.
        """
        top, over = divmod(self.verticalScrollBar().value(), tokens.LIST_ROW)
        current = moved.get(self.currentIndex().row(), -1)
        self._awaited = moved.get(self._awaited, -1)
        self.blockSignals(True)
        self.rows.rearrange(count, moved)
        self._choose(chosen, current)
        self.blockSignals(False)
        seen = next((moved[at] - at for at in range(top, top + 12) if at in moved), 0)
        place = max(top + (seen if still else 0), 0) * tokens.LIST_ROW + over
        self.verticalScrollBar().setValue(place)

    def seen(self) -> range:
        """Return the places that can be seen, and a few more."""
        top = self.verticalScrollBar().value() // tokens.LIST_ROW
        return range(top, min(top + self.height() // tokens.LIST_ROW + 2, self.rows.rowCount()))

    def current(self) -> str:
        """Return the id of the row with the focus, or an empty string."""
        row = self.rows.row(self.currentIndex().row())
        return row.id if row else ""

    def count_chosen(self) -> int:
        """Return how many rows are chosen."""
        return sum(map(len, self.chosen_places()))

    def chosen_places(self) -> tuple[range, ...]:
        """Return the places of the chosen rows, from the top."""
        found = self.selectionModel().selection()
        spans = (
            range(one.top(), one.bottom() + 1)
            for one in found  # type: ignore[attr-defined] # the stubs do not tell that it is a list
        )
        return tuple(sorted(spans, key=lambda span: span.start))

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the chosen rows that are here, from the top."""
        spans = self.chosen_places()
        if sum(map(len, spans)) > len(self.rows.here()):
            places = sorted(at for at in self.rows.here() if any(at in span for span in spans))
        else:
            places = [at for span in spans for at in span]
        return tuple(row.id for at in places if (row := self.rows.row(at)))

    def choose(self, row_id: str) -> bool:
        """Choose one row without opening it; False if it is not here."""
        at = self.rows.place(row_id)
        if at < 0:
            return False
        self.choose_place(at)
        return True

    def choose_place(self, at: int) -> None:
        """Choose the row at a place without opening it."""
        self.blockSignals(True)
        self._choose((range(at, at + 1),), at)
        self.blockSignals(False)
        self.scrollTo(self.rows.index(at, 0))
        self.chosen_changed.emit(1)

    def pick(self, row_id: str) -> None:
        """Choose one row that is here and open it."""
        self.pick_place(self.rows.place(row_id))

    def pick_place(self, at: int) -> None:
        """Choose the row at a place and open it, as soon as it is here."""
        if 0 <= at < self.rows.rowCount():
            self.choose_place(at)
            self._open(at)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 (Qt's name)
        """Open the row when it is the only one chosen."""
        super().selectionChanged(selected, deselected)
        if self.signalsBlocked():
            return
        spans = self.chosen_places()
        count = sum(map(len, spans))
        self._awaited = -1
        self.chosen_changed.emit(count)
        if count == 1:
            self._open(spans[0].start)

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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground first: nobody else does for what is opaque."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(current().sunken))
        painter.end()
        super().paintEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802 (Qt's name)
        """Drag what is chosen onto a collection; Qt would ask each of 100,000 rows first."""
        del actions
        mime = QMimeData()
        mime.setData(ARTICLES_DRAGGED, b"")
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu."""
        self.menu_wanted.emit(event.globalPos())

    def _enter(self) -> None:
        if current := self.current():
            self.entered.emit(current)

    def _open(self, at: int) -> None:
        if row := self.rows.row(at):
            self.picked.emit(row.id)
        else:
            self._awaited = at

    def _arrived(self, first: int, last: int) -> None:
        if first <= self._awaited <= last and (row := self.rows.row(self._awaited)):
            self._awaited = -1
            self.picked.emit(row.id)

    def _choose(self, spans: Sequence[range], current: int) -> None:
        chosen = QItemSelection()
        for span in spans:
            chosen.select(self.rows.index(span.start, 0), self.rows.index(span.stop - 1, 0))
        model = self.selectionModel()
        model.select(chosen, _Select.ClearAndSelect)
        if current >= 0:
            model.setCurrentIndex(self.rows.index(current, 0), _Select.NoUpdate)
