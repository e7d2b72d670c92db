"""A page saved whole, with its pictures, as a mail that was never sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers.base import Document, Imported, Importer
from briefing_app.importers.html.page import page_article
from briefing_app.importers.mail.envelope import subject
from briefing_app.importers.mail.headers import read_headers
from briefing_app.importers.mail.parts import take_apart
from briefing_app.importers.pictures import Album

if TYPE_CHECKING:
    from briefing_app.importers.mail.headers import Headers
    from briefing_app.importers.mail.parts import Mail, Part
    from briefing_app.progress import Progress

_LABEL = "Web archive"
_HEAD = 64 * 1024
_HTML = ("text/html", "application/xhtml+xml")
_SMALLEST = 50  # pixels
_SENT = ("received", "to", "message-id", "return-path", "delivered-to")


def _accepts(document: Document) -> bool:
    headers, end, _ = read_headers(document.data[:_HEAD])
    return end > 0 and _is_saved(headers)


def _is_saved(headers: Headers) -> bool:
    """Tell whether a header is that of a saved page, and not of a mail."""
    if headers.has("snapshot-content-location"):
        return True
    if not headers.has("content-type") or headers.has(*_SENT):
        return False
    saved = headers.text("from").lower().startswith(("<saved by", "saved by", '"saved by'))
    whole = headers.content_type in ("multipart/related", *_HTML)
    return saved or (whole and headers.has("content-location"))


def _read(document: Document, progress: Progress) -> Imported:
    mail = take_apart(document.data)
    page = _page(mail)
    if page is None:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "There is no page in this web archive."),
            hint=QT_TRANSLATE_NOOP("errors", "Open it in a browser and save it as .html."),
        )
    base = _location(page) or mail.root.headers.text("snapshot-content-location")
    album = Album(smallest=_SMALLEST)
    named = {name: part for part in mail.root.walk() for name in _names(part, base)}

    def picture(address: str) -> str:
        name = address.strip()
        part = named.get(name) or named.get(_joined(base, name)) or named.get(unquote(name))
        return album.add(part.content) if part else ""

    url = document.url or (base if base.startswith(("http://", "https://")) else "")
    known = replace(document, url=url, name=f"{document.name}.html")
    article = page_article(page.text, known, progress, picture, album)
    title = subject(mail.root.headers.text("subject"))
    if title and ("title", "file name") in article.origins:
        origins = tuple(pair for pair in article.origins if pair[0] != "title")
        article = replace(article, title=title, origins=(("title", "subject"), *origins))
    return Imported(_LABEL, articles=(article,), warnings=mail.lost)


def _page(mail: Mail) -> Part | None:
    """Return the part that is the page: the one that the archive names, or the first in HTML."""
    pages = [part for part in mail.root.walk() if part.media_type in _HTML and not part.parts]
    start = mail.root.headers.parameter("start").strip("<>")
    place = mail.root.headers.text("snapshot-content-location")
    for part in pages:
        if start and part.headers.text("content-id").strip("<> ") == start:
            return part
    return next((p for p in pages if place and _location(p) == place), next(iter(pages), None))


def _location(part: Part) -> str:
    return part.headers.text("content-location").replace(" ", "")


def _names(part: Part, base: str) -> list[str]:
    """Return what a page may call a part by."""
    place, identity = _location(part), part.headers.text("content-id").strip("<> ")
    names = [place, _joined(base, place)] if place and not part.parts else []
    return [*names, f"cid:{identity}"] if identity and not part.parts else names


def _joined(base: str, name: str) -> str:
    try:
        return urljoin(base, name)
    except ValueError:
        return name


IMPORTER = Importer(
    _LABEL, (".mhtml", ".mht"), ("multipart/related", "application/x-mimearchive"), _accepts, _read
)
