"""Bring files, pages and pastes into the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.importers import registry
from briefing_app.progress import NoProgress

if TYPE_CHECKING:
    from briefing_app.importers.base import Document, Imported
    from briefing_app.progress import Progress


def read_document(document: Document, progress: Progress | None = None) -> Imported:
    """Return what the importer of its format makes of a document, without a library.

    Raises: UnreadableSource, Cancelled.
    """
    return registry.read(document, progress or NoProgress())
