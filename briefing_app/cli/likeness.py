"""The command of `article` about its like: one text that several outlets print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.cli import ids
from briefing_app.cli.arguments import Commands, add_command, add_library, library_folder

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.cluster import Like


def add(group: Commands) -> None:
    """Declare the command in the group of articles."""
    parser = add_command(
        group,
        "alike",
        alike,
        "List the articles that say nearly the same, the most alike first.",
        "Shortened and slightly edited copies of one text are told from others on the same topic.",
    )
    parser.add_argument("article", metavar="ARTICLE", help="the id of the article")
    add_library(parser)


def alike(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print a line for each article that is like one."""
    with program.library(library_folder(args)) as library:
        cluster = library.clusters.of(ids.article(library, args.article))
    for one in cluster.others:
        record = {
            "article": one.id,
            "title": one.title,
            "source": one.source,
            "published": one.published.iso if one.published else None,
            "likeness": round(one.likeness, 2),
        }
        out.record(record, _line(one))


def _line(one: Like) -> str:
    day = one.published.date.isoformat() if one.published else ""
    source = f"  ({one.source})" if one.source else ""
    return f"{ids.short(one.id)}  {round(100 * one.likeness):3} %  {day:10}  {one.title}{source}"
