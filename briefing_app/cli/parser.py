"""What can be typed: the commands and their options, in plain English."""

from __future__ import annotations

import argparse

from briefing_app import __version__

DESCRIPTION = """\
Turn articles into a briefing: read, highlight, compose, print. Offline.

Without a command the window opens."""

EPILOG = """\
Each command explains itself: briefing-app COMMAND --help.
Exit code: 0 all is done, 1 something failed and is named on standard error, 2 wrong usage."""


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        "briefing-app",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Briefing Desk {__version__}")
    return parser
