"""The command `watch`: what is saved into a folder comes in by itself, until Ctrl+C."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_app.cli.arguments import Commands, add_command, add_library, library_folder
from briefing_app.cli.longwork import watched
from briefing_app.cli.outcomes import tell
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound
from briefing_app.services.importing import Files

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.progress import Progress
    from briefing_app.services.importing import Outcome
    from briefing_app.services.suite import Services
    from briefing_app.services.watching import Found, Watch

PAUSE = 1.0  # seconds between two looks


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "watch",
        run,
        "Import what is saved into a folder, until Ctrl+C.",
        "A file comes in once it is complete, and stays where it is. What lay there before the folder "
        "was first watched is left alone. Folders in it are, too.",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="the folder to watch")
    parser.add_argument("--all", action="store_true", help="import what lies there already as well")
    add_library(parser)


def run(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Watch until the user has enough."""
    folder: Path = args.folder
    if not folder.is_dir():
        raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no folder “{folder}”."), folder=folder)
    with program.library(library_folder(args)) as library:
        if not args.all and not library.watching.is_known(folder):
            library.watching.note(folder, library.watching.waiting_in(folder))
        out.say(f"Watching {folder}. Ctrl+C ends it.")
        try:
            _watch(folder, library, out)
        except KeyboardInterrupt:
            out.say("No longer watched.")


def _watch(folder: Path, library: Services, out: Output) -> None:
    watch = library.watching.begin(folder)
    pause = threading.Event()
    there = True
    while True:
        look = watch.look()
        if look.there != there:
            there = look.there
            if there:
                out.say(f"{folder} is back.")
            else:
                out.warn(f"{folder} cannot be reached; it is watched again when it is back.")
        if look.complete:
            watched(partial(_bring_in, watch, look.complete, library, out), part=True)
        pause.wait(PAUSE)


def _bring_in(
    watch: Watch, found: tuple[Found, ...], library: Services, out: Output, progress: Progress
) -> None:
    """Import files and remember each that was tried, also when the user stops in between."""
    tried: set[str] = set()

    def hear(outcome: Outcome) -> None:
        tried.add(outcome.name)
        tell(outcome, out)

    files = Files(tuple(one.path for one in found))
    try:
        library.importing.bring_in(files, progress, on_outcome=hear)
        tried.update(str(one.path) for one in found)  # one may hold nothing but other files
    finally:
        done = tuple(one for one in found if str(one.path) in tried)
        watch.note(done)
        library.watching.note(watch.folder, done)
