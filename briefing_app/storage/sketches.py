"""What is known of texts to find the like of one: kept for each version, looked up by keys.

A version never changes, so neither does what is known of it: edits, trash and undo leave it alone, and
which version of an article counts is asked when the like of a text are. It goes when the version is
erased, and it can be made anew from the texts.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, text

from briefing_app.digests import sha256_of_much
from briefing_app.domain.cluster import Like
from briefing_app.domain.folding import searchable
from briefing_app.domain.likeness import ALIKE, bands, likeness, sketch_of
from briefing_app.domain.record import moment_from
from briefing_app.storage.body import included_text
from briefing_app.storage.bulk import insert_rows
from briefing_app.storage.failure import MALFORMED
from briefing_app.storage.packing import unpack_json, unpack_text
from briefing_app.storage.schema import ARTICLE, BAND, PART, SKETCH, VERSION

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from briefing_app.domain.moment import Moment
    from briefing_app.progress import Progress

MOST = 50  # of the like of a text that are told, the most alike
_BATCH = 500
_SKETCH = (SKETCH.c.version_id, SKETCH.c.known)
_BAND = (BAND.c.part, BAND.c.band, BAND.c.version_id)

_TEXTS = """SELECT v.id, b.text, b.blocks, s.known, v.text_digest FROM article_version v
    JOIN article_body b ON b.version_id = v.id
    LEFT JOIN sketch s ON s.version_id = v.id WHERE v.id > ? ORDER BY v.id LIMIT ?"""
_MINE = (
    select(SKETCH.c.known, ARTICLE.c.id)
    .join(VERSION, VERSION.c.id == SKETCH.c.version_id)
    .join(ARTICLE, ARTICLE.c.current_id == VERSION.c.id)
    .where(ARTICLE.c.uid == bindparam("p_uid"))
)
# each key in each part: CROSS JOIN keeps SQLite from reading the table for its own order
_LIKE = text(
    """WITH RECURSIVE part(n) AS
        (SELECT 0 UNION ALL SELECT n + 1 FROM part
         WHERE n < (SELECT max(version_id) FROM sketch) / :size)
    SELECT s.known, a.uid, a.title, a.source, a.published
    FROM article a CROSS JOIN sketch s ON s.version_id = a.current_id
    WHERE a.deleted_at IS NULL AND a.id != :mine AND a.id IN
        (SELECT v.article_id FROM part CROSS JOIN json_each(:bands) k
         CROSS JOIN sketch_band b ON b.part = part.n AND b.band = k.value
         CROSS JOIN article_version v ON v.id = b.version_id)"""
)


def add(connection: Connection, known: Mapping[int, bytes]) -> None:
    """Keep what is known of new versions, by their local ids; of a short text that is nothing."""
    rows = [(version, sketch) for version, sketch in known.items() if sketch]
    insert_rows(connection, _SKETCH, rows)
    keys = (_keys(version, sketch) for version, sketch in rows)
    insert_rows(connection, _BAND, sorted(row for some in keys for row in some))


def take_out(connection: Connection, versions: Iterable[int]) -> None:
    """Forget what is known of versions."""
    tokens = list(versions)
    for at in range(0, len(tokens), _BATCH):
        some = SKETCH.c.version_id.in_(tokens[at : at + _BATCH])
        rows = connection.execute(select(*_SKETCH).where(some)).all()
        for version, sketch in rows:
            for row in _keys(version, sketch):
                connection.exec_driver_sql(
                    "DELETE FROM sketch_band WHERE part = ? AND band = ? AND version_id = ?", row
                )
        connection.execute(SKETCH.delete().where(some))


def complete(connection: Connection) -> None:
    """Make what is known of all versions, if nothing is known of any."""
    if connection.execute(select(SKETCH.c.version_id).limit(1)).first() is None:
        _fill(connection)


def remake(connection: Connection, progress: Progress) -> None:
    """Make what is known of all versions anew. Raises: Cancelled."""
    for table in (BAND, SKETCH):
        connection.execute(table.delete())
    _fill(connection, progress.check)


def count_wrong(connection: sqlite3.Connection, progress: Progress) -> int:
    """Return of how many versions something else is known than there should be. Raises: Cancelled."""
    wrong = keys = 0
    for version, text_, known in _texts(lambda *asked: connection.execute(_TEXTS, asked)):
        progress.check()
        rows = _keys(version, known or b"")
        found = connection.execute(
            "SELECT count(*) FROM json_each(?) k JOIN sketch_band b "
            "ON b.part = ? AND b.band = k.value AND b.version_id = ?",
            (json.dumps([row[1] for row in rows]), version // PART, version),
        ).fetchone()[0]
        keys += found
        if text_ is not None:  # a damaged text is a finding of its own
            wrong += sketch_of(text_) != (known or b"") or found != len(rows)
    (held,) = connection.execute("SELECT count(*) FROM sketch_band").fetchone()
    return int(wrong + held - keys)


class StoredSketches:
    """Finds the like of a text in a library; any thread may ask."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def like(self, article_id: str) -> tuple[Like, ...]:
        """Return the live articles that now say nearly the same as an article, the most alike first."""
        with self._read() as connection:
            mine = connection.execute(_MINE, {"p_uid": article_id}).first()
            if mine is None:
                return ()
            asked = {"size": PART, "mine": mine.id, "bands": json.dumps(bands(mine.known))}
            rows = connection.execute(_LIKE, asked).all()
        scored = [(likeness(mine.known, row.known), row) for row in rows]
        best = sorted(
            (one for one in scored if one[0] >= ALIKE), key=lambda one: (-one[0], one[1].uid)
        )
        return tuple(
            Like(row.uid, row.title, row.source, _moment(row.published), score)
            for score, row in best[:MOST]
        )


def _moment(stored: str | None) -> Moment | None:
    return moment_from(json.loads(stored)) if stored else None


def _fill(connection: Connection, check: Callable[[], None] = lambda: None) -> None:
    made: dict[int, bytes] = {}
    for version, shown, _ in _texts(lambda *asked: connection.exec_driver_sql(_TEXTS, asked)):
        if shown is not None:
            made[version] = sketch_of(shown)
        if len(made) == _BATCH:
            check()
            add(connection, made)
            made = {}
    add(connection, made)


def _texts(ask: Callable[..., Any]) -> Iterator[tuple[int, str | None, bytes | None]]:
    """Go through all versions: id, text as it is indexed (None: damaged), what is known of it."""
    last = 0
    while rows := ask(last, _BATCH).fetchall():
        for version, packed, blocks, known, digest in rows:
            try:
                text_ = unpack_text(packed) or ""
                shown = searchable(included_text(text_, unpack_json(blocks)))
            except (zlib.error, *MALFORMED):
                yield version, None, known
                continue
            is_sound = sha256_of_much(text_.encode()).hexdigest() == digest
            yield version, shown if is_sound else None, known
        last = rows[-1][0]


def _keys(version: int, sketch: bytes) -> list[tuple[int, int, int]]:
    return [(version // PART, band, version) for band in bands(sketch)]
