"""Stories in the project's own text form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain import storytext
from briefing_app.importers.base import MEGABYTE, Document, Imported, Importer
from briefing_app.importers.encoding import decode

if TYPE_CHECKING:
    from briefing_app.progress import Progress

_LABEL = "Story text"
_HEAD = 256 * 1024  # bytes; a part heading stands near the top of a file of stories


def _accepts(document: Document) -> bool:
    return storytext.looks_like_stories(decode(document.data[:_HEAD]).text)


def _read(document: Document, progress: Progress) -> Imported:
    del progress
    return Imported(_LABEL, stories=storytext.read(document.data))


IMPORTER = Importer(_LABEL, (), (), _accepts, _read, limit=20 * MEGABYTE)
