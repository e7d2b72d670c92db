"""Numbers in sentences: one is another word than many, in English too."""

from __future__ import annotations


def counted(n: int, one: str, many: str) -> str:
    """Return the words for a number; `many` has been given it already, as ``%n``."""
    return one if n == 1 else many
