"""The shelves: Inbox, Reading, Highlights, Briefs, Archive, and sections of the user's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from briefing_app.gui.articles.shelf import (
    ARCHIVE,
    ARTICLES_DRAGGED,
    BRIEFS,
    COLLECTION,
    HEIGHT,
    HIGHLIGHTS,
    INBOX,
    READING,
    Section,
    Shelf,
    uncounted,
)
from briefing_app.gui.articles.shelfpainter import (
    HEADING,
    HEADING_HEIGHT,
    SHELF,
    ShelfPainter,
    plus_of,
)
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QMouseEvent,
    )

    from briefing_app.services.articles import Counts

_ALT = Qt.KeyboardModifier.AltModifier
_KEYS = {
    (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier): "rename",
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): "delete",
    (Qt.Key.Key_Up, _ALT): "up",
    (Qt.Key.Key_Down, _ALT): "down",
}


class Shelves(QListWidget):
    """All shelves, one tab stop; the arrows go through them."""

    shelf_picked = Signal(str)
    articles_dropped = Signal(str)  # the shelf that what is chosen in the list was dropped on
    asked = Signal(
        str, str
    )  # "rename", "delete", "up", "down" and the shelf, or "add" and a section
    menu_wanted = Signal(str, QPoint)  # for a shelf of a section

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Shelves"))
        set_look(self, plane="sunken")
        self._painter = ShelfPainter(self)
        self.setItemDelegate(self._painter)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self._sections: dict[str, Section] = {}
        self._room = 0
        for shelf in uncounted():
            self._add(shelf)
        self._fit()
        self.setCurrentRow(0)
        self.currentItemChanged.connect(self._picked)

    def show_counts(self, counts: Counts) -> None:
        """Write the counts beside the shelves that are always there."""
        numbers = {
            INBOX: (counts.inbox, counts.new),
            READING: (counts.reading, 0),
            HIGHLIGHTS: (counts.annotated, 0),
            BRIEFS: (counts.briefs, 0),
            ARCHIVE: (counts.archived, 0),
        }
        for at in range(len(numbers)):
            shelf = self._shelf(at)
            if shelf is not None:
                count, fresh = numbers[shelf.name]
                self._show(self.item(at), replace(shelf, count=count, fresh=fresh))

    def show_section(self, section: Section) -> None:
        """Show a section as it is now; one without shelves goes. Sections keep their order."""
        if self._sections.get(section.name) == section:
            return
        before = self._sections.get(section.name)
        self._sections[section.name] = section
        same = before and [one.name for one in before.shelves] == [
            one.name for one in section.shelves
        ]
        if same:
            names = {one.name: one for one in section.shelves}
            for at in range(self.count()):
                shelf = self._shelf(at)
                if shelf is not None and shelf.name in names:
                    self._show(self.item(at), names[shelf.name])
            return
        self._rebuild()

    def set_room(self, room: int) -> None:
        """Say how high the shelves may be; beyond that they scroll."""
        self._room = room
        self._fit()

    def clear_counts(self) -> None:
        """Take the numbers and the sections away: no library is there."""
        self._sections.clear()
        self._rebuild()
        for at in range(self.count()):
            if (shelf := self._shelf(at)) is not None:
                self.item(at).setData(SHELF, replace(shelf, count=None, fresh=0))
                self.item(at).setData(Qt.ItemDataRole.AccessibleTextRole, shelf.title)

    def shelf(self) -> str:
        """Return the name of the chosen shelf."""
        shelf = self._shelf(self.currentRow())
        return shelf.name if shelf else INBOX

    def title(self) -> str:
        """Return what the chosen shelf is called."""
        shelf = self._shelf(self.currentRow())
        return shelf.title if shelf else ""

    def choose(self, name: str) -> None:
        """Choose a shelf by its name."""
        for at in range(self.count()):
            shelf = self._shelf(at)
            if shelf is not None and shelf.name == name:
                self.setCurrentRow(at)
                self.scrollToItem(self.item(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2, Del and Alt with the arrows act on a shelf of the user's own."""
        name = self.shelf()
        what = _KEYS.get((Qt.Key(event.key()), event.modifiers()))
        if what and ":" in name:
            self.asked.emit(what, name)
        elif not what or event.modifiers() != _ALT:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the plus sign of a heading make something new."""
        place = event.position().toPoint()
        item = self.itemAt(place)
        section = item.data(HEADING) if item else None
        if item and section is not None and event.button() is Qt.MouseButton.LeftButton:
            plus = plus_of(self.visualItemRect(item), self.layoutDirection())
            if section.adds and plus.contains(place):
                self.asked.emit("add", section.name)
            return
        if event.button() is not Qt.MouseButton.RightButton:  # the menu of a shelf chooses it not
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a shelf of the user's own, or of its section."""
        by_mouse = event.reason() is event.Reason.Mouse
        item = self.itemAt(event.pos()) if by_mouse else self.currentItem()
        if item is None:
            return
        where = event.globalPos()
        if not by_mouse:
            where = self.viewport().mapToGlobal(self.visualItemRect(item).center())
        shelf, section = item.data(SHELF), item.data(HEADING)
        name = section.name if section else shelf.name
        if section or ":" in name:
            self.menu_wanted.emit(name, where)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome articles."""
        if event.mimeData().hasFormat(ARTICLES_DRAGGED):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where articles would go."""
        name = self._takes(event.position().toPoint())
        self._aim(name)
        if name and event.mimeData().hasFormat(ARTICLES_DRAGGED):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Aim at nothing any more."""
        del event
        self._aim("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where articles were dropped."""
        name = self._takes(event.position().toPoint())
        self._aim("")
        if name:
            event.acceptProposedAction()
            self.articles_dropped.emit(name)

    def _takes(self, place: QPoint) -> str:
        """Return the shelf at a place if articles can be put there."""
        item = self.itemAt(place)
        shelf = item.data(SHELF) if item else None
        if shelf is not None and (shelf.name.startswith(COLLECTION) or shelf.name == ARCHIVE):
            return str(shelf.name)
        return ""

    def _aim(self, name: str) -> None:
        if self._painter.aimed_at != name:
            self._painter.aimed_at = name
            self.viewport().update()

    def _shelf(self, at: int) -> Shelf | None:
        item = self.item(at)
        shelf = item.data(SHELF) if item else None
        return shelf if isinstance(shelf, Shelf) else None

    def _rebuild(self) -> None:
        """Make the rows of all sections anew; the chosen shelf stays chosen, else the Inbox is."""
        chosen, scrolled = self.shelf(), self.verticalScrollBar().value()
        self.blockSignals(True)
        fixed = len(uncounted())
        while self.count() > fixed:
            self.takeItem(self.count() - 1)
        for section in self._sections.values():
            if section.shelves:
                heading = QListWidgetItem(section.title, self)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setData(HEADING, section)
                for shelf in section.shelves:
                    self._add(shelf)
        self._fit()
        self.choose(chosen)
        self.verticalScrollBar().setValue(scrolled)
        gone = self.shelf() != chosen or self._shelf(self.currentRow()) is None
        if gone:
            self.setCurrentRow(0)
        self.blockSignals(False)
        if gone:
            self.shelf_picked.emit(self.shelf())

    def _add(self, shelf: Shelf) -> None:
        self._show(QListWidgetItem(self), shelf)

    def _show(self, item: QListWidgetItem, shelf: Shelf) -> None:
        item.setData(SHELF, shelf)
        item.setText(shelf.title)
        if shelf.count is None:
            return
        spoken = (
            self.tr("{shelf}, {count}, {fresh} new") if shelf.fresh else self.tr("{shelf}, {count}")
        )
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            spoken.replace("{count}", str(shelf.count))
            .replace("{fresh}", str(shelf.fresh))
            .replace("{shelf}", shelf.title),
        )

    def _fit(self) -> None:
        rows = (self._painter.height(self.item(at)) for at in range(self.count()))
        needed = sum(rows)
        least = len(uncounted()) * HEIGHT
        room = max(
            self._room, least + HEADING_HEIGHT + HEIGHT
        )  # a first shelf of the user's own is seen
        height = min(needed, room) if self._room else needed
        policy = Qt.ScrollBarPolicy
        bar = policy.ScrollBarAsNeeded if needed > height else policy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(height)

    def _picked(self) -> None:
        self.shelf_picked.emit(self.shelf())
