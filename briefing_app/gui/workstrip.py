"""The quiet strip at the foot of the window while long work runs: progress, a note and Cancel."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from briefing_app.gui.theme import set_look

SHORT = 6000  # milliseconds that a strip stays when there is nothing to look at
REMINDER = 4000  # milliseconds that a reminder stands before progress takes its place again
THOUSANDTHS = 1000  # a progress bar counts in 32 bits; bytes do not fit


class WorkStrip(QFrame):
    """One line; it goes by itself when all went well, but not from under a pointer."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, plane="strip")
        self._words = QLabel()
        self._words.setMinimumWidth(60)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(240)
        self._bar.setAccessibleName(self.tr("Progress of the work"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.close_strip = QPushButton(self.tr("Close"))
        for button in (self.cancel, self.close_strip):
            set_look(button, kind="chip")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(12)
        layout.addWidget(self._words, 1)
        for widget in (self._bar, self.cancel, self.close_strip):
            layout.addWidget(widget)
        self.cancel.clicked.connect(self.cancel_requested)
        self.close_strip.clicked.connect(self.hide)
        self._parting = QTimer(self)
        self._parting.setSingleShot(True)
        self._parting.timeout.connect(self._part)
        self._reminding = QTimer(self)
        self._reminding.setSingleShot(True)
        self._reminding.setInterval(REMINDER)
        self.hide()

    def show_start(self, title: str) -> None:
        """Say what begins; how long it takes is not known yet."""
        self._reminding.stop()
        self.cancel.setEnabled(True)
        self.show_progress(title, 0, 0, "")

    def show_progress(self, title: str, done: int, total: int, note: str) -> None:
        """Show how far it is; `total` 0 means that it is not known."""
        self._bar.setRange(0, THOUSANDTHS if total else 0)
        self._bar.setValue(min(done, total) * THOUSANDTHS // total if total else 0)
        if not self._reminding.isActive() and self.cancel.isEnabled():
            self._words.setText(f"{title}: \u2068{note}\u2069" if note else title)
        self._show(running=True)

    def remind(self, words: str) -> None:
        """Say that something has to wait for this work."""
        self._words.setText(words)
        self._reminding.start()

    def show_stopping(self, words: str) -> None:
        """Say that Cancel was heard; the work stops at the next place where it can."""
        self.cancel.setEnabled(False)
        self._words.setText(words)

    def show_end(self, words: str, *, stay: bool = False, after: int = SHORT) -> None:
        """Say what came of it; go by itself unless it is to stay.

        Units: `after` in milliseconds.
        """
        self._words.setText(words)
        self._show(running=False)
        if not stay:
            self._parting.start(after)

    def text(self) -> str:
        """Return what the strip says."""
        return self._words.text()

    @Slot()
    def _part(self) -> None:
        """Go, but not from under a pointer or the keyboard."""
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._parting.start()
        else:
            self.hide()

    def _show(self, *, running: bool) -> None:
        self._parting.stop()
        for widget in (self._bar, self.cancel):
            widget.setVisible(running)
        self.close_strip.setVisible(not running)
        self.show()
