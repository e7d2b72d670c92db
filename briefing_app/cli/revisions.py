"""The command `history`: what changed in a brief or a story, when, and back to how it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing_app.cli import ids
from briefing_app.cli.arguments import Commands, add_command, add_library, library_folder
from briefing_app.domain.difference import Label, Line, Mark
from briefing_app.domain.record import Entity, Key
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.services.revisions import Revision, State
    from briefing_app.services.suite import Services

_SIGNS = {
    Mark.SAME: " ",
    Mark.ADDED: "+",
    Mark.REMOVED: "-",
    Mark.CHANGED: "~",
    Mark.MOVED: ">",
}


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "history",
        run,
        "List what changed in a brief or a story, and when.",
        "With --show one moment is printed as it stood, with what changed in it: + came in, - went, "
        "~ is other than it was, > moved. With --restore it is made so again, which undo takes back. "
        "The history of a brief takes in its stories.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--brief", metavar="BRIEF", help="the id of the brief")
    what.add_argument("--story", metavar="STORY", help="the id of the story")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--show", metavar="MOMENT", help="show how it stood after this moment")
    which.add_argument("--restore", metavar="MOMENT", help="make it as it was after this moment")
    add_library(parser)


def run(args: argparse.Namespace, program: Program, out: Output) -> None:
    """List the moments, show one, or go back to one."""
    with program.library(library_folder(args)) as library:
        root = _root(library, args)
        revisions = library.revisions.of(root)
        if args.show:
            moment = _moment(revisions, args.show)
            state = library.revisions.state(root, moment.id)
            out.record(_record(moment) | _state(state), "\n".join(_lines(state)))
        elif args.restore:
            moment = _moment(revisions, args.restore)
            missing = library.revisions.restore(root, moment.id)
            library.history.flush()
            if missing:
                out.warn(f"{missing} passages were erased for good and stay away.")
            out.record({root[0].value: root[1], "moment": moment.id, "missing": missing}, root[1])
        else:
            for moment in revisions:
                out.record(_record(moment), _line(moment))


def _root(library: Services, args: argparse.Namespace) -> Key:
    if args.brief:
        return Entity.BRIEF, ids.brief(library, args.brief)
    return Entity.STORY, ids.story(library, args.story)


def _moment(revisions: tuple[Revision, ...], typed: str) -> Revision:
    found = [one for one in revisions if one.id.startswith(typed.strip().lower())]
    if len(typed.strip()) < ids.SHORT - 2 or len(found) != 1:
        raise NotFound(
            QT_TRANSLATE_NOOP("errors", "There is no moment “{typed}” in this history."),
            typed=typed,
        )
    return found[0]


def _record(one: Revision) -> dict[str, Any]:
    return {
        "moment": one.id,
        "at": one.at.isoformat(),
        "action": one.action.value,
        "way": one.way,
        "by": one.origin.value,
        "here": one.here,
        "subject": one.subject,
        "story": one.story or None,
    }


def _line(one: Revision) -> str:
    words = one.action.value.replace("-", " ")
    if one.way != "edit":
        words = f"{one.way} {words}"
    subject = f"  “{one.subject}”" if one.subject else ""
    when = one.at.strftime("%Y-%m-%d %H:%M:%S")
    where = one.origin.value if one.here else f"{one.origin.value}, another computer"
    return f"{ids.short(one.id)}  {when}  {words}{subject}  ({where})"


def _state(state: State) -> dict[str, Any]:
    return {
        "there": state.there,
        "current": state.current,
        "also_in": list(state.shared),
        "lines": [_line_record(line) for line in state.lines],
        "stories": [
            {
                "story": story.id,
                "headline": story.headline,
                "mark": story.mark.value,
                "lines": [_line_record(line) for line in story.lines],
            }
            for story in state.stories
        ],
    }


def _line_record(line: Line) -> dict[str, Any]:
    return {
        "label": line.label.value,
        "name": line.name or None,
        "mark": line.mark.value,
        "text": line.text,
        "pieces": [[piece.mark.value, piece.text] for piece in line.pieces],
    }


def _lines(state: State) -> list[str]:
    lines = [_shown(line) for line in state.lines]
    for story in state.stories:
        lines += ["", f"{_SIGNS[story.mark]} # {story.headline}"]
        lines += [f"  {_shown(line)}" for line in story.lines if line.label is not Label.HEADLINE]
    return lines


def _shown(line: Line) -> str:
    if line.mark is not Mark.CHANGED:
        text = line.text
    else:
        text = "".join(_piece(piece.mark, piece.text) for piece in line.pieces)
    name = f"{line.name.replace('_', ' ').replace('-', ' ')}: " if line.name else ""
    return f"{_SIGNS[line.mark]} {name}{text}"


def _piece(mark: Mark, text: str) -> str:
    match mark:
        case Mark.ADDED:
            return f"[+{text}+]"
        case Mark.REMOVED:
            return f"[-{text}-]"
        case _:
            return text
