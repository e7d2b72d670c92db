"""The command `trash`: what was thrown away, back from there, and empty it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.cli import ids
from briefing_app.cli.arguments import (
    Commands,
    add_command,
    add_group,
    add_library,
    library_folder,
)
from briefing_app.cli.erase import add_purge, add_yes, not_without_yes, tell
from briefing_app.domain.record import Entity
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound
from briefing_app.progress import NoProgress

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.record import Key
    from briefing_app.services.trash import TrashRow

_KINDS = {
    Entity.ARTICLE: "article",
    Entity.ANNOTATION: "highlight",
    Entity.STORY: "story",
    Entity.BRIEF: "brief",
}


def add(commands: Commands) -> None:
    """Declare the commands."""
    group = add_group(commands, "trash", "List, restore or erase what was thrown away.")
    parser = add_command(group, "list", list_, "List what lies in the trash, the newest first.")
    add_library(parser)

    parser = add_command(
        group,
        "restore",
        restore,
        "Bring things back from the trash, in one step.",
        "A story comes back with its rows and its places, an article with its passages.",
    )
    parser.add_argument("things", nargs="+", metavar="ID", help="the id of something in the trash")
    add_library(parser)

    parser = add_command(
        group,
        "empty",
        empty,
        "Erase for good what lies in the trash.",
        "What a story or a published edition rests on stays there.",
    )
    add_yes(parser)
    add_purge(parser)
    add_library(parser)


def list_(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print what lies in the trash."""
    with program.library(library_folder(args)) as library:
        rows = library.trash.rows()
    for row in rows:
        left = "as long as it is needed" if row.days is None else f"{row.days} days left"
        out.record(
            {
                "id": row.id,
                "kind": _KINDS[row.entity],
                "title": row.title,
                "thrown": row.thrown.isoformat(),
                "days": row.days,
                "inside": row.inside,
                "of": row.of or None,
            },
            f"{ids.short(row.id)}  {row.thrown:%Y-%m-%d %H:%M}  {_KINDS[row.entity]:9}  "
            f"{row.title}  ({left})",
        )


def restore(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Bring things back and print their ids."""
    with program.library(library_folder(args)) as library:
        rows = library.trash.rows()
        keys = tuple(_key(rows, typed) for typed in args.things)
        library.trash.restore(keys)
        library.history.flush()
    for entity, uid in keys:
        out.record({_KINDS[entity]: uid}, uid)


def empty(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Erase what lies in the trash, if that was said twice."""
    with program.library(library_folder(args)) as library:
        doom = library.trash.look()
        if doom is None:
            out.record({"erased": 0}, "There is nothing in the trash that may go.")
            return
        not_without_yes(doom, args, out)
        tell(library.trash.empty(NoProgress(), purge=args.purge), out)
        library.erasing.settle()


def _key(rows: tuple[TrashRow, ...], typed: str) -> Key:
    prefix = typed.strip().lower()
    found = [row.key for row in rows if row.id.startswith(prefix)]
    if len(prefix) < ids.SHORT - 2 or len(found) != 1:
        raise NotFound(
            QT_TRANSLATE_NOOP("errors", "There is nothing “{typed}” in the trash."),
            hint=QT_TRANSLATE_NOOP("errors", "“trash list” names what is."),
            typed=typed,
        )
    return found[0]
