"""The as-of field: the moment up to which a story is true, as the user writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from briefing_app.domain.moment import parse_iso, parse_stamp, stamp
from briefing_app.gui.line import Line
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from briefing_app.domain.moment import Moment

EXAMPLE = "2026-01-25 04:53 UTC"


class _Line(Line):
    """A line whose undo and redo are the window's, and that can be left with Esc."""

    left = Signal()
    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (
                event.matches(QKeySequence.StandardKey.Undo)
                or event.matches(QKeySequence.StandardKey.Redo)
            )
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()


class AsOfField(QWidget):
    """Tells the moment on Enter and on leaving; what is not one is said below, in words."""

    edited = Signal(object)  # Moment | None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Moment | None = None
        self.line = _Line()
        set_look(self.line, kind="as-of")
        self.line.setPlaceholderText(self.tr("no time given"))
        self.line.setAccessibleName(self.tr("As of"))
        self.line.setToolTip(self.tr("As of, for example {example}").replace("{example}", EXAMPLE))
        self.line.returnPressed.connect(self._commit)
        self.line.left.connect(self._commit)
        self.line.given_up.connect(self._restore)
        label = QLabel(self.tr("As of"))
        set_look(label, words="meta")
        label.setBuddy(self.line)
        self.fault = QLabel()
        set_look(self.fault, words="danger")
        self.fault.setWordWrap(True)
        self.fault.hide()
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(label)
        row.addWidget(self.line, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(row)
        box.addWidget(self.fault)

    def show_moment(self, moment: Moment | None) -> None:
        """Show the moment, unless the user is in the middle of another."""
        if moment == self._shown and self.line.isModified():
            return
        self._shown = moment
        self._restore()

    def _restore(self) -> None:
        words = words_of(self._shown) if self._shown else ""
        if self.line.text() != words:
            self.line.setText(words)
        self.line.setModified(False)
        self.fault.hide()

    def _commit(self) -> None:
        if not self.line.isModified():
            return
        words = self.line.text().strip()
        moment = read_moment(words)
        if words and moment is None:
            self.fault.setText(
                self.tr("“{words}” is not a time. Write it as {example}, or leave it empty.")
                .replace("{words}", words)
                .replace("{example}", EXAMPLE)
            )
            self.fault.show()
            return
        self.line.setModified(False)
        self.fault.hide()
        if moment != self._shown:
            self.edited.emit(moment)
        else:
            self._restore()


def read_moment(words: str) -> Moment | None:
    """Read what a user writes: ISO 8601, with a blank and a zone if one likes, or a ``date`` stamp."""
    return parse_iso(words) or parse_stamp(words)


def words_of(moment: Moment) -> str:
    """Return a moment as the field shows it; it reads back as the same moment."""
    if moment.text or moment.time is None:
        return moment.text or moment.date.isoformat()
    time = moment.time.strftime("%H:%M:%S" if moment.time.second else "%H:%M")
    zone = moment.zone or moment.iso[19:]
    words = f"{moment.date.isoformat()} {time} {zone}".strip()
    return words if read_moment(words) == moment else stamp(moment)
