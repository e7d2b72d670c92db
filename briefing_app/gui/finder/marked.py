"""One line of text with some ranges of it marked, as a search shows what it found."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from briefing_app.gui.articles.rows import isolated
from briefing_app.gui.theme import current

Ranges = tuple[tuple[int, int], ...]


def draw_marked(
    painter: QPainter,
    place: QRect,
    text: str,
    marks: Ranges,
    *,
    font: QFont,
    colour: str,
    direction: Qt.LayoutDirection,
) -> None:
    """Draw a text that is cut at its end, on a tint where it is marked.

    Units: marks count code points.
    """
    room = max(place.width(), 0)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
    layout = QTextLayout(isolated(shown), font)
    way = QTextOption()
    way.setTextDirection(direction)
    way.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(way)
    layout.setFormats(_formats(shown, text, marks))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(room)
    layout.endLayout()
    painter.setPen(QColor(colour))
    top = place.top() + (place.height() - line.height()) / 2
    layout.draw(painter, QPointF(place.left(), top))


def _formats(shown: str, text: str, marks: Ranges) -> list[QTextLayout.FormatRange]:
    """Return the ranges as Qt wants them; what was cut off has none."""
    kept = len(shown) if shown == text else len(shown) - 1  # without the sign of the cut
    form = QTextCharFormat()
    form.setBackground(QColor(current().tint.takeaway))
    form.setForeground(QColor(current().text))
    ranges = []
    for start, end in marks:
        if start < kept:
            each = QTextLayout.FormatRange()
            each.start = 1 + _units(text, start)  # behind the sign that isolates the text
            each.length = _units(text, min(end, kept)) - _units(text, start)
            each.format = form
            ranges.append(each)
    return ranges


def _units(text: str, at: int) -> int:
    """Return how many UTF-16 units come before a code point."""
    return at + sum(letter > "\uffff" for letter in text[:at])
