"""Ctrl+C at the terminal that started the window."""

from __future__ import annotations

import os
import signal
import sys

from PySide6.QtCore import QObject, QSocketNotifier, Slot


class Interrupt(QObject):
    """Wakes Python when a signal comes; Qt's loop alone would let it wait for the next event.

    The handler of the signal runs then, and raises KeyboardInterrupt in the slot.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        if sys.platform == "win32":  # a wake-up file must be a socket there
            return
        self._ours, self._theirs = os.pipe()
        os.set_blocking(self._theirs, False)
        self._before = signal.set_wakeup_fd(self._theirs, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ours, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def release(self) -> None:
        """Leave the signals as they were."""
        if sys.platform == "win32":
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        os.close(self._ours)
        os.close(self._theirs)

    @Slot()
    def _woken(self) -> None:
        os.read(self._ours, 512)
