"""The commands `annotate` and `annotation`: mark passages, and change or delete what was marked."""

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
from briefing_app.domain.annotation import Role

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program

_ROLES = [role.value for role in Role]


def add(commands: Commands) -> None:
    """Declare the commands."""
    parser = add_command(
        commands,
        "annotate",
        annotate,
        "Mark a passage of an article, and make a point of it.",
        "The point goes to the end of its part of a story, with the passage as its evidence. "
        "Without --story it goes to the story worked on last, and to a new brief where there is none.",
    )
    parser.add_argument("article", metavar="ARTICLE", help="the id of the article")
    parser.add_argument(
        "--quote",
        required=True,
        metavar="TEXT",
        type=not_blank,
        help="the passage, letter by letter; it must stand in the article exactly once",
    )
    parser.add_argument(
        "--as",
        dest="role",
        required=True,
        choices=_ROLES,
        help="what the passage is for; a highlight makes no point",
    )
    parser.add_argument("--story", metavar="ID", help="the story that the point goes to")
    parser.add_argument(
        "--comment", metavar="TEXT", default="", help="a note for yourself; it is never printed"
    )
    add_library(parser)

    group = add_group(commands, "annotation", "Change or delete a marked passage.")
    parser = add_command(group, "edit", edit, "Change what a marked passage is for, or its note.")
    _add_annotation(parser)
    parser.add_argument("--as", dest="role", choices=_ROLES, help="what the passage is for")
    parser.add_argument("--comment", metavar="TEXT", help="another note for yourself")
    add_library(parser)

    parser = add_command(
        group, "delete", delete, "Unmark a passage.", "The points made of it stay, without it."
    )
    _add_annotation(parser)
    add_library(parser)


def annotate(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Mark the passage and print the ids of what was made."""
    with program.library(library_folder(args)) as library:
        article = ids.article(library, args.article)
        story = ids.story(library, args.story) if args.story else None
        made = library.reading.annotate_quote(
            article, args.quote, Role(args.role), story_id=story, comment=args.comment
        )
        library.history.flush()
    record = {
        "annotation": made.annotation,
        "brief": made.brief or None,
        "story": made.story or None,
        "statement": made.statement or None,
    }
    out.record(record, made.annotation)


def edit(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Change what was given and print the id."""
    with program.library(library_folder(args)) as library:
        annotation = ids.annotation(library, args.annotation)
        if args.role is not None:
            library.reading.set_role(annotation, Role(args.role))
        if args.comment is not None:
            library.reading.set_comment(annotation, args.comment)
        library.history.flush()
    out.record({"annotation": annotation}, annotation)


def delete(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Unmark the passage and print the id that it had."""
    with program.library(library_folder(args)) as library:
        annotation = ids.annotation(library, args.annotation)
        library.reading.delete(annotation)
        library.history.flush()
    out.record({"annotation": annotation}, annotation)


def _add_annotation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "annotation", metavar="ANNOTATION", help="the id of the passage (show ARTICLE lists them)"
    )
