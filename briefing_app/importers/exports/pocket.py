"""Pocket's export as a table, and the answer to a table of somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers import csvtable
from briefing_app.importers.base import Document, Imported, Importer
from briefing_app.importers.dates import parse_moment
from briefing_app.importers.entries import Entry, gather

if TYPE_CHECKING:
    from briefing_app.progress import Progress

_LABEL = "Pocket"
_COLUMNS = frozenset(("title", "url", "time_added", "status"))


def _accepts(document: Document) -> bool:
    return csvtable.columns(document) >= _COLUMNS


def _read(document: Document, progress: Progress) -> Imported:
    if not _accepts(document):
        raise UnreadableSource(
            QT_TRANSLATE_NOOP(
                "errors", "This table is not one that Pocket, Instapaper or Readwise has written."
            ),
            hint=QT_TRANSLATE_NOOP("errors", "Save its text as .txt or .html and import that."),
        )
    return gather(_LABEL, map(_entry, csvtable.rows(document)), progress)


def _entry(row: dict[str, str]) -> Entry:
    url = row.get("url", "")
    title = row.get("title", "")
    return Entry(
        title=title if title != url else "",
        url=url,
        added=parse_moment(row.get("time_added", "")),
        folders=(row.get("status", ""),),
        tags=tuple(row.get("tags", "").split("|")),
        origin=_LABEL,
    )


IMPORTER = Importer(_LABEL, (".csv",), ("text/csv",), _accepts, _read)
