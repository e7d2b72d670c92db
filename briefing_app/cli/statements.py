"""The command `statement`: add, edit, move and delete the statements of a story."""

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
    place,
)
from briefing_app.domain import story as edits
from briefing_app.domain.change import Action
from briefing_app.domain.statement import MAIN_PARTS, Evidence, Kind, Part

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.story import Story
    from briefing_app.services.suite import Services

_PARTS = [part.value for part in MAIN_PARTS]
_KINDS = [kind.value for kind in Kind]
_KIND_HELP = "how it is set; without this a paragraph in the narrative, an item elsewhere"


def add(commands: Commands) -> None:
    """Declare the commands."""
    group = add_group(commands, "statement", "Add, edit, move or delete a statement of a story.")

    parser = add_command(
        group, "add", add_statement, "Add a statement to a story.", "A statement is one line."
    )
    parser.add_argument("story", metavar="STORY", help="the id of the story")
    parser.add_argument("--part", required=True, choices=_PARTS, help="the part it goes to")
    parser.add_argument("--text", required=True, metavar="TEXT", type=not_blank, help="its text")
    parser.add_argument("--kind", choices=_KINDS, help=_KIND_HELP)
    parser.add_argument(
        "--at", metavar="N", type=place, help="its place in the part; the first one is 1"
    )
    _add_cite(parser)
    add_library(parser)

    parser = add_command(group, "edit", edit, "Change the text, kind or evidence of a statement.")
    _add_statement(parser)
    parser.add_argument("--text", metavar="TEXT", type=not_blank, help="another text")
    parser.add_argument("--kind", choices=_KINDS, help="how it is set")
    _add_cite(parser)
    parser.add_argument(
        "--no-evidence", action="store_true", help="take its evidence away (before --cite adds)"
    )
    add_library(parser)

    parser = add_command(group, "move", move, "Move a statement within its part, or to another.")
    _add_statement(parser)
    parser.add_argument(
        "--to", required=True, metavar="N", type=place, help="its new place; the first one is 1"
    )
    parser.add_argument("--part", choices=_PARTS, help="the part it goes to")
    add_library(parser)

    parser = add_command(group, "delete", delete, "Delete a statement.")
    _add_statement(parser)
    add_library(parser)


def add_statement(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Add a statement and print its id."""
    with program.library(library_folder(args)) as library:
        story = ids.story(library, args.story)
        evidence = _evidence(library, args.cite)
        new = library.history.new_id()

        def added(story: Story) -> Story:
            return edits.add_statement(
                story,
                new,
                Part(args.part),
                edits.one_line(args.text),
                kind=Kind(args.kind) if args.kind else None,
                at=args.at,
                evidence=evidence,
            )

        library.desk.edit_story(Action.ADD_STATEMENT, story, added)
        library.history.flush()
    out.record({"story": story, "statement": new}, new)


def edit(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Change what was given and print the id."""
    with program.library(library_folder(args)) as library:
        story, statement = ids.statement(library, args.statement)
        evidence = _evidence(library, args.cite)

        def worded(story: Story) -> Story:
            return edits.edit_statement(story, statement, edits.one_line(args.text))

        def set_(story: Story) -> Story:
            return edits.set_kind(story, statement, Kind(args.kind))

        def cited(story: Story) -> Story:
            old = () if args.no_evidence else story.statement(statement).evidence
            known = {link.annotation for link in old}
            new = tuple(link for link in evidence if link.annotation not in known)
            return edits.set_evidence(story, statement, (*old, *new))

        if args.text is not None:
            library.desk.edit_story(Action.EDIT_STATEMENT, story, worded)
        if args.kind is not None:
            library.desk.edit_story(Action.EDIT_STATEMENT, story, set_)
        if args.no_evidence or evidence:
            action = Action.LINK_EVIDENCE if evidence else Action.UNLINK_EVIDENCE
            library.desk.edit_story(action, story, cited)
        library.history.flush()
    out.record({"story": story, "statement": statement}, statement)


def move(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Move a statement and print its id."""
    part = Part(args.part) if args.part else None
    with program.library(library_folder(args)) as library:
        story, statement = ids.statement(library, args.statement)

        def moved(story: Story) -> Story:
            return edits.move_statement(story, statement, args.to, part)

        library.desk.edit_story(Action.MOVE_STATEMENT, story, moved)
        library.history.flush()
    out.record({"story": story, "statement": statement}, statement)


def delete(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Delete a statement and print its id."""
    with program.library(library_folder(args)) as library:
        story, statement = ids.statement(library, args.statement)

        def without(story: Story) -> Story:
            return edits.remove_statement(story, statement)

        library.desk.edit_story(Action.DELETE_STATEMENT, story, without)
        library.history.flush()
    out.record({"story": story, "statement": statement}, statement)


def _add_statement(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("statement", metavar="STATEMENT", help="the id of the statement")


def _add_cite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cite",
        metavar="ANNOTATION",
        action="append",
        default=[],
        help="a passage (its annotation) that the statement rests on; can be given again",
    )


def _evidence(library: Services, cited: list[str]) -> tuple[Evidence, ...]:
    return tuple(Evidence(ids.annotation(library, prefix)) for prefix in cited)
