"""The left pane as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore  # `Qt` itself takes 14 ms to load: not before the first paint
from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QMenu, QStackedWidget, QVBoxLayout, QWidget

from briefing_app.gui.articles.shelf import BRIEFS, INBOX, ShelfNames, collection_of
from briefing_app.gui.icons import icon
from briefing_app.gui.line import Line
from briefing_app.gui.theme import give_look

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from briefing_app.domain.articlelist import Order
    from briefing_app.gui.articles.head import ListHead
    from briefing_app.gui.articles.list import RowList
    from briefing_app.gui.articles.rows import Row
    from briefing_app.gui.articles.shelves import Shelves
    from briefing_app.gui.articles.tagbar import TagBar
    from briefing_app.gui.empty import EmptyState
    from briefing_app.services.articles import Counts


_SHELVES = 0.36  # of the height is for the shelves at most


class ArticlesPane(QFrame):
    """Shelves, filter and list. It asks; its controller answers with rows and counts."""

    query_changed = Signal(str, str)  # shelf, filter
    article_picked = Signal(str)
    article_entered = Signal(str)
    brief_picked = Signal(str)
    rows_wanted = Signal(int, int)  # places
    letter_pressed = Signal(str)  # A to Z, for what is chosen
    order_chosen = Signal(str)
    chosen_changed = Signal()
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
        self.problem: QLabel | None = None  # made when there is one
        self.list: RowList
        self.empty: EmptyState
        self.tags: TagBar
        self.head: ListHead
        self._fill_menu: Callable[[QMenu], None] = _leave_empty
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(30)
        self._later.timeout.connect(self._ask)

    def furnish(
        self, shelves: Shelves, tags: TagBar, head: ListHead, rows: RowList, empty: EmptyState
    ) -> None:
        """Take the shelves, the list, and what stands in its place when there is nothing in it."""
        self.shelves, self.tags, self.head = shelves, tags, head
        self.list, self.empty = rows, empty
        self._column.replaceWidget(self.names, shelves)
        self._column.insertWidget(1, tags)
        self._column.insertWidget(3, head)
        self.names.setFocusPolicy(QtCore.Qt.FocusPolicy.TabFocus)  # what has none has no place
        self.setTabOrder(self.names, shelves)
        if self.window().focusWidget() is self.names:
            shelves.setFocus()
        self.names.hide()
        shelves.set_room(self._room())
        self.filter.setClearButtonEnabled(True)
        self.shelves.shelf_picked.connect(self._shelf_picked)
        self.tags.tag_toggled.connect(self.toggle_tag)
        self.filter.textChanged.connect(self._filter_changed)
        self._stack.addWidget(rows)
        self._stack.addWidget(empty)
        self.head.order_chosen.connect(self.order_chosen)
        self.list.picked.connect(self._picked)
        self.list.entered.connect(self._entered)
        self.list.letter_pressed.connect(self.press_letter)
        self.list.menu_wanted.connect(self._menu)
        self.list.chosen_changed.connect(self._chosen_changed)
        self.list.rows.rows_wanted.connect(self.rows_wanted)
        for changed in (
            self.list.rows.modelReset,
            self.list.rows.rowsInserted,
            self.list.rows.rowsRemoved,
        ):
            changed.connect(self._show_count)
        self.empty.chosen.connect(self._empty_chosen)

    def _build(self) -> None:
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.names)
        self._filtered = holder = QVBoxLayout()
        holder.setContentsMargins(12, 12, 12, 8)
        holder.addWidget(self.filter)
        layout.addLayout(holder)
        layout.addWidget(self._stack, 1)
        self.setMinimumWidth(220)

    def set_menu(self, fill: Callable[[QMenu], None]) -> None:
        """Set what fills the list's menu when it opens."""
        self._fill_menu = fill

    def shelf(self) -> str:
        """Return the name of the chosen shelf."""
        return self.shelves.shelf()

    def text(self) -> str:
        """Return what the list is filtered by; blanks at the end say that a word is finished."""
        return self.filter.text() if self.filter.text().strip() else ""

    def show_counts(self, counts: Counts) -> None:
        """Write the counts beside the shelves."""
        self.shelves.show_counts(counts)

    def show_problem(self, words: str) -> None:
        """Say below the filter what is wrong with it; nothing if that is empty."""
        if self.problem is None and words:
            self.problem = QLabel()
            self.problem.setWordWrap(True)
            give_look(self.problem, words="warn")
            self._filtered.addWidget(self.problem)
        if self.problem is not None:
            self.problem.setText(words)
            self.problem.setVisible(bool(words))

    def show_order(self, order: Order) -> None:
        """Show how articles are sorted."""
        self.head.show_order(order)

    def show_rows(self, rows: tuple[Row, ...], count: int = -1) -> None:
        """Show the beginning of a list of so many rows, or why it is empty and what to do."""
        self.list.show_rows(rows, count)
        self.show_whether_empty()

    def show_whether_empty(self) -> None:
        """Show the list if it has a row, else what to do."""
        there = self.list.rows.rowCount()
        if not there:
            self._say_empty()
        self._stack.setCurrentWidget(self.list if there else self.empty)

    def toggle_tag(self, tag: str) -> None:
        """Filter by a tag as well, or not any more."""
        self.filter.setText(self.tags.toggled(self.filter.text(), tag))

    def clear(self) -> None:
        """Show no list at all: the library is let go."""
        self._later.stop()
        self.list.show_rows(())
        self.shelves.clear_counts()
        self.tags.show_tags(())
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(False)
        self._stack.setCurrentIndex(0)

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the chosen articles that are here; none while briefs are shown."""
        return () if self.shelf() == BRIEFS else self.list.chosen()

    def count_chosen(self) -> int:
        """Return how many articles are chosen."""
        return 0 if self.shelf() == BRIEFS else self.list.count_chosen()

    def press_letter(self, pressed: str) -> None:
        """Tell which letter was pressed for what is chosen."""
        if self.count_chosen():
            self.letter_pressed.emit(pressed)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the shelves have less than half of the height."""
        super().resizeEvent(event)
        if hasattr(self, "shelves"):
            self.shelves.set_room(self._room())

    def _room(self) -> int:
        return round(self.height() * _SHELVES)

    def _shelf_picked(self) -> None:
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(False)
        self.tags.show_filter("")
        self.list.clearSelection()
        briefs = self.shelf() == BRIEFS
        self.head.button.setVisible(not briefs)
        self.list.setDragEnabled(not briefs)
        self.list.setAccessibleName(self.tr("Briefs") if briefs else self.tr("Articles"))
        self._ask()

    def _filter_changed(self) -> None:
        self.tags.show_filter(self.filter.text())
        self._later.start()

    def _chosen_changed(self) -> None:
        self._show_count()
        self.chosen_changed.emit()

    def _show_count(self) -> None:
        count = self.list.rows.rowCount()
        if self.shelf() == BRIEFS:
            self.head.show_briefs(count)
        else:
            self.head.show_count(count, self.list.count_chosen())

    def _ask(self) -> None:
        self._later.stop()
        self.query_changed.emit(self.shelf(), self.text())

    def _picked(self, row_id: str) -> None:
        (self.brief_picked if self.shelf() == BRIEFS else self.article_picked).emit(row_id)

    def _entered(self, row_id: str) -> None:
        if self.shelf() != BRIEFS:
            self.article_entered.emit(row_id)

    def _menu(self, where: QPoint) -> None:
        if self.count_chosen():
            menu = QMenu(self)
            self._fill_menu(menu)
            menu.setAttribute(QtCore.Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(where)

    def _say_empty(self) -> None:
        if self.text():
            self.empty.say(
                "search",
                self.tr("Nothing matches"),
                self.tr("No row of this list holds “{text}”.").replace(
                    "{text}", self.text().strip()
                ),
                self.tr("Clear the filter"),
            )
        elif self.shelf() == INBOX:
            self.empty.say(
                "inbox",
                self.tr("Drop files here, or Ctrl+O"),
                self.tr(
                    "Web pages, PDF, mails, Word, feeds and more. Nothing leaves this computer."
                ),
                self.tr("Import files…"),
                self.tr("Try the sample brief"),
            )
        elif collection_of(self.shelf()):
            self.empty.say(
                "folder",
                self.tr("Nothing in this collection"),
                self.tr("Drag articles here from the list, or press Ctrl+Shift+C there."),
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


def _leave_empty(menu: QMenu) -> None:
    del menu
