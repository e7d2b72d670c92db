"""What goes with its owner: the controllers and dialogs that work on one library."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget


def parts_of(owner: QObject) -> tuple[QObject, ...]:
    """Return the controllers and dialogs that an owner names, and what those name in turn.

    A part stands under a public name; what is only used, or belongs to a pane, does not.
    """
    found: list[QObject] = []
    for name, part in vars(owner).items():
        is_part = isinstance(part, QObject) and (not isinstance(part, QWidget) or part.isWindow())
        if is_part and not name.startswith("_"):
            found += (part, *parts_of(part))
    return tuple(found)
