"""The blocks of an article: what the extraction left out is shown, and put in with a click or a key."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from briefing_app.domain.article import State
from briefing_app.gui import tokens
from briefing_app.gui.icons import draw_icon
from briefing_app.gui.reader import geometry
from briefing_app.gui.reader.sheet import ArticleSheet

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from briefing_app.domain.article import Article, ArticleVersion
    from briefing_app.gui.reader.page import Stretch
    from briefing_app.gui.tokens import Tokens

SIDE = 18  # px of a mark


class BlocksText(ArticleSheet):
    """In its blocks mode all blocks stand there, those that are left out dimmed and marked."""

    switch_requested = Signal(tuple, bool)  # places of blocks, and whether they are to be in
    blocks_shown = Signal(bool)
    block_reached = Signal(bool)  # the caret is in a block that is in the article, or left out

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: list[tuple[QRectF, Stretch]] = []
        self.cursorPositionChanged.connect(self._tell_block)

    @property
    def shows_blocks(self) -> bool:
        """Whether all blocks stand there."""
        return self._everything

    @property
    def hidden_blocks(self) -> int:
        """How many blocks are left out of the article."""
        return self._page.hidden if self._page is not None else 0

    def show_blocks(self, *, on: bool) -> None:
        """Begin or end the blocks mode; what is read stays where it is."""
        if self._page is None or on == self._everything:
            return
        self._everything = on
        self._build_again()
        self.blocks_shown.emit(on)
        self._tell_block()

    def show_head(self, article: Article) -> bool:
        """Show what is known of the article now; False if nothing of that is in its head."""
        if self._article is None or _in_head(article) == _in_head(self._article):
            return False
        self._article = article
        self._build_again()
        return True

    def show_switched(self, version: ArticleVersion) -> None:
        """Show the same version with other blocks in it; what is read stays where it is."""
        self._version = version
        self._build_again()
        self._tell_block()

    def ask_switch(self) -> bool:
        """Ask for the blocks at the caret or in the selection to be put in, or taken out."""
        cursor = self.textCursor()
        first, last = self._at(cursor.selectionStart()), self._at(cursor.selectionEnd())
        if self._page is None or first is None or last is None:
            return False
        some = self._page.stretches[first : last + 1]
        self.switch_requested.emit(tuple(one.place for one in some), not some[0].included)
        return True

    def stretch_under(self, spot: QPointF) -> Stretch | None:
        """Return the block whose mark is at a spot of the viewport, or that is left out and there."""
        if not self._everything or self._page is None:
            return None
        for rect, stretch in self._marks:
            if rect.contains(spot):
                return stretch
        left, right = self.text_edges()
        index = self._at(self.cursorForPosition(spot.toPoint()).position())
        if index is None or not left <= spot.x() <= right:
            return None
        stretch = self._page.stretches[index]
        return None if stretch.included or not self._band(stretch).contains(spot) else stretch

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the article, and in blocks mode what is in it and what is not."""
        super().paintEvent(event)
        self._marks = []
        if not self._everything or self._page is None:
            return
        painter = QPainter(self.viewport())
        painter.setClipRect(event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self.text_edges()
        rtl = self.right_to_left()
        here = self._at(self.textCursor().position())
        for index, stretch in self._in_sight():
            band = self._band(stretch)
            x = left - 7 - SIDE if rtl else right + 7
            line = geometry.first_line(self.document(), stretch.first).height()
            rect = QRectF(round(x), round(band.top() + (line - SIDE) / 2), SIDE, SIDE)
            self._marks.append((rect.adjusted(-6, -6, 6, 6), stretch))
            _paint_mark(painter, rect, stretch, self._tokens, current=index == here)
            if not stretch.included:
                edge = right + 2 if rtl else left - 10
                _paint_line(painter, edge, band, self._tokens)
        painter.end()

    def _in_sight(self) -> list[tuple[int, Stretch]]:
        assert self._page is not None  # noqa: S101 (only called with a page)
        first = self._at(self._top_position()) or 0
        height = self.viewport().height()
        found = []
        for index in range(first, len(self._page.stretches)):
            stretch = self._page.stretches[index]
            band = self._band(stretch)
            if band.top() > height:
                break
            found.append((index, stretch))
        return found

    def _band(self, stretch: Stretch) -> QRectF:
        """Return where a block is on the viewport, from edge to edge of the text."""
        top = geometry.first_line(self.document(), stretch.first).top() - self._scrolled()
        last = geometry.first_line(self.document(), max(stretch.first, stretch.last))
        left, right = self.text_edges()
        return QRectF(left, top, right - left, last.bottom() - self._scrolled() - top)

    def _at(self, position: int) -> int | None:
        """Return the index of the block at a document position; None above the first."""
        if self._page is None or not self._page.stretches:
            return None
        if position < self._page.stretches[0].first:
            return None
        index = bisect_left(self._page.stretches, position, key=lambda one: one.last)
        return min(index, len(self._page.stretches) - 1)

    def _tell_block(self) -> None:
        if self._everything and self._page is not None:
            index = self._at(self.textCursor().position())
            self.block_reached.emit(index is None or self._page.stretches[index].included)
            self.viewport().update()


def _in_head(article: Article) -> Article:
    """Return an article without what its head does not show."""
    return replace(article, tags=(), collections=(), state=State.NEW, retrieved=None)


def _paint_mark(
    painter: QPainter, rect: QRectF, stretch: Stretch, theme: Tokens, *, current: bool
) -> None:
    """Paint a tick for a block that is in, and a plus for one that is left out."""
    ink = QColor(theme.muted if stretch.included else theme.accent)
    painter.setPen(QPen(QColor(theme.accent if current else theme.control_border), 1.25))
    painter.setBrush(QColor(theme.surface))
    painter.drawRoundedRect(
        rect.adjusted(0.5, 0.5, -0.5, -0.5), tokens.CHIP_RADIUS, tokens.CHIP_RADIUS
    )
    inner = QRect(round(rect.x()) + 3, round(rect.y()) + 3, SIDE - 6, SIDE - 6)
    draw_icon(painter, inner, "check" if stretch.included else "plus", ink)


def _paint_line(painter: QPainter, x: float, band: QRectF, theme: Tokens) -> None:
    pen = QPen(QColor(theme.control_border), 1.5, Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawLine(QPointF(x, band.top() + 4), QPointF(x, band.bottom()))
