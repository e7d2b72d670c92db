"""What came of an import: a line for each file, with the reason; those that failed stand first."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui.icons import icon
from briefing_app.gui.theme import set_look


@dataclass(frozen=True, slots=True)
class Line:
    """A file and what became of it; `article` or `brief` is an id where it made one.

    `remarks` is what the user should know of a file that came in all the same.
    """

    name: str
    status: str
    words: str
    remarks: tuple[str, ...] = ()
    article: str = ""
    brief: str = ""


_ICONS = {
    "failed": ("triangle-alert", "danger"),
    "remarked": ("info", "warn"),
    "duplicate": ("copy", "muted"),
    "listed": ("link", "muted"),
    "version": ("file-text", "accent"),
    "new": ("circle-check", "ok"),
}


class ResultsDialog(QDialog):
    """Can be left open beside the window, and opened again from the menu."""

    article_picked = Signal(str)
    brief_picked = Signal(str)
    pages_wanted = Signal()
    feeds_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Results of the import"))
        self.resize(620, 420)
        self._head = QLabel()
        set_look(self._head, words="title")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Files"))
        self.list.setIconSize(QSize(16, 16))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._open)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._copy = QPushButton(self.tr("Copy the list"))
        buttons.addButton(self._copy, QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.clicked.connect(self._copy_list)
        self.pages = QPushButton()
        self.feeds = QPushButton()
        for button, wanted in ((self.pages, self.pages_wanted), (self.feeds, self.feeds_wanted)):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
            button.clicked.connect(wanted)
            button.hide()
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (self._head, self.list, buttons):
            layout.addWidget(widget)

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
        self.list.clear()
        for line in sorted(lines, key=lambda line: (line.status != "failed", not line.remarks)):
            name, folder = _parts(line.name)
            words = "\n".join((f"\u2068{name}\u2069", line.words, *line.remarks))
            item = QListWidgetItem(words, self.list)
            look = "remarked" if line.remarks and line.status != "failed" else line.status
            item.setIcon(icon(*_ICONS.get(look, ("file-text", "muted"))))
            item.setToolTip(folder)
            item.setData(Qt.ItemDataRole.UserRole, line)

    def _open(self, item: QListWidgetItem) -> None:
        line: Line = item.data(Qt.ItemDataRole.UserRole)
        if line.article:
            self.article_picked.emit(line.article)
        elif line.brief:
            self.brief_picked.emit(line.brief)

    def _copy_list(self) -> None:
        items = (self.list.item(at) for at in range(self.list.count()))
        lines: list[Line] = [item.data(Qt.ItemDataRole.UserRole) for item in items]
        rows = ("\t".join((line.name, line.words, *line.remarks)) for line in lines)
        QGuiApplication.clipboard().setText("\n".join(rows))


def _parts(name: str) -> tuple[str, str]:
    """Return the name of a file and a tooltip with its folder, whose text is never mark-up."""
    path = Path(name)
    if not path.is_absolute():  # a paste, or what was in another file
        return name, ""
    return path.name, f"<p style='white-space:pre'>{escape(str(path.parent))}</p>"
