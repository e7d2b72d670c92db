"""The theme in force: the user's choice, or the system's as it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from briefing_app.gui import theme, tokens
from briefing_app.gui.theme import Choice

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from briefing_app.settings import Settings


class Appearance(QObject):
    """Applies the theme at the start, when the user chooses and when the system changes."""

    changed = Signal()

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        app.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def choice(self) -> Choice:
        """Return what the user chose."""
        return Choice(self._settings.now.theme)

    def choose(self, choice: Choice) -> None:
        """Take a choice and show it."""
        self._settings.change(theme=choice.value)
        self._settings.save()
        self._apply()

    def toggle(self) -> None:
        """Choose the theme that is not on."""
        self.choose(Choice.LIGHT if theme.current() is tokens.DARK else Choice.DARK)

    def settle(self) -> None:
        """Ask the system again how it is set: before the first paint its palette has to do."""
        self._apply()

    @Slot()
    def _apply(self) -> None:
        theme.apply(self._app, theme.chosen(self.choice))
        self.changed.emit()
