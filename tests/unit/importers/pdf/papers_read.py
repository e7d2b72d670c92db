"""Reading a PDF in a test, and saying what came out."""

from __future__ import annotations

from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress


def read(data: bytes, name="paper.pdf"):
    """Return all that the registry makes of a file."""
    return registry.read(Document(name, data), NoProgress())


def article(data: bytes, name="paper.pdf"):
    """Return the one article of a file."""
    (found,) = read(data, name).articles
    return found


def rows(found, *, all_of_them=False):
    """Return kind and text of the included blocks."""
    return [
        (block.kind.value, found.body.text[block.start : block.end])
        for block in found.body.blocks
        if block.included or all_of_them
    ]


def left_out(found):
    """Return the texts of the blocks that are not included."""
    return [found.body.text[b.start : b.end] for b in found.body.blocks if not b.included]
