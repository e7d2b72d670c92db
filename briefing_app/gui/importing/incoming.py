"""What is to come in: files, bytes with a type, addresses in the web, files of a watched folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_app.gui.importing.virtual import is_virtual
from briefing_app.services.fetching import addresses_in

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from briefing_app.services.importing import Incoming
    from briefing_app.services.watching import Found


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text from the clipboard; `url` is where it says that it comes from."""

    data: bytes
    media_type: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class FromWeb:
    """Pages and feeds to fetch; `private` is whether the user's own network may be asked."""

    urls: tuple[str, ...]
    private: bool = False


@dataclass(frozen=True, slots=True)
class FromFeeds:
    """What is new in the feeds."""

    private: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """Files that were saved into the folder that is watched."""

    found: tuple[Found, ...]

    @property
    def folder(self) -> str:
        """Return the name of the folder."""
        return self.found[0].path.parent.name


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Files that another program has promised, those that it did not hand over among them."""

    files: tuple[Incoming, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """Files that failed before, or in which something did."""

    paths: tuple[Path, ...]


What = tuple[Path, ...] | Pasted | FromWeb | FromFeeds | Watched | HandedOver | Again


def addresses_of(mime: QMimeData) -> tuple[str, ...]:
    """Return the addresses in the web that were handed over, where that is all there is."""
    urls = mime.urls() if mime.hasUrls() else []
    if urls and all(url.scheme() in ("http", "https") for url in urls):
        return tuple(dict.fromkeys(url.toString() for url in urls))
    return addresses_in(mime.text()) if mime.hasText() else ()


def files_of(mime: QMimeData) -> tuple[Path, ...]:
    """Return the files and folders that were handed over; addresses on the network are not taken."""
    return tuple(
        Path(url.toLocalFile())
        for url in (mime.urls() if mime.hasUrls() else [])
        if url.isLocalFile() and not url.host()
    )


def text_of(mime: QMimeData) -> Pasted | None:
    """Return the text that was handed over, with its mark-up where it has any; or None."""
    if mime.hasHtml() and (html := mime.html()).strip():
        return Pasted(html.encode("utf-8", "replace"), "text/html")
    if mime.hasText() and (text := mime.text()).strip():
        return Pasted(text.encode("utf-8", "replace"), "text/plain")
    return None


def is_welcome(mime: QMimeData) -> bool:
    """Tell whether something can be imported, without reading it."""
    return (
        bool(files_of(mime) or addresses_of(mime))
        or is_virtual(mime)
        or mime.hasHtml()
        or (mime.hasText() and not mime.hasUrls())
    )
