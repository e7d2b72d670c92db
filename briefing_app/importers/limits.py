"""Refuse what is empty or too large; apart from `guard`, which loads what only a worker needs."""

from __future__ import annotations

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers.base import MEGABYTE

LARGEST_FILE = 50 * MEGABYTE


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
