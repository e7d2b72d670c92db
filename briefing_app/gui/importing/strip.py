"""The quiet strip at the foot of the window while files come in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from briefing_app.gui.theme import set_look


class ImportStrip(QFrame):
    """Progress and Cancel; afterwards what came of it, with Show and Close."""

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
        self.hide()

    def show_progress(self, done: int, total: int, name: str) -> None:
        """Show how far it is; `total` 0 means that it is not known yet."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        place = self.tr("Importing {at} of {all}") if total else self.tr("Importing")
        place = place.replace("{at}", str(min(done + 1, total))).replace("{all}", str(total))
        self._words.setText(f"{place}: \u2068{name}\u2069" if name else place)
        self._show(running=True)

    def show_end(self, words: str) -> None:
        """Say what came of it."""
        self._words.setText(words)
        self._show(running=False)

    def text(self) -> str:
        """Return what the strip says."""
        return self._words.text()

    def _show(self, *, running: bool) -> None:
        for widget in (self._bar, self.cancel):
            widget.setVisible(running)
        for widget in (self.show_results, self.close_strip):
            widget.setVisible(not running)
        self.show()
