"""Windows that fit on the screen, also where everything is shown twice as large."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

FRAME = 64  # px that the desktop and the frame of a window may take


def fit(dialog: QDialog, width: int, height: int = 0) -> None:
    """Give a dialog a size, or as much of it as there is room for.

    Without a height it gets what its words need at that width.
    """
    room = dialog.screen().availableGeometry()
    width = min(width, room.width() - FRAME // 2)
    layout = dialog.layout()
    if not height and layout is not None:
        height = layout.totalHeightForWidth(width)
    dialog.resize(width, min(height, room.height() - FRAME))
