"""The command `story`: add, edit, move and delete the stories of briefs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.cli import ids
from briefing_app.cli.arguments import (
    Commands,
    add_command,
    add_group,
    add_library,
    library_folder,
    moment,
    not_blank,
    place,
)
from briefing_app.domain.change import Action
from briefing_app.domain.story import one_line

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.story import Story


def add(commands: Commands) -> None:
    """Declare the commands."""
    group = add_group(commands, "story", "Add, edit, move or delete a story.")

    parser = add_command(group, "add", add_story, "Add a story to a brief.")
    parser.add_argument("brief", metavar="BRIEF", help="the id of the brief")
    parser.add_argument(
        "--headline", required=True, metavar="TEXT", type=not_blank, help="the headline"
    )
    parser.add_argument(
        "--as-of", metavar="ISO", type=moment, help="the moment that the story tells of"
    )
    add_library(parser)

    parser = add_command(group, "edit", edit, "Change the headline or the as-of time of a story.")
    _add_story(parser)
    parser.add_argument("--headline", metavar="TEXT", type=not_blank, help="another headline")
    time = parser.add_mutually_exclusive_group()
    time.add_argument("--as-of", metavar="ISO", type=moment, help="another as-of time")
    time.add_argument("--no-as-of", action="store_true", help="take the as-of time away")
    add_library(parser)

    parser = add_command(group, "move", move, "Move a story within its brief.")
    _add_story(parser)
    parser.add_argument(
        "--to", required=True, metavar="N", type=place, help="its new place; the first one is 1"
    )
    _add_brief(parser, "the brief, where the story is in several")
    add_library(parser)

    parser = add_command(group, "delete", delete, "Delete a story, or take it out of one brief.")
    _add_story(parser)
    _add_brief(parser, "only take it out of this brief")
    add_library(parser)


def add_story(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Add a story and print its id."""
    with program.library(library_folder(args)) as library:
        brief = ids.brief(library, args.brief)
        story = library.desk.new_story(brief, one_line(args.headline), args.as_of)
        library.history.flush()
    out.record({"brief": brief, "story": story.id}, story.id)


def edit(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Change what was given and print the id."""

    def headed(story: Story) -> Story:
        return replace(story, headline=one_line(args.headline))

    def dated(story: Story) -> Story:
        return replace(story, as_of=args.as_of)

    with program.library(library_folder(args)) as library:
        story = ids.story(library, args.story)
        if args.headline is not None:
            library.desk.edit_story(Action.EDIT_HEADLINE, story, headed)
        if args.as_of is not None or args.no_as_of:
            library.desk.edit_story(Action.EDIT_AS_OF, story, dated)
        library.history.flush()
    out.record({"story": story}, story)


def move(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Move a story and print where it is."""
    with program.library(library_folder(args)) as library:
        story = ids.story(library, args.story)
        brief = ids.brief_of(library, story, args.brief)
        library.desk.move_story(brief, story, args.to)
        library.history.flush()
    out.record({"brief": brief, "story": story}, story)


def delete(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Take a story out of one brief, or delete it, and print its id."""
    with program.library(library_folder(args)) as library:
        story = ids.story(library, args.story)
        if args.brief:
            library.desk.remove_story(ids.brief_of(library, story, args.brief), story)
        else:
            library.desk.delete_story(story)
        library.history.flush()
    out.record({"story": story}, story)


def _add_story(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="the id of the story")


def _add_brief(parser: argparse.ArgumentParser, why: str) -> None:
    parser.add_argument("--brief", metavar="ID", help=why)
