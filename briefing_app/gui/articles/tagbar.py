"""The tags that are used most, as chips under the shelves; one filters the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QStyle, QToolButton, QWidget

from briefing_app.domain.article import tag_key
from briefing_app.gui import fonts, tokens
from briefing_app.gui.articles.rows import isolated
from briefing_app.gui.articles.tagfilter import tags_in, toggled
from briefing_app.gui.numbers import number
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

SHOWN = 12  # chips at most
_SIDE, _GAP, _LINE, _LINES, _WIDEST = 16, 6, 27, 1, 110  # px, lines


class TagBar(QWidget):
    """A line of chips, one tab stop: the arrows go from chip to chip."""

    tag_toggled = Signal(str)
    all_wanted = Signal()
    menu_wanted = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Tags"))
        self._tags: tuple[tuple[str, int], ...] = ()
        self._chips: list[QToolButton] = []
        self._more = self._chip(self.tr("All tags…"))
        self._more.clicked.connect(self.all_wanted)
        self.setVisible(False)

    def show_tags(self, tags: tuple[tuple[str, int], ...]) -> None:
        """Show tags with their counts, the most used first."""
        if tags[:SHOWN] == self._tags:
            return
        had = any(chip.hasFocus() for chip in self._chips)
        self._tags = tags[:SHOWN]
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [self._tag_chip(tag, count) for tag, count in self._tags]
        self.setVisible(bool(tags))
        self._lay_out()
        if had and self._chips:
            self._chips[0].setFocus()

    def toggled(self, text: str, tag: str) -> str:
        """Return a filter that asks for a tag as well, or not any more."""
        return toggled(text, tag)

    def show_filter(self, text: str) -> None:
        """Mark the chips of the tags that the list is filtered by."""
        asked = tags_in(text)
        for chip, (tag, _) in zip(self._chips, self._tags, strict=True):
            chip.setChecked(tag_key(tag) in asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the chips that fit."""
        super().resizeEvent(event)
        self._lay_out()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from chip to chip with the arrows; a right click asks for the menu of a tag."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
            if way := step.get(Qt.Key(event.key()), 0):
                mirrored = self.isRightToLeft() and event.key() in (
                    Qt.Key.Key_Left,
                    Qt.Key.Key_Right,
                )
                self._go(watched, -way if mirrored else way)
                return True
        if isinstance(event, QContextMenuEvent):
            name = str(watched.property("tag") or "")
            if name:
                self.menu_wanted.emit(name, event.globalPos())
            return True
        return super().eventFilter(watched, event)

    def _go(self, chip: QObject, way: int) -> None:
        shown = [one for one in (*self._chips, self._more) if not one.isHidden()]
        at = next((n for n, one in enumerate(shown) if one is chip), 0)
        shown[(at + way) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)

    def _tag_chip(self, tag: str, count: int) -> QToolButton:
        chip = self._chip("")
        metrics = QFontMetrics(fonts.chrome(tokens.CAPS))
        shown = metrics.elidedText(f"#{tag}", Qt.TextElideMode.ElideRight, _WIDEST)
        chip.setText(isolated(shown.replace("&", "&&")))
        chip.setProperty("tag", tag)
        chip.setCheckable(True)
        chip.setToolTip(
            self.tr("{tag}: {count} articles")
            .replace("{count}", number(count))
            .replace("{tag}", tag)
        )
        chip.setAccessibleName(f"{tag}, {count}")
        chip.clicked.connect(self._toggled)
        return chip

    def _chip(self, text: str) -> QToolButton:
        chip = QToolButton(self)
        chip.setText(text)
        set_look(chip, kind="chip")
        chip.installEventFilter(self)
        return chip

    def _toggled(self) -> None:
        if chip := self.sender():
            self.tag_toggled.emit(str(chip.property("tag")))

    def _lay_out(self) -> None:
        """Place the chips that fit; the last one leads to all tags."""
        room = self.width() - 2 * _SIDE
        last = self._more.sizeHint().width()
        x, line, focusable = 0, 0, True
        full = False
        for chip in self._chips:
            width = chip.sizeHint().width()
            end = room - (last + _GAP if line == _LINES - 1 else 0)
            if x + width > end and x and line < _LINES - 1:
                x, line = 0, line + 1
                end = room - (last + _GAP if line == _LINES - 1 else 0)
            full = full or x + width > end
            chip.setVisible(not full)
            if not full:
                self._place(chip, x, line, width)
                chip.setFocusPolicy(_policy(first=focusable))
                focusable = False
                x += width + _GAP
        if x + last > room:
            x, line = 0, line + 1
        self._place(self._more, x, line, last)
        self._more.setFocusPolicy(_policy(first=focusable))
        self._more.setVisible(bool(self._chips))
        self.setFixedHeight((line + 1) * _LINE + 6 if self._chips else 0)

    def _place(self, chip: QToolButton, x: int, line: int, width: int) -> None:
        place = QRect(_SIDE + x, 8 + line * _LINE, width, chip.sizeHint().height())
        chip.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))


def _policy(*, first: bool) -> Qt.FocusPolicy:
    return Qt.FocusPolicy.StrongFocus if first else Qt.FocusPolicy.ClickFocus
