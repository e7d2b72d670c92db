"""The moments of a history, the newest first, under the days on which they were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate

from briefing_app.gui import fonts, theme, tokens
from briefing_app.gui.history import words

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from briefing_app.services.revisions import Revision

    Index = QModelIndex | QPersistentModelIndex

DAY, ENTRY = 38, 52  # px
_LINE = 26  # px from the edge to the line of time
_TEXT = 46
_ROW = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the list: a day, or a moment of it."""

    day: str = ""
    revision: Revision | None = None
    what: str = ""
    subject: str = ""
    meta: str = ""


class Moments(QAbstractListModel):
    """Days and moments; only moments can be chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[Moment] = []

    def show(self, revisions: tuple[Revision, ...], now: dt.datetime, *, subjects: bool) -> None:
        """Show a history; `subjects` says which story each moment was about."""
        self.beginResetModel()
        self._rows = []
        last = ""
        for revision in revisions:
            if (day := words.day(revision.at, now)) != last:
                self._rows.append(Moment(day=day))
                last = day
            who = words.who(revision)
            time = words.time(revision.at)
            self._rows.append(
                Moment(
                    revision=revision,
                    what=words.done(revision),
                    subject=revision.subject if subjects else "",
                    meta=f"{time}, {who}" if who else time,
                )
            )
        self.endResetModel()

    def row(self, index: Index) -> Moment:
        """Return a line."""
        return self._rows[index.row()]

    def first(self) -> QModelIndex:
        """Return the newest moment."""
        for at, row in enumerate(self._rows):
            if row.revision:
                return self.index(at)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 (Qt's signature)
        """Return what a line says, or the line itself."""
        row = self._rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = (row.day, row.what, row.subject, row.meta)
            return ", ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole and row.revision:
            return None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only moments be chosen."""
        if self._rows[index.row()].revision is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Timeline(QListView):
    """The list of the moments."""

    picked = Signal(object)  # Revision

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.moments = Moments(self)
        self.setModel(self.moments)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Moments"))
        theme.set_look(self, plane="sunken")
        self.selectionModel().currentChanged.connect(self._chosen)

    def show_history(
        self, revisions: tuple[Revision, ...], now: dt.datetime, *, subjects: bool
    ) -> None:
        """Show a history and choose its newest moment."""
        self.moments.show(revisions, now, subjects=subjects)
        self.setCurrentIndex(self.moments.first())

    def chosen(self) -> Revision | None:
        """Return the chosen moment."""
        index = self.currentIndex()
        return self.moments.row(index).revision if index.isValid() else None

    def choose(self, revision_id: str) -> None:
        """Choose a moment."""
        for at in range(self.moments.rowCount()):
            revision = self.moments.row(self.moments.index(at)).revision
            if revision and revision.id == revision_id:
                self.setCurrentIndex(self.moments.index(at))
                return

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid() and (revision := self.moments.row(index).revision):
            self.picked.emit(revision)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        row: Moment = index.data(_ROW)
        return QSize(200, ENTRY if row.revision else DAY)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Moment = index.data(_ROW)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        shown = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rtl = option.direction is Qt.LayoutDirection.RightToLeft
        if row.revision is None:
            self._day(painter, box, row, shown)
        else:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            over = bool(state & QStyle.StateFlag.State_MouseOver)
            focus = bool(state & QStyle.StateFlag.State_HasFocus)
            if chosen or over:
                painter.setPen(QPen(QColor(shown.accent), 2) if focus else Qt.PenStyle.NoPen)
                painter.setBrush(QColor(shown.accent_soft if chosen else shown.hover))
                card = QRectF(box).adjusted(7, 2, -7, -2)
                painter.drawRoundedRect(card, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)
            self._moment(painter, box, row, shown, chosen=chosen, rtl=rtl)
        painter.restore()

    def _day(self, painter: QPainter, box: QRect, row: Moment, shown: tokens.Tokens) -> None:
        painter.setFont(fonts.chrome(tokens.CAPS, QFont.Weight.DemiBold))
        painter.setPen(QColor(shown.muted))
        where = box.adjusted(16, 0, -16, -7)
        painter.drawText(
            where, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading, row.day.upper()
        )

    def _moment(
        self,
        painter: QPainter,
        box: QRect,
        row: Moment,
        shown: tokens.Tokens,
        *,
        chosen: bool,
        rtl: bool,
    ) -> None:
        x = box.right() - _LINE if rtl else box.left() + _LINE
        painter.setPen(QPen(QColor(shown.border), 2))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom() + 1))
        assert row.revision is not None  # noqa: S101 (asked before)
        back = row.revision.way != "edit"
        painter.setPen(QPen(QColor(shown.accent if chosen else shown.control_border), 2))
        painter.setBrush(
            QColor(
                shown.sunken
                if back and not chosen
                else shown.accent
                if chosen
                else shown.control_border
            )
        )
        painter.drawEllipse(QPointF(x, box.center().y()), 4.5, 4.5)
        text = box.adjusted(14, 8, -_TEXT, -8) if rtl else box.adjusted(_TEXT, 8, -14, -8)
        upper = QRect(text.left(), text.top(), text.width(), text.height() // 2)
        lower = QRect(text.left(), upper.bottom() + 1, text.width(), text.height() // 2)
        lead = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        strong = fonts.chrome(tokens.UI, QFont.Weight.Medium)
        painter.setFont(strong)
        painter.setPen(QColor(shown.text))
        painter.drawText(upper, lead, _fit(row.what, strong, upper.width()))
        plain = fonts.chrome(tokens.META)
        painter.setFont(plain)
        painter.setPen(QColor(shown.text2 if chosen else shown.muted))
        below = " \N{MIDDLE DOT} ".join(part for part in (row.meta, _apart(row.subject)) if part)
        painter.drawText(lower, lead, _fit(below, plain, lower.width()))


def _fit(text: str, font: QFont, width: int) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


def _apart(text: str) -> str:
    """Return a text whose direction is its own."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if text else ""
