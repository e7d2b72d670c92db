"""Mend a library: its file, its index, its texts; what was there before is kept aside.

A file that SQLite finds damaged is made anew from its rows where all of them can still be read: then
nothing is lost, for the pages of the indexes are the larger part. Else the newest good backup takes
its place. A text or original that is not what was imported is brought back from a backup that still
has it, which its SHA-256 proves.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from briefing_app.domain.backup import Lost, Reason, Repaired
from briefing_app.domain.record import Entity
from briefing_app.domain.soundness import Fault
from briefing_app.errors import QT_TRANSLATE_NOOP, StorageFailure
from briefing_app.storage import index, lookup, schema, sketches
from briefing_app.storage.backup import FOLDER, describe, files, made_at, part
from briefing_app.storage.connection import writing_engine
from briefing_app.storage.copying import (
    Unsound,
    check_kind,
    copy_database,
    interruptible,
    open_to_read,
    prove,
    visit,
)
from briefing_app.storage.elsewhere import bring_original, found_in
from briefing_app.storage.failure import EXPECTED, storage_failure
from briefing_app.storage.hashes import (
    is_inline_original,
    is_text_of,
    look_at_originals,
    look_at_texts,
)
from briefing_app.storage.remaking import remake
from briefing_app.storage.restoring import both_locks, put_in_place
from briefing_app.storage.rows import is_readable, malformed, names, unreadable
from briefing_app.storage.writer import FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection

    from briefing_app.domain.backup import Backup
    from briefing_app.domain.soundness import Finding, Looked
    from briefing_app.progress import Progress

BATCH = 200

_FILE = QT_TRANSLATE_NOOP("progress", "looking through the file")
_HASHES = QT_TRANSLATE_NOOP("progress", "comparing texts and originals")
_INDEX = QT_TRANSLATE_NOOP("progress", "making the index")

_BODY = """SELECT v.text_digest, b.text, b.blocks, b.spans FROM article_version v
    JOIN article_body b ON b.version_id = v.id WHERE v.uid = ?"""


def repair(
    folder: Path, progress: Progress, *, elsewhere: Path | None = None, own_window: bool = False
) -> Repaired:
    """Mend a library that nobody else has open; `elsewhere` is a second place to look in.

    `own_window`: the caller is the window of this library and holds its lock.
    Raises: StorageFailure, with the library as it was; Cancelled, likewise.
    """
    try:
        folder.stat()
        with both_locks(folder, own_window=own_window):
            sources = _sources(folder, elsewhere)
            aside = backup = lost = None
            if not _is_whole(folder, progress):
                aside, backup, lost = _replace(folder, sources, progress)
            _mend_rows(folder, sources, progress)
            mended, left = _mend_contents(folder, sources, progress)
            indexed = _remake_index(folder, progress)
    except EXPECTED as error:
        raise storage_failure(error, folder) from error
    return Repaired(aside, backup, lost, mended, left, indexed)


def _sources(folder: Path, elsewhere: Path | None) -> tuple[Path, ...]:
    """Return all backups that may help, newest first."""
    found = [*files(folder / FOLDER), *(found_in(elsewhere) if elsewhere else ())]
    return tuple(sorted(found, key=made_at, reverse=True))


def _is_whole(folder: Path, progress: Progress) -> bool:
    """Look through the file of a library. Raises: Cancelled, sqlite3.Error."""
    progress.step(0, 0, _FILE)
    if not (folder / FILE).exists():
        return False
    try:
        with visit(folder) as connection:
            check_kind(connection)
            with interruptible(connection, progress):
                (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
                return bool(found == "ok")
    except (Unsound, UnicodeDecodeError):
        return False
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return False
        raise


def _replace(
    folder: Path, sources: tuple[Path, ...], progress: Progress
) -> tuple[Path | None, Backup | None, Lost | None]:
    """Put a sound file in the place of a damaged one."""
    with part(folder) as draft:
        if (folder / FILE).exists() and remake(folder / FILE, draft, progress):
            return put_in_place(folder, draft, Reason.REPAIR), None, None
    for source in sources:
        with part(folder) as draft:
            try:
                with closing(open_to_read(source)) as connection:
                    check_kind(connection)
                    copy_database(connection, draft, progress)
                prove(draft, progress, fully=True)
            except (Unsound, sqlite3.DatabaseError, UnicodeDecodeError):
                continue  # damaged, too: an earlier one may be good
            backup = describe(source)
            lost = Lost(backup.last_edit, _edits_since(folder, backup.last_edit))
            return put_in_place(folder, draft, Reason.REPAIR), backup, lost
    raise StorageFailure(
        QT_TRANSLATE_NOOP(
            "errors",
            "The library “{folder}” is damaged, and there is no good backup to repair it from.",
        ),
        hint=QT_TRANSLATE_NOOP(
            "errors",
            "Nothing was changed. If there is a copy on another disk, restore it: the folder that you "
            "chose for copies, or any file of a backup.",
        ),
        folder=folder,
    )


def _edits_since(
    folder: Path, since: dt.datetime | None
) -> tuple[tuple[dt.datetime, str, str], ...] | None:
    """Return the edits that a damaged file tells of and a backup lacks; None if it tells nothing."""
    after = 0 if since is None else round(since.timestamp() * 1000)
    query = "SELECT made_at, action, subject FROM change_set WHERE made_at > ? ORDER BY id"
    try:
        with visit(folder) as connection:
            rows = connection.execute(query, (after,)).fetchall()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None
    return tuple(
        (dt.datetime.fromtimestamp(at / 1000, dt.UTC), action, subject)
        for at, action, subject in rows
    )


def _mend_rows(folder: Path, sources: tuple[Path, ...], progress: Progress) -> None:
    """Bring back rows that cannot be read any more, as they were in the newest backup that has them.

    Raises: StorageFailure if none has one of them.
    """
    with visit(folder) as connection:
        broken = unreadable(connection, progress)
    left = _put_back(folder, sources, broken) if broken else []
    if left:
        raise _nowhere(folder, len(left))
    with visit(folder) as connection:
        senseless = malformed(connection)
    if senseless:  # what no backup has is left: it can be read, and is a finding of the next check
        _put_back(folder, sources, senseless)


def _put_back(
    folder: Path, sources: tuple[Path, ...], broken: list[tuple[str, int]]
) -> list[tuple[str, int]]:
    """Bring rows back, each from the newest backup that has it; return those that none has."""
    engine = writing_engine(folder / FILE)
    try:
        with engine.connect() as writing:
            writing.connection.cursor().execute("PRAGMA foreign_keys = OFF")  # in no transaction
            return [
                (name, row)
                for name, row in broken
                if not any(_mend_row(writing, source, name, row) for source in sources)
            ]
    finally:
        engine.dispose()


def _nowhere(folder: Path, count: int) -> StorageFailure:
    return StorageFailure(
        QT_TRANSLATE_NOOP(
            "errors",
            "Rows of the library “{folder}” that cannot be read any more and that no backup has: "
            "{count}.",
        ),
        hint=QT_TRANSLATE_NOOP("errors", "Restore a backup: what is in it can be read."),
        count=count,
        folder=folder,
    )


def _mend_row(writing: Connection, source: Path, name: str, row: int) -> bool:
    table = schema.METADATA.tables[name]
    query = f"SELECT {names(table)} FROM {name} WHERE rowid = ?"  # noqa: S608 (our tables)
    try:
        with closing(open_to_read(source)) as connection:
            whole = connection.execute(query, (row,)).fetchone()
            connection.text_factory = bytes
            raw = connection.execute(query, (row,)).fetchone()
    except (sqlite3.Error, OSError, UnicodeDecodeError):
        return False
    if whole is None or not is_readable(table, raw):
        return False
    sets = ", ".join(f'"{column.name}" = ?' for column in table.columns)
    with writing.begin():
        writing.exec_driver_sql(
            f"UPDATE {name} SET {sets} WHERE rowid = ?",  # noqa: S608 (our tables)
            (*whole, row),
        )
    return True


def _mend_contents(
    folder: Path, sources: tuple[Path, ...], progress: Progress
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Bring back texts and originals that are not what was imported."""
    progress.step(0, 0, _HASHES)
    with visit(folder) as connection:
        found = (
            *_all(lambda last: look_at_texts(connection, last, BATCH), progress),
            *_all(
                lambda last: look_at_originals(connection, folder, last, BATCH, progress), progress
            ),
        )
    mended = []
    engine = writing_engine(folder / FILE)
    try:
        with engine.connect() as writing:
            for finding in found:
                mend = _mend_text if finding.fault is Fault.TEXT else _mend_original
                if any(mend(writing, folder, source, finding, progress) for source in sources):
                    mended.append(finding)
                    _forget(writing, finding)
    finally:
        engine.dispose()
    return tuple(mended), tuple(finding for finding in found if finding not in mended)


def _forget(writing: Connection, finding: Finding) -> None:
    """Let the checks in idle time know that it was mended."""
    with writing.begin():
        if _is_of_this_version(writing):
            writing.exec_driver_sql("DELETE FROM damage WHERE name = ?", (finding.name,))


def _all(look: Callable[[str], Looked], progress: Progress) -> list[Finding]:
    found: list[Finding] = []
    last = ""
    while True:
        progress.check()
        looked = look(last)
        found += looked.findings
        if looked.count < BATCH:
            return found
        last = looked.last


def _mend_text(
    writing: Connection, folder: Path, source: Path, finding: Finding, progress: Progress
) -> bool:
    """Bring back text and SHA-256 of a version, which never change: either may be the damaged one."""
    del folder, progress
    found = _read(source, _BODY, finding.name)
    if found is None or not is_text_of(str(found[0]), *found[1:]):
        return False
    digest, *body = found
    with writing.begin():
        writing.exec_driver_sql(
            "UPDATE article_version SET text_digest = ? WHERE uid = ?", (digest, finding.name)
        )
        writing.exec_driver_sql(
            "INSERT OR REPLACE INTO article_body (version_id, text, blocks, spans) "
            "SELECT id, ?, ?, ? FROM article_version WHERE uid = ?",
            (*body, finding.name),
        )
    return True


def _mend_original(
    writing: Connection, folder: Path, source: Path, finding: Finding, progress: Progress
) -> bool:
    kept = writing.exec_driver_sql(
        "SELECT data IS NOT NULL FROM original WHERE digest = ?", (finding.name,)
    ).scalar_one()
    writing.rollback()
    if not kept:
        beside = source.absolute().parent.parent
        return beside != folder.absolute() and bring_original(
            beside, folder, finding.name, progress
        )
    row = _read(source, "SELECT size, data FROM original WHERE digest = ?", finding.name)
    if row is None or not is_inline_original(finding.name, *row):
        return False
    with writing.begin():
        writing.exec_driver_sql(
            "UPDATE original SET size = ?, data = ? WHERE digest = ?", (*row, finding.name)
        )
    return True


def _read(source: Path, query: str, name: str) -> tuple[object, ...] | None:
    try:
        with closing(open_to_read(source)) as connection:
            row: tuple[object, ...] | None = connection.execute(query, (name,)).fetchone()
            return row
    except (sqlite3.Error, OSError, UnicodeDecodeError):
        return None


def _remake_index(folder: Path, progress: Progress) -> int:
    """Make what is looked up anew, in one transaction; return how many rows it holds."""
    engine = writing_engine(folder / FILE)
    try:
        with engine.connect() as writing, writing.begin():
            if not _is_of_this_version(writing):
                return 0  # its upgrade makes it anew
            return _fill(writing, progress)
    finally:
        engine.dispose()


def _is_of_this_version(writing: Connection) -> bool:
    found = writing.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    return bool(found == schema.REVISION)


def _fill(writing: Connection, progress: Progress) -> int:
    rows = {
        entity: writing.exec_driver_sql(f"SELECT uid FROM {entity.value} ORDER BY id")  # noqa: S608 (our tables)
        .scalars()
        .all()
        for entity in (Entity(name.removesuffix("_fts")) for name in schema.SEARCH_TABLES)
    }
    total, done = sum(map(len, rows.values())), 0
    for entity, uids in rows.items():
        index.make(writing, entity)
        for start in range(0, len(uids), BATCH):
            progress.step(done, total, _INDEX)
            progress.check()
            batch = uids[start : start + BATCH]
            index.put_in(writing, entity, batch)
            done += len(batch)
    for table in ("article_tag", "article_collection"):
        writing.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 (our tables)
    looked_up = writing.exec_driver_sql(
        "SELECT uid, tags, collections FROM article WHERE tags != '[]' OR collections != '[]'"
    )
    for uid, tags, collections in looked_up.all():
        lookup.add(writing, uid, {"tags": json.loads(tags), "collections": json.loads(collections)})
    sketches.remake(writing, progress)
    return total
