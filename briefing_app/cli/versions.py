"""The commands of `article` about its versions: list, original, split and join."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_app.cli import body, ids
from briefing_app.cli.arguments import Commands, add_command, add_library, library_folder
from briefing_app.cli.export import ask_before_replacing
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound
from briefing_app.progress import NoProgress
from briefing_app.services import originals

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.services.versions import VersionRow

_STDOUT = "-"


def add(group: Commands) -> None:
    """Declare the commands in the group of articles."""
    parser = add_command(
        group,
        "versions",
        versions,
        "List the versions of an article, the newest first.",
        "With --show one is printed as it was; none is ever overwritten.",
    )
    parser.add_argument("article", metavar="ARTICLE", help="the id of the article")
    parser.add_argument("--show", metavar="VERSION", help="print the text of this version")
    add_library(parser)

    parser = add_command(
        group,
        "original",
        original,
        "Write the original of an article, byte for byte as it came in.",
    )
    parser.add_argument("article", metavar="ARTICLE", help="the id of the article")
    parser.add_argument("--version", metavar="VERSION", help="another version than the current one")
    parser.add_argument(
        "-o",
        "--to",
        metavar="FILE",
        help="where to; a folder takes a name made of the title, - is standard output",
    )
    parser.add_argument("--force", action="store_true", help="replace an existing file")
    add_library(parser)

    parser = add_command(
        group,
        "split",
        split,
        "Make a version an article of its own: it is not the same article.",
        "What was marked in it goes with it. undo joins them again.",
    )
    parser.add_argument("article", metavar="ARTICLE", help="the id of the article")
    parser.add_argument("--version", metavar="VERSION", help="another version than the current one")
    add_library(parser)

    parser = add_command(
        group,
        "join",
        join,
        "Make one article of several: they are the same article.",
        "Versions and passages of the others go to the first. undo parts them again.",
    )
    parser.add_argument("article", metavar="ARTICLE", help="the id of the article that stays")
    parser.add_argument("others", nargs="+", metavar="OTHER", help="the id of another one")
    add_library(parser)


def versions(args: argparse.Namespace, program: Program, out: Output) -> None:
    """List the versions of an article, or print one."""
    with program.library(library_folder(args)) as library:
        rows = library.versions.of(ids.article(library, args.article))
        shown = library.articles.version_of(_row(rows, args.show).id) if args.show else None
    if shown is not None:
        record = {"version": shown.id, "text": shown.shown.included_text()}
        out.record(record | {"blocks": body.blocks(shown.shown)}, body.text(shown.shown))
        return
    for row in rows:
        more = "" if row.more is None else f", {row.more:+d}"
        out.record(
            {
                "version": row.id,
                "retrieved": row.retrieved.isoformat(),
                "importer": row.importer,
                "words": row.words,
                "more": row.more,
                "highlights": row.highlights,
                "original": row.original or None,
                "bytes": row.size if row.original else None,
                "current": row.current,
            },
            f"{ids.short(row.id)}  {row.retrieved:%Y-%m-%d %H:%M}  {row.importer}  "
            f"{row.words} words{more}{'  (current)' if row.current else ''}",
        )


def original(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Write the bytes of an original."""
    with program.library(library_folder(args)) as library:
        article = library.articles.article(ids.article(library, args.article))
        row = _row(library.versions.of(article.id), args.version)
        data = library.articles.original(row.original) if row.original else None
        if data is None:
            raise NotFound(
                QT_TRANSLATE_NOOP("errors", "The original of “{title}” is not there any more."),
                title=article.title,
            )
        suffix = originals.suffix_of(row.media_type, data)
        if args.to == _STDOUT or (args.to is None and not args.json):
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        path = None
        if args.to is not None:
            path = Path(args.to)
            if path.is_dir():
                path /= originals.file_name(article.title, suffix)
            ask_before_replacing(path, force=args.force)
            library.exporting.write_file(path, data)
    out.record(
        {
            "article": article.id,
            "version": row.id,
            "sha256": row.original,
            "bytes": len(data),
            "suffix": suffix,
            "path": str(path) if path else None,
        },
        f"Wrote {path}",
    )


def split(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Split a version off and print the id of the new article."""
    with program.library(library_folder(args)) as library:
        article = ids.article(library, args.article)
        version = _row(library.versions.of(article), args.version).id
        correction = library.versions.split(article, version, NoProgress())
        library.versions.make(correction)
        library.history.flush()
    out.record({"article": article, "new": correction.article}, correction.article)


def join(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Join articles and print the id of the one that stays."""
    with program.library(library_folder(args)) as library:
        article = ids.article(library, args.article)
        others = tuple(ids.article(library, typed) for typed in args.others)
        library.versions.make(library.versions.join(article, others, NoProgress()))
        library.history.flush()
    out.record({"article": article, "joined": list(others)}, article)


def _row(rows: tuple[VersionRow, ...], typed: str | None) -> VersionRow:
    prefix = (typed or "").strip().lower()
    found = [row for row in rows if row.id.startswith(prefix) and (prefix or row.current)]
    if len(found) != 1 or (prefix and len(prefix) < ids.SHORT - 2):
        raise NotFound(
            QT_TRANSLATE_NOOP("errors", "There is no version “{typed}” of this article."),
            typed=typed or "",
        )
    return found[0]
