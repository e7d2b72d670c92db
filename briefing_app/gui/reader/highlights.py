"""The highlights of an article as a list: to go to, to delete, and to be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from briefing_app.domain.annotation import Role
from briefing_app.gui import theme
from briefing_app.gui.reader import badges, marks

if TYPE_CHECKING:
    from briefing_app.domain.annotation import Annotation
    from briefing_app.domain.article import Body

WIDE, QUOTE = 340, 140  # px; letters of a quote
_NAME = Qt.ItemDataRole.UserRole


class HighlightsList(QFrame):
    """A panel over the text; Enter goes to a highlight, Delete asks to delete it."""

    chosen = Signal(str)
    delete_requested = Signal(str)
    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.set_look(self, plane="popup")
        self._title = QLabel(self.tr("Highlights"), self)
        theme.set_look(self._title, words="head")
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Highlights of this article"))
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.setIconSize(QSize(badges.SIDE, badges.SIDE))
        self._list.setSpacing(3)
        self._list.itemActivated.connect(self._go)
        self._list.itemClicked.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 8, 10)
        column.addWidget(self._title)
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
            words = self.spoken(annotation, body)
            used = uses.get(annotation.id, ())
            row = QListWidgetItem(self._icon(annotation, used=bool(used)), words)
            row.setData(_NAME, annotation.id)
            note = self.tr("not yet in a brief") if not used else "; ".join(used)
            row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}. {note}")
            row.setToolTip(note)
            self._list.addItem(row)
            if annotation.id == before:
                self._list.setCurrentItem(row)

    def spoken(self, annotation: Annotation, body: Body) -> str:
        """Return a highlight in words: "Key point, paragraph 2: Talks took place ..."."""
        names = {
            Role.STORY: self.tr("The Story"),
            Role.KEY_POINT: self.tr("Key point"),
            Role.TAKEAWAY: self.tr("Takeaway"),
            Role.IMPACT: self.tr("Impact"),
            Role.HIGHLIGHT: self.tr("Highlight"),
        }
        quote = " ".join(annotation.target.exact.split())
        if len(quote) > QUOTE:
            quote = quote[:QUOTE].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
        words = self.tr("{role}, paragraph {number}: {quote}")
        number = str(marks.paragraph(body, annotation.target.start))
        words = words.replace("{role}", names[annotation.role]).replace("{number}", number)
        return words.replace("{quote}", quote)

    def open_at(self, corner: QPoint, height: int) -> None:
        """Open below a corner (its right one) and take the keys."""
        tall = min(height, 60 + 58 * max(2, self._list.count()))
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

    def _icon(self, annotation: Annotation, *, used: bool) -> QIcon:
        scale = self.devicePixelRatioF()
        picture = QPixmap(round(badges.SIDE * scale), round(badges.SIDE * scale))
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        whole = QRectF(0, 0, badges.SIDE, badges.SIDE)
        badges.paint(painter, badges.Badge(whole, (annotation,), used), theme.current())
        painter.end()
        return QIcon(picture)
