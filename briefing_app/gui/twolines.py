"""Rows of a list with an icon, a title and a quieter line below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from briefing_app.gui import fonts, theme, tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    Index = QModelIndex | QPersistentModelIndex

HEIGHT, ICON, PAD = 52, 18, 14  # px


class TwoLines(QStyledItemDelegate):
    """Paints the first line of an item strong and the second one muted."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the one height of all rows."""
        del option, index
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row; one that cannot be chosen is a remark."""
        shown, box = theme.current(), option.rect
        upper, _, lower = str(index.data(Qt.ItemDataRole.DisplayRole) or "").partition("\n")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not index.flags() & Qt.ItemFlag.ItemIsSelectable:
            painter.setPen(QColor(shown.muted))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, upper)
            painter.restore()
            return
        self._ground(painter, option, shown)
        rtl = option.direction is Qt.LayoutDirection.RightToLeft
        place = QRect(0, 0, ICON, ICON)
        place.moveCenter(box.center())
        place.moveLeft(box.right() - PAD - ICON if rtl else box.left() + PAD)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QIcon):
            picture.paint(painter, place)
        gap = PAD + ICON + 12
        text = box.adjusted(PAD, 7, -gap, -7) if rtl else box.adjusted(gap, 7, -PAD, -7)
        half = text.height() // 2
        lead = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        for words, font, colour, top in (
            (upper, fonts.chrome(tokens.UI, QFont.Weight.Medium), shown.text, text.top()),
            (lower, fonts.chrome(tokens.META), shown.muted, text.top() + half),
        ):
            line = QRect(text.left(), top, text.width(), half)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            fitting = QFontMetrics(font).elidedText(
                words, Qt.TextElideMode.ElideRight, line.width()
            )
            painter.drawText(line, lead, fitting)
        painter.restore()

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, shown: tokens.Tokens
    ) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if not chosen and not option.state & QStyle.StateFlag.State_MouseOver:
            return
        focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(QColor(shown.accent), 2) if focus else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shown.accent_soft if chosen else shown.hover))
        card = QRectF(option.rect).adjusted(3, 2, -3, -2)
        painter.drawRoundedRect(card, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)
