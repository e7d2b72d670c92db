"""The blocks of a page as its body has them: rows become tables, pictures follow their neighbours."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.domain.text import clean_line
from briefing_app.importers.body import EMPTY_KINDS, Draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing_app.importers.html.walk import Found


def drafts(found: Sequence[Found]) -> list[Draft]:
    """Return the drafts of a page's blocks, in order."""
    return _with_pictures(list(with_tables(found)))


def with_tables(found: Sequence[Found]) -> Iterator[Draft]:
    """Join the rows of a table that the vote treats alike; one of a single column is a layout."""
    for (table, _), rows in groupby(
        found, key=lambda f: (f.table, f.draft.included if f.table else 0)
    ):
        blocks = [block.draft for block in rows]
        if not table:
            yield from blocks
        elif any(
            line.strip("\t").count("\t") for block in blocks for line in block.text.split("\n")
        ):
            text = "\n".join(block.text for block in blocks)
            yield replace(blocks[0], text=text)
        else:
            for block in blocks:
                yield replace(block, kind=BlockKind.PARAGRAPH, text=clean_line(block.text))


def _with_pictures(blocks: list[Draft]) -> list[Draft]:
    """Include a picture or a rule where the text on both sides is included."""
    before: list[bool] = []
    included = False
    for block in blocks:
        before.append(included)
        if block.kind not in EMPTY_KINDS:
            included = block.included
    included = False
    result: list[Draft] = []
    for block, above in zip(reversed(blocks), reversed(before), strict=True):
        if block.kind in EMPTY_KINDS:
            result.append(replace(block, included=above and included))
        else:
            included = block.included
            result.append(block)
    result.reverse()
    return result
