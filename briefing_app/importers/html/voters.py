"""The extractors that vote: each of another family, since two of one vote as a bloc.

They are imported at the first page only, and only where pages are parsed: in the worker. Whatever one
of them raises on a hostile or foreign page, it abstains; nothing is fetched.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.importers.html.dom import body_of_page, parse
from briefing_app.importers.html.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Voice:
    """What a voter makes of a page; an empty text abstains. `date` is ISO 8601."""

    voter: str
    text: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    source: str = ""


def voices(html: str) -> tuple[Voice, ...]:
    """Ask all voters about a page."""
    return tuple(_ask(name, voter, html) for name, voter in VOTERS)


def _ask(name: str, voter: Callable[[str], Voice], html: str) -> Voice:
    try:
        return voter(html)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (others' parsers raise anything on hostile pages: it abstains)
        _log.info("%s abstains", name, exc_info=True)
        return Voice(name)


def _trafilatura(html: str) -> Voice:
    from trafilatura import bare_extraction  # noqa: PLC0415 (a quarter of a second, in the worker only)

    found = bare_extraction(html, include_comments=False, with_metadata=True)
    if found is None or isinstance(found, dict):
        return Voice("trafilatura")
    return Voice(
        "trafilatura",
        found.text or "",
        found.title or "",
        tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        found.date or "",
        found.sitename or "",
    )


def _readability(html: str) -> Voice:
    from readability import Document  # noqa: PLC0415 (in the worker only)

    document = Document(html)
    summary = document.summary(html_partial=True)
    if not summary.strip():
        return Voice("readability")
    blocks = walk(body_of_page(parse(summary)))
    return Voice(
        "readability", "\n".join(found.draft.text for found in blocks), document.short_title()
    )


def _newspaper(html: str) -> Voice:
    from newspaper import Article  # noqa: PLC0415 (a quarter of a second, in the worker only)
    from newspaper.configuration import Configuration  # noqa: PLC0415 (as above)

    settings = Configuration()
    settings.fetch_images = False  # else it asks the network
    settings.memorize_articles = False
    article = Article("http://localhost/page.html", config=settings)
    article.download(input_html=html)
    article.parse()
    return Voice("newspaper", article.text or "", article.title or "", tuple(article.authors or ()))


VOTERS: tuple[tuple[str, Callable[[str], Voice]], ...] = (
    ("trafilatura", _trafilatura),
    ("readability", _readability),
    ("newspaper", _newspaper),
)
