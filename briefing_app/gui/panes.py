"""The three panes side by side; their widths are remembered and suit the window at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QWidget

from briefing_app.gui.theme import give_look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent


class Panes(QSplitter):
    """Articles | the reader or the preview | composer."""

    def __init__(self, left: QWidget) -> None:
        super().__init__()  # side by side
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.middle = QStackedWidget()
        self.right = QStackedWidget()
        for stack, plane in ((self.middle, "surface"), (self.right, "app")):
            blank = QFrame()
            give_look(blank, plane=plane)
            stack.addWidget(blank)
        self._sized = False
        for widget in (left, self.middle, self.right):
            self.addWidget(widget)
        for at, stretch in enumerate((0, 1, 0)):
            self.setStretchFactor(at, stretch)
        self.splitterMoved.connect(self._moved)
        self._moved_by_hand = False

    def furnish(self, middle: Sequence[QWidget], right: QWidget) -> None:
        """Give the panes that stood empty at the first paint what they will show."""
        for page in middle:
            self.middle.addWidget(page)
        self.right.addWidget(right)

    def uncover(self) -> None:
        """Show what the panes were given, when there is something in it."""
        for stack in (self.middle, self.right):
            if stack.currentIndex() == 0:
                stack.setCurrentIndex(1)

    def take_sizes(self, sizes: tuple[int, ...]) -> None:
        """Take the widths of the last time, if there was one."""
        if len(sizes) == self.count() and all(size >= 0 for size in sizes):
            self.setSizes(list(sizes))
            self._sized = True

    def sizes_to_keep(self) -> tuple[int, ...]:
        """Return the widths to remember; none before the user has chosen any."""
        return tuple(self.sizes()) if self._sized or self._moved_by_hand else ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width until the user does."""
        super().resizeEvent(event)
        if not self._sized and not self._moved_by_hand:
            self.setSizes(list(usual_widths(event.size().width())))

    def _moved(self) -> None:
        self._moved_by_hand = True


def usual_widths(width: int) -> tuple[int, int, int]:
    """Return the widths of the panes: 300, the rest, 440; less at the sides of a small window."""
    left = max(220, min(300, round(width * 0.23)))
    right = max(320, min(440, round(width * 0.32)))
    return left, max(width - left - right, 0), right
