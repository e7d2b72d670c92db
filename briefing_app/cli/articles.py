"""The commands `articles` and `show`: list the articles, and show one whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing_app.cli import body, ids
from briefing_app.cli.arguments import (
    Commands,
    add_command,
    add_library,
    at_least_one,
    library_folder,
)
from briefing_app.cli.search import refuse
from briefing_app.domain.articlelist import ArticleQuery, Order

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.annotation import Annotation
    from briefing_app.domain.article import Article, ArticleRow, ArticleVersion
    from briefing_app.services.suite import Services

_SHELVES = ("all", "inbox", "new", "reading", "annotated", "archived")
_PAGE = 200


def add(commands: Commands) -> None:
    """Declare the commands."""
    parser = add_command(commands, "articles", list_all, "List the articles, the newest first.")
    parser.add_argument("list", nargs="?", choices=["list"], help="may be left out")
    parser.add_argument(
        "--shelf", choices=_SHELVES, default="all", help="only these (without this: all)"
    )
    parser.add_argument(
        "--query",
        "--search",
        metavar="QUERY",
        default="",
        help="only articles that it finds, as for the command search",
    )
    parser.add_argument("--tag", metavar="TAG", default="", help="only articles with this tag")
    parser.add_argument(
        "--collection", metavar="COLLECTION", help="only those in it: its id, or its name"
    )
    parser.add_argument(
        "--sort",
        choices=[order.value for order in Order],
        default=Order.ADDED.value,
        help="newest or oldest is by the date of publication (without this: added)",
    )
    parser.add_argument(
        "--limit", type=at_least_one, metavar="N", help="at most so many (without this: all)"
    )
    add_library(parser)

    parser = add_command(commands, "show", show, "Show an article with its marked passages.")
    parser.add_argument("article", metavar="ARTICLE", help="the id of the article")
    add_library(parser)


def list_all(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print a line for each article."""
    with program.library(library_folder(args)) as library:
        collection = ids.collection(library, args.collection) if args.collection else ""
        query = ArticleQuery(args.shelf, args.query, collection, args.tag, Order(args.sort))
        for row in _rows(library, query, args.limit):
            out.record(_row(row), _line(row))
        if args.query:
            refuse(library.searching.asked(args.query))


def show(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print an article whole."""
    with program.library(library_folder(args)) as library:
        article = library.articles.article(ids.article(library, args.article))
        version = library.articles.version(article.id)
        annotations = library.reading.annotations(article.id)
    out.record(
        _record(article)
        | {
            "text": version.shown.included_text(),
            "blocks": body.blocks(version.shown),
            "annotations": [_annotation(one) for one in annotations],
        },
        _text(article, version, annotations),
    )


def _rows(library: Services, query: ArticleQuery, limit: int | None) -> Iterator[ArticleRow]:
    """Go through the articles of a query, a page at a time."""
    listing = library.articles.listing(query)
    end = len(listing) if limit is None else min(limit, len(listing))
    for at in range(0, end, _PAGE):
        for row in library.articles.rows(listing.at((range(at, min(at + _PAGE, end)),))):
            if row is not None:
                yield row


def _row(row: ArticleRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "source": row.source,
        "published": row.published.iso if row.published else None,
        "state": row.state.value,
        "words": row.words,
        "annotated": row.annotated,
        "in_brief": row.in_brief,
        "tags": list(row.tags),
    }


def _line(row: ArticleRow) -> str:
    day = row.published.date.isoformat() if row.published else ""
    source = f"  ({row.source})" if row.source else ""
    return f"{ids.short(row.id)}  {row.state.value:8}  {day:10}  {row.title}{source}"


def _record(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "authors": list(article.authors),
        "source": article.source,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "published": article.published.iso if article.published else None,
        "retrieved": article.retrieved.isoformat() if article.retrieved else None,
        "language": article.language,
        "page": article.page,
        "tags": list(article.tags),
        "state": article.state.value,
    }


def _annotation(annotation: Annotation) -> dict[str, Any]:
    return {
        "id": annotation.id,
        "role": annotation.role.value,
        "quote": annotation.target.exact,
        "start": annotation.target.start,
        "end": annotation.target.end,
        "comment": annotation.comment,
        "state": annotation.state.value,
    }


def _text(article: Article, version: ArticleVersion, annotations: tuple[Annotation, ...]) -> str:
    """Return an article for a reader: what is known, the text, the marked passages."""
    known = (
        ("Authors", ", ".join(article.authors)),
        ("Source", article.source),
        ("Published", article.published.iso if article.published else ""),
        ("Address", article.canonical_url or article.url),
        ("Language", article.language),
        ("State", article.state.value),
    )
    lines = [f"{ids.short(article.id)}  {article.title}"]
    lines += [f"{name}: {value}" for name, value in known if value]
    lines += ["", body.text(version.shown)]
    if annotations:
        lines.append("")
    for one in annotations:
        comment = f"  ({one.comment})" if one.comment else ""
        lines.append(f"{ids.short(one.id)}  {one.role.letter}  “{one.target.exact}”{comment}")
    return "\n".join(lines)
