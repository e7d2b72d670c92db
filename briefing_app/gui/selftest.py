"""What `--self-test` tries of the window: all of it can be loaded, and a page can be drawn."""

from __future__ import annotations

from PySide6.QtCore import QRect

import briefing_app.gui.run  # noqa: F401 (to see that all of the window can be loaded)
from briefing_app.gui.pages import Pages


def try_out(pdf: bytes) -> None:
    """Draw the first page of a PDF. Raises: whatever is broken."""
    pages = Pages()
    try:
        number = pages.open(pdf)
        size = pages.sizes(number).result()[0]
        band = QRect(0, 0, round(size.width), round(size.height))
        image = pages.band(number, 0, 1.0, band).result()
    finally:
        pages.stop()
    if image.isNull() or image.pixelColor(0, 0).name() != "#ffffff":
        raise RuntimeError("the page was not drawn")
