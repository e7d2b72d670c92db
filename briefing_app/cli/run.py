"""Run one command from its arguments to its exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from briefing_app.cli.output import Output
from briefing_app.errors import BriefingError, WrongUsage

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.arguments import Run
    from briefing_app.cli.program import Program

DONE, FAILED, WRONG_USAGE = 0, 1, 2


def carry_out(args: argparse.Namespace, program: Program) -> int:
    """Carry out a command and return the exit code; what the user can mend is told in a sentence."""
    out = Output(json=args.json)
    run: Run = args.run
    try:
        run(args, program, out)
    except WrongUsage as error:
        out.fail(error)
        return WRONG_USAGE
    except BriefingError as error:
        out.fail(error)
    _look_after(program, out)
    return FAILED if out.failed else DONE


def _look_after(program: Program, out: Output) -> None:
    """Make the backup of the day; if that fails, what was asked for is done all the same."""
    try:
        program.look_after()
    except BriefingError as error:
        out.warn(f"The daily backup could not be made. {error} {error.next_step}".rstrip())


def write_utf8() -> None:
    """Write UTF-8 whatever the locale; what no encoding holds (a broken file name) is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
