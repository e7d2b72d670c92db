"""Instapaper's export as a table; a selection is a passage of the text, and is kept as a quote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing_app.importers import csvtable
from briefing_app.importers.base import Document, Imported, Importer
from briefing_app.importers.dates import parse_moment
from briefing_app.importers.entries import Entry, gather

if TYPE_CHECKING:
    from briefing_app.progress import Progress

_LABEL = "Instapaper"
_COLUMNS = frozenset(("url", "title", "selection", "folder"))


def _accepts(document: Document) -> bool:
    return csvtable.columns(document) >= _COLUMNS


def _read(document: Document, progress: Progress) -> Imported:
    return gather(_LABEL, map(_entry, csvtable.rows(document)), progress)


def _entry(row: dict[str, str]) -> Entry:
    selection = row.get("selection", "")
    return Entry(
        title=row.get("title", ""),
        url=row.get("url", ""),
        quotes=((selection, ""),) if selection.strip() else (),
        text_origin="passages" if selection.strip() else "",
        added=parse_moment(row.get("timestamp", "")),
        folders=(row.get("folder", ""),),
        tags=tuple(re.findall(r'"([^"]*)"', row.get("tags", ""))),
        origin=_LABEL,
    )


IMPORTER = Importer(_LABEL, (), (), _accepts, _read)
