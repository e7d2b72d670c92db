"""The list of backups: when, why, what it holds, how large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from briefing_app.domain.backup import Backup
from briefing_app.gui import fonts, tokens
from briefing_app.gui.icons import draw_icon
from briefing_app.gui.theme import current
from briefing_app.gui.upkeep import words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HEIGHT = 58  # px at 100 %
_SIDE, _ICON, _GAP = 16, 18, 14
_BACKUP = Qt.ItemDataRole.UserRole


class BackupList(QListWidget):
    """Newest first; those in the second place have a disk in front of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(self.tr("Backups"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)

    def show_backups(self, found: Iterable[Backup], place: Path | None) -> None:
        """Show backups; `place` is the second place, to tell those in it apart."""
        self.clear()
        for backup in found:
            item = QListWidgetItem(self)
            item.setData(_BACKUP, backup)
            away = place is not None and backup.path.is_relative_to(place)
            item.setData(Qt.ItemDataRole.DecorationRole, "hard-drive" if away else "history")
            where = self.tr("in the second place") if away else self.tr("in the library")
            spoken = (
                words.moment(backup.made_at),
                words.reason(backup),
                words.holds(backup),
                where,
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(spoken))
            item.setToolTip(str(backup.path))
            if not backup.readable:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
        first = next((row for row in range(self.count()) if self._is_good(row)), -1)
        self.setCurrentRow(first)

    def chosen(self) -> Backup | None:
        """Return the backup that is chosen."""
        item = self.currentItem()
        found = item.data(_BACKUP) if item is not None else None
        return found if isinstance(found, Backup) else None

    def _is_good(self, row: int) -> bool:
        return bool(self.item(row).flags() & Qt.ItemFlag.ItemIsEnabled)


class _Delegate(QStyledItemDelegate):
    """Two lines; every rectangle goes through `visualRect`, so the list mirrors."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Every row is as high."""
        del option, index
        return QSize(200, HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row."""
        backup = index.data(_BACKUP)
        if not isinstance(backup, Backup):
            return
        theme = current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, QColor(theme.accent_soft))
        painter.setPen(QPen(QColor(theme.border)))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        box = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        ink = QColor(theme.accent if chosen else theme.muted)
        mark = QRect(box.left(), box.top() + (HEIGHT - _ICON) // 2, _ICON, _ICON)
        draw_icon(painter, _seen(option, mark), index.data(Qt.ItemDataRole.DecorationRole), ink)
        left = box.left() + _ICON + _GAP
        size = words.size(backup)
        meta = fonts.chrome(tokens.META)
        wide = QFontMetrics(meta).horizontalAdvance(size) + 4
        end = QRect(box.right() - wide, box.top() + 10, wide, 18)
        _write(painter, option, size, end, font=meta, colour=theme.muted, at_end=True)
        head = QRect(left, box.top() + 10, end.left() - left - 8, 18)
        bold = fonts.chrome(tokens.UI, QFont.Weight.DemiBold)
        fine = theme.text if backup.readable else theme.muted
        _write(painter, option, words.moment(backup.made_at), head, font=bold, colour=fine)
        below = QRect(left, box.top() + 31, box.right() - left, 17)
        line = f"{words.reason(backup)}  ·  {words.holds(backup)}"
        plain = theme.text2 if backup.readable else theme.danger
        _write(painter, option, line, below, font=meta, colour=plain)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(option.rect.adjusted(2, 2, -3, -3), 4, 4)
        painter.restore()


def _write(
    painter: QPainter,
    option: QStyleOptionViewItem,
    text: str,
    place: QRect,
    *,
    font: QFont,
    colour: str,
    at_end: bool = False,
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    mirrored = option.direction is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if at_end is not mirrored else Qt.AlignmentFlag.AlignLeft
    painter.drawText(
        _seen(option, place),
        side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
        f"\u2068{shown}\u2069",
    )


def _seen(option: QStyleOptionViewItem, place: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, place)
