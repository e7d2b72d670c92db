"""The command `feeds`: the feeds that the library follows, and what is new in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.cli.arguments import (
    Commands,
    add_command,
    add_group,
    add_library,
    add_links,
    add_private,
    library_folder,
)
from briefing_app.cli.fetch import with_links
from briefing_app.cli.outcomes import tell
from briefing_app.services.fetching import Feed, cleaned

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program


def add(commands: Commands) -> None:
    """Declare the commands."""
    own = add_group(commands, "feeds", "List the feeds, ask them for what is new, follow one.")
    parser = add_command(own, "list", list_all, "List the feeds that the library follows.")
    add_library(parser)

    parser = add_command(
        own,
        "refresh",
        refresh,
        "Ask all feeds and import what is new.",
        "New is what is not in the library, nor in its trash. Entries without a text are listed.",
    )
    add_links(parser)
    add_private(parser)
    add_library(parser)

    parser = add_command(
        own, "follow", follow, "Follow a feed.", "Nothing is fetched before the next refresh."
    )
    parser.add_argument("urls", nargs="+", metavar="URL", help="the address of a feed")
    add_library(parser)

    parser = add_command(
        own, "forget", forget, "Follow a feed no more.", "What came from it stays."
    )
    parser.add_argument("url", metavar="URL", help="the address of the feed, as the list has it")
    add_library(parser)


def list_all(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print a line for each feed."""
    with program.library(library_folder(args)) as library:
        for feed in library.feeds.all():
            _print(feed, out)


def refresh(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Ask all feeds."""
    with program.library(library_folder(args)) as library:
        if not library.feeds.all():
            out.say("No feed is followed. The command fetch follows the feeds that it fetches.")

        with_links(
            args,
            library,
            out,
            lambda progress: library.fetching.refresh(
                progress,
                private=args.private,
                on_outcome=lambda outcome: (
                    None
                    if outcome.status == "duplicate" and not outcome.links
                    else tell(outcome, out)
                ),
            ),
        )


def follow(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Follow feeds."""
    with program.library(library_folder(args)) as library:
        for feed in [Feed(cleaned(url)) for url in args.urls]:
            library.feeds.follow((feed,))
            _print(feed, out)


def forget(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Follow a feed no more."""
    with program.library(library_folder(args)) as library:
        library.feeds.forget(args.url)
        out.record({"url": args.url, "forgotten": True}, f"Forgotten: {args.url}")


def _print(feed: Feed, out: Output) -> None:
    text = f"{feed.title}  {feed.url}" if feed.title else feed.url
    out.record({"url": feed.url, "title": feed.title}, text)
