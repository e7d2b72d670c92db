"""The body of an article as a command prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing_app.domain.article import BlockKind

if TYPE_CHECKING:
    from briefing_app.domain.article import Block, Body


def blocks(body: Body) -> list[dict[str, Any]]:
    """Return the blocks of a body as JSON; those that are left out say so."""
    return [_block(body, block) for block in body.blocks]


def text(body: Body) -> str:
    """Return the included blocks for a reader, a blank line between them."""
    return "\n\n".join(_line(body, block) for block in body.blocks if block.included)


def _block(body: Body, block: Block) -> dict[str, Any]:
    record: dict[str, Any] = {
        "kind": block.kind.value,
        "text": body.text[block.start : block.end],
        "start": block.start,
        "end": block.end,
        "included": block.included,
    }
    optional = {
        "level": block.level,
        "ordered": block.ordered,
        "page": block.page,
        "alt": block.alt,
        "asset": block.asset,
    }
    return record | {name: value for name, value in optional.items() if value}


def _line(body: Body, block: Block) -> str:
    content = body.text[block.start : block.end]
    match block.kind:
        case BlockKind.HEADING:
            return f"{'#' * max(1, block.level)} {content}"
        case BlockKind.ITEM:
            return f"{'  ' * max(0, block.level - 1)}- {content}"
        case BlockKind.IMAGE:
            return f"[{block.alt or 'picture'}]"
        case BlockKind.RULE:
            return "* * *"
        case _:
            return content
