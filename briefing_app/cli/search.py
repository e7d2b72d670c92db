"""The command `search`: find articles, marked passages, stories and briefs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.cli import ids
from briefing_app.cli.arguments import Commands, add_command, add_library, library_folder
from briefing_app.errors import WrongUsage

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.query import Query
    from briefing_app.services.searching import Hit

_LANGUAGE = """\
What is found holds all of it: words, "words that follow each other", beginnings (ferr*), and
none of what a minus stands before (-strike). Fields: title:, source:, tag:, state:, lang:,
after: and before: (when it was published: 2026-01-31, 2026-01, 2026, today, yesterday, 7d) and
added: (when it came into the library). Your shell may want quotation marks of its own around
those. A query that is wrong in part is explained, and the exit code is 2."""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "search",
        run,
        "Find articles, marked passages, stories and briefs.",
        _LANGUAGE,
    )
    parser.add_argument("query", nargs="+", metavar="QUERY", help="what to look for")
    parser.add_argument(
        "--best",
        action="store_true",
        help="the articles that fit best first (without this: the newest first)",
    )
    parser.add_argument(
        "--limit", type=int, default=50, metavar="N", help="at most so many (without this: 50)"
    )
    add_library(parser)


def run(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print a line for each thing that was found."""
    text = " ".join(args.query)
    with program.library(library_folder(args)) as library:
        query = library.searching.asked(text)
        for hit in library.searching.find(text, args.limit, best=args.best):
            out.record(
                {
                    "kind": hit.kind,
                    "id": hit.id,
                    "title": hit.title,
                    "snippet": hit.snippet,
                    "marks": [list(mark) for mark in hit.marks],
                    "title_marks": [list(mark) for mark in hit.title_marks],
                    "article": hit.article or None,
                },
                _lines(hit),
            )
    refuse(query)


def refuse(query: Query) -> None:
    """Explain a query that is wrong. Raises: WrongUsage."""
    if query.problem is not None:
        raise WrongUsage(query.problem.message, **dict(query.problem.values))


def _lines(hit: Hit) -> str:
    line = f"{ids.short(hit.id)}  {hit.kind:10}  {hit.title}"
    return f"{line}\n{'':{ids.SHORT}}  {'':10}  {hit.snippet}" if hit.snippet else line
