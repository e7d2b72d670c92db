"""What a worker is asked to do with a file: to read it, or one of a few other things.

Shape: an errand gets a document and what is wished for as JSON, and gives JSON and bytes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing_app.importers import registry
from briefing_app.importers.pdf import split as pdf
from briefing_app.importers.scans import sheet, words
from briefing_app.importers.wire import imported_bytes, imported_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.importers.base import Document, Imported
    from briefing_app.progress import Progress

Fields = dict[str, Any]
Answer = tuple[Fields, bytes]


def run(name: str, document: Document, wish: Fields, progress: Progress) -> Answer:
    """Do an errand.

    Raises: UnreadableSource, Cancelled.
    """
    return _ERRANDS[name](document, wish, progress)


def _read(document: Document, wish: Fields, progress: Progress) -> Answer:
    del wish
    return _imported(registry.read(document, progress))


def _proposal(document: Document, wish: Fields, progress: Progress) -> Answer:
    """Tell how a PDF may be split, and how many pages it has."""
    del wish
    pages = pdf.page_count(document.data)
    parts = pdf.proposal(document.data, progress)
    rows = [[part.title, part.first, part.last, part.origin] for part in parts]
    return {"pages": pages, "parts": rows}, b""


def _split(document: Document, wish: Fields, progress: Progress) -> Answer:
    """Read the parts of a PDF as articles."""
    parts = [pdf.Part(*row) for row in wish["parts"]]
    return _imported(pdf.split(document, parts, progress))


def _sheet(document: Document, wish: Fields, progress: Progress) -> Answer:
    """Draw a page."""
    progress.check()
    drawn = sheet.sheet(document.data, wish["at"])
    return {"dpi": drawn.dpi}, drawn.data


def _words(document: Document, wish: Fields, progress: Progress) -> Answer:
    """Read what was recognised on some pages, which lies one behind the other."""
    progress.check()
    tables, at = [], 0
    for page, size in wish["tables"]:
        tables.append(words.Table(page, document.data[at : at + size].decode("utf-8", "replace")))
        at += size
    return _imported(
        words.article_of(
            tables, wish["name"], wish["label"], language=wish["language"], url=document.url
        )
    )


def _imported(imported: Imported) -> Answer:
    return {"imported": imported_json(imported)}, imported_bytes(imported)


_ERRANDS: dict[str, Callable[[Document, Fields, Progress], Answer]] = {
    "read": _read,
    "proposal": _proposal,
    "split": _split,
    "sheet": _sheet,
    "words": _words,
}
