"""One statement in a card: its handle, its text and its chip.

The text has the whole width. The chip stands at the far end of its last line, or below it where that
line is too long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QMenu, QStyle, QVBoxLayout, QWidget

from briefing_app.domain.statement import Kind
from briefing_app.gui import fonts, tokens
from briefing_app.gui.composer.chip import Chip, Cite
from briefing_app.gui.composer.row import TextRow
from briefing_app.gui.icons import draw_icon
from briefing_app.gui.theme import current, set_look

if TYPE_CHECKING:
    from briefing_app.domain.statement import Statement
    from briefing_app.gui.composer.requests import Requests

PAD = 14  # inside a card, left and right
INDENT = {Kind.PARAGRAPH: 19, Kind.ITEM: 37}
ABOVE, BELOW, HEADING = 6, 6, 24
APART = 12  # px between the last word and the chip beside it
UNDER = 4  # px between the last line and the chip below it
FRESH_MS = 1600  # how long a statement that has just come is marked


class StatementView(QWidget):
    """Shows one statement; its text, place and sources change in place."""

    def __init__(self, story: str, statement: Statement, requests: Requests, name: str) -> None:
        super().__init__()
        self.id = statement.id
        self._story = story
        self._statement: Statement | None = None
        self._cites: tuple[Cite, ...] = ()
        self._heading = ""
        self._requests = requests
        self._pressed: QPoint | None = None
        self._dragging = False
        self._fresh = False
        self._room = 0  # px below the text for the chip
        self.row = TextRow(name)
        self.chip = Chip()
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._box = QVBoxLayout(self)
        self._box.setSpacing(0)
        self._box.addWidget(self.row)
        self.chip.setParent(self)  # above the row, and in no layout
        self._connect()

    def show_statement(
        self, statement: Statement, cites: tuple[Cite, ...], heading: str, *, chip: bool
    ) -> None:
        """Show the statement as it is now; `heading` stands above the first row of a group."""
        self.row.setReadOnly(self._requests.read_only)
        self.row.show_text(statement.text)
        before = self._statement
        self._statement = statement
        if before is None or (before.kind, self._heading) != (statement.kind, heading):
            self._heading = heading
            self._indent()
        self._cites = cites
        self.chip.show_cites(cites)
        if self.chip.isHidden() == chip:
            self.chip.setVisible(chip)
        self._place_chip()

    def show_fresh(self) -> None:
        """Mark the statement for a moment: it has just come, while the user looks elsewhere."""
        self._fresh = True
        set_look(self.row, plane="fresh")
        self.update()
        QTimer.singleShot(FRESH_MS, self, self._end_fresh)

    @property
    def is_fresh(self) -> bool:
        """Tell whether the statement is marked as one that has just come."""
        return self._fresh

    @property
    def statement(self) -> Statement:
        """Return what is shown."""
        assert self._statement is not None  # noqa: S101 (a view is shown before it is asked)
        return self._statement

    @property
    def cites(self) -> tuple[Cite, ...]:
        """Return the passages that are shown."""
        return self._cites

    def retire(self) -> None:
        """Go: the statement is no longer in this part. The row says nothing more."""
        self.row.blockSignals(True)
        self.hide()
        self.deleteLater()

    def _indent(self) -> None:
        """Leave room for the handle, on the side where reading begins: layouts mirror no margins."""
        begin, end = INDENT[self.statement.kind], PAD
        if self.isRightToLeft():
            begin, end = end, begin
        top = ABOVE + (HEADING if self._heading else 0)
        self._box.setContentsMargins(begin, top, end, BELOW + self._room)
        self.update()

    def _place_chip(self) -> None:
        """Put the chip at the far end of the last line if that is short enough, else below it."""
        if self.chip.isHidden() or self._statement is None:
            room = 0
        else:
            text, size = self.row.geometry(), self.chip.sizeHint()
            line = self.row.last_line().translated(text.topLeft())
            at = QRect(text.right() + 1 - size.width(), 0, size.width(), size.height())
            if self.isRightToLeft():
                at.moveLeft(text.left())
            beside = line.right() + APART <= at.left() or line.left() - APART >= at.right()
            room = 0 if beside else size.height() + UNDER
            middle = round(line.center().y() + 1 - size.height() / 2)  # off the line above
            at.moveTop(middle if beside else text.bottom() + 1 + UNDER)
            self.chip.setGeometry(at)
        if room != self._room:
            self._room = room
            self._indent()

    def _end_fresh(self) -> None:
        self._fresh = False
        set_look(self.row, plane="")
        self.update()

    # what the row asks for

    def _connect(self) -> None:
        row = self.row
        row.text_edited.connect(self._on_text)
        row.finished.connect(self._on_finished)
        row.split_asked.connect(self._on_split)
        row.pasted.connect(self._on_pasted)
        row.step_asked.connect(self._on_step)
        row.passage_asked.connect(self.chip.go)
        row.menu_asked.connect(self._on_menu)
        row.laid_out.connect(self._place_chip)
        row.focused.connect(self.update)
        row.focused.connect(self._on_caret)
        row.cursorPositionChanged.connect(self._on_caret)
        row.link_asked.connect(self._on_link)
        self.chip.passage_asked.connect(self._requests.chip_activated)
        self.chip.link_asked.connect(self._on_link)

    def _on_text(self, text: str) -> None:
        self._requests.text_edited.emit(self._story, self.id, text)

    def _on_finished(self) -> None:
        self.update()
        self._requests.text_finished.emit(self._story, self.id)
        empty = not self.row.text().strip() and not self.statement.evidence
        if empty and not self._requests.read_only:
            self._requests.delete_requested.emit(self._story, self.id)

    def _on_split(self, at: int) -> None:
        if self.row.text().strip():
            self._requests.split_requested.emit(self._story, self.id, at)

    def _on_pasted(self, lines: list[str]) -> None:
        self._requests.paste_requested.emit(self._story, self.id, lines)

    def _on_step(self, way: int, x: int) -> None:
        self._requests.focus_left.emit(self.id, way, x)

    def _on_caret(self) -> None:
        if self.row.hasFocus():
            self._requests.caret_moved.emit(self.row)

    def _on_link(self) -> None:
        self._requests.link_requested.emit(self._story, self.id)

    def _on_menu(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """Return what can be done with the statement."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        selected = self.row.textCursor().hasSelection()
        menu.addAction(self.tr("Cut"), self.row.cut).setEnabled(selected)
        menu.addAction(self.tr("Copy"), self.row.copy).setEnabled(selected)
        menu.addAction(self.tr("Paste"), self.row.paste).setEnabled(self.row.canPaste())
        menu.addAction(self.tr("Select all"), self.row.selectAll)
        menu.addSeparator()
        menu.addAction(self.tr("Go to the passage"), self.chip.go).setEnabled(bool(self._cites))
        if not self._requests.read_only:
            self._fill_edits(menu)
        return menu

    def _fill_edits(self, menu: QMenu) -> None:
        link = self.tr("Link the selected passage")
        keys = QKeySequence("Ctrl+L").toString(QKeySequence.SequenceFormat.NativeText)
        menu.addAction(f"{link}\t{keys}", self._on_link)
        if self._cites:
            self._fill_unlink(menu.addMenu(self.tr("Take a source away")))
        menu.addAction(self.tr("Move up"), self._move_up)
        menu.addAction(self.tr("Move down"), self._move_down)
        if self.statement.kind is Kind.ITEM:
            menu.addAction(self.tr("Make it a paragraph"), self._make_paragraph)
        else:
            menu.addAction(self.tr("Make it an item"), self._make_item)
        menu.addSeparator()
        menu.addAction(self.tr("Delete statement"), self._delete)

    def _fill_unlink(self, menu: QMenu) -> None:
        for each in self._cites:
            words = f"{each.source} {each.place}".strip().replace("&", "&&")
            menu.addAction(words).setData(each.annotation)
        menu.triggered.connect(self._on_unlink)

    def _on_unlink(self, action: QAction) -> None:
        self._requests.unlink_requested.emit(self._story, self.id, action.data())

    def _move_up(self) -> None:
        self.row.move_asked.emit(-1)

    def _move_down(self) -> None:
        self.row.move_asked.emit(1)

    def _make_paragraph(self) -> None:
        self._requests.kind_requested.emit(self._story, self.id, Kind.PARAGRAPH.value)

    def _make_item(self) -> None:
        self._requests.kind_requested.emit(self._story, self.id, Kind.ITEM.value)

    def _delete(self) -> None:
        self._requests.delete_requested.emit(self._story, self.id)

    # Qt: the handle, the ring, the drag

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the handle, the heading of a group, and a ring around the row with the caret."""
        del event
        colours = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.row.geometry()
        if self._fresh:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 1, -4, -1), 6, 6)
        if self._heading:
            painter.setFont(fonts.chrome(tokens.CAPS, QFont.Weight.DemiBold))
            painter.setPen(QColor(colours.muted))
            place = QRect(INDENT[Kind.PARAGRAPH], ABOVE - 2, self.width() - 2 * PAD, HEADING - 6)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.drawText(self._mirrored(place), flags, self._heading)
        item = self._statement is not None and self._statement.kind is Kind.ITEM
        if item or self.underMouse() or self._dragging:
            colour = QColor(colours.accent if self._dragging else colours.muted)
            left = INDENT[Kind.ITEM] - 24 if item else 1
            handle = QRect(left, text.top() + 1, 16, 16)
            draw_icon(painter, self._mirrored(handle), "grip-vertical", colour)
        if self.row.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(text.adjusted(-6, -4, 6, 4), 6, 6)

    def changeEvent(self, event: QEvent) -> None:
        """Turn round with the window."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange and self._statement is not None:
            self._indent()
            self._box.activate()
            self._place_chip()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the handle of a paragraph."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the handle of a paragraph."""
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the statement."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the statement along."""
        if self._pressed is None:
            return
        if self._requests.read_only:
            return
        way = event.position().toPoint() - self._pressed
        if not self._dragging and way.manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self.row.flush()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.grabKeyboard()
            self.update()
        if self._dragging:
            self._requests.dragged.emit(self.id, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the statement down."""
        if self._dragging:
            self._let_go()
            self._requests.dropped.emit(self.id, event.globalPosition().toPoint())
        elif self._pressed is not None:
            self.row.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts a carried statement back."""
        if self._dragging and event.key() == Qt.Key.Key_Escape:
            self._let_go()
            self._pressed = None
            self._requests.drag_cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _let_go(self) -> None:
        self._dragging = False
        self.releaseKeyboard()
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.update()

    def _mirrored(self, place: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)
