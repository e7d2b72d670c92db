"""Erase for good: rows, index entries, journal values, originals, and the traces in the file.

It is done in two steps. The first is one transaction: after it the content is in no row, and a kill
before its end leaves everything as it was. The second takes the files away and rewrites the database
without its free space; `erasing.json` says that it is still to be done, so that a later run finishes.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from briefing_app.domain.change import Action, Op
from briefing_app.domain.record import Entity
from briefing_app.storage import index, originals, sketches
from briefing_app.storage.copying import open_to_read
from briefing_app.storage.doomed import Doomed, doomed_by
from briefing_app.storage.mapping import EVIDENCE, MAPPINGS
from briefing_app.storage.schema import (
    ARTICLE,
    BODY,
    CHANGE,
    COLLECTED,
    DAMAGE,
    EVIDENCES,
    LIBRARY,
    ORIGINAL,
    SET,
    STATEMENT,
    TAG,
    VERSION,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Table

    from briefing_app.domain.erasure import Deed, Wish

MARKER = "erasing.json"
ERASED = {
    "erased": True
}  # what a set says that undo must not offer: something of it is gone for good
_SEARCHED = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5(%'"
_BATCH = 500


def erase(connection: Connection, folder: Path, wish: Wish, deed: Deed) -> Doomed:
    """Take the content out of every row, in one transaction; `tidy` does the rest.

    The caller holds the write lock.
    """
    _raw(connection, "PRAGMA secure_delete = ON")
    with connection.begin():
        doomed = doomed_by(connection, folder, wish)
        _note(folder, deed, doomed.originals)  # first: a kill behind the commit must leave it
        _unlink(connection, doomed, deed.made_at)
        _delete(connection, doomed)
        _forget(connection, doomed)
        _journal(connection, doomed, deed)
    return doomed


def unfinished(folder: Path) -> bool:
    """Tell whether traces of something erased are still to be cleared away."""
    return (folder / MARKER).exists()


def remove_files(connection: Connection, folder: Path) -> frozenset[str]:
    """Take away the files whose rows are gone; return the sets that this was for."""
    noted = _noted(folder)
    for digest in sorted({digest for one in noted.values() for digest in one["originals"]}):
        row = connection.execute(select(ORIGINAL.c.digest).where(ORIGINAL.c.digest == digest))
        if row.first() is None:
            originals.remove_file(folder, digest)
    connection.rollback()
    return frozenset(noted)


def to_purge(connection: Connection, folder: Path) -> tuple[Doomed, ...]:
    """Return what was erased whose copies are to go, too, and may be there still."""
    found = []
    for set_id, note in _noted(folder).items():
        if note["purge"]:
            query = (
                select(CHANGE.c.seq, CHANGE.c.entity, CHANGE.c.uid)
                .join(SET, SET.c.id == CHANGE.c.set_id)
                .where(SET.c.uid == set_id, CHANGE.c.op == Op.ERASE.value)
            )
            doomed = Doomed(originals=dict.fromkeys(note["originals"], 0))
            for row in connection.execute(query):
                doomed.rows.setdefault(Entity(row.entity), {})[row.seq] = row.uid
            found.append(doomed)
    connection.rollback()
    return tuple(found)


def merge_index(connection: Connection) -> None:
    """Drop from the index the words of entries that were deleted: it keeps them until it merges."""
    with connection.begin():
        for name in connection.exec_driver_sql(_SEARCHED).scalars().all():
            merge = f"INSERT INTO {name}({name}) VALUES ('optimize')"  # noqa: S608 (our tables)
            connection.exec_driver_sql(merge)


def rewrite(connection: Connection) -> None:
    """Write the database anew, without its free space."""
    _raw(connection, "VACUUM")


def cut_log(connection: Connection, folder: Path, done: frozenset[str]) -> bool:
    """Cut the write-ahead log to nothing, and note that some sets are dealt with.

    Shape: False if somebody else still reads the old state; then it is all to be done again.
    """
    busy = _raw(connection, "PRAGMA wal_checkpoint(TRUNCATE)")[0]
    if busy:
        return False
    left = {set_id: note for set_id, note in _noted(folder).items() if set_id not in done}
    if left:
        _write_note(folder, left)
    else:
        (folder / MARKER).unlink(missing_ok=True)
    return True


def holding(backups: Iterable[Path], doomed: Doomed) -> tuple[Path, ...]:
    """Return the backups that hold any of what was doomed; one that cannot be read may hold it."""
    return tuple(file for file in backups if _holds(file, doomed))


def _unlink(connection: Connection, doomed: Doomed, now: int) -> None:
    """Take the evidence away from rows that stay."""
    for batch in _batches(doomed.ids(Entity.ANNOTATION)):
        connection.execute(delete(EVIDENCES).where(EVIDENCES.c.annotation_id.in_(batch)))
    for statement, (_, _, after) in doomed.links.items():
        places = select(EVIDENCES.c.position).where(EVIDENCES.c.statement_id == statement)
        left = sorted(connection.execute(places).scalars())
        for position, old in enumerate(left):
            if position != old:
                connection.execute(
                    update(EVIDENCES)
                    .where(EVIDENCES.c.statement_id == statement, EVIDENCES.c.position == old)
                    .values(position=position)
                )
        assert len(left) == len(after)  # noqa: S101 (what was planned is what is there)
        connection.execute(
            update(STATEMENT)
            .where(STATEMENT.c.id == statement)
            .values(version=STATEMENT.c.version + 1, updated=now)
        )


def _delete(connection: Connection, doomed: Doomed) -> None:
    for entity, rows in doomed.rows.items():
        if MAPPINGS[entity].indexed:
            index.take_out(connection, entity, rows.values())
    articles, versions = doomed.ids(Entity.ARTICLE), doomed.ids(Entity.VERSION)
    for batch in _batches(articles):
        connection.execute(update(ARTICLE).where(ARTICLE.c.id.in_(batch)).values(current_id=None))
    _drop(connection, EVIDENCES, EVIDENCES.c.statement_id, doomed.ids(Entity.STATEMENT))
    for entity in (Entity.ANNOTATION, Entity.LINK, Entity.SECTION, Entity.STATEMENT):
        table = MAPPINGS[entity].table
        _drop(connection, table, table.c.id, doomed.ids(entity))
    sketches.take_out(connection, versions)
    _drop(connection, BODY, BODY.c.version_id, versions)
    _drop(connection, VERSION, VERSION.c.id, versions)
    for table in (TAG, COLLECTED):
        _drop(connection, table, table.c.article_id, articles)
    for entity in (Entity.ARTICLE, Entity.STORY, Entity.BRIEF):
        table = MAPPINGS[entity].table
        _drop(connection, table, table.c.id, doomed.ids(entity))
    digests = list(doomed.originals)
    for batch in _batches(digests):
        connection.execute(
            update(VERSION).where(VERSION.c.original.in_(batch)).values(original=None)
        )
    _drop(connection, ORIGINAL, ORIGINAL.c.digest, digests)
    names = [*digests, *(doomed.rows.get(Entity.VERSION) or {}).values()]
    _drop(connection, DAMAGE, DAMAGE.c.name, names)


def _forget(connection: Connection, doomed: Doomed) -> None:
    """Empty what the journal says of it, and let undo offer no set that has to do with it."""
    touched: set[int] = set()
    for entity, rows in doomed.rows.items():
        for batch in _batches(list(rows.values())):
            mine = (CHANGE.c.entity == entity.value) & CHANGE.c.uid.in_(batch)
            touched.update(connection.execute(select(CHANGE.c.set_id).where(mine)).scalars())
            connection.execute(update(CHANGE).where(mine).values(old=None, new=None))
    marks = set((doomed.rows.get(Entity.ANNOTATION) or {}).values())
    if marks:  # a row that cited it once: its words stay, and its undo would cite it again
        cited = select(CHANGE.c.set_id, CHANGE.c.old, CHANGE.c.new).where(
            CHANGE.c.entity == Entity.STATEMENT.value, CHANGE.c.field == EVIDENCE
        )
        for row in connection.execute(cited):
            if any(link[0] in marks for link in (*(row.old or ()), *(row.new or ()))):
                touched.add(row.set_id)
    for batch in _batches(sorted(touched)):
        connection.execute(
            update(SET).where(SET.c.id.in_(batch)).values(subject="", arguments=ERASED)
        )


def _journal(connection: Connection, doomed: Doomed, deed: Deed) -> None:
    """Note that, when and why something was erased, and nothing of what it said."""
    done = connection.execute(
        insert(SET).values(
            uid=deed.set_id,
            made_at=deed.made_at,
            device=select(LIBRARY.c.device).scalar_subquery(),
            origin=deed.origin.value,
            action=Action.ERASE.value,
            subject="",
            arguments={"why": deed.why.value, "originals": len(doomed.originals)},
        )
    )
    assert done.inserted_primary_key is not None  # noqa: S101 (one row, with a key)
    head = done.inserted_primary_key[0]
    gone = [(entity.value, uid, Op.ERASE.value, "", None, None) for entity, uid in doomed.keys]
    cut = [
        (Entity.STATEMENT.value, uid, Op.SET.value, EVIDENCE, before, after)
        for uid, before, after in doomed.links.values()
    ]
    bare = [
        (Entity.VERSION.value, uid, Op.SET.value, "original", None, None) for uid in doomed.bare
    ]
    names = ("entity", "uid", "op", "field", "old", "new")
    rows = [{"set_id": head, **dict(zip(names, row, strict=True))} for row in (*gone, *cut, *bare)]
    if rows:
        connection.execute(insert(CHANGE), rows)


def _note(folder: Path, deed: Deed, digests: Iterable[str]) -> None:
    """Write down that traces are to be cleared away, and which files are among them."""
    note = {"originals": sorted(digests), "purge": deed.purge}
    _write_note(folder, {**_noted(folder), deed.set_id: note})


def _write_note(folder: Path, noted: dict[str, Any]) -> None:
    """Write the note, durably, in the place of the one before."""
    file = folder / MARKER
    part = file.with_suffix(".part")
    with part.open("w", encoding="ascii") as stream:
        json.dump(noted, stream)
        stream.flush()
        os.fsync(stream.fileno())
    part.chmod(0o600)
    part.replace(file)


def _noted(folder: Path) -> dict[str, Any]:
    try:
        noted: dict[str, Any] = json.loads((folder / MARKER).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return noted


def _holds(file: Path, doomed: Doomed) -> bool:
    try:
        with closing(open_to_read(file)) as connection:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            for entity, uid in doomed.keys:
                table = MAPPINGS[entity].table.name
                if table in tables and _any(connection, table, "uid", uid):
                    return True
            return any(_any(connection, "original", "digest", one) for one in doomed.originals)
    except (sqlite3.Error, OSError):
        return True


def _any(connection: sqlite3.Connection, table: str, column: str, value: str) -> bool:
    query = f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1"  # noqa: S608 (names of our tables)
    return connection.execute(query, (value,)).fetchone() is not None


def _drop(connection: Connection, table: Table, column: Any, values: list[Any]) -> None:  # noqa: ANN401 (a column of any type)
    for batch in _batches(values):
        connection.execute(delete(table).where(column.in_(batch)))


def _raw(connection: Connection, statement: str) -> tuple[Any, ...]:
    """Run a statement that may not stand in a transaction."""
    raw = connection.connection.cursor()
    try:
        return tuple(raw.execute(statement).fetchone() or (0,))
    finally:
        raw.close()


def _batches(items: list[Any]) -> Iterator[list[Any]]:
    for at in range(0, len(items), _BATCH):
        yield items[at : at + _BATCH]
