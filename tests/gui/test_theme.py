from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QIcon, QPalette
from PySide6.QtWidgets import QLabel

import briefing_app
from briefing_app.assets import resource
from briefing_app.gui import fonts, theme, tokens
from briefing_app.gui.commands import COMMANDS
from briefing_app.gui.icons import icon


@pytest.fixture
def dark(qapp):
    theme.apply(qapp, tokens.DARK)
    yield
    theme.apply(qapp, tokens.LIGHT)


def test_the_theme_in_use_is_known_from_the_application_itself(qapp):
    theme.apply(qapp, tokens.LIGHT)
    assert theme.current() is tokens.LIGHT
    theme.apply(qapp, tokens.DARK)
    assert theme.current() is tokens.DARK
    theme.apply(qapp, tokens.LIGHT)


def test_a_switch_reaches_widgets_that_already_stand(qapp, qtbot):
    theme.apply(qapp, tokens.LIGHT)
    label = QLabel("Text")
    qtbot.addWidget(label)
    theme.apply(qapp, tokens.DARK)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(tokens.DARK.text)
    theme.apply(qapp, tokens.LIGHT)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(tokens.LIGHT.text)


def test_an_icon_takes_the_colour_of_the_theme(qapp, dark):
    shown = icon("inbox", "accent").pixmap(QSize(32, 32), 2.0).toImage()
    assert shown.width() == 64
    opaque = {
        shown.pixelColor(x, y).name().upper()
        for x in range(64)
        for y in range(64)
        if shown.pixelColor(x, y).alpha() == 255
    }
    assert tokens.DARK.accent in opaque


def test_only_the_icons_in_use_are_shipped_and_all_of_them():
    package = Path(briefing_app.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    shipped = {path.stem for path in resource("icons").glob("*.svg")} - {"briefing-desk"}
    assert {name for name in shipped if f'"{name}"' not in code} == set()
    assert {command.icon for command in COMMANDS if command.icon} <= shipped


def test_a_copied_icon_still_paints(qapp):
    copied = QIcon(icon("search"))
    assert not copied.pixmap(16).toImage().isNull()


def test_the_shipped_typefaces_are_used(qapp):
    fonts.register()
    assert QFontInfo(fonts.chrome()).family() == tokens.CHROME
    assert QFontInfo(fonts.content()).family() == tokens.CONTENT


@pytest.mark.parametrize(
    ("ground", "ink", "expected"),
    [("#202020", "#F0F0F0", tokens.DARK), ("#EFEFEF", "#000000", tokens.LIGHT)],
)
def test_before_a_theme_is_set_the_palette_says_how_the_system_is(qapp, ground, ink, expected):
    qapp.setStyleSheet("")
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(ground))
    palette.setColor(QPalette.ColorRole.WindowText, QColor(ink))
    qapp.setPalette(palette)
    assert theme.chosen(theme.Choice.SYSTEM) is expected
    theme.apply(qapp, tokens.LIGHT)
