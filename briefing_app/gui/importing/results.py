"""What came of an import: a line for each file, with the reason; those that failed stand first."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui.icons import icon
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QResizeEvent

    _Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """A file and what became of it; `article` or `brief` is an id where it made one.

    `remarks` is what the user should know of a file that came in all the same. `again` is the file that
    can be tried again, on the line of that file. `inside` are the lines of what the file held, where
    that is more than one thing.
    """

    name: str
    status: str
    words: str
    remarks: tuple[str, ...] = ()
    article: str = ""
    brief: str = ""
    again: str = ""
    inside: tuple[Line, ...] = ()

    @property
    def has_failed(self) -> bool:
        """Tell whether it failed, or something inside it."""
        return self.status == "failed" or any(each.has_failed for each in self.inside)

    @property
    def look(self) -> str:
        """Return which icon stands beside it."""
        if self.status != "failed" and (self.remarks or self.has_failed):
            return "remarked"
        return self.status


_ICONS = {
    "failed": ("triangle-alert", "danger"),
    "remarked": ("info", "warn"),
    "duplicate": ("copy", "muted"),
    "listed": ("link", "muted"),
    "version": ("file-text", "accent"),
    "new": ("circle-check", "ok"),
}
_LINE = Qt.ItemDataRole.UserRole
_MOST = 500  # lines that are shown one by one, of files and inside a file; all of them are copied
_AIR = 8  # px
_SHOWN = QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator


class ResultsDialog(QDialog):
    """Can be left open beside the window, and opened again from the menu.

    What several things in one file became is one line with their number, which unfolds.
    """

    article_picked = Signal(str)
    brief_picked = Signal(str)
    import_picked = Signal(int)  # which of the imports that can be chosen
    again_asked = Signal(tuple)  # of names of files
    pages_wanted = Signal()
    feeds_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Results of the import"))
        self.resize(640, 460)
        self._busy = False
        self._lines: tuple[Line, ...] = ()
        self._head = QLabel()
        self._head.setWordWrap(True)
        set_look(self._head, words="title")
        self.imports = QComboBox()
        self.imports.setAccessibleName(self.tr("Which import"))
        self.imports.setToolTip(self.tr("Which import"))
        self.imports.activated.connect(self.import_picked)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Files"))
        self.tree.setHeaderHidden(True)
        self.tree.setIconSize(QSize(16, 16))
        self.tree.setWordWrap(True)
        self.tree.setItemDelegate(_Wrapped(self.tree))
        self.tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.itemActivated.connect(self._open)
        self.tree.itemExpanded.connect(self._unfold)
        self.tree.itemSelectionChanged.connect(self._allow)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        action = QDialogButtonBox.ButtonRole.ActionRole
        self.again = QPushButton(self.tr("Try again"))
        self.all_again = QPushButton(self.tr("Try all failed again"))
        self._copy = QPushButton(self.tr("Copy the list"))
        self.pages = QPushButton()
        self.feeds = QPushButton()
        for button, do in (
            (self.pages, self.pages_wanted),
            (self.feeds, self.feeds_wanted),
            (self.again, self._ask_again),
            (self.all_again, self._ask_all_again),
            (self._copy, self._copy_list),
        ):
            button.setAutoDefault(False)
            buttons.addButton(button, action)
            button.clicked.connect(do)
        self.pages.hide()
        self.feeds.hide()
        buttons.rejected.connect(self.reject)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._head, 1)
        head.addWidget(self.imports)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        for widget in (self.tree, buttons):
            layout.addWidget(widget)
        self.tree.setFocus()
        self.show_imports((), 0)
        self._allow()

    def show_imports(self, names: tuple[str, ...], at: int) -> None:
        """Show which imports can be chosen, and the one that is shown."""
        self.imports.clear()
        self.imports.addItems(names)
        self.imports.setCurrentIndex(at)
        self.imports.setVisible(len(names) > 1)

    def show_lines(
        self, head: str, lines: tuple[Line, ...], *, pages: int = 0, feeds: int = 0
    ) -> None:
        """Show the lines: failures, then files with remarks, then the others.

        `pages` and `feeds` are how many addresses can be fetched from the web.
        """
        self._head.setText(head)
        one = self.tr("Fetch the page from the web")
        self.pages.setText(one if pages == 1 else self.tr("Fetch %n pages from the web", "", pages))
        self.pages.setVisible(bool(pages))
        self.feeds.setText(
            self.tr("Follow the feed") if feeds == 1 else self.tr("Follow %n feeds", "", feeds)
        )
        self.feeds.setVisible(bool(feeds))
        self._lines = tuple(_ranked(lines))
        self.tree.clear()
        shown = self._lines[:_MOST]
        self.tree.addTopLevelItems([self._item(line) for line in shown])
        for at, line in enumerate(shown):
            item = self.tree.topLevelItem(at)
            if item is not None and line.inside:
                item.setChildIndicatorPolicy(_SHOWN)
                item.setExpanded(line.has_failed)
        if rest := self._rest(len(self._lines)):
            self.tree.addTopLevelItem(rest)
        self._allow()

    def show_busy(self, *, busy: bool) -> None:
        """Show whether an import runs: nothing is tried again meanwhile."""
        self._busy = busy
        self._allow()

    def lines(self) -> tuple[Line, ...]:
        """Return the lines in their order, without those inside."""
        return self._lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew."""
        super().resizeEvent(event)
        self.tree.scheduleDelayedItemsLayout()

    def _item(self, line: Line) -> QTreeWidgetItem:
        name, folder = _parts(line.name)
        item = QTreeWidgetItem(["\n".join((f"\u2068{name}\u2069", line.words, *line.remarks))])
        name, colour = _ICONS.get(line.look, ("file-text", "muted"))
        item.setIcon(0, icon(name, colour, on=colour))  # an unfolded one counts as on
        item.setToolTip(0, folder)
        item.setData(0, _LINE, line)
        return item

    @Slot(QTreeWidgetItem)
    def _unfold(self, item: QTreeWidgetItem) -> None:
        """Fill in what a file held when it is to be seen: a mailbox holds thousands."""
        if item.childCount():
            return
        inside = _ranked(item.data(0, _LINE).inside)
        item.addChildren([self._item(line) for line in inside[:_MOST]])
        if rest := self._rest(len(inside)):
            item.addChild(rest)

    def _rest(self, count: int) -> QTreeWidgetItem | None:
        """Return what stands for the lines that are not shown one by one."""
        if count <= _MOST:
            return None
        item = QTreeWidgetItem([self.tr("and %n more", "", count - _MOST)])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        return item

    @Slot(QTreeWidgetItem, int)
    def _open(self, item: QTreeWidgetItem, column: int) -> None:
        del column
        line: Line | None = item.data(0, _LINE)
        if line is None:
            return
        if line.article:
            self.article_picked.emit(line.article)
        elif line.brief:
            self.brief_picked.emit(line.brief)

    @Slot()
    def _allow(self) -> None:
        """Enable what can be done."""
        self.again.setEnabled(not self._busy and bool(self._chosen()))
        self.all_again.setEnabled(not self._busy and bool(self._failed()))

    def _chosen(self) -> tuple[str, ...]:
        """Return the files that are selected, or in which something is, and that failed."""
        files: dict[str, None] = {}
        for item in self.tree.selectedItems():
            line: Line | None = (item.parent() or item).data(0, _LINE)
            if line is not None and line.again and line.has_failed:
                files[line.again] = None
        return tuple(files)

    def _failed(self) -> tuple[str, ...]:
        return tuple(line.again for line in self.lines() if line.again and line.has_failed)

    @Slot()
    def _ask_again(self) -> None:
        if files := self._chosen():
            self.again_asked.emit(files)

    @Slot()
    def _ask_all_again(self) -> None:
        if files := self._failed():
            self.again_asked.emit(files)

    @Slot()
    def _copy_list(self) -> None:
        rows = (
            "\t".join((each.name, each.words, *each.remarks))
            for line in self.lines()
            for each in _every(line)
        )
        QGuiApplication.clipboard().setText("\n".join(rows))


class _Wrapped(QStyledItemDelegate):
    """Gives a row the height that its words need: a tree cuts them off."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of the wrapped words, with some air."""
        depth = 2 if index.parent().isValid() else 1
        beside = depth * self._tree.indentation() + self._tree.iconSize().width() + 4 * _AIR
        width = max(80, self._tree.viewport().width() - beside)
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        box = option.fontMetrics.boundingRect(
            QRect(0, 0, width, 100_000), Qt.TextFlag.TextWordWrap, words
        )
        return QSize(width, max(box.height(), self._tree.iconSize().height()) + _AIR)


def _ranked(lines: tuple[Line, ...]) -> list[Line]:
    return sorted(
        lines,
        key=lambda line: (line.status != "failed", not line.has_failed, not line.remarks),
    )


def _every(line: Line) -> Iterator[Line]:
    yield line
    yield from _ranked(line.inside)


def _parts(name: str) -> tuple[str, str]:
    """Return the name of a file and a tooltip with its folder, whose text is never mark-up."""
    path = Path(name)
    if not path.is_absolute():  # a paste, or what was in another file
        return name, ""
    return path.name, f"<p style='white-space:pre'>{escape(str(path.parent))}</p>"
