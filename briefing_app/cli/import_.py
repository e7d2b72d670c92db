"""The command `import`: files into the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.cli import ids
from briefing_app.cli.arguments import Commands, add_command, add_library, library_folder
from briefing_app.cli.inputs import documents
from briefing_app.cli.outcomes import tell
from briefing_app.progress import NoProgress

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "import",
        run,
        "Import articles and stories into the library.",
        "A file in the text form of stories becomes a brief with its stories. A file that is "
        "already there is left as it is. A file that cannot be read is named, and the others are "
        "imported all the same. Nothing is fetched: addresses in a file are listed, for the command "
        "fetch.",
    )
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a file, a folder with all that is in it, or - for standard input",
    )
    parser.add_argument(
        "--brief", metavar="ID", help="add the stories to this brief, not to a new one"
    )
    add_library(parser)


def run(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Import all that can be read, and name what cannot."""
    with program.library(library_folder(args)) as library:
        brief = ids.brief(library, args.brief) if args.brief else ""
        library.importing.bring_in(
            documents(args.paths),
            NoProgress(),
            brief_id=brief,
            on_outcome=lambda outcome: tell(outcome, out),
        )
