"""The command `tags`: list the tags of all articles, rename or delete one everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.cli.arguments import (
    Commands,
    add_command,
    add_group,
    add_library,
    library_folder,
    not_blank,
)
from briefing_app.domain.tags import tag_of

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program


def add(commands: Commands) -> None:
    """Declare the commands."""
    own = add_group(commands, "tags", "List the tags of all articles, rename or delete one.")
    parser = add_command(own, "list", list_all, "List the tags, the most used first.")
    add_library(parser)

    parser = add_command(
        own,
        "rename",
        rename,
        "Rename a tag in all articles.",
        "If there is such a tag already, the two become one. One undo takes it back.",
    )
    parser.add_argument("tag", metavar="TAG", type=not_blank, help="the tag as it is")
    parser.add_argument("name", metavar="NAME", type=not_blank, help="what it is to be")
    add_library(parser)

    parser = add_command(own, "delete", delete, "Take a tag off all articles.")
    parser.add_argument("tag", metavar="TAG", type=not_blank, help="the tag")
    add_library(parser)


def list_all(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print a line for each tag."""
    with program.library(library_folder(args)) as library:
        for tag, count in library.collecting.tags():
            out.record({"tag": tag, "articles": count}, f"{count:6,}  {tag}")


def rename(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Rename a tag and print how many articles have it now by its new name."""
    with program.library(library_folder(args)) as library:
        count = library.collecting.rename_tag(args.tag, args.name)
        library.history.flush()
    name = tag_of(args.name)
    out.record({"tag": name, "articles": count}, f"{count:,} articles: {name}")


def delete(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Delete a tag and print how many articles had it."""
    with program.library(library_folder(args)) as library:
        count = library.collecting.delete_tag(args.tag)
        library.history.flush()
    tag = tag_of(args.tag)
    out.record({"tag": tag, "articles": count, "deleted": True}, f"{count:,} articles had {tag}")
