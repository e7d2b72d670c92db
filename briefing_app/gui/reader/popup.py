"""The small pop-up at a passage: what it can become, for the mouse and for Tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QWidget

from briefing_app.domain.annotation import Role
from briefing_app.gui import fonts, keys, theme, tokens
from briefing_app.gui.icons import draw_icon
from briefing_app.gui.reader.head import role_name

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

SHADOW = 14  # px around the card
AWAY = 8  # px between the passage and the card


class Popup(QFrame):
    """The roles as buttons, a comment, and for a highlight that exists its deletion."""

    role_chosen = Signal(str, bool)
    comment_chosen = Signal()
    delete_chosen = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Make of this passage"))
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        row = QHBoxLayout(self)
        row.setContentsMargins(SHADOW + 6, SHADOW + 5, SHADOW + 6, SHADOW + 5)
        row.setSpacing(2)
        for role in (Role.STORY, Role.KEY_POINT, Role.TAKEAWAY, Role.IMPACT):
            button = _Button(self, role_name(role), role)
            button.setToolTip(
                self.tr("Press {0}; Shift+{0} asks where to").replace("{0}", role.letter)
            )
            button.clicked.connect(self._choose)
            row.addWidget(button)
        comment = _Button(self, self.tr("Highlight with a comment"), icon="message-square")
        comment.setToolTip(self.tr("Highlight with a comment: press {key}").replace("{key}", "C"))
        comment.clicked.connect(self.comment_chosen)
        self._delete = _Button(self, self.tr("Delete the highlight"), icon="trash-2")
        self._delete.clicked.connect(self.delete_chosen)
        row.addWidget(comment)
        row.addWidget(self._delete)
        self.hide()

    def offer(self, passage: tuple[QRectF, ...], bounds: QRect, *, existing: bool) -> None:
        """Stand above a passage, or below it where there is no room, inside `bounds`.

        Units: px of the parent. Nothing is shown where the passage is out of sight.
        """
        seen = [rect for rect in passage if rect.intersects(QRectF(bounds))]
        if not seen:
            self.hide()
            return
        self._delete.setVisible(existing)
        self.adjustSize()
        size, first, last = self.size(), seen[0], seen[-1]
        top = first.top() - AWAY - size.height() + SHADOW
        if top < bounds.top() - SHADOW:
            top = last.bottom() + AWAY - SHADOW
        top = min(top, bounds.bottom() - size.height() + SHADOW)
        left = first.center().x() - size.width() / 2
        left = max(bounds.left(), min(left, bounds.right() - size.width()))
        self.move(QPoint(round(left), round(max(bounds.top() - SHADOW, top))))
        self.show()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the letters here too; Esc gives the focus back."""
        letter = keys.pressed(event)
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        role = next((role for role in Role if role.letter == letter), None)
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif role:
            self.role_chosen.emit(role.value, shifted)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and its shadow, the only one in the window."""
        del event
        shown = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        painter.setPen(Qt.PenStyle.NoPen)
        dark = shown is tokens.DARK
        for spread in range(SHADOW, 0, -1):
            shade = QColor(0, 0, 0, 9 if dark else 4)
            painter.setBrush(shade)
            around = card.adjusted(-spread, -spread + 3, spread, spread)
            painter.drawRoundedRect(
                around, tokens.CARD_RADIUS + spread, tokens.CARD_RADIUS + spread
            )
        painter.setPen(QPen(QColor(shown.control_border), 1))
        painter.setBrush(QColor(shown.surface))
        inner = card.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inner, tokens.CARD_RADIUS, tokens.CARD_RADIUS)

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, _Button) and button.role is not None:
            self.role_chosen.emit(button.role.value, button.shifted)


class _Button(QAbstractButton):
    """A role with its letter, or an icon. It never takes the focus from the text by a click."""

    def __init__(
        self, parent: QWidget, name: str, role: Role | None = None, icon: str = ""
    ) -> None:
        super().__init__(parent)
        self.role, self.shifted, self._icon = role, False, icon
        self.setText(name)
        self.setAccessibleName(name)
        if icon:
            self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the room for the name and the letter behind it."""
        if self._icon:
            return QSize(34, 30)
        wide = QFontMetrics(self._type()).horizontalAdvance(self.text())
        return QSize(wide + 42, 30)

    def event(self, event: QEvent) -> bool:
        """Show the pointer's coming and going, and remember Shift."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        elif event.type() == QEvent.Type.MouseButtonRelease:
            held = getattr(event, "modifiers", lambda: Qt.KeyboardModifier.NoModifier)()
            self.shifted = held == Qt.KeyboardModifier.ShiftModifier
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the name in its role's colour, the letter beside it."""
        del event
        shown = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shown.hover))
            painter.drawRoundedRect(box, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)
        if self.hasFocus():
            painter.setPen(QPen(QColor(shown.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)
        if self.role is None:
            middle = self.rect().center()
            place = QRect(middle.x() - 8, middle.y() - 8, 18, 18)
            draw_icon(painter, place, self._icon, QColor(shown.text2))
            return
        painter.setLayoutDirection(self.layoutDirection())
        painter.setPen(QColor(shown.role[self.role]))
        painter.setFont(self._type())
        middle_line = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            self.rect().adjusted(10, 0, -10, 0),
            middle_line | Qt.AlignmentFlag.AlignLeading,
            self.text(),
        )
        painter.drawText(
            self.rect().adjusted(10, 0, -12, 0),
            middle_line | Qt.AlignmentFlag.AlignTrailing,
            self.role.letter,
        )

    def _type(self) -> QFont:
        return fonts.chrome(tokens.UI, QFont.Weight.DemiBold)
