"""How a shelf is painted: icon, name, and how many there are; and the heading of a section."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from briefing_app.gui import fonts, tokens
from briefing_app.gui.articles.rows import isolated
from briefing_app.gui.articles.shelf import HEIGHT, Section, Shelf
from briefing_app.gui.icons import draw_icon
from briefing_app.gui.numbers import number
from briefing_app.gui.theme import current

SHELF = Qt.ItemDataRole.UserRole
HEADING = Qt.ItemDataRole.UserRole + 1
HEADING_HEIGHT = 32  # px
_PLUS = 20


class ShelfPainter(QStyledItemDelegate):
    """Every rectangle goes through `visualRect`, so the shelves mirror."""

    aimed_at = ""  # the shelf that articles are dragged over

    def height(self, item: QListWidgetItem) -> int:
        """Return how high a row is."""
        return HEADING_HEIGHT if item.data(HEADING) is not None else HEIGHT

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Make a heading higher than a shelf."""
        del option
        return QSize(160, HEADING_HEIGHT if index.data(HEADING) is not None else HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a shelf or a heading."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        section, shelf = index.data(HEADING), index.data(SHELF)
        if isinstance(section, Section):
            _heading(painter, option, section)
        elif isinstance(shelf, Shelf):
            _shelf(painter, option, shelf, aimed=bool(shelf.name) and shelf.name == self.aimed_at)
        painter.restore()


def plus_of(row: QRect, direction: Qt.LayoutDirection) -> QRect:
    """Return where the plus sign of a heading is."""
    box = QRect(row.right() - 18 - _PLUS, row.bottom() - _PLUS - 3, _PLUS, _PLUS)
    return QStyle.visualRect(direction, row, box)


def _heading(painter: QPainter, option: QStyleOptionViewItem, section: Section) -> None:
    theme = current()
    font = fonts.chrome(tokens.CAPS, QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(theme.muted))
    box = option.rect.adjusted(18, 10, -44, -2)
    painter.drawText(
        _seen(option, box),
        Qt.AlignmentFlag.AlignVCenter
        | Qt.AlignmentFlag.AlignAbsolute
        | QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft),
        section.title.upper(),
    )
    if section.adds:
        mark = plus_of(option.rect, option.direction).adjusted(3, 3, -3, -3)
        draw_icon(painter, mark, "plus", QColor(theme.text2))


def _shelf(painter: QPainter, option: QStyleOptionViewItem, shelf: Shelf, *, aimed: bool) -> None:
    theme = current()
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    ink = QColor(theme.accent if chosen else theme.text2)
    box = option.rect.adjusted(8, 1, -8, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    if chosen or aimed or option.state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(theme.accent_soft if chosen or aimed else theme.hover))
        painter.drawRoundedRect(box, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)
    if aimed or option.state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
    mark = QRect(box.left() + 10, box.center().y() - 8, 17, 17)
    draw_icon(painter, _seen(option, mark), shelf.icon, ink)
    counted = _counts(painter, option, shelf, box, ink)
    font = fonts.chrome(tokens.UI, QFont.Weight.DemiBold if chosen else QFont.Weight.Medium)
    painter.setFont(font)
    painter.setPen(QColor(theme.accent if chosen else theme.text))
    name = QRect(box.left() + 37, box.top(), box.width() - 47 - counted, box.height())
    shown = QFontMetrics(font).elidedText(shelf.title, Qt.TextElideMode.ElideRight, name.width())
    painter.drawText(
        _seen(option, name),
        Qt.AlignmentFlag.AlignVCenter
        | Qt.AlignmentFlag.AlignAbsolute
        | QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft),
        isolated(shown),
    )


def _counts(
    painter: QPainter, option: QStyleOptionViewItem, shelf: Shelf, box: QRect, ink: QColor
) -> int:
    """Paint how many there are, and before it in bold how many are New; return the width taken."""
    if shelf.count is None:
        return 0
    right = box.right() - 10
    for count, weight, shown in (
        (shelf.count, QFont.Weight.Medium, True),
        (shelf.fresh, QFont.Weight.Bold, bool(shelf.fresh)),
    ):
        if not shown:
            continue
        bold = weight is QFont.Weight.Bold
        font = fonts.chrome(tokens.META, weight)
        text = number(count)
        width = QFontMetrics(font).horizontalAdvance(text)
        place = QRect(right - width, box.top(), width + 1, box.height())
        if bold:
            pill = QRect(place.left() - 6, box.center().y() - 8, width + 12, 17)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(current().accent))
            painter.drawRoundedRect(_seen(option, pill), 8, 8)
        painter.setFont(font)
        painter.setPen(QColor(current().on_accent) if bold else ink)
        painter.drawText(_seen(option, place), Qt.AlignmentFlag.AlignCenter, text)
        right = place.left() - (12 if bold else 14)
    return box.right() - right


def _seen(option: QStyleOptionViewItem, place: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, place)
