"""The rows of the search box: a command, or something found in the library."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from briefing_app.gui import fonts, tokens
from briefing_app.gui.articles.rows import isolated
from briefing_app.gui.icons import draw_icon
from briefing_app.gui.theme import current

ROW = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 34

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Find:
    """A row; `note` stands at its end.

    Shape: `kind` is "command", "article", "story", "brief" or "annotation".
    """

    kind: str
    id: str
    title: str
    note: str = ""
    icon: str = ""
    snippet: str = ""
    article: str = ""


class FindModel(QAbstractListModel):
    """What was found, in order."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Find, ...] = ()

    def show_rows(self, rows: tuple[Find, ...]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, at: int) -> Find | None:
        """Return the row at a place, or None."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def rows(self) -> tuple[Find, ...]:
        """Return all rows."""
        return self._rows

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a view asks of a row."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (row.title, row.note) if part)
        return None


class FindPainter(QStyledItemDelegate):
    """Paints an icon, the title with what was found in it, and a note at the end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Every row is as high."""
        del option, index
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        row: Find = index.data(ROW)
        theme = current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(6, 1, -6, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_soft))
            painter.drawRoundedRect(box, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)
        mark = QRect(box.left() + 10, box.center().y() - 7, 16, 16)
        draw_icon(painter, _seen(option, mark), row.icon, QColor(theme.text2))
        meta = fonts.chrome(tokens.META)
        width = QFontMetrics(meta).horizontalAdvance(row.note)
        note = QRect(box.right() - width - 10, box.top(), width, box.height())
        painter.setFont(meta)
        painter.setPen(QColor(theme.muted))
        painter.drawText(_seen(option, note), Qt.AlignmentFlag.AlignVCenter, row.note)
        room = QRect(box.left() + 36, box.top(), note.left() - box.left() - 52, box.height())
        font = fonts.chrome(tokens.UI, QFont.Weight.Medium)
        used = _draw(painter, option, room, row.title, font=font, colour=theme.text)
        if row.snippet and used + 60 < room.width():
            rest = room.adjusted(used + 10, 0, 0, 0)
            _draw(painter, option, rest, row.snippet, font=meta, colour=theme.muted)
        painter.restore()


def _draw(
    painter: QPainter,
    option: QStyleOptionViewItem,
    place: QRect,
    text: str,
    *,
    font: QFont,
    colour: str,
) -> int:
    """Draw a text that is cut at the end and return how wide it is."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(
        " ".join(text.split()), Qt.TextElideMode.ElideRight, max(place.width(), 0)
    )
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(
        _seen(option, place),
        Qt.AlignmentFlag.AlignVCenter
        | Qt.AlignmentFlag.AlignAbsolute
        | QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft),
        isolated(shown),
    )
    return metrics.horizontalAdvance(shown)


def _seen(option: QStyleOptionViewItem, place: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, place)
