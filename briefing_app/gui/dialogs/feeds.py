"""The feeds that the library follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
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

from briefing_app.errors import BriefingError
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from briefing_app.services.feeds import Feeds


class FeedsDialog(QDialog):
    """A list; it is accepted when the feeds are to be asked for what is new."""

    failed = Signal(Exception)

    def __init__(self, feeds: Feeds, parent: QWidget | None, *, writable: bool) -> None:
        super().__init__(parent)
        self._feeds = feeds
        self._writable = writable
        self.setWindowTitle(self.tr("Feeds"))
        self.resize(560, 380)
        head = QLabel(self.tr("Feeds"))
        set_look(head, words="title")
        self._words = QLabel(
            self.tr(
                "A feed that you import from the web is followed. It is asked only when you refresh, "
                "and brings what is not in the library, nor in its trash."
            )
        )
        self._words.setWordWrap(True)
        set_look(self._words, words="meta")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Feeds"))
        self.list.currentRowChanged.connect(self._allow)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.refresh = QPushButton(self.tr("Refresh now"))
        self.forget = QPushButton(self.tr("Forget"))
        for button in (self.refresh, self.forget):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        set_look(self.refresh, kind="primary")
        self.refresh.clicked.connect(self.accept)
        self.forget.clicked.connect(self._forget)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (head, self._words, self.list, buttons):
            layout.addWidget(widget)
        self._show()

    def _show(self) -> None:
        self.list.clear()
        for feed in self._feeds.all():
            words = f"\u2068{feed.title}\u2069\n{feed.url}" if feed.title else feed.url
            item = QListWidgetItem(words, self.list)
            item.setData(Qt.ItemDataRole.UserRole, feed.url)
        self._allow()

    def _allow(self) -> None:
        self.refresh.setEnabled(self._writable and self.list.count() > 0)
        self.forget.setEnabled(self._writable and self.list.currentItem() is not None)

    def _forget(self) -> None:
        item = self.list.currentItem()
        try:
            self._feeds.forget(item.data(Qt.ItemDataRole.UserRole))
        except BriefingError as error:
            self.failed.emit(error)
        self._show()
