"""The command `erase`: take something away for good, to the last byte of the library's folder."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from briefing_app.cli.arguments import (
    Commands,
    add_command,
    add_group,
    add_library,
    library_folder,
)
from briefing_app.domain.erasure import Why, Wish
from briefing_app.domain.record import Entity
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound, Refused
from briefing_app.progress import NoProgress

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.erasure import Doom, Erased
    from briefing_app.services.suite import Services

_REASONS = (Why.ASKED, Why.LICENCE, Why.MISTAKE, Why.CONFIDENTIAL)
_WHAT = (
    ("article", Entity.ARTICLE, "articles with their versions, originals and passages"),
    ("highlight", Entity.ANNOTATION, "marked passages"),
    ("story", Entity.STORY, "stories with their rows"),
    ("brief", Entity.BRIEF, "briefs; their stories stay"),
)


def add(commands: Commands) -> None:
    """Declare the commands."""
    group = add_group(
        commands, "erase", "Erase something for good: there is no undo, and nothing of it is left."
    )
    for name, entity, words in _WHAT:
        parser = add_command(
            group,
            name,
            partial(erase, entity=entity),
            f"Erase {words}.",
            "Without --yes it only says what would go.",
        )
        parser.add_argument("things", nargs="+", metavar="ID", help=f"the id of the {name}")
        if entity in (Entity.ARTICLE, Entity.ANNOTATION):
            parser.add_argument(
                "--with-rows",
                action="store_true",
                help="also erase the rows of stories that rest on nothing else; without this they "
                "keep their words and lose the quotation",
            )
        _add_rest(parser)
    parser = add_command(
        group,
        "original",
        erase_originals,
        "Erase the original of articles; their texts stay.",
        "Without --yes it only says what would go.",
    )
    parser.add_argument("things", nargs="+", metavar="ARTICLE", help="the id of the article")
    _add_rest(parser)
    parser = add_command(
        group,
        "finish",
        finish,
        "Clear away what an interrupted run has left.",
        "The next opening of the library does so, too.",
    )
    add_library(parser)


def add_yes(parser: argparse.ArgumentParser) -> None:
    """Let the user say that it is meant."""
    parser.add_argument("--yes", action="store_true", help="do it")


def add_purge(parser: argparse.ArgumentParser) -> None:
    """Let the backups go that hold it, too."""
    parser.add_argument(
        "--purge-backups",
        dest="purge",
        action="store_true",
        help="also delete the backups that hold it",
    )


def erase(args: argparse.Namespace, program: Program, out: Output, *, entity: Entity) -> None:
    """Erase things of one kind, or say what would go."""
    with program.library(library_folder(args)) as library:
        keys = tuple(
            (entity, library.identify.resolve(entity, typed, trashed=True)) for typed in args.things
        )
        _erase(library, Wish(keys, statements=getattr(args, "with_rows", False)), args, out)


def erase_originals(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Erase the originals of articles, or say what would go."""
    with program.library(library_folder(args)) as library:
        articles = tuple(library.identify.resolve(Entity.ARTICLE, typed) for typed in args.things)
        digests = {library.articles.version(article).original for article in articles} - {""}
        if not digests:
            raise NotFound(QT_TRANSLATE_NOOP("errors", "The original is not there any more."))
        _erase(library, Wish(originals=tuple(sorted(digests))), args, out)


def finish(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Finish what was begun."""
    with program.library(library_folder(args)) as library:
        done = library.erasing.finish(NoProgress())
    out.record({"tidied": done}, "Nothing is left to clear away." if done else "")
    if not done:
        raise _still_read()


def not_without_yes(doom: Doom, args: argparse.Namespace, out: Output) -> None:
    """Say what would go. Raises: Refused unless the user said yes."""
    if args.yes:
        return
    out.record({"would": _record(doom)}, "\n".join(_lines(doom)))
    raise Refused(
        QT_TRANSLATE_NOOP("errors", "Nothing was erased."),
        hint=QT_TRANSLATE_NOOP("errors", "There is no undo. Say --yes if you mean it."),
    )


def tell(erased: Erased, out: Output) -> None:
    """Say what came of it."""
    out.record(
        {
            "erased": erased.records,
            "originals": erased.originals,
            "tidied": erased.tidied,
            "purged": [str(file) for file in erased.backups],
            "held_by": [str(file) for file in erased.kept],
        },
        "Erased for good.",
    )
    for file in erased.backups:
        out.say(f"Deleted the backup {file.name}")
    for file in erased.kept:
        out.warn(f"The backup {file} still holds it. --purge-backups deletes such backups.")
    if not erased.tidied:
        out.fail(_still_read())


def _add_rest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--why",
        choices=[why.value for why in _REASONS],
        default=Why.ASKED.value,
        help="what the journal keeps as the reason",
    )
    add_yes(parser)
    add_purge(parser)
    add_library(parser)


def _erase(library: Services, wish: Wish, args: argparse.Namespace, out: Output) -> None:
    doom = library.erasing.look(wish)
    not_without_yes(doom, args, out)
    tell(library.erasing.erase(wish, Why(args.why), NoProgress(), purge=args.purge), out)
    library.erasing.settle()


def _still_read() -> Refused:
    return Refused(
        QT_TRANSLATE_NOOP(
            "errors",
            "It is erased, but another program reads the library: traces stay in its file until then.",
        ),
        hint=QT_TRANSLATE_NOOP(
            "errors", "Close that program. The next opening of the library clears them away."
        ),
    )


def _record(doom: Doom) -> dict[str, Any]:
    return {
        "names": list(doom.names),
        "articles": doom.articles,
        "versions": doom.versions,
        "highlights": doom.highlights,
        "originals": doom.originals,
        "bytes": doom.size,
        "rows": doom.rows,
        "sole": doom.sole,
        "stories": list(doom.stories),
        "briefs": list(doom.briefs),
        "editions": list(doom.editions),
        "quoting": doom.quoting,
    }


def _lines(doom: Doom) -> Iterator[str]:
    yield "This would be erased for good:"
    yield from (f"  {name}" for name in doom.names)
    for count, words in (
        (doom.versions, "versions of the text"),
        (doom.originals, f"originals, {doom.size} bytes"),
        (doom.highlights, "marked passages"),
    ):
        if count:
            yield f"  {count} {words}"
    if doom.rows:
        yield f"{doom.rows} rows of stories lose a passage, {doom.sole} of them their only one."
    if doom.briefs:
        yield f"These briefs lose a story: {', '.join(doom.briefs)}"
    if doom.editions:
        yield f"These editions keep what they printed: {'; '.join(doom.editions)}"
    if doom.quoting:
        yield f"{doom.quoting} rows or titles say the same words, and stay."
