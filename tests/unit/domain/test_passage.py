"""Where a passage stands in its article."""

from __future__ import annotations

import pytest

from briefing_app.domain.article import Block, BlockKind, Body
from briefing_app.domain.passage import place_of

#        0123456789012345678
_TEXT = "Head\none\nad\ntwo\nend"
_BODY = Body(
    _TEXT,
    (
        Block(BlockKind.HEADING, 0, 4, level=1),
        Block(BlockKind.PARAGRAPH, 5, 8, page=1),
        Block(BlockKind.IMAGE, 9, 9),
        Block(BlockKind.PARAGRAPH, 9, 11, included=False),
        Block(BlockKind.PARAGRAPH, 12, 15, page=2),
        Block(BlockKind.QUOTE, 16, 19),
    ),
)


@pytest.mark.parametrize(
    ("start", "place"),
    [(0, (1, None)), (5, (1, 1)), (7, (1, 1)), (10, (1, 1)), (12, (2, 2)), (17, (3, 2))],
)
def test_included_paragraphs_are_counted_from_one(start, place):
    assert place_of(_BODY, start) == place


def test_a_body_without_blocks_is_one_paragraph():
    assert place_of(Body("x", ()), 0) == (1, None)
