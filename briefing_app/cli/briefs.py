"""The commands `briefs` and `brief`: list, make, change, show and delete briefs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefing_app.cli import ids
from briefing_app.cli.arguments import (
    PAGES,
    Commands,
    add_command,
    add_group,
    add_library,
    library_folder,
    moment,
    not_blank,
)
from briefing_app.domain.change import Action
from briefing_app.domain.statement import Kind, Part, Statement
from briefing_app.domain.storytext import HEADINGS

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.brief import Brief
    from briefing_app.domain.story import Story


def add(commands: Commands) -> None:
    """Declare the commands."""
    add_library(add_command(commands, "briefs", list_all, "List the briefs of the library."))
    group = add_group(commands, "brief", "Make, change, show or delete a brief.")

    parser = add_command(group, "new", new, "Make an empty brief.")
    parser.add_argument("title", metavar="TITLE", type=not_blank, help="the title of the brief")
    add_library(parser)

    parser = add_command(group, "edit", edit, "Change the title, date, page or style of a brief.")
    parser.add_argument("brief", metavar="BRIEF", help="the id of the brief")
    parser.add_argument("--title", metavar="TEXT", type=not_blank, help="another title")
    parser.add_argument("--date", metavar="ISO", type=moment, help="the date on the page")
    parser.add_argument("--page", choices=PAGES, help="the size of the pages")
    parser.add_argument("--style", metavar="NAME", help="the print style")
    add_library(parser)

    parser = add_command(group, "show", show, "Show a brief with its stories and their statements.")
    parser.add_argument("brief", metavar="BRIEF", help="the id of the brief")
    add_library(parser)

    parser = add_command(
        group, "delete", delete, "Delete a brief.", "Its stories stay in the library."
    )
    parser.add_argument("brief", metavar="BRIEF", help="the id of the brief")
    add_library(parser)


def list_all(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print a line for each brief."""
    with program.library(library_folder(args)) as library:
        for row in library.desk.briefs():
            out.record(
                {
                    "id": row.id,
                    "title": row.title,
                    "stories": row.stories,
                    "updated": row.updated.isoformat(),
                },
                f"{ids.short(row.id)}  {row.stories:3d}  {row.title}",
            )


def new(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Make a brief and print its id."""
    with program.library(library_folder(args)) as library:
        brief = library.desk.new_brief(args.title)
        library.history.flush()
    out.record({"brief": brief.id}, brief.id)


def edit(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Change what was given and print the id."""
    given = {
        name: value
        for name in ("title", "date", "page", "style")
        if (value := getattr(args, name)) is not None
    }

    def changed(brief: Brief) -> Brief:
        return replace(brief, **given)

    with program.library(library_folder(args)) as library:
        brief = ids.brief(library, args.brief)
        library.desk.edit_brief(Action.EDIT_BRIEF, brief, changed)
        library.history.flush()
    out.record({"brief": brief}, brief)


def show(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print a brief whole."""
    with program.library(library_folder(args)) as library:
        brief = library.desk.brief(ids.brief(library, args.brief))
        stories = [library.desk.story(story) for story in brief.stories]
    out.record(_record(brief, stories), _text(brief, stories))


def delete(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Delete a brief and print its id."""
    with program.library(library_folder(args)) as library:
        brief = ids.brief(library, args.brief)
        library.desk.delete_brief(brief)
        library.history.flush()
    out.record({"brief": brief}, brief)


def _record(brief: Brief, stories: list[Story]) -> dict[str, Any]:
    return {
        "id": brief.id,
        "title": brief.title,
        "date": brief.date.iso if brief.date else None,
        "page": brief.page,
        "style": brief.style,
        "stories": [
            {
                "id": story.id,
                "headline": story.headline,
                "as_of": story.as_of.iso if story.as_of else None,
                "statements": [_statement(statement) for statement in story.statements],
            }
            for story in stories
        ],
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "part": statement.part.value,
        "kind": statement.kind.value,
        "text": statement.text,
        "evidence": [link.annotation for link in statement.evidence],
    }


def _text(brief: Brief, stories: list[Story]) -> str:
    """Return a brief for a reader: each line of a story begins with the id to name it by."""
    lines = [f"{ids.short(brief.id)}  {brief.title}"]
    for story in stories:
        as_of = f"  ({story.as_of.iso})" if story.as_of else ""
        lines += ["", f"{ids.short(story.id)}  {story.headline}{as_of}"]
        part: Part | None = None
        for statement in story.statements:
            if statement.part is not part:
                part = statement.part
                lines.append(f"{'':{ids.SHORT}}  {HEADINGS.get(part, f'{part.value}:')}")
            bullet = "- " if statement.kind is Kind.ITEM else ""
            cited = f"  [{len(statement.evidence)}]" if statement.evidence else ""
            lines.append(f"{ids.short(statement.id)}  {bullet}{statement.text}{cited}")
    return "\n".join(lines)
