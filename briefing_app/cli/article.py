"""The command `article`: correct what is known of articles, triage and delete them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefing_app.cli import body, ids, likeness, splitting, versions
from briefing_app.cli.arguments import (
    Commands,
    add_command,
    add_group,
    add_library,
    library_folder,
    moment,
    not_blank,
    place,
)
from briefing_app.domain.article import State
from briefing_app.errors import QT_TRANSLATE_NOOP, WrongUsage

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.article import Article

_TEXTS = ("title", "source", "url", "language", "page")


def add(commands: Commands) -> None:
    """Declare the commands."""
    group = add_group(commands, "article", "Correct, triage or delete articles.")

    parser = add_command(
        group,
        "edit",
        edit,
        "Correct what is known of an article.",
        "Its text never changes. An empty text takes a value away.",
    )
    parser.add_argument("article", metavar="ARTICLE", help="the id of the article")
    parser.add_argument("--title", metavar="TEXT", type=not_blank, help="another title")
    parser.add_argument("--source", metavar="TEXT", help="the outlet")
    parser.add_argument("--url", metavar="URL", help="its address")
    parser.add_argument("--language", metavar="CODE", help="its language, such as en")
    parser.add_argument("--page", metavar="TEXT", help="the outlet's own page, such as p. 4")
    parser.add_argument(
        "--author",
        dest="authors",
        metavar="NAME",
        action="append",
        help="an author, in place of those known; can be given again",
    )
    parser.add_argument("--published", metavar="ISO", type=moment, help="when it was published")
    add_library(parser)

    parser = add_command(group, "mark", mark, "Mark articles as new, reading or archived.")
    _add_articles(parser)
    parser.add_argument(
        "--as",
        dest="state",
        required=True,
        choices=[state.value for state in State],
        help="how far you are with them",
    )
    add_library(parser)

    parser = add_command(
        group,
        "tag",
        tag,
        "Put tags on articles and take tags off.",
        "+energy adds a tag, -energy takes it away; all in one step.",
    )
    parser.add_argument(
        "words", nargs="+", metavar="ARTICLE +TAG -TAG", help="ids of articles, and tags"
    )
    add_library(parser)

    parser = add_command(
        group,
        "blocks",
        blocks,
        "List the blocks of an article, put some in and take some out.",
        "What was left out at the import is kept; the text and all offsets stay as they are.",
    )
    parser.add_argument("article", metavar="ARTICLE", help="the id of the article")
    for name, words in (("in", "a block to put in"), ("out", "a block to leave out")):
        parser.add_argument(
            f"--{name}",
            dest=f"put_{name}",
            metavar="N",
            type=place,
            action="append",
            default=[],
            help=f"{words}, by its number; can be given again",
        )
    add_library(parser)

    parser = add_command(group, "delete", delete, "Delete articles.", "undo brings them back.")
    _add_articles(parser)
    add_library(parser)

    versions.add(group)
    splitting.add(group)
    likeness.add(group)


def edit(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Change what was given and print the id."""
    given: dict[str, Any] = {
        name: value for name in (*_TEXTS, "published") if (value := getattr(args, name)) is not None
    }
    if args.authors is not None:
        given["authors"] = tuple(name for name in args.authors if name.strip())

    def corrected(article: Article) -> Article:
        return replace(article, **given)

    with program.library(library_folder(args)) as library:
        article = ids.article(library, args.article)
        library.articles.edit(article, corrected)
        library.history.flush()
    out.record({"article": article}, article)


def mark(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Set the state of articles and print their ids."""
    with program.library(library_folder(args)) as library:
        articles = tuple(ids.article(library, typed) for typed in args.articles)
        library.articles.set_state(articles, State(args.state))
        library.history.flush()
    for article in articles:
        out.record({"article": article}, article)


def tag(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Change the tags of articles and print these."""
    words = [word.strip() for word in args.words]
    add = tuple(word[1:] for word in words if word[:1] == "+")
    remove = tuple(word[1:] for word in words if word[:1] == "-")
    typed = [word for word in words if word[:1] not in ("+", "-")]
    if not typed or not (add or remove):
        raise WrongUsage(
            QT_TRANSLATE_NOOP("errors", "Name an article, and tags as +energy or -energy.")
        )
    with program.library(library_folder(args)) as library:
        articles = tuple(ids.article(library, one) for one in typed)
        library.collecting.tag(articles, add, remove)
        library.history.flush()
        found = {one: library.articles.article(one).tags for one in articles}
    for one, tags in found.items():
        out.record({"article": one, "tags": list(tags)}, f"{ids.short(one)}  {', '.join(tags)}")


def blocks(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Switch blocks of an article and print all of them."""
    with program.library(library_folder(args)) as library:
        article = ids.article(library, args.article)
        library.articles.switch(article, args.put_in, included=True)
        library.articles.switch(article, args.put_out, included=False)
        library.history.flush()
        shown = library.articles.version(article).shown
    for number, record in enumerate(body.blocks(shown), 1):
        sign = " " if record["included"] else "-"
        words = " ".join((record["text"] or record.get("alt", "")).split())
        out.record({"number": number} | record, f"{sign} {number:4} {record['kind']:9} {words}")


def delete(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Put articles in the trash and print their ids."""
    with program.library(library_folder(args)) as library:
        articles = tuple(ids.article(library, typed) for typed in args.articles)
        library.articles.delete(articles)
        library.history.flush()
    for article in articles:
        out.record({"article": article}, article)


def _add_articles(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("articles", nargs="+", metavar="ARTICLE", help="the id of an article")
