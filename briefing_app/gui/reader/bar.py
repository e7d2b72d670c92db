"""The line under an article's title: where a point goes, its like, the highlights. Always in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QToolButton, QWidget

from briefing_app.gui import fonts, icons, theme, tokens
from briefing_app.gui.reader.printings import Origins

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

HEIGHT = 34  # px


class TargetBar(QFrame):
    """It scrolls with the head of the article and stays at the upper edge when that is gone."""

    target_pressed = Signal()
    highlights_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stuck = False
        self._target = _Target(self)
        self._target.clicked.connect(self.target_pressed)
        self._count = QToolButton(self)
        self._count.setIcon(icons.icon("highlighter"))
        self._count.setIconSize(QSize(15, 15))
        self._count.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._count.setFont(fonts.chrome(tokens.META, QFont.Weight.Medium))
        self._count.clicked.connect(self.highlights_pressed)
        self.origins = Origins(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._target, 1)
        self._row.addWidget(self.origins, 0)
        self._row.addWidget(self._count, 0)
        self.setFixedHeight(HEIGHT)
        self.show_target("")
        self.show_count(0)

    def show_target(self, story: str) -> None:
        """Show where a point goes; an empty name means that no story is open."""
        self._target.show_story(story)

    def show_count(self, highlights: int) -> None:
        """Show how many highlights there are."""
        self._count.setVisible(highlights > 0)
        words = (
            self.tr("%n highlights", "", highlights) if highlights != 1 else self.tr("1 highlight")
        )
        self._count.setText(" " + words)
        self._count.setToolTip(self.tr("Show the highlights of this article"))

    def place(self, top: float, width: int, left: float, right: float, *, rtl: bool) -> None:
        """Stand at a height, or at the upper edge once that is above it.

        Units: px of the parent; `left` and `right` are the edges of the text.
        """
        self._stuck = top < 0
        self.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        )
        self._row.setContentsMargins(
            round(left) - _Target.PAD, 0, round(width - right) - _Target.PAD, 0
        )
        self.setGeometry(0, max(0, round(top)), width, HEIGHT)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover the text below when it stands at the upper edge."""
        del event
        if not self._stuck:
            return
        shown = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(shown.surface))
        painter.setPen(QPen(QColor(shown.border), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class _Target(QAbstractButton):
    """Where a point goes ("to: 3 Grid failures"), with the key that changes it."""

    PAD = 6

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._story = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Choose where points go (G)"))

    def show_story(self, story: str) -> None:
        self._story = story
        name = (
            self.tr("Points go to: {0}").replace("{0}", story)
            if story
            else self.tr("No story is open: points are kept as highlights")
        )
        self.setAccessibleName(name)
        self.setText(story)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        shown = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        plain = fonts.chrome(tokens.META)
        strong = fonts.chrome(tokens.META, QFont.Weight.DemiBold)
        lead = self.tr("to:") if self._story else ""
        name = self._story or self.tr("Highlights only: no story is open")
        wide = QFontMetrics(plain).horizontalAdvance(lead + " ") if lead else 0
        metrics = QFontMetrics(strong)
        room = self.width() - 2 * self.PAD - wide - 28
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(40, room))
        used = 2 * self.PAD + wide + metrics.horizontalAdvance(name) + 28
        box = QRect(0, (self.height() - 26) // 2, min(self.width(), used), 26)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            box.moveRight(self.width() - 1)
        self._paint_box(painter, QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))
        inner = box.adjusted(self.PAD, 0, -self.PAD, 0)
        leading = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.setFont(plain)
        painter.setPen(QColor(shown.muted))
        painter.drawText(inner, leading, _apart(lead))
        painter.setFont(strong)
        painter.setPen(QColor(shown.accent if self._story else shown.muted))
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.drawText(
            inner.adjusted(0 if rtl else wide, 0, -wide if rtl else 0, 0), leading, _apart(name)
        )
        self._paint_key(painter, inner, rtl=rtl)

    def _paint_box(self, painter: QPainter, box: QRectF) -> None:
        shown = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(QColor(shown.accent), 2))
        elif self.underMouse():
            painter.setBrush(QColor(shown.hover))
        painter.drawRoundedRect(box, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)

    def _paint_key(self, painter: QPainter, inner: QRect, *, rtl: bool) -> None:
        shown = theme.current()
        cap = QRect(0, 0, 18, 18)
        cap.moveCenter(inner.center())
        cap.moveLeft(inner.left() if rtl else inner.right() - 17)
        painter.setPen(QPen(QColor(shown.border), 1))
        painter.setBrush(QColor(shown.sunken))
        painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(shown.muted))
        painter.setFont(fonts.chrome(tokens.CAPS, QFont.Weight.DemiBold))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, "G")


def _apart(text: str) -> str:
    """Return a text whose direction is its own, whatever stands around it."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"
