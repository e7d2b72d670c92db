"""The commands of `article` about files that are many articles: split-items and split-pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing_app.cli import ids
from briefing_app.cli.arguments import Commands, add_command, add_library, library_folder
from briefing_app.errors import QT_TRANSLATE_NOOP, WrongUsage
from briefing_app.progress import NoProgress
from briefing_app.services.splitting import PagePart, by_pages

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.services.splitting import Pages
    from briefing_app.services.suite import Services

_PART = re.compile(r"(?:(?P<title>.*):)?(?P<first>\d{1,6})(?:-(?P<last>\d{1,6}))?")


def add(group: Commands) -> None:
    """Declare the commands in the group of articles."""
    parser = add_command(
        group,
        "split-items",
        items,
        "Split a newsletter into its items: title, teaser and link.",
        "Each becomes an article that keeps the mail as its original; the mail itself stays. "
        "--list shows what would be made. undo takes all of it back.",
    )
    parser.add_argument("article", metavar="ARTICLE", help="the id of the newsletter")
    parser.add_argument(
        "--item",
        dest="items",
        metavar="N",
        type=int,
        action="append",
        help="only this item, counted from 1; can be given again",
    )
    _add_both(parser)

    parser = add_command(
        group,
        "split-pages",
        pages,
        "Split a PDF of many articles: by its outline, by pages or by hand.",
        "Without --part the outline or the headlines say where articles begin. Each becomes an "
        "article that keeps the whole file as its original; the whole one stays. --list shows what "
        "would be made. undo takes all of it back.",
    )
    parser.add_argument("article", metavar="ARTICLE", help="the id of the PDF's article")
    parser.add_argument(
        "--part",
        dest="parts",
        metavar="TITLE:FIRST-LAST",
        action="append",
        help="an article's pages, counted from 1; the title may be left out; can be given again",
    )
    parser.add_argument("--each-page", action="store_true", help="an article for each page")
    _add_both(parser)


def items(args: argparse.Namespace, program: Program, out: Output) -> None:
    """List the items of a newsletter, or make articles of them and print their ids."""
    with program.library(library_folder(args)) as library:
        article = ids.article(library, args.article)
        found = library.splitting.items(article)
        if args.list:
            for at, item in enumerate(found.items, 1):
                there = item.link in found.there
                out.record(
                    {"item": at, "title": item.title, "link": item.link, "there": there},
                    f"{at:3}  {item.title}{'  (there already)' if there else ''}",
                )
            return
        wanted = set(args.items or range(1, len(found.items) + 1))
        if wrong := wanted - set(range(1, len(found.items) + 1)):
            raise WrongUsage(
                QT_TRANSLATE_NOOP("errors", "There is no item {number}; it has {count}."),
                number=min(wrong),
                count=len(found.items),
            )
        chosen = [
            item
            for at, item in enumerate(found.items, 1)
            if at in wanted and (args.items or item.link not in found.there)
        ]
        made = library.splitting.split_items(article, chosen, NoProgress(), archive=args.archive)
        _tell(library, made, out)


def pages(args: argparse.Namespace, program: Program, out: Output) -> None:
    """List the parts of a PDF, or make articles of them and print their ids."""
    if args.parts and args.each_page:
        raise WrongUsage(QT_TRANSLATE_NOOP("errors", "Give --part or --each-page, not both."))
    with program.library(library_folder(args)) as library:
        article = ids.article(library, args.article)
        found = library.splitting.pages(article, NoProgress())
        parts = _parts(args, found)
        if args.list:
            for part in parts:
                out.record(
                    {"title": part.title, "first": part.first, "last": part.last},
                    f"{part.first:4}-{part.last:<4} {part.title}",
                )
            return
        made = library.splitting.split_pages(article, parts, NoProgress(), archive=args.archive)
        _tell(library, made, out)


def _add_both(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--list", action="store_true", help="show what would be made, change nothing"
    )
    parser.add_argument("--archive", action="store_true", help="archive the whole one")
    add_library(parser)


def _tell(library: Services, made: Sequence[str], out: Output) -> None:
    library.history.refresh()
    library.history.flush()
    for uid in made:
        title = library.articles.article(uid).title
        out.record({"article": uid, "title": title}, f"{ids.short(uid)}  {title}")


def _parts(args: argparse.Namespace, found: Pages) -> tuple[PagePart, ...]:
    if args.each_page:
        return by_pages(found.count)
    if not args.parts:
        return found.parts
    parts: list[PagePart] = []
    for typed in args.parts:
        match = _PART.fullmatch(typed.strip())
        first = int(match["first"]) if match else 0
        last = int(match["last"] or first) if match else 0
        if match is None or not 1 <= first <= last <= found.count:
            raise WrongUsage(
                QT_TRANSLATE_NOOP(
                    "errors", "“{typed}” names no pages; write TITLE:3-5, of {count} pages."
                ),
                typed=typed,
                count=found.count,
            )
        parts.append(PagePart((match["title"] or "").strip(), first, last))
    return tuple(parts)
