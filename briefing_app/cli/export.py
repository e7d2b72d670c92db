"""The command `export`: a brief of the library as a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from briefing_app.cli import ids
from briefing_app.cli.arguments import (
    Commands,
    add_command,
    add_library,
    add_out,
    add_print_options,
    library_folder,
    moment,
    today,
)
from briefing_app.cli.written import tell_written
from briefing_app.errors import QT_TRANSLATE_NOOP, ExportFailure
from briefing_app.progress import NoProgress
from briefing_app.services.exporting import Options

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "export",
        run,
        "Write a brief to a file.",
        "The file is whole or not there at all. An existing file is replaced only when you say so. "
        "The date on the page is that of --date, else that of the brief, else today (UTC).",
    )
    parser.add_argument("brief", metavar="BRIEF", help="the id of the brief")
    add_out(parser)
    add_print_options(parser)
    parser.add_argument("--date", metavar="ISO", type=moment, help="the date on the page")
    parser.add_argument("--force", action="store_true", help="replace an existing file")
    add_library(parser)


def run(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Write the brief and say what was written."""
    with program.library(library_folder(args)) as library:
        brief = library.desk.brief(ids.brief(library, args.brief))
        ask_before_replacing(args.to, force=args.force)
        content = library.exporting.content(brief.id, args.date or brief.date or today())
        options = Options(style=args.style or brief.style, page=args.page or brief.page)
        written = library.exporting.render(content, args.to.suffix, options, NoProgress())
        library.exporting.write_file(args.to, written.data)
    tell_written(args.to, written, out, brief=brief.id)


def ask_before_replacing(path: Path, *, force: bool) -> None:
    """Let the user keep an existing file; without a terminal nobody can be asked.

    Raises: ExportFailure if the file stays as it is.
    """
    if force or not path.is_file():
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise ExportFailure(
            QT_TRANSLATE_NOOP("errors", "{file} exists already, and was left as it is."),
            hint=QT_TRANSLATE_NOOP("errors", "Give --force to replace it."),
            file=path,
        )
    print(f"{path} exists already. Replace it? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
        raise ExportFailure(
            QT_TRANSLATE_NOOP("errors", "{file} was left as it is."),
            file=path,
        )
