"""The commands `bundle` and `unbundle`: a library, a brief or a story as one file, and back."""

from __future__ import annotations

import argparse
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing_app.cli import ids
from briefing_app.cli.arguments import Commands, add_command, add_library, library_folder
from briefing_app.cli.export import ask_before_replacing
from briefing_app.cli.longwork import watched
from briefing_app.services.bundling import Choice, Holds, Verdict

if TYPE_CHECKING:
    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.services.bundling import Clash, Line, Received
    from briefing_app.services.suite import Services

_WORDS = {
    Verdict.NEW: "new",
    Verdict.SAME: "the same",
    Verdict.NEWER: "newer there",
    Verdict.OLDER: "newer here",
    Verdict.CONFLICT: "CONFLICT",
    Verdict.TRASHED: "in the trash",
}
_SHORT = 60


def add(commands: Commands) -> None:
    """Declare both commands."""
    parser = add_command(
        commands,
        "bundle",
        bundle,
        "Write the library, a brief or a story to one file in open formats.",
        "A zip of Markdown, CSL-JSON, Web Annotations, texts and originals, with the SHA-256 of each. "
        "A brief or a story goes with the passages and articles that it cites and nothing else of "
        "the library.",
    )
    parser.add_argument("out", metavar="OUT", type=_zip, help="the file to write: .zip")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--brief", metavar="ID", help="only this brief and what it cites")
    what.add_argument("--story", metavar="ID", help="only this story and what it cites")
    parser.add_argument(
        "--with-comments",
        action="store_true",
        help="with --brief or --story: your comments and tags, too",
    )
    parser.add_argument(
        "--with-originals",
        action="store_true",
        help="with --brief or --story: the files that the articles were made from, too",
    )
    parser.add_argument("--force", action="store_true", help="replace an existing file")
    add_library(parser)
    parser = add_command(
        commands,
        "unbundle",
        unbundle,
        "Take a bundle into the library.",
        "What is here already stays; what the other side has edited is taken; where both sides have, "
        "both are kept and listed. A damaged bundle brings nothing. One undo takes all back.",
    )
    parser.add_argument("bundle", metavar="IN", type=Path, help="the bundle")
    parser.add_argument(
        "--preview", action="store_true", help="say what would happen, and change nothing"
    )
    add_library(parser)


def bundle(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Write a bundle and say what is in it."""
    with program.library(library_folder(args)) as library:
        choice = _choice(args, library)
        ask_before_replacing(args.out, force=args.force)
        made = watched(partial(library.bundling.bundle, args.out, choice))
    record = {
        "path": str(made.path),
        "holds": choice.holds.value,
        "id": choice.id or None,
        "size": made.size,
        "counts": made.counts,
    }
    counts = ", ".join(f"{number} {kind}" for kind, number in made.counts.items())
    out.record(record, f"Wrote {made.path}, {made.size:,} bytes: {counts or 'nothing'}")


def unbundle(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Take a bundle in, or say what that would do; list what is to be looked at."""
    with program.library(library_folder(args)) as library:
        work = library.bundling.preview if args.preview else library.bundling.unbundle
        received = watched(partial(work, args.bundle))
    for line in received.lines:  # a reader is told how many are new, and need not see each
        out.record(_record(line), "" if line.verdict is Verdict.NEW else _text(line))
    out.record(
        {
            "path": str(args.bundle),
            "preview": args.preview,
            "counts": {kind.value: dict(found) for kind, found in received.counts.items()},
        },
        _sum(received, preview=args.preview),
    )


def _choice(args: argparse.Namespace, library: Services) -> Choice:
    more = {"private": args.with_comments, "originals": args.with_originals}
    if args.brief:
        return Choice(Holds.BRIEF, ids.brief(library, args.brief), **more)
    if args.story:
        return Choice(Holds.STORY, ids.story(library, args.story), **more)
    return Choice()


def _record(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "id": line.id,
        "title": line.title,
        "status": line.verdict.value,
        "conflicts": [
            {"field": clash.field or None, "kept": clash.kept, "other": clash.other}
            for clash in line.clashes
        ],
    }


def _text(line: Line) -> str:
    title = line.title if len(line.title) <= _SHORT else f"{line.title[: _SHORT - 1]}…"
    head = f"{ids.short(line.id)}  {line.kind.value:12}  {_WORDS[line.verdict]:12}  {title}"
    return "\n".join((head, *(f"{'':{ids.SHORT}}  {_clash(clash)}" for clash in line.clashes)))


def _clash(clash: Clash) -> str:
    if not clash.field:
        return "taken out there, edited here: it stays"
    if clash.other is None:
        return f"{clash.field}: both are kept, one after the other"
    return f"{clash.field}: now {_said(clash.kept)}; the other is {_said(clash.other)}"


def _said(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _sum(received: Received, *, preview: bool) -> str:
    found = [
        f"{number} {_WORDS[verdict].lower()}"
        for verdict in Verdict
        if (number := received.count(verdict))
    ]
    return f"{'Would be taken in' if preview else 'Taken in'}: {', '.join(found) or 'nothing'}"


def _zip(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".zip":
        raise argparse.ArgumentTypeError(f"cannot write {text}: the name must end in .zip")
    return path
