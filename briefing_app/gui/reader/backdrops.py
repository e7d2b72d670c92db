"""What lies behind the text: the bar of a quote, the sheet of code, the frame of a picture, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from briefing_app.domain.article import BlockKind
from briefing_app.gui import tokens
from briefing_app.gui.icons import draw_icon
from briefing_app.gui.reader.letterforms import BACKDROP, MARKER, SHEET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QTextBlock

    from briefing_app.gui.tokens import Tokens

BAR = 3  # px


def paint(
    painter: QPainter,
    shown: Iterable[tuple[QTextBlock, QRectF]],
    left: float,
    right: float,
    theme: Tokens,
) -> None:
    """Paint the backdrops of blocks between two edges of the text.

    Units: px of the painter; neighbours of one kind are one sheet.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    kind, joined, rtl = "", QRectF(), False
    for block, rect in shown:
        its_kind = str(block.blockFormat().property(BACKDROP) or "")
        if its_kind == BlockKind.ITEM:
            _paint_marker(painter, block, rect, theme)
        its = QRectF(left, rect.top(), right - left, rect.height())
        if its_kind == kind and kind in _JOINED:
            joined = joined.united(its)
            continue
        _paint_one(painter, kind, joined, theme, rtl=rtl)
        kind, joined = its_kind, its
        rtl = block.layout().textOption().textDirection() is Qt.LayoutDirection.RightToLeft
    _paint_one(painter, kind, joined, theme, rtl=rtl)


_JOINED = (BlockKind.CODE, BlockKind.QUOTE)


def _paint_one(painter: QPainter, kind: str, rect: QRectF, theme: Tokens, *, rtl: bool) -> None:
    match kind:
        case BlockKind.QUOTE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.border))
            x = rect.right() - BAR if rtl else rect.left()
            painter.drawRoundedRect(QRectF(x, rect.top() + 2, BAR, rect.height() - 2), 1.5, 1.5)
        case BlockKind.CODE:
            _sheet(painter, rect.adjusted(0, -SHEET, 0, SHEET), theme)
        case BlockKind.IMAGE:
            _sheet(painter, rect.adjusted(0, -SHEET, 0, SHEET), theme)
            x = rect.right() - 12 - 18 if rtl else rect.left() + 12
            icon = QRect(round(x), round(rect.top() + 4), 18, 18)
            draw_icon(painter, icon, "image", QColor(theme.muted))
        case BlockKind.RULE:
            painter.setPen(QPen(QColor(theme.border), 1))
            middle = round(rect.center().y()) + 0.5
            painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle))
        case _:
            pass


def _paint_marker(painter: QPainter, block: QTextBlock, rect: QRectF, theme: Tokens) -> None:
    """Paint the bullet or number of an item beside its first line."""
    line = block.layout().lineAt(0)
    font = QFont(block.charFormat().font())
    marker = str(block.blockFormat().property(MARKER))
    wide = QFontMetricsF(font).horizontalAdvance(marker)
    rtl = block.layout().textOption().textDirection() is Qt.LayoutDirection.RightToLeft
    edge = block.blockFormat().rightMargin() if rtl else block.blockFormat().leftMargin()
    x = rect.left() + line.position().x() + (line.width() + 9 if rtl else -9 - wide)
    painter.setFont(font)
    painter.setPen(QColor(theme.muted))
    if edge:
        painter.drawText(QPointF(x, rect.top() + line.y() + line.ascent()), marker)


def _sheet(painter: QPainter, rect: QRectF, theme: Tokens) -> None:
    # a line of a fixed height has its letters in the lower part of it
    lower = rect.translated(0, 3)
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.setBrush(QColor(theme.sunken))
    painter.drawRoundedRect(
        lower.adjusted(0.5, 0.5, -0.5, -0.5), tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS
    )
