"""Put boxes on pages: nothing is taller than a page, because everything parts between lines.

At least two lines of a paragraph stand at the foot and at the head of a page; what is tied to the next
box goes with it. All pages are known before the first is painted, so that "Page x of y" and whatever
else looks ahead costs no second pass.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing_app.exporters.pdf.flow import MM, Box

if TYPE_CHECKING:
    from briefing_app.exporters.pdf.flow import Label
    from briefing_app.exporters.style import Style

_TOGETHER = 2  # lines at the foot and at the head of a page


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines `first` to `last` (exclusive) of a box; `top` is the upper edge of the first one.

    Units: points from the lower edge of the page.
    """

    box: Box
    first: int
    last: int
    top: float

    @property
    def bottom(self) -> float:
        """Return the lower edge of the last line."""
        return self.top - (self.last - self.first) * self.box.text.leading


@dataclass(slots=True)
class Page:
    """What stands on a page.

    `running` is the headline that it shows in its head, `continued` the label of the part that goes
    on at its top.
    """

    pieces: list[Piece] = field(default_factory=list)
    running: str = ""
    continued: Label | None = None


def paginate(boxes: tuple[Box, ...], style: Style) -> list[Page]:
    """Return the pages; there is always one."""
    filler = _Filler(style)
    for at, box in enumerate(boxes):
        if at == 0 or not boxes[at - 1].keep:
            filler.start_chain(boxes, at)
        filler.put(box)
    return filler.pages


class _Filler:
    def __init__(self, style: Style) -> None:
        self._top = style.height - style.margins.top * MM
        self._bottom = style.margins.bottom * MM
        self.pages = [Page()]
        self._y = self._top
        self._gap = 0.0
        self._label_end = self._top
        self._running = ""
        self._label: Label | None = None

    def start_chain(self, boxes: tuple[Box, ...], at: int) -> None:
        """Begin a page if the boxes that are tied together from here on don't fit on this one."""
        need = boxes[at].before + self._gap
        while at < len(boxes):
            box = boxes[at]
            if not box.keep:
                need += max(
                    box.room, min(len(box.lines), _needed(len(box.lines))) * box.text.leading
                )
                break
            need += len(box.lines) * box.text.leading + box.after
            at += 1
        if self.pages[-1].pieces and self._y - need < self._bottom:
            self._new_page()

    def put(self, box: Box) -> None:
        """Put a box on the page, and what does not fit on the next ones."""
        if self.pages[-1].pieces:
            self._y -= self._gap + box.before
            if box.label:
                self._y = min(self._y, self._label_end - box.before)
        first, count, leading = 0, len(box.lines), box.text.leading
        while first < count:
            fits = int((self._y - self._bottom + 0.01) // leading)
            take = _share(count - first, fits, fresh=not self.pages[-1].pieces)
            if take == 0:
                self._new_page()
                continue
            self._place(box, first, first + take)
            first += take
        self._gap = box.after

    def _place(self, box: Box, first: int, last: int) -> None:
        page = self.pages[-1]
        if box.running and first == 0:
            self._running = box.running
            page.running = page.running or box.running
        if box.label and first == 0:
            self._label = box.label
            self._label_end = self._y - _height(box.label, box)
        elif not box.in_part:
            self._label = None
        elif not page.pieces and self._label:
            page.continued = self._label
            self._label_end = self._y - _height(self._label, box)
        page.pieces.append(Piece(box, first, last, self._y))
        self._y -= (last - first) * box.text.leading

    def _new_page(self) -> None:
        self.pages.append(Page(running=self._running))
        self._y = self._label_end = self._top


def _height(label: Label, box: Box) -> float:
    return (len(label.lines) - 1) * label.text.leading + box.text.leading


def _needed(count: int) -> int:
    """Return how many lines of a box must stand together at the least."""
    return count if count <= _TOGETHER + 1 else _TOGETHER


def _share(left: int, fits: int, *, fresh: bool) -> int:
    """Return how many of the lines that are left go on this page; 0 means none."""
    if left <= fits:
        return left
    if fresh and fits < _TOGETHER:
        return max(1, fits)
    take = min(fits, left - _TOGETHER)
    return take if take >= _TOGETHER else (max(1, fits) if fresh else 0)
