"""Bodies as JSON: blocks and spans as short lists, with only what differs from the usual.

Shape: a block is ``[kind, start, end]`` or ``[kind, start, end, {...}]``; a span is
``[kind, start, end]`` or ``[kind, start, end, target]``.
"""

from __future__ import annotations

import json
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from briefing_app.domain.article import Block, BlockKind, Body, Span, SpanKind

if TYPE_CHECKING:
    from collections.abc import Collection

_USUAL = Block(BlockKind.PARAGRAPH, 0, 0)
_EXTRAS = ("level", "ordered", "included", "page", "alt", "asset")
_extras_of = attrgetter(*_EXTRAS)
_NONE = _extras_of(_USUAL)


def blocks_json(body: Body) -> list[list[Any]]:
    """Return the blocks of a body as JSON."""
    return [_block_json(block) for block in body.blocks]


def spans_json(body: Body) -> list[list[Any]]:
    """Return the spans of a body as JSON."""
    return [
        [span.kind.value, span.start, span.end, *([span.target] if span.target else [])]
        for span in body.spans
    ]


def body_from(text: str, blocks: list[list[Any]], spans: list[list[Any]]) -> Body:
    """Return the body that was stored."""
    return Body(
        text,
        tuple(
            Block(BlockKind(row[0]), row[1], row[2], **(row[3] if len(row) > 3 else {}))
            for row in blocks
        ),
        tuple(
            Span(SpanKind(row[0]), row[1], row[2], row[3] if len(row) > 3 else "") for row in spans
        ),
    )


def included_text(text: str, blocks: list[list[Any]], switched: Collection[int] = ()) -> str:
    """Return the text of the blocks that are shown, one a line, without building them.

    `switched` are the places of those that the user has put in or taken out.
    """
    return "\n".join(
        text[row[1] : row[2]]
        for at, row in enumerate(blocks)
        if row[2] > row[1]
        and (len(row) < 4 or row[3].get("included", True)) is not (at in switched)
    )


def shown_text(text: str, blocks: str, switched: str) -> str:
    """Return the same from what is stored; most texts are shown whole."""
    if '"included":false' in blocks or switched != "[]":
        return included_text(text, json.loads(blocks), frozenset(json.loads(switched)))
    return text


def _block_json(block: Block) -> list[Any]:
    place = [block.kind.value, block.start, block.end]
    if _extras_of(block) == _NONE:  # as most blocks are
        return place
    extras = {
        name: getattr(block, name)
        for name in _EXTRAS
        if getattr(block, name) != getattr(_USUAL, name)
    }
    return [*place, extras]
