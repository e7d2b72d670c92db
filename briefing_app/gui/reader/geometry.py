"""Where passages and blocks lie on the page.

Units: px of the document; the view takes away how far it is scrolled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QRectF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine


def lines(document: QTextDocument, first: int, last: int) -> Iterator[QRectF]:
    """Yield the rectangle of a passage on each of its lines, from the first on."""
    block = document.findBlock(first)
    while block.isValid() and block.position() < last:
        origin, start = _origin(document, block), block.position()
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            low = max(first - start, line.textStart())
            high = min(last - start, line.textStart() + line.textLength())
            if low < high:
                left, right = sorted((_x(line, low), _x(line, high)))
                yield QRectF(left, line.y(), right - left, line.height()).translated(origin)
        block = block.next()


def first_line(document: QTextDocument, position: int) -> QRectF:
    """Return the whole line that holds a position."""
    block = document.findBlock(position)
    line = block.layout().lineForTextPosition(position - block.position())
    if not line.isValid():
        return document.documentLayout().blockBoundingRect(block)
    return line.rect().translated(_origin(document, block))


def blocks(
    document: QTextDocument, first: int, bottom: float
) -> Iterator[tuple[QTextBlock, QRectF]]:
    """Yield the blocks from the one at a position down to a height, and their rectangles."""
    block = document.findBlock(first)
    while block.isValid():
        rect = document.documentLayout().blockBoundingRect(block)
        if rect.top() > bottom:
            return
        yield block, rect
        block = block.next()


def _origin(document: QTextDocument, block: QTextBlock) -> QPointF:
    # Qt moves the rectangle to where the layout begins, whatever its lines' own first y is
    return document.documentLayout().blockBoundingRect(block).topLeft()


def _x(line: QTextLine, position: int) -> float:
    # PySide returns the x and the position that it snapped to
    x, _position = cast("tuple[float, int]", line.cursorToX(position))
    return x
