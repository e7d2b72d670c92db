"""Where a passage stands in its article, as a reader would say it: paragraph 3, page 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind

if TYPE_CHECKING:
    from briefing_app.domain.article import Body

_NOT_COUNTED = (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.IMAGE, BlockKind.RULE)


def place_of(body: Body, start: int) -> tuple[int, int | None]:
    """Return the number of the paragraph (from 1) that holds a place, and its page in a PDF.

    Counted are the included blocks with text, without headings and captions; a place in a heading has
    the number of the paragraph below it.
    Units: `start` counts code points.
    """
    number, page = 0, None
    for block in body.blocks:
        if block.start > start:
            break
        page = block.page if block.page is not None else page
        counted = block.included and block.end > block.start and block.kind not in _NOT_COUNTED
        if counted:
            number += 1
        elif block.kind is BlockKind.HEADING and block.start <= start < block.end:
            return number + 1, page
    return max(number, 1), page
