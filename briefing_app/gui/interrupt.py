"""Ctrl+C at the terminal that started the window."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Slot

if TYPE_CHECKING:
    from types import FrameType


class Interrupt(QObject):
    """Ends the program in good order, from its loop, when the signal comes.

    Python's own handler would raise KeyboardInterrupt wherever it happens to be, in the middle of a
    callback of Qt too, where it may be swallowed; and Qt's loop would let it wait for the next event.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        if sys.platform == "win32":  # a wake-up file must be a socket there
            return
        self._ours, self._theirs = os.pipe()
        os.set_blocking(self._theirs, False)
        self._handler = signal.signal(signal.SIGINT, _leave_it_to_the_loop)
        self._before = signal.set_wakeup_fd(self._theirs, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ours, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def release(self) -> None:
        """Leave the signals as they were."""
        if sys.platform == "win32":
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        signal.signal(signal.SIGINT, self._handler)
        os.close(self._ours)
        os.close(self._theirs)

    @Slot()
    def _woken(self) -> None:
        if signal.SIGINT in os.read(self._ours, 512):  # a byte a signal
            QCoreApplication.quit()


def _leave_it_to_the_loop(number: int, frame: FrameType | None) -> None:
    """Raise nothing: the number of the signal is in the pipe already."""
