"""Start the program: the worker, a command, or the window.

Only the standard library and `app` are imported here, and `app` imports nothing before it knows what
was asked for.
"""

from __future__ import annotations

import os
import sys

from briefing_app import app

INTERRUPTED = 130  # what a shell expects of a program that Ctrl+C has stopped


def main() -> int:
    """Run the program and return its exit code: 0 done, 1 something failed, 2 wrong usage."""
    try:
        code = app.main(sys.argv[1:])
        if sys.stdout is not None:  # a program without a console has none
            sys.stdout.flush()
    except BrokenPipeError:
        _forget_standard_output()
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _forget_standard_output() -> None:
    """Keep the interpreter from complaining at its end that nobody listens any more."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    raise SystemExit(main())
