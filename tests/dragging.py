"""Drag events as the system sends them, for the PySide6 of each Python.

6.12 takes a point with fractions and warns of the one without, which is all that 6.11 knows.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, qVersion
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent

FRACTIONS = tuple(int(part) for part in qVersion().split(".")[:2]) >= (6, 12)


def entering(place, mime):
    """Return the event of files that are dragged into a window at a `QPoint`."""
    return QDragEnterEvent(*_what(place, mime))


def moving(place, mime):
    """Return the event of files that are dragged on, over a `QPoint`."""
    return QDragMoveEvent(*_what(place, mime))


def _what(place, mime):
    return (
        QPointF(place) if FRACTIONS else place,
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
