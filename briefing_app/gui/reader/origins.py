"""Where a field of an article came from, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.article import EDITED
from briefing_app.errors import QT_TRANSLATE_NOOP
from briefing_app.gui.reader import head

if TYPE_CHECKING:
    from briefing_app.domain.article import Article

NAMES = {
    "title": QT_TRANSLATE_NOOP("Reader", "Title"),
    "authors": QT_TRANSLATE_NOOP("Reader", "Authors"),
    "source": QT_TRANSLATE_NOOP("Reader", "Outlet"),
    "published": QT_TRANSLATE_NOOP("Reader", "Published"),
    "language": QT_TRANSLATE_NOOP("Reader", "Language"),
    "page": QT_TRANSLATE_NOOP("Reader", "Page of the outlet"),
    "url": QT_TRANSLATE_NOOP("Reader", "Address"),
}
_PLAIN = {
    EDITED: QT_TRANSLATE_NOOP("Reader", "edited by you"),
    "file name": QT_TRANSLATE_NOOP("Reader", "from the name of the file"),
    "first heading": QT_TRANSLATE_NOOP("Reader", "from the first heading"),
    "first words": QT_TRANSLATE_NOOP("Reader", "from the first words"),
    "page title": QT_TRANSLATE_NOOP("Reader", "from the title of the page"),
    "page": QT_TRANSLATE_NOOP("Reader", "from the page"),
    "address": QT_TRANSLATE_NOOP("Reader", "from the address"),
    "saved page": QT_TRANSLATE_NOOP("Reader", "from the program that saved the page"),
    "subject": QT_TRANSLATE_NOOP("Reader", "from the subject of the mail"),
    "text": QT_TRANSLATE_NOOP("Reader", "guessed from the text"),
    "langid": QT_TRANSLATE_NOOP("Reader", "guessed from the text"),
    "trafilatura": QT_TRANSLATE_NOOP("Reader", "found by the extraction (trafilatura)"),
    "readability": QT_TRANSLATE_NOOP("Reader", "found by the extraction (readability)"),
    "newspaper": QT_TRANSLATE_NOOP("Reader", "found by the extraction (newspaper)"),
}


def name_of(field: str) -> str:
    """Return what a field is called in the window."""
    return head.words(NAMES[field])


def origin_of(article: Article, field: str) -> str:
    """Return where a field came from, or an empty text where nobody knows."""
    origin = dict(article.origins).get(field, "")
    if not origin:
        return ""
    if origin in _PLAIN:
        return head.words(_PLAIN[origin])
    return head.words("from {0}").replace("{0}", origin)


def told(article: Article, *fields: str) -> str:
    """Return for some fields of an article where they came from, a line each."""
    return "\n".join(
        f"{name_of(field)}: {origin}" for field in fields if (origin := origin_of(article, field))
    )
