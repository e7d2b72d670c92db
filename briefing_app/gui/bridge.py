"""What the history tells, as signals on the window's thread.

`Saved` and `Trouble` come from the thread that writes to disk. A signal sent there reaches bound
slots of the window's objects through its event loop.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.services.history import History
    from briefing_app.services.news import Changed, Saved, Trouble


class Bridge(QObject):
    """Carries `Changed`, `Saved` and `Trouble` values; connect bound methods only."""

    changed = Signal(object)
    saved = Signal(object)
    trouble = Signal(object)

    def __init__(self, history: History, parent: QObject) -> None:
        super().__init__(parent)
        self._guard = (
            threading.Lock()
        )  # the writer may be telling just now: it must not emit what is gone
        self._closed = False
        self._leave: tuple[Callable[[], None], ...] = (
            history.on_changed(self._tell_changed),
            history.on_saved(self._tell_saved),
            history.on_trouble(self._tell_trouble),
        )

    def close(self) -> None:
        """Hear no more."""
        for leave in self._leave:
            leave()
        self._leave = ()
        with self._guard:
            self._closed = True

    def _tell_changed(self, changed: Changed) -> None:
        self.changed.emit(changed)

    # These two run on the writer's thread. `signal.emit` itself is no callback to hand out: kept
    # longer than the expression that made it, it does nothing.

    def _tell_saved(self, saved: Saved) -> None:
        with self._guard:
            if not self._closed:
                self.saved.emit(saved)

    def _tell_trouble(self, trouble: Trouble) -> None:
        with self._guard:
            if not self._closed:
                self.trouble.emit(trouble)
