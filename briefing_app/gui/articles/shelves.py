"""The shelves: Inbox, Reading, Highlights, Briefs, Archive, each with its count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from briefing_app.gui import fonts, tokens
from briefing_app.gui.articles.shelf import (
    ARCHIVE,
    BRIEFS,
    HEIGHT,
    HIGHLIGHTS,
    INBOX,
    READING,
    Shelf,
    uncounted,
)
from briefing_app.gui.icons import draw_icon
from briefing_app.gui.theme import current, set_look

if TYPE_CHECKING:
    from briefing_app.services.articles import Counts

_SHELF = Qt.ItemDataRole.UserRole


class Shelves(QListWidget):
    """The shelves, one tab stop; the arrows go through them."""

    shelf_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Shelves"))
        set_look(self, plane="sunken")
        self.setItemDelegate(_Painter(self))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for shelf in uncounted():
            item = QListWidgetItem(shelf.title, self)
            item.setData(_SHELF, shelf)
        self.setFixedHeight(self.count() * HEIGHT)
        self.setCurrentRow(0)
        self.currentItemChanged.connect(self._picked)

    def show_counts(self, counts: Counts) -> None:
        """Write the counts beside the shelves."""
        numbers = {
            INBOX: (counts.inbox, counts.new),
            READING: (counts.reading, 0),
            HIGHLIGHTS: (counts.annotated, 0),
            BRIEFS: (counts.briefs, 0),
            ARCHIVE: (counts.archived, 0),
        }
        for at in range(self.count()):
            item = self.item(at)
            shelf: Shelf = item.data(_SHELF)
            count, fresh = numbers[shelf.name]
            item.setData(_SHELF, Shelf(shelf.name, shelf.title, shelf.icon, count, fresh))
            spoken = (
                self.tr("{shelf}, {count}, {fresh} new") if fresh else self.tr("{shelf}, {count}")
            )
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                spoken.replace("{shelf}", shelf.title)
                .replace("{count}", str(count))
                .replace("{fresh}", str(fresh)),
            )

    def show_no_counts(self) -> None:
        """Take the numbers away."""
        for at in range(self.count()):
            item = self.item(at)
            shelf: Shelf = item.data(_SHELF)
            item.setData(_SHELF, Shelf(shelf.name, shelf.title, shelf.icon))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, shelf.title)

    def shelf(self) -> str:
        """Return the name of the chosen shelf."""
        item = self.currentItem()
        return str(item.data(_SHELF).name) if item else INBOX

    def choose(self, name: str) -> None:
        """Choose a shelf by its name."""
        for at in range(self.count()):
            if self.item(at).data(_SHELF).name == name:
                self.setCurrentRow(at)

    def _picked(self) -> None:
        self.shelf_picked.emit(self.shelf())


class _Painter(QStyledItemDelegate):
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del option, index
        return QSize(160, HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        shelf: Shelf = index.data(_SHELF)
        theme = current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = QColor(theme.accent if chosen else theme.text2)
        box = option.rect.adjusted(8, 1, -8, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(theme.accent_soft if chosen else theme.hover))
            painter.drawRoundedRect(box, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        mark = QRect(box.left() + 10, box.center().y() - 8, 17, 17)
        draw_icon(painter, _seen(option, mark), shelf.icon, ink)
        weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Medium
        painter.setFont(fonts.chrome(tokens.UI, weight))
        painter.setPen(QColor(theme.accent if chosen else theme.text))
        name = QRect(box.left() + 37, box.top(), box.width() - 90, box.height())
        painter.drawText(_seen(option, name), Qt.AlignmentFlag.AlignVCenter, shelf.title)
        if shelf.count is not None:
            _count(painter, option, shelf, box, ink)
        painter.restore()


def _count(
    painter: QPainter, option: QStyleOptionViewItem, shelf: Shelf, box: QRect, ink: QColor
) -> None:
    """Paint how many there are: in bold those that are New, else all of them in muted text."""
    font = fonts.chrome(tokens.META, QFont.Weight.DemiBold if shelf.fresh else QFont.Weight.Medium)
    number = f"{shelf.fresh or shelf.count:,}"
    width = QFontMetrics(font).horizontalAdvance(number)
    painter.setFont(font)
    painter.setPen(ink)
    place = QRect(box.right() - width - 10, box.top(), width + 1, box.height())
    painter.drawText(_seen(option, place), Qt.AlignmentFlag.AlignVCenter, number)


def _seen(option: QStyleOptionViewItem, place: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, place)
