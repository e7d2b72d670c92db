"""The rows of the search box: a command on one line, or something found in the library on two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from briefing_app.gui import fonts, tokens
from briefing_app.gui.finder.marked import Ranges, draw_marked
from briefing_app.gui.icons import draw_icon
from briefing_app.gui.theme import current

if TYPE_CHECKING:
    from briefing_app.services.searching import Hit

ROW = Qt.ItemDataRole.UserRole
ROW_HEIGHT, TALL = 34, 52  # px

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Find:
    """A row; `note` stands at its end. What is of the library has a `hit`.

    Shape: `kind` is "command", "article", "story", "brief" or "annotation".
    """

    kind: str
    id: str
    title: str
    note: str = ""
    icon: str = ""
    hit: Hit | None = None

    @property
    def article(self) -> str:
        """Return the id of the article that it stands in."""
        return self.hit.article if self.hit else ""

    @property
    def title_marks(self) -> Ranges:
        """Return what of the title was asked for."""
        return self.hit.title_marks if self.hit else ()

    @property
    def snippet(self) -> str:
        """Return the part of a text that was found, made when it is first asked for."""
        return self.hit.snippet if self.hit else ""

    @property
    def snippet_marks(self) -> Ranges:
        """Return what of that was asked for."""
        return self.hit.marks if self.hit else ()

    @property
    def height(self) -> int:
        """Return how high the row is."""
        return TALL if self.hit and self.hit.has_snippet else ROW_HEIGHT


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
            return ", ".join(part for part in (row.title, row.note, row.snippet) if part)
        return None


class FindPainter(QStyledItemDelegate):
    """Paints an icon, the title and a note at its end; below it the part of the text that was found."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """A row with a part of a text is higher."""  # noqa: D401 (a fact, not a deed)
        del option
        row: Find = index.data(ROW)
        return QSize(200, row.height)

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
        line = QRect(box.left(), box.top(), box.width(), ROW_HEIGHT - 2)
        if row.snippet:
            line.translate(0, -1)
        mark = QRect(line.left() + 10, line.center().y() - 7, 16, 16)
        draw_icon(painter, _seen(option, mark), row.icon, QColor(theme.text2))
        meta = fonts.chrome(tokens.META)
        width = QFontMetrics(meta).horizontalAdvance(row.note)
        note = QRect(line.right() - width - 10, line.top(), width, line.height())
        painter.setFont(meta)
        painter.setPen(QColor(theme.muted))
        painter.drawText(_seen(option, note), Qt.AlignmentFlag.AlignVCenter, row.note)
        left = line.left() + 36
        title = QRect(left, line.top(), note.left() - left - 16, line.height())
        font = fonts.chrome(tokens.UI, QFont.Weight.Medium)
        draw_marked(
            painter,
            _seen(option, title),
            row.title,
            row.title_marks,
            font=font,
            colour=theme.text,
            direction=option.direction,
        )
        if row.snippet:
            below = QRect(left, line.bottom() - 6, box.right() - left - 12, 20)
            draw_marked(
                painter,
                _seen(option, below),
                row.snippet,
                row.snippet_marks,
                font=meta,
                colour=theme.text2,
                direction=option.direction,
            )
        painter.restore()


def _seen(option: QStyleOptionViewItem, place: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, place)
