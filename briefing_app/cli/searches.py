"""The command `searches`: list the saved searches, save one, delete one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.cli import ids
from briefing_app.cli.arguments import (
    Commands,
    add_command,
    add_group,
    add_library,
    library_folder,
    not_blank,
)
from briefing_app.cli.search import refuse

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.savedsearch import SavedSearch


def add(commands: Commands) -> None:
    """Declare the commands."""
    own = add_group(commands, "searches", "List the saved searches, save one, delete one.")
    parser = add_command(own, "list", list_all, "List the saved searches.")
    add_library(parser)

    parser = add_command(
        own,
        "save",
        save,
        "Save a search under a name.",
        "One that has the name gets the new query.",
    )
    parser.add_argument("name", metavar="NAME", type=not_blank, help="what it is called")
    parser.add_argument(
        "query", nargs="+", metavar="QUERY", help="what to look for, as for the command search"
    )
    add_library(parser)

    parser = add_command(own, "rename", rename, "Give a saved search another name.")
    parser.add_argument("search", metavar="SEARCH", help="the id of the saved search")
    parser.add_argument("name", metavar="NAME", type=not_blank, help="its new name")
    add_library(parser)

    parser = add_command(own, "delete", delete, "Delete a saved search.")
    parser.add_argument("search", metavar="SEARCH", help="the id of the saved search")
    add_library(parser)


def list_all(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print a line for each saved search."""
    with program.library(library_folder(args)) as library:
        for search in library.searches.all():
            out.record(_record(search), _line(search))


def save(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Save a search."""
    text = " ".join(args.query)
    with program.library(library_folder(args)) as library:
        refuse(library.searching.asked(text))
        made = library.searches.save(args.name, text)
        library.history.flush()
        out.record(_record(made), _line(made))


def rename(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Rename a saved search."""
    with program.library(library_folder(args)) as library:
        made = library.searches.rename(ids.search(library, args.search), args.name)
        library.history.flush()
        out.record(_record(made), _line(made))


def delete(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Delete a saved search."""
    with program.library(library_folder(args)) as library:
        found = library.searches.search(ids.search(library, args.search))
        library.searches.delete(found.id)
        library.history.flush()
        out.record({"id": found.id, "deleted": True}, f"Deleted: {found.name}")


def _record(search: SavedSearch) -> dict[str, str]:
    return {"id": search.id, "name": search.name, "query": search.query}


def _line(search: SavedSearch) -> str:
    return f"{ids.short(search.id)}  {search.name}  {search.query}"
