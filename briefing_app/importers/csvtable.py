"""Tables as CSV, of which the first row names the columns."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers import guard
from briefing_app.importers.base import MEGABYTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.importers.base import Document

LARGEST_FIELD = 10 * MEGABYTE  # code points
_HEAD = 4096  # bytes


def columns(document: Document) -> frozenset[str]:
    """Return the names in the first row of a document, in small letters, if it may be CSV."""
    head = document.data[:_HEAD].replace(b"\0", b"").decode("latin-1")
    first = head.lstrip("\xef\xbb\xbf\xff\xfe").splitlines()[:1]
    try:
        names = next(csv.reader(first), [])
    except csv.Error:
        return frozenset()
    return frozenset(name.strip().lower() for name in names)


def rows(document: Document) -> Iterator[dict[str, str]]:
    """Go through the rows of a table, each by the names of its columns in small letters.

    Raises: UnreadableSource if a field is too large.
    """
    text = guard.read_text(document).text.lstrip("\ufeff")
    csv.field_size_limit(LARGEST_FIELD)  # of this process, which reads nothing else meanwhile
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        for row in reader:
            if row:
                yield dict(zip(names, row, strict=False))
    except csv.Error as error:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "It is damaged: line {line} of its table cannot be read."),
            line=reader.line_num,
        ) from error
