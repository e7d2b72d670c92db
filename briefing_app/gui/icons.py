"""Icons drawn from the shipped SVGs in the colours of the theme, at the moment they are painted.

Nothing is rendered before its first paint, and a switch of the theme needs no new icons.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from briefing_app.assets import resource
from briefing_app.gui.theme import current

STROKE = "1.75"


def icon(name: str, colour: str = "text2", on: str = "accent") -> QIcon:
    """Return a Lucide icon by its name, in a colour of the tokens; `on` is that of a checked one."""
    return QIcon(_Engine(name, colour, on))


def draw_icon(painter: QPainter, rect: QRect, name: str, colour: QColor) -> None:
    """Paint an icon into a rectangle, crisp on any screen."""
    scale = painter.deviceTransform().m11()  # `device()` would load the types of all devices
    pixels = round(min(rect.width(), rect.height()) * scale)
    picture = QPixmap(_pixmap(name, colour.name(QColor.NameFormat.HexArgb), QSize(pixels, pixels)))
    picture.setDevicePixelRatio(scale)
    painter.drawPixmap(rect.topLeft(), picture)


class _Engine(QIconEngine):
    def __init__(self, name: str, colour: str, on: str) -> None:
        super().__init__()
        self._name, self._colour, self._on = name, colour, on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        draw_icon(painter, rect, self._name, self._ink(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _pixmap(self._name, self._ink(mode, state).name(QColor.NameFormat.HexArgb), size)

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour, self._on)

    def _ink(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        tokens = current()
        if mode is QIcon.Mode.Disabled:
            faded = QColor(tokens.muted)
            faded.setAlpha(110)
            return faded
        return QColor(tokens.colour(self._on if state is QIcon.State.On else self._colour))


def _pixmap(name: str, colour: str, size: QSize) -> QPixmap:
    key = f"lucide/{name}/{colour}/{size.width()}x{size.height()}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    ink = QColor(colour)
    svg = svg.replace("currentColor", ink.name()).replace(
        'stroke-width="2"', f'stroke-width="{STROKE}"'
    )
    picture = QPixmap(size)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setOpacity(ink.alphaF())
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    QPixmapCache.insert(key, picture)
    return picture
