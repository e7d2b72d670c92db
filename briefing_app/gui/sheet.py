"""The one style sheet of the window, filled from the tokens."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from briefing_app.gui import tokens

if TYPE_CHECKING:
    from briefing_app.gui.tokens import Tokens


def sheet(theme: Tokens) -> str:
    """Return the style sheet of a theme."""
    colours = {
        name: getattr(theme, name)
        for name in (
            *("app", "surface", "sunken", "border", "control_border", "text", "text2", "muted"),
            *("accent", "on_accent", "accent_soft", "hover", "scroll", "ok", "warn", "danger"),
        )
    }
    return Template(_SHEET).substitute(
        colours,
        caps=tokens.CAPS,
        meta=tokens.META,
        chip=tokens.CHIP_RADIUS,
        control=tokens.CONTROL_RADIUS,
        card=tokens.CARD_RADIUS,
        title=tokens.BRIEF_TITLE,
        pressed=theme.border,
    )


# A radius over half the height of its box is dropped by Qt, so every radius here is a small one.
_SHEET = """
QMainWindow, QDialog { background: $app; }
QFrame[plane="app"] { background: $app; border: none; }
QFrame[plane="surface"] { background: $surface; border: none; }
QFrame[plane="sunken"] { background: $sunken; border: none; }
QFrame[plane="card"] { background: $surface; border: 1px solid $border; border-radius: ${card}px; }
QFrame[plane="popup"] {
    background: $surface; border: 1px solid $control_border; border-radius: ${card}px; }
QFrame[plane="top"] { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame[plane="notice"] {
    background: $accent_soft; border: none; border-bottom: 1px solid $border; }
QFrame[plane="strip"] { background: $surface; border: none; border-top: 1px solid $border; }

QLabel[words="caps"] { color: $muted; font-size: ${caps}px; font-weight: 600; }
QLabel[words="meta"] { color: $muted; font-size: ${meta}px; }
QLabel[words="muted"] { color: $muted; }
QLabel[words="title"] { color: $text; font-size: ${title}px; font-weight: 600; }
QLabel[words="head"] { color: $text; font-weight: 600; }
QLabel[words="shelf"] { color: $text; font-weight: 500; }
QLabel[words="shelf-chosen"] { background: $accent_soft; color: $accent; font-weight: 600;
    border-radius: ${control}px; }
QLabel[words="ok"] { color: $ok; font-size: ${meta}px; font-weight: 500; }
QLabel[words="warn"] { color: $warn; font-size: ${meta}px; font-weight: 500; }
QLabel[words="danger"] { color: $danger; font-size: ${meta}px; font-weight: 500; }

QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QMenuBar { background: $surface; color: $text; border: none; padding: 1px 6px; }
QMenuBar::item { background: transparent; padding: 4px 9px; border-radius: ${chip}px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; }
QMenu { background: $surface; color: $text; border: 1px solid $border; padding: 5px; }
QMenu::item { padding: 6px 22px 6px 10px; border-radius: ${chip}px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }

QStatusBar { background: $surface; color: $text2; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: 4px 6px; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton, QToolButton { color: $text; font-weight: 500; }
QPushButton, QPushButton[kind="plain"], QToolButton[kind="plain"] {
    background: $surface; border: 1px solid $control_border; border-radius: ${control}px;
    padding: 5px 12px; min-height: 18px; }
QPushButton:hover, QToolButton[kind="plain"]:hover { background: $hover; }
QPushButton:pressed, QToolButton[kind="plain"]:pressed { background: $pressed; }
QPushButton:focus, QToolButton[kind="plain"]:focus {
    border: 2px solid $accent; padding: 4px 11px; }
QPushButton:disabled, QToolButton:disabled { color: $muted; border-color: $border; }
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent; border-color: $text; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 4px 11px; }
QPushButton[kind="primary"]:disabled {
    background: $hover; color: $muted; border-color: $border; }
QPushButton[kind="danger"] {
    background: $danger; color: $surface; border: 1px solid $danger; font-weight: 600; }
QPushButton[kind="danger"]:hover { background: $danger; border-color: $text; }
QPushButton[kind="danger"]:focus { border: 2px solid $text; padding: 4px 11px; }
QPushButton[kind="quiet"], QToolButton, QToolButton[kind="quiet"] {
    background: transparent; border: 1px solid transparent; border-radius: ${control}px;
    padding: 5px; }
QPushButton[kind="quiet"]:hover, QToolButton:hover { background: $hover; }
QPushButton[kind="quiet"]:pressed, QToolButton:pressed { background: $pressed; }
QPushButton[kind="quiet"]:focus, QToolButton:focus { border: 2px solid $accent; padding: 4px; }
QToolButton:checked {
    background: $accent_soft; color: $accent; }
QToolButton[kind="quiet"]:checked { background: transparent; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton[kind="chip"], QToolButton[kind="chip"] {
    background: $hover; color: $text2; border: 1px solid $hover; border-radius: ${chip}px;
    padding: 0 6px; min-height: 13px; font-size: ${caps}px; font-weight: 600; }
QPushButton[kind="chip"]:hover, QToolButton[kind="chip"]:hover {
    border-color: $control_border; }
QPushButton[kind="chip"]:focus, QToolButton[kind="chip"]:focus {
    border: 2px solid $accent; padding: 0 5px; }
QPushButton[kind="chip-empty"], QToolButton[kind="chip-empty"] {
    background: transparent; color: $muted; border: 1px dashed $control_border;
    border-radius: ${chip}px; padding: 0 6px; min-height: 13px; font-size: ${caps}px;
    font-weight: 500; }
QPushButton[kind="chip-empty"]:hover, QToolButton[kind="chip-empty"]:hover {
    color: $text; border-color: $text2; }
QPushButton[kind="chip-empty"]:focus, QToolButton[kind="chip-empty"]:focus {
    border: 2px solid $accent; padding: 0 5px; }
QToolButton[kind="caps"] {
    color: $muted; font-size: ${caps}px; font-weight: 600; padding: 5px 5px; }
QToolButton[kind="caps"]:focus { padding: 4px 4px; }
QToolButton[kind="quiet"]:disabled, QToolButton[kind="caps"]:disabled {
    border-color: transparent; }
QPushButton[kind="add"] {
    background: transparent; color: $muted; border: 1px solid transparent;
    border-radius: ${control}px; padding: 5px 9px; text-align: left; font-weight: 400; }
QPushButton[kind="add"]:hover { background: $hover; color: $text; }
QPushButton[kind="add"]:focus { border: 2px solid $accent; padding: 4px 8px; }
QFrame[plane="drop"] { background: $accent; border: none; border-radius: 1px; }
QPushButton[kind="field"] {
    background: $sunken; color: $muted; border: 1px solid $border; text-align: left;
    font-weight: 400; padding: 6px 10px; }
QPushButton[kind="field"]:hover { border-color: $control_border; }
QPushButton[kind="field"]:focus { border: 2px solid $accent; padding: 5px 9px; }

QLineEdit, QComboBox, QSpinBox, QDateTimeEdit, QDateEdit, QPlainTextEdit[kind="field"] {
    background: $surface; color: $text; border: 1px solid $control_border;
    border-radius: ${control}px; padding: 5px 9px; min-height: 18px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateTimeEdit:focus, QDateEdit:focus,
QPlainTextEdit[kind="field"]:focus { border: 2px solid $accent; padding: 4px 8px; }
QLineEdit:disabled, QComboBox:disabled { color: $muted; background: $sunken; }
QLineEdit[kind="as-of"] {
    background: transparent; color: $text2; border: 1px solid transparent; padding: 1px 4px;
    min-height: 16px; font-size: ${meta}px; }
QLineEdit[kind="as-of"]:hover { border-color: $border; }
QLineEdit[kind="as-of"]:focus { border: 2px solid $accent; padding: 0 3px; background: $surface; }
QLineEdit[kind="bare"] { background: transparent; border: none; padding: 6px 4px; }
QComboBox QAbstractItemView {
    background: $surface; color: $text; border: 1px solid $border;
    selection-background-color: $accent_soft; selection-color: $text; }

QAbstractScrollArea { background: $surface; border: none; }
QTableView { selection-background-color: transparent; }
QAbstractScrollArea[plane="app"] { background: $app; }
QAbstractScrollArea[plane="sunken"] { background: $sunken; }
QAbstractScrollArea[plane="fresh"] { background: $accent_soft; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: $control_border; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar {
    background: $hover; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QListWidget::item { padding: 5px 6px; }
QListWidget::item:selected { background: $accent_soft; color: $text; }
QCheckBox::indicator:unchecked, QListWidget::indicator:unchecked {
    background: $surface; border: 1px solid $control_border; border-radius: 3px;
    width: 12px; height: 12px; }
QTableWidget { gridline-color: $border; outline: none; }
QTableWidget::item { padding: 3px 6px; }
QTableWidget::item:selected { background: $accent_soft; color: $text; }
QTableWidget QHeaderView::section {
    background: $sunken; color: $text2; border: none; border-bottom: 1px solid $border;
    padding: 5px 6px; }
QTabWidget::pane { border: none; }
"""
