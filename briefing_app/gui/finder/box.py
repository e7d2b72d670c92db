"""The box itself: a field and a list in one pop-up, driven from the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from briefing_app.gui.finder.foot import FinderFoot
from briefing_app.gui.finder.rows import ROW_HEIGHT, Find, FindModel, FindPainter
from briefing_app.gui.icons import icon
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_TOP, _WIDTH, _HEIGHT = 66, 680, 560  # px
_CTRL = Qt.KeyboardModifier.ControlModifier
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class FinderBox(QFrame):
    """Lies over the window; Enter runs or opens, Esc and a click elsewhere close it."""

    text_changed = Signal(str)
    chosen = Signal(object)  # a Find

    def __init__(self, window: QWidget, words: str, *, finds: bool = False) -> None:
        super().__init__(window)
        self._over = window
        set_look(self, plane="popup")
        self.field = QLineEdit()
        set_look(self.field, kind="bare")
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(words)
        self.field.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.installEventFilter(self)
        self.found = FindModel()
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Found"))
        self.list.setModel(self.found)
        self.list.setItemDelegate(FindPainter(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.problem = QLabel()
        set_look(self.problem, words="warn")
        self.problem.setWordWrap(True)
        self.problem.setContentsMargins(10, 2, 10, 4)
        self.problem.hide()
        self.foot = FinderFoot()
        self.foot.setVisible(finds)
        self.nothing = QLabel(self.tr("Nothing found"))
        set_look(self.nothing, words="muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        for widget, share in (
            (self.field, 0),
            (self.problem, 0),
            (self.list, 1),
            (self.nothing, 1),
            (self.foot, 0),
        ):
            layout.addWidget(widget, share)
        self._before: QWidget | None = None
        self.field.textChanged.connect(self.text_changed)
        self.field.returnPressed.connect(self._choose)
        self.list.clicked.connect(self._choose)
        self.hide()

    def open(self) -> None:
        """Lay the box over the window, empty."""
        window = self._over
        self._before = window.focusWidget()
        width = min(_WIDTH, window.width() - 80)
        self.setGeometry((window.width() - width) // 2, _TOP, width, _HEIGHT)
        self.field.clear()
        self.text_changed.emit("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_rows(self, rows: tuple[Find, ...]) -> None:
        """Show what was found; the first row is chosen."""
        self.found.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._fit()
        if rows:
            self.list.setCurrentIndex(self.found.index(0))

    def show_problem(self, words: str) -> None:
        """Say what is wrong with what was typed; nothing if that is empty."""
        if words != self.problem.text():
            self.problem.setText(words)
            self.problem.setVisible(bool(words))
            self._fit()

    def rows(self) -> tuple[Find, ...]:
        """Return what is shown."""
        return self.found.rows()

    def finds(self) -> tuple[Find, ...]:
        """Return what is shown and is not a command."""
        return tuple(row for row in self.found.rows() if row.kind != "command")

    def close_box(self) -> None:
        """Take the box away and give the keyboard back."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the keyboard in the field: arrows choose, Esc closes, lost focus closes."""
        if event.type() == QEvent.Type.FocusOut and not self.isAncestorOf(self._over.focusWidget()):
            self.hide()
        if event.type() == QEvent.Type.ShortcutOverride and not self.foot.isHidden():
            key: QKeyEvent = event  # type: ignore[assignment] # its type says so
            if _is_own(key):
                event.accept()  # else the window's own command of that key would run
                return True
        if event.type() == QEvent.Type.KeyPress:
            key = event  # type: ignore[assignment] # its type says so
            if key.key() == Qt.Key.Key_Escape:
                self.close_box()
                return True
            if self.foot.isVisible() and self._press(key):
                return True
            if step := _STEPS.get(Qt.Key(key.key())):
                self._move(step)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes from the line below the hits as well."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_box()
        else:
            super().keyPressEvent(event)

    def _press(self, event: QKeyEvent) -> bool:
        """Press the button below the hits that has this key."""
        if not _is_own(event):
            return False
        if event.key() == Qt.Key.Key_B:
            self.foot.best.toggle()
        elif event.key() == Qt.Key.Key_F1:
            self.foot.help.click()
        else:
            self.foot.all.click()
        return True

    def _fit(self) -> None:
        """Be as high as the rows need."""
        rows = sum(row.height for row in self.found.rows())
        needed = self.field.sizeHint().height() + max(rows, 2 * ROW_HEIGHT) + 32
        for more in (self.problem, self.foot):
            if not more.isHidden():
                needed += max(more.heightForWidth(self.width() - 12), more.sizeHint().height())
        self.resize(self.width(), min(needed, _HEIGHT, self._over.height() - 2 * _TOP))

    def _move(self, step: int) -> None:
        last = self.found.rowCount() - 1
        at = self.list.currentIndex().row() + step
        if abs(step) == 1 and last >= 0:
            at %= last + 1
        self.list.setCurrentIndex(self.found.index(max(0, min(at, last))))

    def _choose(self) -> None:
        row = self.found.row(self.list.currentIndex().row())
        if row:
            self.close_box()
            self.chosen.emit(row)


def _is_own(event: QKeyEvent) -> bool:
    """Tell whether a key is one of the line below the hits."""
    with_ctrl = bool(event.modifiers() & _CTRL)
    keys = (Qt.Key.Key_B, Qt.Key.Key_Return, Qt.Key.Key_Enter) if with_ctrl else (Qt.Key.Key_F1,)
    return event.key() in keys
