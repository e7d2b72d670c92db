"""The command `build`: stories straight to a brief, without a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.cli.arguments import (
    Commands,
    add_command,
    add_out,
    add_print_options,
    moment,
    not_blank,
    today,
)
from briefing_app.cli.inputs import named, read_bytes
from briefing_app.cli.written import tell_written
from briefing_app.domain import storymarkdown, storytext
from briefing_app.domain.storymarkdown import StoryFile
from briefing_app.errors import BriefingError
from briefing_app.progress import NoProgress
from briefing_app.services.exporting import Options

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.moment import Moment
    from briefing_app.domain.storytext import StoryText

_LIMIT = 20_000_000  # bytes; a text of this size is three hundred books


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "build",
        run,
        "Make a brief of story files at once, without a library.",
        "All files together are one brief, in the order given. An existing file is replaced. "
        "Without --date the brief has the date of its newest story, so that the same files give "
        "the same bytes; where no story has a date, it is today (UTC).",
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="stories in the text form, or in Markdown as --to FILE.md writes it; - reads "
        "standard input",
    )
    add_out(parser)
    add_print_options(parser)
    parser.add_argument(
        "--title",
        metavar="TEXT",
        type=not_blank,
        help="the title of the brief (without this, that of the file or of its only story)",
    )
    parser.add_argument(
        "--date",
        metavar="ISO",
        type=moment,
        help="the date on the page, such as 2026-01-25 or 2026-01-25T06:30; without an offset "
        "the time is UTC",
    )


def run(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Read all stories, then write the brief; nothing is written where a file cannot be read."""
    files: list[StoryFile] = []
    for name in args.files:
        try:
            files.append(_read(name))
        except BriefingError as error:
            out.fail(error, named(name))
    if out.failed:
        return
    stories = tuple(story for file in files for story in file.stories)
    title, date = (files[0].title, files[0].date) if len(files) == 1 else ("", None)
    exporting = program.exporting()
    content = exporting.content_of_stories(
        stories, args.title or title, args.date or date or _newest(stories) or today()
    )
    usual = Options()
    options = Options(args.style or usual.style, args.page or usual.page)
    written = exporting.render(content, args.to.suffix, options, NoProgress())
    exporting.write_file(args.to, written.data)
    tell_written(args.to, written, out, stories=len(stories))


def _read(name: str) -> StoryFile:
    data = read_bytes(name, _LIMIT)
    text = data.decode(errors="replace")
    if storymarkdown.looks_like_markdown(text) and not storytext.looks_like_stories(text):
        return storymarkdown.read(data)
    return StoryFile(storytext.read(data))


def _newest(stories: Sequence[StoryText]) -> Moment | None:
    known = [story.as_of for story in stories if story.as_of]
    return max(known, key=lambda moment: moment.sort_key, default=None)
