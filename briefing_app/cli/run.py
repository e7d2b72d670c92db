"""Run one command from its arguments to its exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from briefing_app.cli.parser import make_parser

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Run the command and return the exit code: 0 done, 1 something failed.

    Raises: SystemExit with 2 for wrong usage, with 0 after --help and --version.
    """
    _write_utf8()
    make_parser().parse_args(argv)
    return 0


def _write_utf8() -> None:
    """Write UTF-8 whatever the locale; what no encoding holds (a broken file name) is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
