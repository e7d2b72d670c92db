"""The command `fetch`: pages and feeds from the web into the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.cli import ids
from briefing_app.cli.arguments import (
    Commands,
    add_command,
    add_library,
    add_links,
    add_private,
    library_folder,
)
from briefing_app.cli.longwork import watched
from briefing_app.cli.outcomes import tell

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.progress import Progress
    from briefing_app.services.importing import Outcome
    from briefing_app.services.suite import Services


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "fetch",
        run,
        "Fetch pages from the web into the library.",
        "Only the address is sent, without what follows the reader about: no cookie, no name. A feed "
        "is followed from then on; the command feeds refresh asks it again.",
    )
    parser.add_argument("urls", nargs="+", metavar="URL", help="the address of a page or a feed")
    parser.add_argument("--brief", metavar="ID", help="add stories to this brief, not to a new one")
    add_links(parser)
    add_private(parser)
    add_library(parser)


def run(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Fetch all that can be reached, and name what cannot."""
    with program.library(library_folder(args)) as library:
        brief = ids.brief(library, args.brief) if args.brief else ""

        def fetch(progress: Progress) -> tuple[Outcome, ...]:
            return library.fetching.bring_in(
                args.urls,
                progress,
                private=args.private,
                brief_id=brief,
                on_outcome=lambda outcome: tell(outcome, out),
                on_feed=lambda feed: out.say(f"{'':8}  {'followed':13}  {feed.title or feed.url}"),
            )

        with_links(args, library, out, fetch)


def with_links(
    args: argparse.Namespace,
    library: Services,
    out: Output,
    work: Callable[[Progress], tuple[Outcome, ...]],
) -> None:
    """Bring something in, and then what it names and does not hold, if that was asked for."""
    outcomes = watched(work)
    urls = [link.url for one in outcomes for link in one.links if not link.is_feed]
    if args.links and urls:
        watched(
            lambda progress: library.fetching.bring_in(
                urls,
                progress,
                private=args.private,
                on_outcome=lambda outcome: tell(outcome, out),
            )
        )
