"""Compare texts and originals with the SHA-256 that was noted when they came in.

Nothing here trusts what it reads: a flipped bit may make a text no UTF-8, or a packed one unreadable.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from briefing_app.digests import sha256
from briefing_app.domain.soundness import Fault, Finding, Looked
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark
from briefing_app.storage.elsewhere import digest_of, original_file
from briefing_app.storage.packing import unpack_bytes, unpack_json, unpack_text

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from briefing_app.progress import Progress

_TEXTS = """SELECT v.id, v.uid, v.text_digest, b.text, b.blocks, b.spans, a.uid, a.title
    FROM article_version v
    LEFT JOIN article_body b ON b.version_id = v.id
    LEFT JOIN article a ON a.id = v.article_id
    WHERE v.id > ? ORDER BY v.id LIMIT ?"""
_ORIGINALS = "SELECT rowid, digest, size, data FROM original WHERE rowid > ? ORDER BY rowid LIMIT ?"
_USERS = """SELECT DISTINCT a.uid, a.title FROM article_version v
    JOIN article a ON a.id = v.article_id WHERE v.original = ? ORDER BY a.id"""


def look_at_texts(connection: sqlite3.Connection, after: str, limit: int) -> Looked:
    """Compare the texts of versions behind a row id, "" for the first. Raises: sqlite3.Error."""
    connection.text_factory = _decode
    found: list[Finding] = []
    last, count = after, 0
    for row in connection.execute(_TEXTS, (int(after or 0), limit)):
        number, uid, digest, text, blocks, spans, article, title = row
        last, count = str(number), count + 1
        if not _fits(digest, text, blocks, spans):
            found.append(Finding(Fault.TEXT, _text_remark(title), uid, (article,)))
    return Looked(last, count, tuple(found))


def look_at_originals(
    connection: sqlite3.Connection,
    folder: Path,
    after: str,
    limit: int,
    progress: Progress,
    *,
    most: int | None = None,
) -> Looked:
    """Compare originals behind a row id, "" for the first.

    Units: `most` is the number of bytes after which no further one is begun.
    Raises: sqlite3.Error, Cancelled.
    """
    connection.text_factory = _decode
    found: list[Finding] = []
    last, count, read = after, 0, 0
    for row, digest, size, data in connection.execute(
        _ORIGINALS, (int(after or 0), limit)
    ).fetchall():
        progress.check()
        if most is not None and read > most:
            break
        last, count = str(row), count + 1
        read += size if isinstance(size, int) else 0
        if (template := _original_trouble(folder, digest, size, data, progress)) is not None:
            users = connection.execute(_USERS, (digest,)).fetchall() if digest.isascii() else ()
            title = users[0][1] if users else digest[:12]
            found.append(
                Finding(
                    Fault.ORIGINAL,
                    Remark(template, (("title", title),)),
                    digest,
                    tuple(user for user, _ in users),
                )
            )
    return Looked(last, count, tuple(found))


def is_text_of(digest: str, text: object, blocks: object, spans: object) -> bool:
    """Tell whether a stored text is the one with this SHA-256, and its blocks can be read."""
    return _fits(digest, text, blocks, spans)


def is_inline_original(digest: str, size: object, data: object) -> bool:
    """Tell whether stored bytes are those with this SHA-256, and their number is right."""
    try:
        plain = unpack_bytes(data)  # type: ignore[arg-type] # whatever the disk gives back
    except (zlib.error, AttributeError):
        return False
    return plain is not None and size == len(plain) and sha256(plain).hexdigest() == digest


def _fits(digest: object, text: object, blocks: object, spans: object) -> bool:
    try:
        whole = unpack_text(text)  # type: ignore[arg-type] # whatever the disk gives back
        rows = (*unpack_json(blocks), *unpack_json(spans))  # type: ignore[arg-type] # the same
        places = [(row[1], row[2]) for row in rows]
    except (zlib.error, ValueError, TypeError, LookupError):
        return False
    if whole is None:
        return False
    written = whole.encode("utf-8", "surrogateescape")
    return sha256(written).hexdigest() == digest and all(
        isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(whole)
        for start, end in places
    )


def _original_trouble(
    folder: Path, digest: str, size: int, data: object, progress: Progress
) -> str | None:
    """Return the sentence for what is wrong with an original, or None."""
    damaged = QT_TRANSLATE_NOOP("errors", "The original of “{title}” is not what was imported.")
    if data is not None:
        return None if is_inline_original(digest, size, data) else damaged
    file = original_file(folder, digest)
    try:
        if file.stat().st_size != size or digest_of(file, progress) != digest:
            return damaged
    except FileNotFoundError:
        return QT_TRANSLATE_NOOP("errors", "The original of “{title}” is missing.")
    except OSError:
        return QT_TRANSLATE_NOOP("errors", "The original of “{title}” cannot be read.")
    return None


def _text_remark(title: str | None) -> Remark:
    if title is None:
        return Remark(
            QT_TRANSLATE_NOOP("errors", "A text that belongs to no article is not what was stored.")
        )
    return Remark(
        QT_TRANSLATE_NOOP("errors", "The text of “{title}” is not what was imported."),
        (("title", title),),
    )


def _decode(data: bytes) -> str:
    """Return a text whose bytes may have been changed; they come back the same."""
    return data.decode("utf-8", "surrogateescape")
