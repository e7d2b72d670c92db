"""A line to write in that leaves the keys of the window's commands to the window."""

from __future__ import annotations

from PySide6 import QtCore  # `Qt` itself takes 14 ms to load: not before the first paint
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class Line(QLineEdit):
    """Under X11 Qt takes Ctrl+E for the end of the line; here it exports, as everywhere."""

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+E to the window."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == QtCore.Qt.Key.Key_E
            and event.modifiers() == QtCore.Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return False
        return super().event(event)
