"""The number of the newest change, beside the database: so that it is noticed if edits are lost.

A database whose write-ahead log was lost, or that was replaced by an older copy, is sound: it is only
not the newest. Shape: a file ``newest`` with one number, written after each commit and never flushed
by itself, so it may lag behind the database, and never runs before it.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NAME = "newest"
_DIGITS = 20


def note(folder: Path, seq: int) -> None:
    """Say how far the library got. A folder that does not take it is left alone."""
    with contextlib.suppress(OSError):
        handle = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(handle, f"{seq:0{_DIGITS}d}\n".encode())
        finally:
            os.close(handle)


def noted(folder: Path) -> int:
    """Return how far the library got, 0 if that is not known.

    Read before the database, it can only be ahead of that if edits are lost.
    """
    try:
        found = (folder / NAME).read_bytes()
    except OSError:
        return 0
    whole = len(found) == _DIGITS + 1 and found[:_DIGITS].isdigit()
    return int(found) if whole else 0


def forget(folder: Path) -> None:
    """Begin anew: an older database is about to be put in place, and the user asked for it."""
    (folder / NAME).unlink(missing_ok=True)
