"""The composition root: the one module that knows every layer.

It imports inside functions. A command never loads Qt, `--version` loads next to nothing, and the
window is painted before the database engine is read from disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Do what the arguments ask for and return the exit code."""
    from briefing_app.cli import run

    return run.main(argv)
