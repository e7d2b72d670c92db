"""The shipped typefaces: Inter for the window, Source Serif 4 for what is read."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from briefing_app.assets import resource
from briefing_app.gui import tokens

CHROME = (
    "Inter_400Regular.ttf",
    "Inter_500Medium.ttf",
    "Inter_600SemiBold.ttf",
)
CONTENT = (
    "SourceSerif4_400Regular.ttf",
    "SourceSerif4_400Regular_Italic.ttf",
    "SourceSerif4_600SemiBold.ttf",
)


def register(files: tuple[str, ...] = CHROME + CONTENT) -> None:
    """Make typefaces known to Qt; once, those of the window before its first paint."""
    for name in files:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))


def chrome(px: int = tokens.UI, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the typeface of the window at a size in px at 100 %."""
    return _font(tokens.CHROME, px, weight)


def content(px: int = tokens.READER, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the typeface of articles at a size in px at 100 %."""
    return _font(tokens.CONTENT, px, weight)


def _font(family: str, px: int, weight: QFont.Weight) -> QFont:
    font = QFont(family)
    font.setPixelSize(px)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
