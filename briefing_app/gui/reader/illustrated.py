"""A text with pictures that come in later: what is read stays where it is while they get their room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QTextBrowser

from briefing_app.gui.reader import geometry
from briefing_app.gui.reader.page import GUTTER

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl
    from PySide6.QtWidgets import QWidget

    from briefing_app.gui.reader.page import Page
    from briefing_app.gui.reader.pictures import Pictures


class IllustratedText(QTextBrowser):
    """It loads nothing by itself; its pictures are handed to it."""

    laid_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: Page | None = None
        self._pictures: Pictures | None = None

    def take_pictures(self, pictures: Pictures | None) -> None:
        """Show the pictures of articles from here on; None: a placeholder for each."""
        if self._pictures is not None:
            self._pictures.measured.disconnect(self._are_measured)
            self._pictures.decoded.disconnect(self._are_decoded)
        self._pictures = pictures
        if pictures is not None:
            pictures.measured.connect(self._are_measured)
            pictures.decoded.connect(self._are_decoded)

    def _let_pictures_go(self) -> None:
        if self._pictures is not None:
            self._pictures.let_go()

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        """Load nothing: a picture is a placeholder, and no file or host is ever asked for."""
        del kind, url
        return None

    def _are_measured(self) -> None:
        """Give the pictures their room; what is read stays where it is."""
        if self._page is None or not self._page.pictures:
            return
        scroll = self.verticalScrollBar()
        top = self._read_position() if scroll.value() else 0
        before = geometry.first_line(self.document(), top).top() - scroll.value()
        for position in self._page.pictures:
            self.document().markContentsDirty(position, 1)
        if top:
            scroll.setValue(round(geometry.first_line(self.document(), top).top() - before))
        self.laid_out.emit()
        self.viewport().update()

    def _are_decoded(self) -> None:
        self.viewport().update()

    def _read_position(self) -> int:
        """Return the caret where it is in sight, else what stands at the upper edge."""
        seen = self.viewport().rect().contains(self.cursorRect().center())
        return self.textCursor().position() if seen else self._top_position()

    def _top_position(self) -> int:
        return self.cursorForPosition(QPoint(GUTTER, 0)).position()
