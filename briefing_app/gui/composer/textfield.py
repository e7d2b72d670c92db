"""A plain-text field that grows with its text and is bound to a value that lives elsewhere.

Typing is told 50 ms after the last key; what the owner says back is shown by `show_text`. A field
takes no text from outside while it has unsent text, an unanswered change or an input-method
composition; then it takes only what differs, so the caret stays where it is.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMoveEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from briefing_app.domain.story import LINE_ENDS

QUIET_MS = 50  # from the last key until the text is told
LINE_HEIGHT = 116.0  # per cent
CAREFUL = 1000  # characters that are compared one by one, so that the caret stays at its letter


class TextField(QTextEdit):
    """One plain text of one line that wraps. It has no undo of its own: the window's undo covers it."""

    text_edited = Signal(str)
    finished = Signal()  # the field was left
    focused = Signal()
    laid_out = Signal()  # the lines may be others, or elsewhere, now

    def __init__(self, name: str, font: QFont, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self._unanswered: list[str] = []
        self._held: str | None = None
        self._composing = False
        self._taking = False
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self.flush)

        self.setAccessibleName(name)
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFont(font)
        document = self.document()
        document.setDefaultFont(font)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.documentLayout().documentSizeChanged.connect(self._grow)
        self._space_lines()
        document.contentsChanged.connect(self._on_contents)
        self._grow()

    # told from outside

    def text(self) -> str:
        """Return what stands in the field (`toPlainText` would turn no-break spaces into blanks)."""
        return self.document().toRawText()

    def show_text(self, text: str) -> None:
        """Show what the owner holds now, as soon as nothing of the user's is under way."""
        if text in self._unanswered:
            del self._unanswered[: self._unanswered.index(text) + 1]
        if self._is_busy():
            self._held = text
        else:
            self._take(text)

    def refuse(self, text: str) -> None:
        """Forget what was typed and not taken, and show `text`."""
        self._quiet.stop()
        self._unanswered.clear()
        self._take(text)

    def flush(self) -> None:
        """Tell unsent text now."""
        self._quiet.stop()
        text = self.text()
        if self._composing or text == (self._unanswered or [self._shown])[-1]:
            self._settle()
            return
        self._unanswered.append(text)
        self.text_edited.emit(text)

    def last_line(self) -> QRectF:
        """Return where the words of the last line are. Units: px in the field."""
        block = self.document().lastBlock()
        layout = block.layout()
        if not layout.lineCount():
            return QRectF(0, 0, 0, self.height())
        line = layout.lineAt(layout.lineCount() - 1).naturalTextRect()
        return line.translated(layout.position())

    # the caret

    def caret(self) -> int:
        """Return where the caret stands. Units: code points."""
        return code_points(self.text(), self.textCursor().position())

    def place_caret(self, at: int) -> None:
        """Put the caret somewhere; places outside are clamped. Units: code points."""
        cursor = self.textCursor()
        cursor.setPosition(utf16(self.text()[: max(0, at)]))
        self.setTextCursor(cursor)

    def on_first_line(self) -> bool:
        """Tell whether the caret is in the first visible line."""
        return self._line() == 0

    def on_last_line(self) -> bool:
        """Tell whether the caret is in the last visible line."""
        layout = self.textCursor().block().layout()
        return (
            self.textCursor().block() == self.document().lastBlock()
            and self._line() >= layout.lineCount() - 1
        )

    def enter(self, x: int, *, from_below: bool) -> None:
        """Take the focus with the caret at `x` of the last or first line. Units: px."""
        height = self.viewport().height()
        point = self.viewport().rect().topLeft()
        point.setX(x)
        point.setY(height - 4 if from_below else 4)
        self.setTextCursor(self.cursorForPosition(point))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # Qt

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window: Qt would take them here, and its action never fire."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.matches(QKeySequence.StandardKey.Undo) or _is_redo(event))
        ):
            self.flush()
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep a row one line: Enter is the owner's business, and undo the window's."""
        if event.matches(QKeySequence.StandardKey.Undo) or _is_redo(event):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text of one line."""
        rows = lines_of(source.text())
        if rows:
            self.textCursor().insertText(" ".join(rows) if len(rows) > 1 else rows[0])
            self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Know whether a composition is under way."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._composing:
            self._quiet.start()  # tells what was typed, or takes what was held back

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the user is here."""
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell what is unsent, and that the field was left."""
        super().focusOutEvent(event)
        self._composing = False
        self.flush()
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
        ):
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            self.finished.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Say that the lines are elsewhere."""
        super().moveEvent(event)
        self.laid_out.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say that the lines may be others in another width."""
        super().resizeEvent(event)
        self.laid_out.emit()

    def sizeHint(self) -> QSize:
        """Be as high as the text."""
        return QSize(200, self.height())

    # inside

    def _is_busy(self) -> bool:
        return self._composing or self._quiet.isActive() or bool(self._unanswered)

    def _on_contents(self) -> None:
        if not self._taking:
            self._quiet.start()
        self.laid_out.emit()

    def _settle(self) -> None:
        """Take what was held back, now that nothing is under way."""
        if self._held is not None and not self._is_busy():
            self._take(self._held)

    def _take(self, text: str) -> None:
        self._held = None
        self._shown = text
        old = self.text()
        if old == text:
            return
        cursor = QTextCursor(self.document())
        self._taking = True
        cursor.beginEditBlock()
        for start, end, words in reversed(_differences(old, text)):
            cursor.setPosition(utf16(old[:start]))
            cursor.setPosition(utf16(old[:end]), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(words)
        cursor.endEditBlock()
        self._taking = False

    def _line(self) -> int:
        cursor = self.textCursor()
        return int(
            cursor.block().layout().lineForTextPosition(cursor.positionInBlock()).lineNumber()
        )

    def _space_lines(self) -> None:
        spacing = QTextBlockFormat()
        spacing.setLineHeight(
            LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)

    def _grow(self) -> None:
        height = max(ceil(self.document().size().height()), self.fontMetrics().height())
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)


def lines_of(text: str) -> list[str]:
    """Return the lines of a pasted text that are not blank; a single line keeps its outer blanks."""
    if not LINE_ENDS.search(text):
        return [text] if text else []
    return [line.strip() for line in LINE_ENDS.split(text) if line.strip()]


def utf16(text: str) -> int:
    """Return the length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def code_points(text: str, units: int) -> int:
    """Return how many code points the first `units` UTF-16 units of a text hold."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore"))


def _is_redo(event: QKeyEvent) -> bool:
    """Tell whether a key is a redo on any system (Ctrl+Y or Ctrl+Shift+Z)."""
    control = Qt.KeyboardModifier.ControlModifier
    return event.matches(QKeySequence.StandardKey.Redo) or (
        (event.key() == Qt.Key.Key_Y and event.modifiers() == control)
        or (
            event.key() == Qt.Key.Key_Z
            and event.modifiers() == control | Qt.KeyboardModifier.ShiftModifier
        )
    )


def _differences(old: str, new: str) -> list[tuple[int, int, str]]:
    """Return the ranges of `old` that differ, each with what stands there in `new`."""
    limit = min(len(old), len(new))
    start = 0
    while start < limit and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < limit - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    before, after = old[start : len(old) - tail], new[start : len(new) - tail]
    if not before or not after or len(before) + len(after) > CAREFUL:
        return [(start, start + len(before), after)]
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(start + a, start + b, after[c:d]) for tag, a, b, c, d in codes if tag != "equal"]
