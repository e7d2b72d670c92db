"""Light and dark: a palette and one style sheet over Fusion, from the tokens, set once per switch.

Widgets choose their looks with properties that the sheet knows:

- ``kind`` of a button: "primary", "plain" (with a border), "quiet" (without one), "chip", "chip-empty"
- ``words`` of a label: "caps", "meta", "muted", "title", "ok", "warn", "danger"
- ``plane`` of a frame: "app", "surface", "sunken", "card", "popup"
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from briefing_app.gui import fonts, tokens
from briefing_app.gui.sheet import sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Choice(StrEnum):
    """What the user chose; `SYSTEM` follows the system's own setting."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def apply(app: QApplication, theme: tokens.Tokens) -> None:
    """Give the application a theme; cheap when it has that theme already."""
    if app.styleSheet() and current() is theme:
        return
    app.setFont(fonts.chrome())
    app.setPalette(_palette(theme))
    app.setStyleSheet(sheet(theme))


def chosen(choice: Choice) -> tokens.Tokens:
    """Return the tokens of a choice, as the system is set now."""
    match choice:
        case Choice.LIGHT:
            return tokens.LIGHT
        case Choice.DARK:
            return tokens.DARK
        case Choice.SYSTEM:
            return tokens.DARK if _system_is_dark() else tokens.LIGHT


def current() -> tokens.Tokens:
    """Return the tokens that the application shows; delegates ask when they paint."""
    shown = QGuiApplication.palette().color(QPalette.ColorRole.Window).name().upper()
    return tokens.DARK if shown == tokens.DARK.app else tokens.LIGHT


def give_look(widget: QWidget, **properties: str) -> None:
    """Set the looks of a new widget, which has not been shown."""
    for name, value in properties.items():
        widget.setProperty(name, value)


def set_look(widget: QWidget, **properties: str) -> None:
    """Set looks that the sheet knows (`kind`, `words`, `plane`) and show them."""
    give_look(widget, **properties)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def _system_is_dark() -> bool:
    application = QApplication.instance()
    if isinstance(application, QApplication) and not application.styleSheet():
        # the palette is still the system's own; the word itself would load the whole of `Qt`, 14 ms
        role, palette = QPalette.ColorRole, QGuiApplication.palette()
        return palette.color(role.WindowText).value() > palette.color(role.Window).value()
    return QGuiApplication.styleHints().colorScheme() is QtCore.Qt.ColorScheme.Dark


def _palette(theme: tokens.Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in (
        (role.Window, theme.app),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.sunken),
        (role.Text, theme.text),
        (role.Button, theme.surface),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.danger),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.PlaceholderText, theme.muted),
        (role.ToolTipBase, theme.surface),
        (role.ToolTipText, theme.text),
        (role.Light, theme.surface),
        (role.Midlight, theme.hover),
        (role.Mid, theme.border),
        (role.Dark, theme.control_border),
        (role.Shadow, theme.border),
    ):
        palette.setColor(name, QColor(colour))
    faded = QColor(theme.muted)
    faded.setAlpha(150)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, faded)
    return palette
