"""The text of an article on the screen, with its tints and the letters in its margin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QTextCursor
from PySide6.QtWidgets import QFrame

from briefing_app.domain.annotation import select
from briefing_app.gui import theme, tokens
from briefing_app.gui.reader import backdrops, badges, geometry, marks
from briefing_app.gui.reader.illustrated import IllustratedText
from briefing_app.gui.reader.page import FAR_GUTTER, GUTTER, ClosedDocument, build, repaint
from briefing_app.gui.reader.places import same_place

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from briefing_app.domain.annotation import Annotation
    from briefing_app.domain.article import Article, ArticleVersion
    from briefing_app.gui.reader.badges import Badge

Uses = dict[str, tuple[str, ...]]  # the words of the statements that use an annotation, by its id


class ArticleSheet(IllustratedText):
    """It lays out, paints and measures; what keys and mouse mean is the view's business."""

    highlight_focused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._article: Article | None = None
        self._version: ArticleVersion | None = None
        self._scale = 1.0
        self._everything = False  # the blocks that are left out, too
        self._tokens = theme.current()
        self._annotations: tuple[Annotation, ...] = ()
        self._by_id: dict[str, Annotation] = {}
        self._ranges: dict[str, tuple[int, int]] = {}  # document positions, by annotation
        self._starts: list[tuple[int, str]] = []
        self._placed: dict[tuple[int, int], tuple[int, int] | None] = {}  # kept as long as the page
        self._tints: tuple[marks.Tint, ...] = ()
        self._uses: Uses = {}
        self._current = ""
        self._flashed = ""
        self._badges: tuple[Badge, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self.setAccessibleName(self.tr("Article"))

    def show_article(
        self,
        article: Article,
        version: ArticleVersion,
        annotations: tuple[Annotation, ...],
        uses: Uses,
    ) -> None:
        """Show an article from its beginning."""
        self._let_pictures_go()
        self._article, self._version = article, version
        self._current = self._flashed = ""
        self._everything = False
        self._keep(annotations, uses)
        self._build()
        self._move_caret_to_text()
        self.verticalScrollBar().setValue(0)

    def show_annotations(self, annotations: tuple[Annotation, ...], uses: Uses) -> None:
        """Show other highlights in the same text; scroll position, selection and caret stay.

        Only a selection that has just become a highlight is let go, so that its tint is seen.
        """
        if self._page is None:
            return
        known, before = set(self._by_id), self._tints
        self._keep(annotations, uses)
        repaint(self._page, before, self._tints, self._tokens)
        if self._current not in self._by_id:
            self._current = ""
        chosen = self.chosen()
        if chosen and any(
            (one.target.start, one.target.end) == chosen
            for one in annotations
            if one.id not in known
        ):
            self._drop_selection()
        self.viewport().update()

    def clear_article(self) -> None:
        """Show nothing."""
        self._let_pictures_go()
        self._page = self._article = self._version = None
        self._keep((), {})
        if (old := self.document()).parent() is self:  # Qt deletes its own by itself
            old.deleteLater()
        self.setDocument(ClosedDocument(self))

    def set_scale(self, scale: float) -> None:
        """Show the text larger or smaller; 1.0 is 100 %."""
        if scale != self._scale:
            self._scale = scale
            self._rebuild()
            self._centre()

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """Return the highlights that have a place in the text, in its order."""
        return self._annotations

    @property
    def current(self) -> Annotation | None:
        """Return the highlight that the keys act on."""
        return self._by_id.get(self._current)

    def uses_of(self, annotation: str) -> tuple[str, ...]:
        """Return the words of the statements that use a highlight."""
        return self._uses.get(annotation, ())

    def chosen(self) -> tuple[int, int] | None:
        """Return the selected passage without the blanks at its ends, or None.

        Units: code points of the canonical text.
        """
        cursor = self.textCursor()
        if self._page is None or self._version is None or not cursor.hasSelection():
            return None
        found = self._page.places.canonical(cursor.anchor(), cursor.position())
        if found is None:
            return None
        try:
            target = select("", self._version.body.text, *found)
        except ValueError:  # nothing but blanks
            return None
        return target.start, target.end

    def choose_passage(self, start: int, end: int) -> None:
        """Select a passage, as the keyboard would.

        Units: code points of the canonical text.
        """
        place = self._page.places.document(start, end) if self._page else None
        if place is not None:
            cursor = self.textCursor()
            cursor.setPosition(place[0])
            cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    def chosen_rects(self) -> tuple[QRectF, ...]:
        """Return where the selected passage, or else the current highlight, is on the viewport."""
        cursor = self.textCursor()
        place = (cursor.selectionStart(), cursor.selectionEnd())
        if not cursor.hasSelection():
            place = self._ranges.get(self._current, (0, 0))
        return tuple(
            rect.translated(0, -self._scrolled())
            for rect in geometry.lines(self.document(), *place)
        )

    def text_edges(self) -> tuple[float, float]:
        """Return the left and right edge of the text on the viewport."""
        near, far = (FAR_GUTTER, GUTTER) if self.right_to_left() else (GUTTER, FAR_GUTTER)
        return float(near), float(self.viewport().width() - far)

    def target_line(self) -> QRectF:
        """Return where the line that is kept free for the target is on the viewport."""
        if self._page is None:
            return QRectF()
        block = self.document().findBlock(self._page.target_line)
        rect = self.document().documentLayout().blockBoundingRect(block)
        return rect.translated(0, -self._scrolled())

    def right_to_left(self) -> bool:
        """Return whether the article runs from right to left."""
        return self._article is not None and self._article.direction == "rtl"

    def event(self, event: QEvent) -> bool:
        """Keep the measure in a new size, and follow the theme."""
        if event.type() == QEvent.Type.Resize:
            self._centre()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            shown = theme.current()
            if shown is not self._tokens:
                self._tokens = shown
                self._rebuild()
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the selection as an inactive one."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint backdrops, text, outlines and badges, from the bottom up."""
        if self._page is None:
            super().paintEvent(event)
            return
        area = event.rect()
        painter = QPainter(self.viewport())
        painter.setClipRect(area)
        self._paint_backdrops(painter, area)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setClipRect(area)
        for name in {self._current, self._flashed} - {""}:
            self._paint_outline(painter, name)
        self._badges = self._arrange()
        for badge in self._badges:
            badges.paint(painter, badge, self._tokens)
        painter.end()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the passage as it stands in the canonical text."""
        chosen = self.chosen()
        if chosen is None or self._version is None:
            return super().createMimeDataFromSelection()
        copied = QMimeData()
        copied.setText(self._version.body.text[slice(*chosen)])
        return copied

    def _set_current(self, name: str) -> None:
        if name != self._current:
            self._current = name
            self.viewport().update()
            self.highlight_focused.emit(name)

    def _drop_selection(self) -> None:
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self.setTextCursor(cursor)

    def _highlight_at(self, spot: QPoint) -> str:
        position = self.cursorForPosition(spot).position()
        under = [name for name, (first, last) in self._ranges.items() if first <= position < last]
        # the one on top is the one that begins last
        return max(
            under, key=lambda name: (self._ranges[name][0], -self._ranges[name][1]), default=""
        )

    def _badge_at(self, spot: QPointF) -> Badge | None:
        return next((badge for badge in self._badges if badge.rect.contains(spot)), None)

    def _scrolled(self) -> int:
        return self.verticalScrollBar().value()

    def _keep(self, annotations: tuple[Annotation, ...], uses: Uses) -> None:
        self._annotations = marks.in_order(annotations)
        self._by_id = {one.id: one for one in self._annotations}
        self._tints = marks.tints(self._annotations)
        self._uses = uses
        self._place()

    def _place(self) -> None:
        self._ranges = {}
        if self._page is not None:
            for one in self._annotations:
                passage = (one.target.start, one.target.end)
                if passage not in self._placed:
                    self._placed[passage] = self._page.places.document(*passage)
                if place := self._placed[passage]:
                    self._ranges[one.id] = place
        self._starts = sorted((place[0], name) for name, place in self._ranges.items())

    def _build(self) -> None:
        if self._article is None or self._version is None:
            return
        article, version, everything = self._article, self._version, self._everything
        if self._pictures is not None:
            self._pictures.measure(block.asset for block in version.body.blocks if block.asset)
        page = build(
            article,
            version,
            self._tints,
            self._tokens,
            self._scale,
            pictures=self._pictures,
            everything=everything,
        )
        page.document.setParent(self)
        old = self.document()
        self._page = page
        self._placed = {}
        self._place()
        self.setDocument(page.document)
        if old.parent() is self:
            old.deleteLater()
        self.laid_out.emit()

    def _move_caret_to_text(self) -> None:
        if self._page is not None and self._page.places.runs:
            cursor = self.textCursor()
            cursor.setPosition(self._page.places.runs[0].position)
            self.setTextCursor(cursor)

    def _rebuild(self) -> None:
        """Build the page again in other colours or sizes, and stay where the user was."""
        if self._page is None:
            return
        top, cursor = self._top_position(), self.textCursor()
        anchor, position = cursor.anchor(), cursor.position()
        self._build()
        self._stay(top, anchor, position)

    def _build_again(self) -> None:
        """Build the page again with other blocks in it, and stay where the user was."""
        if self._page is None:
            return
        cursor, scroll, before = self.textCursor(), self.verticalScrollBar().value(), self._page
        offset = self._read_position() if scroll else 0
        line = geometry.first_line(self.document(), offset).top() - scroll
        self._build()
        find = partial(same_place, before.places, self._page.places)
        self._stay(0, find(cursor.anchor()), find(cursor.position()))
        if scroll:
            line = geometry.first_line(self.document(), find(offset)).top() - line
            self.verticalScrollBar().setValue(round(line))

    def _stay(self, top: int, anchor: int, position: int) -> None:
        cursor = self.textCursor()
        last = self.document().characterCount() - 1
        cursor.setPosition(min(anchor, last))
        cursor.setPosition(min(position, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        line = geometry.first_line(self.document(), top)
        self.verticalScrollBar().setValue(round(line.top()) if top else 0)

    def _centre(self) -> None:
        measure = round(tokens.TEXT_MEASURE * self._scale) + GUTTER + FAR_GUTTER
        spare = self.width() - measure
        side = max(0, spare // 2)
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, 0, max(0, side - tokens.SPACE[2] - 2), 0)

    def _arrange(self) -> tuple[Badge, ...]:
        if not self._starts:
            return ()
        first = self._top_position()
        last = self.cursorForPosition(self.viewport().rect().bottomRight()).position()
        low = bisect_left(self._starts, (self.document().findBlock(first).position(), ""))
        high = bisect_right(self._starts, (last, "\uffff"))
        begun = [
            (
                self._by_id[name],
                geometry.first_line(self.document(), start).translated(0, -self._scrolled()),
            )
            for start, name in self._starts[low:high]
        ]
        left, right = self.text_edges()
        rtl = self.right_to_left()
        used = frozenset(name for name, uses in self._uses.items() if uses)
        return badges.arrange(begun, used, right if rtl else left, rtl=rtl)

    def _paint_backdrops(self, painter: QPainter, area: QRect) -> None:
        first = self.document().findBlock(
            self.cursorForPosition(QPoint(GUTTER, area.top())).position()
        )
        start = max(0, first.blockNumber() - 3)
        shown = geometry.blocks(
            self.document(),
            self.document().findBlockByNumber(start).position(),
            self._scrolled() + area.bottom() + 40,
        )
        moved = ((block, rect.translated(0, -self._scrolled())) for block, rect in shown)
        backdrops.paint(painter, moved, *self.text_edges(), self._tokens)

    def _paint_outline(self, painter: QPainter, name: str) -> None:
        place = self._ranges.get(name)
        if place is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        width = 2.0 if name == self._flashed else 1.25
        painter.setPen(QPen(QColor(self._tokens.accent), width))
        for rect in geometry.lines(self.document(), *place):
            around = rect.translated(0, -self._scrolled()).adjusted(-2, 0.5, 2, -0.5)
            painter.drawRoundedRect(around, tokens.CHIP_RADIUS, tokens.CHIP_RADIUS)
