"""Let modules be imported without a look at their source.

PySide reads the source of every module that is imported after it, to see whether it asks for snake_case
names, and `linecache` keeps all those lines: 17 MB, and a tenth of the start. Nothing here asks.
"""

from __future__ import annotations

import builtins

from PySide6 import QtCore


def restore() -> None:
    """Put the import back in place that was there before the one that looks for features."""
    assert QtCore  # noqa: S101 (it is what put that one there)
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain
