"""What can be typed: the commands and their options, in plain English."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from briefing_app import __version__
from briefing_app.cli import (
    annotate,
    article,
    articles,
    briefs,
    build,
    bundles,
    collecting,
    erase,
    export,
    feeds,
    fetch,
    history,
    import_,
    library,
    read,
    revisions,
    search,
    searches,
    selftest,
    statements,
    stories,
    tags,
    trash,
    upkeep,
    watch,
)
from briefing_app.cli.arguments import add_json, add_library

if TYPE_CHECKING:
    from collections.abc import Sequence

_DESCRIPTION = """\
Turn articles into a briefing: read, highlight, compose, print. Offline.

Without a command the window opens."""

_EPILOG = """\
Each command explains itself: briefing-app COMMAND --help.
An id may be shortened to its first characters, six at least, where only one thing has them.
Exit code: 0 all is done, 1 something failed and is named on standard error, 2 wrong usage."""

_GROUPS = (
    build,
    import_,
    fetch,
    feeds,
    watch,
    read,
    articles,
    article,
    tags,
    collecting,
    search,
    searches,
    annotate,
    briefs,
    stories,
    statements,
    export,
    bundles,
    history,
    revisions,
    trash,
    erase,
    library,
    upkeep,
)


def shielded(argv: Sequence[str]) -> list[str]:
    """Keep ``-word`` of a query, and ``-tag``, from being taken for an option.

    No option but -h has one dash.
    """
    at = next(
        (
            n
            for n, word in enumerate(argv)
            if word in ("search", "searches") or list(argv[n : n + 2]) == ["article", "tag"]
        ),
        len(argv),
    )
    return [
        f" {word}" if n > at and word[:1] == "-" and word[1:2] != "-" and word != "-h" else word
        for n, word in enumerate(argv)
    ]


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line.

    Shape: what it parses has `run`, the function of the command, or None where there is no command.
    """
    parser = argparse.ArgumentParser(
        "briefing-app",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=None, json=False)
    parser.add_argument("--version", action="version", version=f"Briefing Desk {__version__}")
    parser.add_argument(
        "--self-test",
        dest="run",
        action="store_const",
        const=selftest.run,
        help="try every part of the program in a temporary library, and name what does not work",
    )
    add_json(parser)
    add_library(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for group in _GROUPS:
        group.add(commands)
    return parser
