"""The left pane as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore  # `Qt` itself takes 14 ms to load: not before the first paint
from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QStackedWidget, QVBoxLayout, QWidget

from briefing_app.gui.articles.shelf import BRIEFS, INBOX, ShelfNames
from briefing_app.gui.icons import icon
from briefing_app.gui.line import Line
from briefing_app.gui.theme import give_look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QKeyEvent

    from briefing_app.gui.articles.list import RowList
    from briefing_app.gui.articles.rows import Row
    from briefing_app.gui.articles.shelves import Shelves
    from briefing_app.gui.empty import EmptyState
    from briefing_app.services.articles import Counts


class ArticlesPane(QFrame):
    """Shelves, filter and list. It asks; its controller answers with rows and counts."""

    query_changed = Signal(str, str)  # shelf, filter
    article_picked = Signal(str)
    article_entered = Signal(str)
    brief_picked = Signal(str)
    more_wanted = Signal(str)
    letter_pressed = Signal(tuple, str)  # ids, A to Z
    delete_requested = Signal(tuple)
    import_requested = Signal()
    samples_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_look(self, plane="sunken")
        self.names = ShelfNames(self)
        self.shelves: Shelves
        self.filter = Line()
        self.filter.setPlaceholderText(self.tr("Filter this list"))
        self.filter.setAccessibleName(self.tr("Filter this list"))
        self.filter.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.list: RowList
        self.empty: EmptyState
        self._menu_actions: Sequence[QAction] = ()
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(30)
        self._later.timeout.connect(self._ask)

    def furnish(self, shelves: Shelves, rows: RowList, empty: EmptyState) -> None:
        """Take the shelves, the list, and what stands in its place when there is nothing in it."""
        self.shelves, self.list, self.empty = shelves, rows, empty
        self._column.replaceWidget(self.names, shelves)
        self.names.setFocusPolicy(QtCore.Qt.FocusPolicy.TabFocus)  # what has none has no place
        self.setTabOrder(self.names, shelves)
        if self.window().focusWidget() is self.names:
            shelves.setFocus()
        self.names.hide()
        self.filter.setClearButtonEnabled(True)
        self.shelves.shelf_picked.connect(self._shelf_picked)
        self.filter.textChanged.connect(self._later.start)
        self._stack.addWidget(rows)
        self._stack.addWidget(empty)
        self.list.picked.connect(self._picked)
        self.list.entered.connect(self._entered)
        self.list.letter_pressed.connect(self.press_letter)
        self.list.menu_wanted.connect(self._menu)
        self.list.rows.more_wanted.connect(self.more_wanted)
        self.empty.chosen.connect(self._empty_chosen)

    def _build(self) -> None:
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.names)
        holder = QVBoxLayout()
        holder.setContentsMargins(12, 12, 12, 8)
        holder.addWidget(self.filter)
        layout.addLayout(holder)
        layout.addWidget(self._stack, 1)
        self.setMinimumWidth(220)

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """Set the commands of the list's menu."""
        self._menu_actions = actions

    def shelf(self) -> str:
        """Return the name of the chosen shelf."""
        return self.shelves.shelf()

    def text(self) -> str:
        """Return what the list is filtered by."""
        return self.filter.text().strip()

    def show_counts(self, counts: Counts) -> None:
        """Write the counts beside the shelves."""
        self.shelves.show_counts(counts)

    def show_rows(self, rows: tuple[Row, ...], *, more: bool) -> None:
        """Show the list, or why it is empty and what to do."""
        self.list.show_rows(rows, more=more)
        if not rows:
            self._say_empty()
        self._stack.setCurrentWidget(self.list if rows else self.empty)

    def clear(self) -> None:
        """Show no list at all: the library is let go."""
        self._later.stop()
        self.list.show_rows((), more=False)
        self.shelves.show_no_counts()
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(False)
        self._stack.setCurrentIndex(0)

    def append_rows(self, rows: tuple[Row, ...], *, more: bool) -> None:
        """Add the next page of the list."""
        self.list.rows.append_rows(rows, more=more)

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the chosen articles; none while briefs are shown."""
        return () if self.shelf() == BRIEFS else self.list.chosen()

    def press_letter(self, pressed: str) -> None:
        """Tell which letter was pressed for what is chosen."""
        if ids := self.chosen():
            self.letter_pressed.emit(ids, pressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears the filter first."""
        if event.key() == QtCore.Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        else:
            super().keyPressEvent(event)

    def focus_list(self) -> None:
        """Put the keyboard into the list, or where one can get a list from."""
        widget = self._stack.currentWidget() if self._stack.currentIndex() == 1 else self.shelves
        (widget or self).setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)

    def _shelf_picked(self) -> None:
        self.filter.clear()
        self.list.clearSelection()
        self.list.setAccessibleName(
            self.tr("Briefs") if self.shelf() == BRIEFS else self.tr("Articles")
        )
        self._ask()

    def _ask(self) -> None:
        self._later.stop()
        self.query_changed.emit(self.shelf(), self.text())

    def _picked(self, row_id: str) -> None:
        (self.brief_picked if self.shelf() == BRIEFS else self.article_picked).emit(row_id)

    def _entered(self, row_id: str) -> None:
        if self.shelf() != BRIEFS:
            self.article_entered.emit(row_id)

    def _menu(self, where: QPoint) -> None:
        if self.chosen():
            menu = QMenu(self)
            menu.addActions(self._menu_actions)
            menu.setAttribute(QtCore.Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(where)

    def _say_empty(self) -> None:
        if self.text():
            self.empty.say(
                "search",
                self.tr("Nothing matches"),
                self.tr("No row of this list holds “{text}”.").replace("{text}", self.text()),
                self.tr("Clear the filter"),
            )
        elif self.shelf() == INBOX:
            self.empty.say(
                "inbox",
                self.tr("Drop files here, or Ctrl+O"),
                self.tr("Text, Markdown and saved web pages. Nothing leaves this computer."),
                self.tr("Import files…"),
                self.tr("Try the sample brief"),
            )
        else:
            self.empty.say(*self._nothing_on(self.shelf()))

    def _nothing_on(self, shelf: str) -> tuple[str, str, str]:
        return {
            "reading": (
                "book-open",
                self.tr("Nothing is being read"),
                self.tr("An article that is opened comes here; R marks one."),
            ),
            "annotated": (
                "highlighter",
                self.tr("No highlights yet"),
                self.tr("Select a passage in an article and press K, T, I, S or H."),
            ),
            "briefs": ("layers", self.tr("No brief yet"), self.tr("Ctrl+N begins one.")),
        }.get(
            shelf, ("archive", self.tr("The archive is empty"), self.tr("E puts an article here."))
        )

    def _empty_chosen(self, which: int) -> None:
        if self.text():
            self.filter.clear()
            self.filter.setFocus()
        elif which == 0:
            self.import_requested.emit()
        else:
            self.samples_requested.emit()
