"""Readwise: highlights as a table, a title each an article of quotes; and the list of its Reader."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.importers import csvtable
from briefing_app.importers.base import Document, Imported, Importer
from briefing_app.importers.dates import parse_moment
from briefing_app.importers.entries import Entry, gather

if TYPE_CHECKING:
    from briefing_app.progress import Progress

_LABEL = "Readwise"
_HIGHLIGHTS = frozenset(("highlight", "book title", "book author"))
_READER = frozenset(("title", "url", "saved date", "reading progress"))


def _accepts(document: Document) -> bool:
    columns = csvtable.columns(document)
    return columns >= _HIGHLIGHTS or columns >= _READER


def _read(document: Document, progress: Progress) -> Imported:
    rows = csvtable.rows(document)
    if csvtable.columns(document) >= _READER:
        return gather(_LABEL, map(_listed, rows), progress)
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault((row.get("book title", ""), row.get("book author", "")), []).append(row)
    return gather(_LABEL, map(_highlighted, found.values()), progress)


def _highlighted(rows: list[dict[str, str]]) -> Entry:
    first = rows[0]
    author = first.get("book author", "")
    return Entry(
        title=first.get("book title", ""),
        url=next((url for row in rows if (url := row.get("url") or row.get("source url"))), ""),
        quotes=tuple((row.get("highlight", ""), row.get("note", "")) for row in rows),
        text_origin="passages",
        authors=(author,),
        tags=tuple(tag for row in rows for tag in _tags(row)),
        origin=_LABEL,
    )


def _listed(row: dict[str, str]) -> Entry:
    entry = Entry(title=row.get("title", ""), url=row.get("url", ""), origin=_LABEL)
    return replace(
        entry,
        added=parse_moment(row.get("saved date", "")),
        folders=(row.get("location", ""),),
        tags=_tags(row),
    )


def _tags(row: dict[str, str]) -> tuple[str, ...]:
    """Return the tags of a document: ``a, b``, or ``['a', 'b']``."""
    text = row.get("document tags", "").strip()
    if text.startswith("[") and len(text) < 10_000:
        try:
            said = ast.literal_eval(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return ()
        return tuple(str(tag) for tag in said) if isinstance(said, list) else ()
    return tuple(text.split(","))


IMPORTER = Importer(_LABEL, (), (), _accepts, _read)
