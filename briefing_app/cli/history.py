"""The commands `undo` and `redo`: take back the last edit of a command, and make it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.cli.arguments import Commands, add_command, add_library, library_folder
from briefing_app.errors import QT_TRANSLATE_NOOP, Refused

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.change import ChangeSet


def add(commands: Commands) -> None:
    """Declare the commands."""
    add_library(
        add_command(
            commands,
            "undo",
            undo,
            "Take back the last edit that a command made.",
            "What was done in the window is not touched; it has its own undo.",
        )
    )
    add_library(add_command(commands, "redo", redo, "Make the edit again that undo took back."))


def undo(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Take the last edit back and name it."""
    with program.library(library_folder(args)) as library:
        done = library.history.undo()
        library.history.flush()
    if done is None:
        raise Refused(QT_TRANSLATE_NOOP("errors", "There is nothing to undo."))
    _tell(done, "Undone", out)


def redo(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Make the edit again and name it."""
    with program.library(library_folder(args)) as library:
        done = library.history.redo()
        library.history.flush()
    if done is None:
        raise Refused(QT_TRANSLATE_NOOP("errors", "There is nothing to redo."))
    _tell(done, "Redone", out)


def _tell(done: ChangeSet, word: str, out: Output) -> None:
    action = done.action.value
    subject = f" (“{done.subject}”)" if done.subject else ""
    record = {"action": action, "subject": done.subject}
    out.record(record, f"{word}: {action.replace('-', ' ')}{subject}")
