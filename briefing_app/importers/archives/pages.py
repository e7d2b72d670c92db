"""The pages in a web archive, as documents of their own: each is read, and can fail, for itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from briefing_app.domain.moment import parse_iso
from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource
from briefing_app.importers.base import MEGABYTE, Document, Imported
from briefing_app.importers.entries import web_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from warcio.recordloader import ArcWarcRecord

    from briefing_app.progress import Progress

LABEL = "Web archive"
MOST_PAGES = 1000
_MOST_BYTES = 100 * MEGABYTE
_LARGEST = 10 * MEGABYTE  # of one page
_KINDS = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf"}
_STEP = 64 * 1024
_BLOCK = MEGABYTE  # bytes; a long line is put together from blocks, and copied for each
_BROKEN = (
    ArchiveLoadFailed, OSError, EOFError, ValueError, KeyError, IndexError, TypeError,
    AttributeError, zlib.error,
)  # fmt: skip


@dataclass(slots=True)
class Pages:
    """The pages found so far; `wanted` tells of an address whether it is one of a page."""

    progress: Progress
    wanted: Callable[[str], bool] | None = None
    found: list[Document] = field(default_factory=list)
    damaged: bool = False
    _bytes: int = 0
    _left: int = 0
    _unfit: int = 0
    _seen: set[bytes] = field(default_factory=set)

    def add_from(self, warc: bytes) -> None:
        """Take the pages of an unpacked WARC, as far as it can be read."""
        try:
            for record in ArchiveIterator(io.BytesIO(warc), block_size=_BLOCK):
                self.progress.check()
                self._add(record)
        except _BROKEN:
            self.damaged = True

    def imported(self) -> Imported:
        """Return the pages. Raises: UnreadableSource if there are none."""
        warnings = tuple(self._warnings())
        if not self.found:
            if warnings:
                raise UnreadableSource(warnings[0].message, **dict(warnings[0].values))
            raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "There are no pages in it."))
        return Imported(LABEL, children=tuple(self.found), warnings=warnings)

    def _warnings(self) -> Iterator[Remark]:
        if self.damaged:
            said = QT_TRANSLATE_NOOP(
                "errors", "It is damaged: what stands behind the damage is not read."
            )
            yield Remark(said)
        if self._left:
            said = QT_TRANSLATE_NOOP(
                "errors", "It holds more than is read at once. Pages that were left out: {count}."
            )
            yield Remark(said, (("count", str(self._left)),))
        if self._unfit:
            said = QT_TRANSLATE_NOOP(
                "errors",
                "Pages that are too large, or packed so that they cannot be read: {count}.",
            )
            yield Remark(said, (("count", str(self._unfit)),))

    def _add(self, record: ArcWarcRecord) -> None:
        self.damaged |= not record.rec_type
        media_type = _media_type(record)
        kind = media_type.split(";")[0].strip().lower()
        url = web_address((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> "))
        if kind not in _KINDS or not url or (self.wanted and not self.wanted(url)):
            return
        if len(self.found) >= MOST_PAGES or self._bytes > _MOST_BYTES:
            self._left += 1
            return
        data = _payload(record)
        if data is None:
            self._unfit += 1
            return
        digest = hashlib.sha256(url.encode() + b"\n" + data).digest()
        if not data.strip() or digest in self._seen:
            return
        self.damaged |= record.raw_stream.limit > 0  # the file ends before the record does
        self._seen.add(digest)
        self._bytes += len(data)
        retrieved = _moment(record.rec_headers.get_header("WARC-Date") or "")
        name = _name(url, _KINDS[kind])
        self.found.append(Document(name, data, clean_line(media_type)[:200], url, retrieved))


def _media_type(record: ArcWarcRecord) -> str:
    """Return the type of what was answered, or nothing where a record is no page that was found."""
    resource = record.rec_headers.get_header("WARC-Resource-Type") or "document"
    if resource != "document":
        return ""
    if record.rec_type == "response" and record.http_headers:
        if record.http_headers.get_statuscode() != "200":
            return ""
        return str(record.http_headers.get_header("Content-Type") or "")
    if record.rec_type == "resource":
        return str(record.rec_headers.get_header("Content-Type") or "")
    return ""


def _payload(record: ArcWarcRecord) -> bytes | None:
    """Return the content of a record, unpacked; nothing if it is too large or will not unpack."""
    pieces: list[bytes] = []
    size = 0
    stream = record.content_stream()
    try:
        while piece := stream.read(_STEP):
            size += len(piece)
            if size > _LARGEST:
                return None
            pieces.append(piece)
    except _BROKEN:
        return None
    return b"".join(pieces)


def _moment(text: str) -> dt.datetime | None:
    moment = parse_iso(text)
    if moment is None or moment.time is None:
        return None
    return dt.datetime.combine(moment.date, moment.time, dt.UTC)


def _name(url: str, suffix: str) -> str:
    """Return a name for a page, for messages: the end of its address."""
    parts = urlsplit(url)
    last = (
        clean_line(unquote(parts.path).rstrip("/").rpartition("/")[2]) or parts.hostname or "page"
    )
    last = last[:80].replace("/", " ")
    return last if last.lower().endswith((suffix, ".htm")) else f"{last}{suffix}"
