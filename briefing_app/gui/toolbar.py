"""The bar at the top: import, undo, redo, the search box, theme, settings, preview, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore  # `Qt` itself takes 14 ms to load: not before the first paint
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton

from briefing_app.gui import tokens
from briefing_app.gui.actions import hint
from briefing_app.gui.icons import icon
from briefing_app.gui.theme import current, give_look

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from briefing_app.gui.actions import Actions


class Toolbar(QFrame):
    """Buttons for the commands that are used all day."""

    theme_toggled = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_look(self, plane="top")
        self.setFixedHeight(tokens.TOOLBAR)
        self.search = SearchButton(actions["search"], self)
        self._theme = QToolButton()
        give_look(self._theme, kind="quiet")
        self._theme.setIconSize(QSize(18, 18))
        self._theme.clicked.connect(self.theme_toggled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self._quiet(actions["articles"]))
        layout.addWidget(_labelled(actions["import"], self.tr("Import"), "plain"))
        layout.addSpacing(4)
        layout.addWidget(self._quiet(actions["undo"]))
        layout.addWidget(self._quiet(actions["redo"]))
        layout.addStretch(1)
        layout.addWidget(self.search, 2)
        layout.addStretch(1)
        layout.addWidget(self._theme)
        layout.addWidget(self._quiet(actions["settings"]))
        layout.addSpacing(4)
        layout.addWidget(_labelled(actions["preview"], self.tr("Preview"), "plain"))
        layout.addWidget(
            _labelled(actions["export"], self.tr("Export PDF"), "primary", ink="on_accent")
        )
        self.show_theme()

    def furnish(self) -> None:
        """Let the mouse leave the keyboard where it is; `Qt` is not loaded before the first paint."""
        for button in self.findChildren(_Labelled):
            button.setFocusPolicy(QtCore.Qt.FocusPolicy.TabFocus)
        self.search.let_through()

    def show_theme(self) -> None:
        """Offer the theme that is not on."""
        dark = current() is tokens.DARK
        self._theme.setIcon(icon("sun" if dark else "moon"))
        words = self.tr("Light theme") if dark else self.tr("Dark theme")
        self._theme.setToolTip(words)
        self._theme.setAccessibleName(words)

    def _quiet(self, action: QAction) -> QToolButton:
        button = _Follower(action, self)
        give_look(button, kind="quiet")
        return button


class SearchButton(QPushButton):
    """Looks like a field; a press opens the box that searches and runs commands."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(action.text(), parent)
        give_look(self, kind="field")
        self.setIcon(icon("search", "muted"))
        self.setMinimumWidth(216)
        self.setMaximumWidth(380)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(action.text())
        self._keys = keys = QLabel(
            action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
        )
        give_look(keys, words="caps")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.addStretch(1)
        layout.addWidget(keys)
        self.clicked.connect(action.trigger)

    def let_through(self) -> None:
        """Take the clicks on the words for the keys too."""
        self._keys.setAttribute(QtCore.Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words the room where there is not enough for both."""
        super().resizeEvent(event)
        self._keys.setVisible(self.width() > 270)

    def sizeHint(self) -> QSize:
        """Be as wide as there is room for."""
        return QSize(380, 32)


class _Follower(QToolButton):
    """A button without words; its name is that of the command, keys included."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDefaultAction(action)
        self.setIconSize(QSize(18, 18))
        action.changed.connect(self._name)
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(hint(self.defaultAction()))


class _Labelled(QPushButton):
    def __init__(self, action: QAction, words: str) -> None:
        super().__init__(f"\u2009{words}")  # Qt leaves too little room behind an icon
        self.setAccessibleName(words)
        self._action = action
        self.setCheckable(action.isCheckable())
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setChecked(self._action.isChecked())
        self.setToolTip(self._action.toolTip())


def _labelled(action: QAction, words: str, kind: str, ink: str = "text2") -> QPushButton:
    button = _Labelled(action, words)
    give_look(button, kind=kind)
    button.setIcon(icon(action.property("icon-name"), ink))
    button.setIconSize(QSize(16, 16))
    return button
