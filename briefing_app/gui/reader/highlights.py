"""The highlights of an article as a list: to go to, to delete, and to be read aloud."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui import fonts, theme, tokens
from briefing_app.gui.reader import badges, marks
from briefing_app.gui.reader.head import role_name

if TYPE_CHECKING:
    from briefing_app.domain.annotation import Annotation
    from briefing_app.domain.article import Body

    _Index = QModelIndex | QPersistentModelIndex

WIDE, ROW, QUOTE = 360, 68, 140  # px, px, letters of a quote
_NAME = Qt.ItemDataRole.UserRole
_BADGE = _NAME + 1
_WHERE = _NAME + 2


class HighlightsList(QFrame):
    """A panel over the text; Enter goes to a highlight, Delete asks to delete it."""

    chosen = Signal(str)
    delete_requested = Signal(str)
    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.set_look(self, plane="popup")
        title = QLabel(self.tr("Highlights"), self)
        theme.set_look(title, words="head")
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Highlights of this article"))
        self._list.setItemDelegate(_Row(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.itemActivated.connect(self._go)
        self._list.itemClicked.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 10, 4, 6)
        title.setContentsMargins(8, 0, 0, 2)
        column.addWidget(title)
        column.addWidget(self._list)
        self.hide()

    def show_highlights(
        self, annotations: tuple[Annotation, ...], body: Body, uses: dict[str, tuple[str, ...]]
    ) -> None:
        """Show highlights in the order of the text; the chosen one stays chosen."""
        item = self._list.currentItem()
        before = item.data(_NAME) if item else None
        self._list.clear()
        for annotation in annotations:
            used = uses.get(annotation.id, ())
            note = "; ".join(used) if used else self.tr("not yet in a brief")
            if annotation.comment:
                note = f"{annotation.comment}\n{note}"
            row = QListWidgetItem(_quote(annotation))
            row.setData(_NAME, annotation.id)
            row.setData(_BADGE, badges.Badge(QRectF(), (annotation,), bool(used)))
            row.setData(_WHERE, self._where(annotation, body, used=bool(used)))
            spoken = f"{self.spoken(annotation, body)}. {note}"
            row.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            row.setToolTip(note)
            self._list.addItem(row)
            if annotation.id == before:
                self._list.setCurrentItem(row)

    def spoken(self, annotation: Annotation, body: Body) -> str:
        """Return a highlight in words: "Key point, paragraph 2: Talks took place ..."."""
        words = self.tr("{role}, paragraph {number}: {quote}")
        words = words.replace("{role}", role_name(annotation.role))
        words = words.replace("{number}", str(marks.paragraph(body, annotation.target.start)))
        return words.replace("{quote}", _quote(annotation))

    def open_at(self, corner: QPoint, height: int) -> None:
        """Open below a corner (its right one) and take the keys."""
        tall = min(height, 50 + ROW * max(1, self._list.count()))
        self.setGeometry(corner.x() - WIDE, corner.y(), WIDE, tall)
        self.show()
        self.raise_()
        self._list.setFocus(Qt.FocusReason.PopupFocusReason)
        if self._list.currentRow() < 0:
            self._list.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Esc and Delete from the list."""
        item = self._list.currentItem()
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif event.key() == Qt.Key.Key_Delete and item is not None:
            self.delete_requested.emit(item.data(_NAME))
        else:
            super().keyPressEvent(event)

    def _go(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_NAME))

    def _where(self, annotation: Annotation, body: Body, *, used: bool) -> str:
        number = marks.paragraph(body, annotation.target.start)
        words = f"{role_name(annotation.role)}  \N{MIDDLE DOT}  \N{PILCROW SIGN}{number}"
        more = " ".join(annotation.comment.split())
        if not more and not used:
            more = self.tr("not yet in a brief")
        return f"{words}  \N{MIDDLE DOT}  {more}" if more else words


class _Row(QStyledItemDelegate):
    """A badge, where the passage is, and two lines of it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the same height for every row: nothing is measured to lay out a list."""
        del option, index
        return QSize(WIDE - 40, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        shown = theme.current()
        box = QRect(option.rect).adjusted(2, 1, -4, -1)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shown.accent_soft if chosen else shown.hover))
            painter.drawRoundedRect(box, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)
        badge: badges.Badge = index.data(_BADGE)
        at = QRectF(box.left() + 8, box.top() + 8, badges.SIDE, badges.SIDE)
        badges.paint(painter, replace(badge, rect=at), shown)
        words = box.adjusted(36, 7, -8, -4)
        painter.setPen(QColor(shown.text2 if chosen else shown.muted))
        painter.setFont(fonts.chrome(tokens.CAPS, QFont.Weight.Medium))
        where = QFontMetrics(painter.font()).elidedText(
            str(index.data(_WHERE)), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignTop, where)
        painter.setPen(QColor(shown.text))
        painter.setFont(fonts.content(tokens.EDIT))
        wrapped = Qt.AlignmentFlag.AlignTop.value | Qt.TextFlag.TextWordWrap.value
        room = words.adjusted(0, 17, 0, 0)
        metrics = QFontMetrics(painter.font())
        text = metrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, round(room.width() * 1.85)
        )
        painter.drawText(room, wrapped, text)
        painter.restore()


def _quote(annotation: Annotation) -> str:
    quote = " ".join(annotation.target.exact.split())
    return quote if len(quote) <= QUOTE else quote[:QUOTE].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
