"""The window: menus, toolbar, three panes, status line. It stands without a library."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from PySide6 import QtCore  # `Qt` itself takes 14 ms to load: not before the first paint
from PySide6.QtCore import QByteArray, QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from briefing_app.gui.actions import Actions
from briefing_app.gui.articles.pane import ArticlesPane
from briefing_app.gui.panes import Panes
from briefing_app.gui.statusline import StatusLine
from briefing_app.gui.theme import Choice
from briefing_app.gui.toolbar import Toolbar

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent

    from briefing_app.gui.appearance import Appearance
    from briefing_app.settings import Settings

_THEMES = {
    "theme-system": Choice.SYSTEM,
    "theme-light": Choice.LIGHT,
    "theme-dark": Choice.DARK,
}
_FRAME = QSize(16, 48)  # the widest and highest of the common desktops


class MainWindow(QMainWindow):
    """Builds what is painted first and remembers where it stood; `gui/furniture` brings the rest."""

    dropped = Signal(object)  # QMimeData, valid during the call only
    painted = Signal()  # once, for the first time
    closing = Signal()

    def __init__(self, settings: Settings, appearance: Appearance) -> None:
        super().__init__()
        self._settings = settings
        self._appearance = appearance
        self.may_close: Callable[[], bool] = _always
        self.is_welcome: Callable[[QMimeData], bool] = _never
        self._was_painted = False
        self._soon = QTimer(self)  # work begins after the paint, not within it
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.painted)
        self.setWindowTitle("Briefing Desk")
        self.setAcceptDrops(True)
        self.setMinimumSize(860, 560)
        self.actions_ = Actions(self)
        self.menus = self.actions_.fill(self.menuBar())
        self.toolbar = Toolbar(self.actions_, self)
        self.articles = ArticlesPane(self)
        self.panes = Panes(self.articles)
        self.status = StatusLine(self)
        self._lay_out()
        self._connect()
        self._come_back()
        self.articles.names.setFocus()

    def _lay_out(self) -> None:
        centre = QWidget()
        self._column = layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toolbar)
        layout.addWidget(self.panes, 1)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status)

    def _connect(self) -> None:
        group = QActionGroup(self)
        for name, choice in _THEMES.items():
            action = self.actions_[name]
            group.addAction(action)
            action.setChecked(self._appearance.choice is choice)
            action.triggered.connect(self._theme_chosen)
        self.toolbar.theme_toggled.connect(self._appearance.toggle)
        self._appearance.changed.connect(self._theme_changed)
        actions = self.actions_
        actions["articles"].toggled.connect(self.articles.setVisible)
        actions["full-screen"].toggled.connect(self._full_screen)
        actions["filter"].triggered.connect(self._filter)
        actions["quit"].triggered.connect(self.close)

    def add_banner(self, banner: QWidget) -> None:
        """Put a banner above the panes."""
        self._column.insertWidget(1, banner)

    def add_strip(self, strip: QWidget) -> None:
        """Put a strip under the panes."""
        self._column.addWidget(strip)

    def show_name(self, library: str) -> None:
        """Put the name of the library into the title; the user's own library needs none."""
        self.setWindowTitle(f"{library} — Briefing Desk" if library else "Briefing Desk")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first paint: the library is opened after it."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self._soon.start()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the full-screen command in step with the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.actions_["full-screen"].setChecked(self.isFullScreen())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome what can be imported."""
        if self.actions_["import"].isEnabled() and self.is_welcome(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand over what was dropped."""
        mime: QMimeData = event.mimeData()
        event.acceptProposedAction()
        self.dropped.emit(mime)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Store what is left to store, and remember where the window stood."""
        if not self.may_close():
            event.ignore()
            return
        self._settings.change(
            geometry=base64.b64encode(self.saveGeometry().data()).decode("ascii"),
            panes=self.panes.sizes_to_keep(),
            sidebar=self.actions_["articles"].isChecked(),
        )
        self._settings.save()
        self.closing.emit()
        super().closeEvent(event)

    def _come_back(self) -> None:
        now = self._settings.now
        placed = now.geometry and self.restoreGeometry(QByteArray.fromBase64(now.geometry.encode()))
        if not placed:
            self.resize(usual_size(self.screen().availableSize()))
        self.panes.take_sizes(now.panes)
        self.actions_["articles"].setChecked(now.sidebar)
        self.articles.setVisible(now.sidebar)

    def _theme_chosen(self) -> None:
        for name, choice in _THEMES.items():
            if self.actions_[name].isChecked():
                self._appearance.choose(choice)

    def _theme_changed(self) -> None:
        self.toolbar.show_theme()
        for name, choice in _THEMES.items():
            self.actions_[name].setChecked(self._appearance.choice is choice)

    def _full_screen(self, on: bool) -> None:
        if on != self.isFullScreen():
            self.setWindowState(self.windowState() ^ QtCore.Qt.WindowState.WindowFullScreen)

    def _filter(self) -> None:
        self.actions_["articles"].setChecked(True)
        self.articles.filter.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)
        self.articles.filter.selectAll()


def usual_size(room: QSize) -> QSize:
    """Return the size of a window that was never moved; the line at its bottom has to be seen.

    Its frame is known only when it is shown, so that some room is left for it.
    """
    return QSize(
        min(1440, room.width() - _FRAME.width()), min(900, room.height() - _FRAME.height())
    )


def _always() -> bool:
    return True


def _never(mime: QMimeData) -> bool:
    del mime
    return False
