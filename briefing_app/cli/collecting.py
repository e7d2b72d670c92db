"""The command `collections`: make collections, and put articles into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing_app.cli import ids
from briefing_app.cli.arguments import (
    Commands,
    add_command,
    add_group,
    add_library,
    library_folder,
    not_blank,
)

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.collection import Collection

_WHICH = "the id of the collection, or its name"


def add(commands: Commands) -> None:
    """Declare the commands."""
    own = add_group(commands, "collections", "Make collections, and put articles into them.")
    parser = add_command(own, "list", list_all, "List the collections in their order.")
    add_library(parser)

    parser = add_command(own, "new", new, "Make a collection.")
    parser.add_argument("name", metavar="NAME", type=not_blank, help="what it is called")
    add_library(parser)

    parser = add_command(own, "rename", rename, "Give a collection another name.")
    parser.add_argument("collection", metavar="COLLECTION", help=_WHICH)
    parser.add_argument("name", metavar="NAME", type=not_blank, help="its new name")
    add_library(parser)

    parser = add_command(own, "move", move, "Put a collection in front of another, or behind all.")
    parser.add_argument("collection", metavar="COLLECTION", help=_WHICH)
    parser.add_argument("--before", metavar="COLLECTION", help="the one it is to stand before")
    add_library(parser)

    parser = add_command(own, "delete", delete, "Delete a collection; its articles stay.")
    parser.add_argument("collection", metavar="COLLECTION", help=_WHICH)
    add_library(parser)

    for name, run, summary in (
        ("add", put, "Put articles into a collection."),
        ("remove", take_out, "Take articles out of a collection; they stay in the library."),
    ):
        parser = add_command(own, name, run, summary)
        parser.add_argument("collection", metavar="COLLECTION", help=_WHICH)
        parser.add_argument("articles", nargs="+", metavar="ARTICLE", help="the id of an article")
        add_library(parser)


def list_all(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print a line for each collection."""
    with program.library(library_folder(args)) as library:
        for one, count in library.collecting.collections():
            out.record(
                _record(one) | {"articles": count}, f"{ids.short(one.id)}  {count:6,}  {one.name}"
            )


def new(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Make a collection and print it."""
    with program.library(library_folder(args)) as library:
        made = library.collecting.new_collection(args.name)
        library.history.flush()
    out.record(_record(made), made.id)


def rename(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Rename a collection and print it."""
    with program.library(library_folder(args)) as library:
        found = ids.collection(library, args.collection)
        made = library.collecting.rename_collection(found, args.name)
        library.history.flush()
    out.record(_record(made), made.id)


def move(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Move a collection and print its id."""
    with program.library(library_folder(args)) as library:
        found = ids.collection(library, args.collection)
        before = ids.collection(library, args.before) if args.before else ""
        library.collecting.move_collection(found, before)
        library.history.flush()
    out.record({"id": found}, found)


def delete(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Delete a collection and print its id."""
    with program.library(library_folder(args)) as library:
        found = ids.collection(library, args.collection)
        library.collecting.delete_collection(found)
        library.history.flush()
    out.record({"id": found, "deleted": True}, found)


def put(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Put articles into a collection and print how many were not in it."""
    with program.library(library_folder(args)) as library:
        found = ids.collection(library, args.collection)
        articles = tuple(ids.article(library, typed) for typed in args.articles)
        count = library.collecting.put(articles, found)
        library.history.flush()
    out.record({"id": found, "added": count}, f"{count:,} articles added")


def take_out(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Take articles out of a collection and print how many were in it."""
    with program.library(library_folder(args)) as library:
        found = ids.collection(library, args.collection)
        articles = tuple(ids.article(library, typed) for typed in args.articles)
        count = library.collecting.take_out(articles, found)
        library.history.flush()
    out.record({"id": found, "removed": count}, f"{count:,} articles taken out")


def _record(collection: Collection) -> dict[str, Any]:
    return {"id": collection.id, "name": collection.name}
