"""The quiet strip at the foot of the window while files come in."""

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


class ImportStrip(QFrame):
    """Progress and Cancel; afterwards what came of it, with Show and Close.

    When all went well it goes by itself; the menu shows the results again.
    """

    cancel_requested = Signal()
    results_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, plane="strip")
        self._words = QLabel()
        self._words.setMinimumWidth(60)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(240)
        self._bar.setAccessibleName(self.tr("Progress of the import"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.show_results = QPushButton(self.tr("Show"))
        self.close_strip = QPushButton(self.tr("Close"))
        for button in (self.cancel, self.show_results, self.close_strip):
            set_look(button, kind="chip")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(12)
        layout.addWidget(self._words, 1)
        for widget in (self._bar, self.cancel, self.show_results, self.close_strip):
            layout.addWidget(widget)
        self.cancel.clicked.connect(self.cancel_requested)
        self.show_results.clicked.connect(self.results_requested)
        self.close_strip.clicked.connect(self.hide)
        self._parting = QTimer(self)
        self._parting.setSingleShot(True)
        self._parting.timeout.connect(self._part)
        self.hide()

    def show_progress(self, done: int, total: int, name: str, *, fetching: bool = False) -> None:
        """Show how far it is; `total` 0 means that it is not known yet."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if fetching:
            place = self.tr("Fetching {at} of {all}") if total else self.tr("Fetching from the web")
        else:
            place = self.tr("Importing {at} of {all}") if total else self.tr("Importing")
        place = place.replace("{at}", str(min(done + 1, total))).replace("{all}", str(total))
        self._words.setText(f"{place}: \u2068{name}\u2069" if name else place)
        self._show(running=True)

    def show_end(self, words: str, *, stay: bool = True, after: int = SHORT) -> None:
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
        for widget in (self.show_results, self.close_strip):
            widget.setVisible(not running)
        self.show()
