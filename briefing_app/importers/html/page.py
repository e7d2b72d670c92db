"""Saved pages, and parts of pages from the clipboard."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import TEXT, BlockKind, Doubt
from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers import guard, limits
from briefing_app.importers.base import (
    MEGABYTE,
    Document,
    Imported,
    ImportedArticle,
    Importer,
    stem,
)
from briefing_app.importers.body import body_of
from briefing_app.importers.html import dom, prescan
from briefing_app.importers.html.blocks import drafts
from briefing_app.importers.html.embedded import take_out
from briefing_app.importers.html.metadata import address_of, metadata, page_title
from briefing_app.importers.html.vote import ballot, choose
from briefing_app.importers.html.voters import voices
from briefing_app.importers.html.walk import walk
from briefing_app.importers.pictures import Album

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.html import HtmlElement

    from briefing_app.importers.body import Draft
    from briefing_app.importers.html.vote import Ballot, Vote
    from briefing_app.progress import Progress

_LABEL = "Web page"
_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_OPENING = re.compile(
    # atomic: a comment ends at its first end, else a page of comments takes for ever
    rb"(?is)(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?>.{0,2000}?-->)\s*+)*+"
    rb"<(?:!doctype\s+html|html|head|body|meta|title)\b"
)
_FRAGMENT = re.compile(r"<!--\s*StartFragment", re.IGNORECASE)
LARGEST = 10 * MEGABYTE  # code points without the pictures
_ICON = 50  # pixels
_LONGEST_TITLE = 80  # code points
# Of 216 pages that were measured, the voters agreed less on 12, of which 6 were not read well; of 117
# news pages none had so few words.
_APART = 0.65  # the mean agreement of the voters
_LITTLE = 60  # words


def _accepts(document: Document) -> bool:
    return bool(_OPENING.match(document.data[:8192]))


def _read(document: Document, progress: Progress) -> Imported:
    text = guard.read_text(document).text
    return Imported(_LABEL, articles=(page_article(text, document, progress),))


def page_article(
    text: str,
    document: Document,
    progress: Progress,
    picture: Callable[[str], str] | None = None,
    album: Album | None = None,
) -> ImportedArticle:
    """Return the article of a page whose text is decoded.

    `picture` puts pictures that came beside the page into the album and tells their digest; those
    that are written into the page are found here.
    Raises: UnreadableSource.
    """
    album = album or Album(smallest=_ICON)
    html, written = take_out(text)
    limits.check_size(max(1, len(html)), LARGEST)
    html = prescan.safe(html)
    root = dom.parse(html)
    address = address_of(html, document.url)
    here = written.finder(album) if len(written) else None
    find = _either(here, picture) if here and picture else here or picture
    found = walk(dom.body_of_page(root), _base(root, address[0]), find)
    progress.check()
    part = _is_part(document, html, page_title(root))
    heard = () if part else voices(html)
    doubts: tuple[Doubt, ...] = ()
    progress.check()
    if not part:
        textual = [block for block in found if block.draft.text]
        ballots = [ballot(block.tag, block.draft.text, block.linked) for block in textual]
        vote = choose(
            ballots,
            [voice.text for voice in heard],
            page_title(root),
        )
        doubts = _doubts(ballots, vote)
        chosen = dict(zip(map(id, textual), vote.included, strict=True))
        found = tuple(
            replace(b, draft=replace(b.draft, included=chosen.get(id(b), True))) for b in found
        )
    blocks = drafts(found)
    body = body_of(blocks)
    if not body.text:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "There is no text in this page."),
            hint=QT_TRANSLATE_NOOP(
                "errors", "Open it in a browser, wait until the text is there, and save it again."
            ),
        )
    facts = metadata(root, address, heard, body.included_text())
    title, origin = _title(facts.title, document, [block.draft for block in found])
    named = {block.asset for block in blocks}
    return ImportedArticle(
        title=title,
        body=body,
        authors=facts.authors,
        source=facts.source,
        url=facts.url,
        canonical_url=facts.canonical_url,
        published=facts.published,
        language=facts.language,
        direction=facts.direction,
        origins=(
            *(() if facts.title else (("title", origin),)),
            *facts.origins,
            *((TEXT, doubt.value) for doubt in doubts),
        ),
        pictures=tuple(one for one in album.pictures() if one.digest in named),
    )


def _doubts(ballots: Sequence[Ballot], vote: Vote) -> tuple[Doubt, ...]:
    """Return why the choice of blocks may be wrong."""
    words = sum(len(b.tokens) for b, chosen in zip(ballots, vote.included, strict=True) if chosen)
    found = ((Doubt.LITTLE, words < _LITTLE), (Doubt.APART, vote.agreement < _APART))
    return tuple(doubt for doubt, is_so in found if is_so)


def _either(one: Callable[[str], str], other: Callable[[str], str]) -> Callable[[str], str]:
    return lambda address: one(address) or other(address)


def _base(root: HtmlElement, url: str) -> str:
    element = root.find(".//base")
    return url if element is None else dom.address(element.get("href") or "", url) or url


def _is_part(document: Document, html: str, title: str) -> bool:
    """Tell whether it is a copied part of a page: all of that is wanted, and there is no vote."""
    if _FRAGMENT.search(html, 0, 65536):
        return True
    fetched = document.retrieved is not None
    return not title and not fetched and not document.name.lower().endswith(_SUFFIXES)


def _title(title: str, document: Document, found: Sequence[Draft]) -> tuple[str, str]:
    """Return the page's title, or what stands for one."""
    if title:
        return title, ""
    if document.name.lower().endswith(_SUFFIXES):
        return stem(document.name), "file name"
    heading = next((block for block in found if block.kind is BlockKind.HEADING), None)
    first = heading or next(block for block in found if block.text)
    words = first.text.split("\n", 1)[0]
    if len(words) > _LONGEST_TITLE:
        words = words[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "\u2026"
    return words, "first heading" if heading else "first words"


IMPORTER = Importer(
    _LABEL,
    _SUFFIXES,
    ("text/html", "application/xhtml+xml"),
    _accepts,
    _read,
    limit=50 * MEGABYTE,  # with pictures written into it
)
