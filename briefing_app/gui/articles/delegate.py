"""How a row of the list is painted: outlet and date, its state, the title on two lines, an excerpt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from briefing_app.gui import fonts, tokens
from briefing_app.gui.articles.model import ROW
from briefing_app.gui.articles.rows import Row, isolated
from briefing_app.gui.icons import draw_icon
from briefing_app.gui.theme import current

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

# Units: px at 100 %, from the edges of the row
_SIDE, _INSET, _HEAD, _TITLE, _LINE, _EXCERPT = 20, 8, 11, 31, 18, 69
_ICON = 12
_FLAGS = Qt.AlignmentFlag.AlignAbsolute.value | Qt.AlignmentFlag.AlignVCenter.value
_LEFT = _FLAGS | Qt.AlignmentFlag.AlignLeft.value | Qt.TextFlag.TextSingleLine.value
_RIGHT = _FLAGS | Qt.AlignmentFlag.AlignRight.value | Qt.TextFlag.TextSingleLine.value
_LAYOUTS = 400  # rows whose lines are kept


class RowDelegate(QStyledItemDelegate):
    """Paints a `Row`; every rectangle goes through `visualRect`, so the list mirrors."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._meta = fonts.chrome(tokens.META, QFont.Weight.Medium)
        self._title = fonts.chrome(tokens.UI, QFont.Weight.DemiBold)
        self._seen = fonts.chrome(tokens.UI, QFont.Weight.Medium)
        self._excerpt = fonts.chrome(tokens.META)
        self._layouts: dict[tuple[Row, int, bool], _Laid] = {}

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Every row is as high."""
        del option, index
        return QSize(200, tokens.LIST_ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row."""
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = current()
        _ground(painter, option, theme)
        box = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        if isinstance(row, Row):
            self._row(painter, option, row, box, theme)
        else:
            _awaited(painter, option, box, theme)
        painter.restore()

    def _row(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: Row,
        box: QRect,
        theme: tokens.Tokens,
    ) -> None:
        laid = self._laid_out(row, box.width(), bold=row.fresh or _is_chosen(option))
        self._fact(painter, option, row, box, theme=theme, taken=laid.fact)
        head = QRect(box.left(), box.top() + _HEAD, box.width() - laid.fact - 8, 16)
        _words(painter, option, laid.head, head, font=self._meta, colour=theme.muted)
        font = self._title if laid.bold else self._seen
        for at, line in enumerate(laid.title):
            where = QRect(box.left(), box.top() + _TITLE + at * _LINE, box.width(), _LINE)
            _words(painter, option, line, where, font=font, colour=theme.text)
        below = _EXCERPT if len(laid.title) == 2 else _EXCERPT - _LINE
        excerpt = QRect(box.left(), box.top() + below, box.width(), 17)
        if laid.tags:
            _words(painter, option, laid.tags, excerpt, font=self._meta, colour=theme.accent)
        excerpt.setLeft(excerpt.left() + laid.tagged)
        _words(painter, option, laid.excerpt, excerpt, font=self._excerpt, colour=theme.text2)

    def _laid_out(self, row: Row, width: int, *, bold: bool) -> _Laid:
        """Return what fits; a row that is painted again costs no layout."""
        key = (row, width, bold)
        found = self._layouts.get(key)
        if found is None:
            if len(self._layouts) >= _LAYOUTS:
                self._layouts.clear()
            found = self._layouts[key] = self._lay_out(row, width, bold=bold)
        return found

    def _lay_out(self, row: Row, width: int, *, bold: bool) -> _Laid:
        fact = QFontMetrics(self._meta).horizontalAdvance(row.fact) if row.fact else 0
        taken = fact + _ICON + 6 if fact else 0
        font = self._title if bold else self._seen
        first, rest = _first_line(row.title, font, width)
        tags = _cut(row.tags, self._meta, width * 2 // 3) if row.tags else ""
        tagged = QFontMetrics(self._meta).horizontalAdvance(tags) + 8 if tags else 0
        return _Laid(
            head=_cut(row.head, self._meta, width - taken - 8),
            title=(first, _cut(rest, font, width)) if rest else (first,),
            excerpt=_cut(row.excerpt, self._excerpt, width - tagged),
            tags=tags,
            tagged=tagged,
            fact=taken,
            bold=bold,
        )

    def _fact(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: Row,
        box: QRect,
        *,
        theme: tokens.Tokens,
        taken: int,
    ) -> None:
        """Paint the state at the end of the head line."""
        if not taken:
            return
        width = taken - _ICON - 6
        colour = QColor(theme.colour(row.colour))
        place = QRect(box.right() - width + 1, box.top() + _HEAD, width, 16)
        painter.setFont(self._meta)
        painter.setPen(colour)
        painter.drawText(_seen(option, place), Qt.AlignmentFlag.AlignVCenter, row.fact)
        mark = QRect(place.left() - _ICON - 6, place.top() + 2, _ICON, _ICON)
        if row.icon == "dot":
            painter.setBrush(colour)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(_seen(option, mark.adjusted(3, 3, -3, -3)))
        elif row.icon:
            draw_icon(painter, _seen(option, mark), row.icon, colour)


@dataclass(frozen=True, slots=True)
class _Laid:
    """The words of a row as they fit into its width.

    `fact` is the width that the state takes, `tagged` that of the tags.
    """

    head: str
    title: tuple[str, ...]
    excerpt: str
    fact: int
    bold: bool
    tags: str = ""
    tagged: int = 0


def _cut(text: str, font: QFont, width: int) -> str:
    return isolated(QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width))


def _words(
    painter: QPainter,
    option: QStyleOptionViewItem,
    text: str,
    place: QRect,
    *,
    font: QFont,
    colour: str,
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(
        _seen(option, place),
        _start(option),
        text,
    )


def _awaited(
    painter: QPainter, option: QStyleOptionViewItem, box: QRect, theme: tokens.Tokens
) -> None:
    """Paint where the lines of a row will be that is still on its way."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.hover))
    for top, share in ((_HEAD + 4, 0.35), (_TITLE + 5, 0.95), (_EXCERPT - _LINE + 5, 0.8)):
        line = QRect(box.left(), box.top() + top, round(box.width() * share), 9)
        painter.drawRoundedRect(_seen(option, line), 3, 3)


def _ground(painter: QPainter, option: QStyleOptionViewItem, theme: tokens.Tokens) -> None:
    card = option.rect.adjusted(_INSET, 2, -_INSET, -2)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    painter.setPen(Qt.PenStyle.NoPen)
    if _is_chosen(option) or hovered:
        painter.setBrush(QColor(theme.accent_soft if _is_chosen(option) else theme.hover))
        painter.drawRoundedRect(card, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)
    if _is_chosen(option):
        bar = QRect(card.left(), card.top() + 10, 3, card.height() - 20)
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(_seen(option, bar), 1.5, 1.5)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), 5, 5)


def _first_line(text: str, font: QFont, width: int) -> tuple[str, str]:
    """Break a title after what fits on its first line."""
    line = " ".join(text.split())
    layout = QTextLayout(line, font)
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(wrap)
    layout.beginLayout()
    first = layout.createLine()
    if not first.isValid():
        return "", ""
    first.setLineWidth(width)
    first.setPosition(QPointF(0, 0))
    layout.endLayout()
    units = line.encode("utf-16-le")
    end = 2 * first.textLength()
    return (
        isolated(units[:end].decode("utf-16-le", "replace").rstrip()),
        units[end:].decode("utf-16-le", "replace"),
    )


def _seen(option: QStyleOptionViewItem, place: QRect) -> QRect:
    if option.direction is Qt.LayoutDirection.LeftToRight:
        return place
    return QStyle.visualRect(option.direction, option.rect, place)


def _start(option: QStyleOptionViewItem) -> int:
    return _LEFT if option.direction is Qt.LayoutDirection.LeftToRight else _RIGHT


def _is_chosen(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)
