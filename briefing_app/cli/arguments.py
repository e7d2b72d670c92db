"""What several commands share: how a command is declared, and how its arguments are read."""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from briefing_app.domain.moment import Moment, from_datetime, parse_iso
from briefing_app.paths import default_library

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program

    Run = Callable[[argparse.Namespace, Program, Output], None]

PAGES = ("A4", "Letter")
SUFFIXES = (".pdf", ".txt", ".md", ".html")


class Commands(Protocol):
    """Where a command is declared: what `ArgumentParser.add_subparsers` returns."""

    def add_parser(
        self,
        name: str,
        *,
        help: str,  # noqa: A002 (argparse's name)
        description: str,
        allow_abbrev: bool,
    ) -> argparse.ArgumentParser:
        """Declare a command and return its own parser."""
        ...


def add_command(
    commands: Commands, name: str, run: Run, summary: str, more: str = ""
) -> argparse.ArgumentParser:
    """Declare a command that `run` carries out; the summary stands in the list of commands."""
    parser = commands.add_parser(
        name,
        help=_uncapitalised(summary),
        description=f"{summary} {more}".strip(),
        allow_abbrev=False,
    )
    parser.set_defaults(run=run)
    add_json(parser)
    return parser


def add_group(commands: Commands, name: str, summary: str) -> Commands:
    """Declare a command that has commands of its own, and return where they are declared."""
    parser = commands.add_parser(
        name, help=_uncapitalised(summary), description=summary, allow_abbrev=False
    )
    return parser.add_subparsers(title="commands", metavar="COMMAND", required=True)


def add_library(parser: argparse.ArgumentParser) -> None:
    """Let the library be named; before the command and behind it alike."""
    parser.add_argument(
        "--library",
        metavar="DIR",
        type=Path,
        default=argparse.SUPPRESS,  # a default would undo what stood before the command
        help="the folder of the library (made if there is none; without this, your own)",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Let the results be printed for programs."""
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,  # as for --library
        help="print one JSON object a line, each as soon as its work is safe on disk",
    )


def add_out(parser: argparse.ArgumentParser) -> None:
    """Let the file be named that the brief is written to; its suffix chooses the format."""
    parser.add_argument(
        "--to",
        required=True,
        metavar="OUT",
        type=_out,
        help="the file to write: .pdf, .txt (the text form), .md or .html",
    )


def add_print_options(parser: argparse.ArgumentParser) -> None:
    """Let the page, the style and the date of a printed brief be chosen."""
    parser.add_argument("--page", choices=PAGES, help="the size of the pages of a PDF")
    parser.add_argument("--style", metavar="NAME", help="the print style")


def add_private(parser: argparse.ArgumentParser) -> None:
    """Let pages of this computer and of its own network be fetched."""
    parser.add_argument(
        "--private",
        action="store_true",
        help="fetch also from this computer and from its own network, which is refused otherwise",
    )


def add_links(parser: argparse.ArgumentParser) -> None:
    """Let the pages be fetched, too, that a feed or a list names and does not hold."""
    parser.add_argument(
        "--links",
        action="store_true",
        help="fetch the pages, too, that feeds and lists name without their text",
    )


def moment(text: str) -> Moment:
    """Read a date, or a date and time, of the command line; without an offset it is UTC."""
    found = parse_iso(text)
    if found is None:
        raise argparse.ArgumentTypeError(
            f"“{text}” is not a date in the ISO form, such as 2026-01-25 or 2026-01-25T06:30Z"
        )
    if found.time is not None and found.offset is None:
        return replace(found, offset=0, zone="UTC")
    return found


def place(text: str) -> int:
    """Read a place in a list as people count, from 1, and return it counted from 0."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a place; the first one is 1")
    return int(text) - 1


def at_least_one(text: str) -> int:
    """Read a number of things that is not zero."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 1 on")
    return int(text)


def not_blank(text: str) -> str:
    """Read a text that must say something."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the text is empty")
    return text


def library_folder(args: argparse.Namespace) -> Path:
    """Return the folder of the library that the command works in."""
    named: Path | None = getattr(args, "library", None)
    return named or default_library()


def today() -> Moment:
    """Return this day in UTC, so that the zone of the machine does not reach a file."""
    return Moment(from_datetime(dt.datetime.now(dt.UTC)).date)


def _out(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in SUFFIXES:
        raise argparse.ArgumentTypeError(
            f"cannot write {text}: the name must end in one of {', '.join(SUFFIXES)}"
        )
    return path


def _uncapitalised(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")
