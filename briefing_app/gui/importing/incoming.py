"""What was dropped on the window or pasted into it, as files or as bytes with a type."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_app.gui.importing.virtual import is_virtual

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text from the clipboard; `url` is where it says that it comes from."""

    data: bytes
    media_type: str
    url: str = ""


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
        bool(files_of(mime))
        or is_virtual(mime)
        or mime.hasHtml()
        or (mime.hasText() and not mime.hasUrls())
    )
