"""The command `search`: find articles, marked passages, stories and briefs by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.cli import ids
from briefing_app.cli.arguments import Commands, add_command, add_library, library_folder

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "search",
        run,
        "Find articles, marked passages, stories and briefs.",
        "What is found holds all the words.",
    )
    parser.add_argument("words", nargs="+", metavar="WORD", help="a word, or its beginning")
    parser.add_argument(
        "--limit", type=int, default=50, metavar="N", help="at most so many (without this: 50)"
    )
    add_library(parser)


def run(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print a line for each thing that was found."""
    with program.library(library_folder(args)) as library:
        for hit in library.searching.find(" ".join(args.words), args.limit):
            out.record(
                {
                    "kind": hit.kind,
                    "id": hit.id,
                    "title": hit.title,
                    "snippet": hit.snippet,
                    "article": hit.article or None,
                },
                f"{ids.short(hit.id)}  {hit.kind:10}  {hit.title}"
                + (f"\n{'':{ids.SHORT}}  {'':10}  {hit.snippet}" if hit.snippet else ""),
            )
