"""A box to tick whose edge can be seen in both themes: Fusion's own is lost on a dark ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from briefing_app.gui import theme
from briefing_app.gui.icons import draw_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

EDGE = 16  # px


class CheckBox(QCheckBox):
    """Paints its box from the tokens, and leaves the words to the style."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, then the box."""
        del event
        option = QStyleOptionButton()
        self.initStyleOption(option)
        style, shown = self.style(), theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        element = QStyle.SubElement
        words = style.subElementRect(element.SE_CheckBoxContents, option, self)
        place = style.subElementRect(element.SE_CheckBoxIndicator, option, self)
        box = QRect(0, 0, EDGE, EDGE)
        box.moveCenter(place.center())
        box.moveLeft(min(max(box.left(), 1), self.width() - EDGE - 1))  # its edge, too
        on = self.isChecked()
        edge = shown.accent if on or self.hasFocus() else shown.control_border
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(shown.accent if on else shown.surface))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if on:
            draw_icon(painter, box.adjusted(2, 2, -2, -2), "check", QColor(shown.on_accent))
        painter.setPen(QColor(shown.text if self.isEnabled() else shown.muted))
        lead = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(words, lead | Qt.TextFlag.TextShowMnemonic, self.text())
