"""What a file may cost, told before a parser sees it; loads nothing that only a worker needs."""

from __future__ import annotations

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers.base import MEGABYTE

LARGEST_FILE = 50 * MEGABYTE
LARGEST_PDF = 200 * MEGABYTE
_PDF_PATIENCE = 3  # a book has a thousand pages


def check_size(size: int, limit: int = LARGEST_FILE) -> None:
    """Refuse an empty file and one beyond the limit.

    Units:  bytes.
    Raises: UnreadableSource.
    """
    if size == 0:
        raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "The file is empty."))
    if size > limit:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP(
                "errors", "The file is too large: {size} MB, and at most {limit} MB are read."
            ),
            hint=QT_TRANSLATE_NOOP("errors", "Split it, and import the part that matters."),
            size=f"{size / MEGABYTE:.1f}",
            limit=limit // MEGABYTE,
        )


def largest(name: str, data: bytes = b"") -> int:
    """Return how large a file may be, by its name and its first bytes.

    Units: bytes.
    """
    return LARGEST_PDF if _is_pdf(name, data) else LARGEST_FILE


def patience(name: str, data: bytes, seconds: float) -> float:
    """Return how long reading a file may take where others may take so many seconds."""
    return seconds * _PDF_PATIENCE if _is_pdf(name, data) else seconds


def _is_pdf(name: str, data: bytes) -> bool:
    return name.lower().endswith(".pdf") or data.startswith(b"%PDF-")
