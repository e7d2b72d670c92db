"""The command `read`: what an importer makes of a file, without a library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing_app.cli import body
from briefing_app.cli.arguments import Commands, add_command
from briefing_app.cli.inputs import documents, named
from briefing_app.domain import storytext
from briefing_app.domain.statement import Kind
from briefing_app.errors import BriefingError

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.storytext import StoryText
    from briefing_app.services.importing import Imported, ImportedArticle


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "read",
        run,
        "Show what an import would make of files.",
        "No library is touched. Each article and each story of a file is shown by itself.",
    )
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a file, a folder with all that is in it, or - for standard input",
    )


def run(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print what each file holds, and name those that cannot be read."""
    for document, imported in program.read(documents(args.paths)):
        path = document.name
        if isinstance(imported, BriefingError):
            out.record({"path": path, "error": str(imported)})
            out.fail(imported, named(path))
            continue
        for article in imported.articles:
            out.record(_article(path, imported, article), _article_text(article))
        for story in imported.stories:
            out.record(_story(path, imported, story), storytext.print_stories((story,)).decode())
        for warning in imported.warnings:
            out.warn(f"{named(path)}: {warning}")


def _article(path: str, imported: Imported, article: ImportedArticle) -> dict[str, Any]:
    return {
        "path": path,
        "format": imported.format,
        "title": article.title,
        "authors": list(article.authors),
        "source": article.source,
        "url": article.url or article.canonical_url,
        "published": article.published.iso if article.published else None,
        "language": article.language,
        "text": article.body.included_text(),
        "blocks": body.blocks(article.body),
    }


def _story(path: str, imported: Imported, story: StoryText) -> dict[str, Any]:
    """Return a story in the words of an article: its lines are the blocks."""
    text = storytext.print_stories((story,)).decode()
    return {
        "path": path,
        "format": imported.format,
        "title": story.headline,
        "authors": [],
        "source": "",
        "url": "",
        "published": story.as_of.iso if story.as_of else None,
        "language": "",
        "text": text,
        "blocks": [
            {
                "kind": "item" if row.kind is Kind.ITEM else "paragraph",
                "text": row.text,
                "part": row.part.value,
                "included": True,
            }
            for row in story.rows
        ],
    }


def _article_text(article: ImportedArticle) -> str:
    known = (
        ("Authors", ", ".join(article.authors)),
        ("Source", article.source),
        ("Published", article.published.iso if article.published else ""),
        ("Address", article.url or article.canonical_url),
        ("Language", article.language),
    )
    lines = [article.title, *(f"{name}: {value}" for name, value in known if value)]
    return "\n".join((*lines, "", body.text(article.body), ""))
