"""The letters in the margin: which highlight begins on which line, and what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from briefing_app.domain.annotation import Role
from briefing_app.gui import fonts, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.domain.annotation import Annotation
    from briefing_app.gui.tokens import Tokens

SIDE, GAP, FROM_TEXT = 18, 3, 7  # px
DOT = 10


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge and the highlights that it stands for: one, or those that found no room."""

    rect: QRectF
    annotations: tuple[Annotation, ...]
    used: bool = True

    @property
    def text(self) -> str:
        """Return the letter, or how many more begin on this line."""
        many = len(self.annotations)
        return self.annotations[0].role.letter if many == 1 else f"+{many}"


def arrange(
    begun: Iterable[tuple[Annotation, QRectF]], used: frozenset[str], edge: float, *, rtl: bool
) -> tuple[Badge, ...]:
    """Return the badges of highlights and the lines that they begin on, without overlap.

    Shape: two at most beside a line; from the third on they share one, "+2".
    Units: px; `edge` is the x of the edge of the text that the badges stand at.
    """
    rows: list[tuple[float, list[Annotation]]] = []
    for annotation, line in sorted(begun, key=lambda one: one[1].center().y()):
        middle = line.center().y()
        if rows and middle - rows[-1][0] < SIDE:
            rows[-1][1].append(annotation)
        else:
            rows.append((middle, [annotation]))
    badges: list[Badge] = []
    for middle, row in rows:
        shared = (row,) if len(row) == 1 else (row[:1], row[1:])
        for column, ones in enumerate(shared):
            away = FROM_TEXT + column * (SIDE + GAP)
            left = edge + away if rtl else edge - away - SIDE
            rect = QRectF(round(left), round(middle - SIDE / 2), SIDE, SIDE)
            badges.append(Badge(rect, tuple(ones), any(one.id in used for one in ones)))
    return tuple(badges)


def paint(painter: QPainter, badge: Badge, theme: Tokens) -> None:
    """Paint a badge: full when a statement uses the highlight, an outline when none does."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    roles = {one.role for one in badge.annotations}
    role = roles.pop() if len(roles) == 1 else None
    ink = QColor(theme.text2 if role is None else theme.role[role])
    if role is Role.HIGHLIGHT and len(badge.annotations) == 1:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(badge.rect.center(), DOT / 2, DOT / 2)
        return
    if badge.used:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(badge.rect, tokens.CHIP_RADIUS, tokens.CHIP_RADIUS)
    else:
        painter.setPen(QPen(ink, 1.25))
        painter.setBrush(QColor(theme.surface))
        inner = badge.rect.adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawRoundedRect(inner, tokens.CHIP_RADIUS - 1, tokens.CHIP_RADIUS - 1)
    painter.setFont(fonts.chrome(tokens.CAPS, QFont.Weight.DemiBold))
    painter.setPen(QColor(theme.surface) if badge.used else ink)
    painter.drawText(badge.rect, Qt.AlignmentFlag.AlignCenter, badge.text)
