"""Look a library through: the file, its rows, every text and original, the index, the journal.

Nothing is written. What cannot be read any more is a finding, and the look goes on behind it.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from briefing_app.domain.article import tag_key
from briefing_app.domain.folding import searchable
from briefing_app.domain.record import Entity
from briefing_app.domain.soundness import CheckReport, Fault, Finding, Looked
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark
from briefing_app.storage.backup import PART, megabytes
from briefing_app.storage.copying import Unsound, check_kind, interruptible, visit
from briefing_app.storage.elsewhere import ORIGINALS
from briefing_app.storage.failure import storage_failure
from briefing_app.storage.hashes import look_at_originals, look_at_texts
from briefing_app.storage.index import PARTS, table_of
from briefing_app.storage.mapping import EVIDENCE, MAPPINGS, fields_of, select_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from briefing_app.progress import Progress

BATCH = 200
FEW = 20  # findings of one kind that are named one by one

_FILE = QT_TRANSLATE_NOOP("progress", "looking through the file")
_TEXTS = QT_TRANSLATE_NOOP("progress", "comparing the texts")
_ORIGINALS = QT_TRANSLATE_NOOP("progress", "comparing the originals")
_INDEX = QT_TRANSLATE_NOOP("progress", "comparing the index")
_JOURNAL = QT_TRANSLATE_NOOP("progress", "comparing the journal")

# what is searched for each row of the index: its first words, which must find it
_PROBES = {
    "article": "SELECT id, title FROM article WHERE id > ? ORDER BY id LIMIT ?",
    "annotation": "SELECT id, exact FROM annotation WHERE id > ? ORDER BY id LIMIT ?",
    "statement": "SELECT id, text FROM statement WHERE id > ? ORDER BY id LIMIT ?",
}

_TAGGED = "SELECT article_id, tag FROM article_tag"
_COLLECTED = """SELECT l.article_id, c.uid FROM article_collection l
    JOIN collection c ON c.id = l.collection_id"""


def check(folder: Path, progress: Progress) -> CheckReport:
    """Look a library through while others use it. Raises: StorageFailure if it is gone; Cancelled."""
    look = _Look(folder, progress)
    try:
        with visit(folder) as connection:
            look.at(connection)
    except Unsound as error:
        look.damaged(error)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            look.damaged(error)
        else:
            raise storage_failure(error, folder) from error
    except OSError as error:
        raise storage_failure(error, folder) from error
    return look.report()


class _Look:
    """One look: what was found so far."""

    def __init__(self, folder: Path, progress: Progress) -> None:
        self._folder = folder
        self._progress = progress
        self._findings: list[Finding] = []
        self._texts = self._originals = self._changes = 0

    def report(self) -> CheckReport:
        """Return what was found."""
        return CheckReport(tuple(self._findings), self._texts, self._originals, self._changes)

    def at(self, connection: sqlite3.Connection) -> None:
        """Look at everything. Raises: sqlite3.Error if the file cannot be read at all."""
        check_kind(connection)
        for part, of_one_state in (
            (self._file, False),
            (self._rows, True),
            (self._all_texts, False),
            (self._all_originals, False),
            (self._spare, False),
            (self._index, True),
            (self._lookups, True),
            (self._journal, True),
        ):
            self._progress.check()
            try:
                with (
                    interruptible(connection, self._progress),
                    _state(connection) if of_one_state else nullcontext(),
                ):
                    part(connection)
            except (sqlite3.DatabaseError, DBAPIError) as error:
                cause = error.orig if isinstance(error, DBAPIError) else error
                self.damaged(cause)

    def damaged(self, what: object) -> None:
        """Note that the file itself is damaged; each way in which it shows once."""
        words = str(what).strip()
        remark = Remark(
            QT_TRANSLATE_NOOP("errors", "The database is damaged: {reason}."), (("reason", words),)
        )
        if all(finding.remark != remark for finding in self._findings):
            self._findings.append(Finding(Fault.FILE, remark))

    def _file(self, connection: sqlite3.Connection) -> None:
        self._progress.step(0, 0, _FILE)
        for (found,) in connection.execute(f"PRAGMA integrity_check({FEW})"):
            if found != "ok":
                for line in found.splitlines():
                    self.damaged(line)

    def _rows(self, connection: sqlite3.Connection) -> None:
        """Find rows that point to something that is not there."""
        broken: dict[tuple[str, str], int] = {}
        for table, _row, parent, _number in connection.execute("PRAGMA foreign_key_check"):
            broken[table, parent] = broken.get((table, parent), 0) + 1
        for (table, parent), count in broken.items():
            self._find(
                Fault.ROW,
                QT_TRANSLATE_NOOP(
                    "errors", "{count} rows of “{table}” belong to a “{parent}” that is not there."
                ),
                count=count,
                table=table,
                parent=parent,
            )
        # one in the trash may have given its versions to the article that it was joined with
        lost = connection.execute(
            "SELECT a.uid, a.title FROM article a "
            "LEFT JOIN article_version v ON v.id = a.current_id AND v.article_id = a.id "
            "WHERE v.id IS NULL AND a.deleted_at IS NULL LIMIT ?",
            (FEW,),
        )
        for uid, title in lost.fetchall():
            template = QT_TRANSLATE_NOOP("errors", "“{title}” has no text of its own.")
            remark = Remark(template, (("title", title),))
            self._findings.append(Finding(Fault.ROW, remark, articles=(uid,)))

    def _all_texts(self, connection: sqlite3.Connection) -> None:
        self._texts = self._go_through(
            _TEXTS,
            _count(connection, "article_version"),
            lambda last: look_at_texts(connection, last, BATCH),
        )

    def _all_originals(self, connection: sqlite3.Connection) -> None:
        self._originals = self._go_through(
            _ORIGINALS,
            _count(connection, "original"),
            lambda last: look_at_originals(connection, self._folder, last, BATCH, self._progress),
        )

    def _go_through(self, note: str, total: int, look: Callable[[str], Looked]) -> int:
        done, last = 0, ""
        while True:
            self._progress.step(done, total, note)
            self._progress.check()
            looked = look(last)
            self._findings += looked.findings
            done += looked.count
            if looked.count < BATCH:
                return done
            last = looked.last

    def _spare(self, connection: sqlite3.Connection) -> None:
        """Find files in the folder of originals that no row knows."""
        known = {d for (d,) in connection.execute("SELECT digest FROM original")}
        files = [path for path in (self._folder / ORIGINALS).rglob("*") if path.is_file()]
        spare = [path for path in files if path.name not in known and PART not in path.name]
        if spare:
            self._find(
                Fault.SPARE,
                QT_TRANSLATE_NOOP(
                    "errors",
                    "{count} files in the folder of originals belong to no article ({size}). "
                    "They do no harm.",
                ),
                count=len(spare),
                size=megabytes(sum(path.stat().st_size for path in spare)),
            )

    def _index(self, connection: sqlite3.Connection) -> None:
        """Search for each row by its first words, and count the entries that belong to no row."""
        for table, probe in _PROBES.items():
            total = _count(connection, table)
            there = _tables(connection, table)
            lost = done = last = 0
            while rows := connection.execute(probe, (last, BATCH)).fetchall():
                self._progress.step(done, total, _INDEX)
                self._progress.check()
                lost += sum(
                    not _is_found(connection, there, table, row, text) for row, text in rows
                )
                done, last = done + len(rows), rows[-1][0]
            extra = sum(_count_extra(connection, table, name) for name in there)
            if lost or extra:
                self._find(
                    Fault.INDEX,
                    QT_TRANSLATE_NOOP(
                        "errors",
                        "The search index of “{table}” does not fit: {lost} of {total} are not found "
                        "by their own words, {extra} entries belong to nothing.",
                    ),
                    table=table,
                    lost=lost,
                    total=total,
                    extra=extra,
                )

    def _lookups(self, connection: sqlite3.Connection) -> None:
        """Compare tags and collections with the rows that look them up."""
        for field, query, key in (("tags", _TAGGED, tag_key), ("collections", _COLLECTED, str)):
            there = set(connection.execute(query))
            wanted = {
                (row, key(name))
                for row, names in connection.execute(
                    f"SELECT id, {field} FROM article WHERE {field} != '[]'"  # noqa: S608 (our names)
                )
                for name in json.loads(names)
            }
            if wrong := there ^ wanted:
                self._find(
                    Fault.INDEX,
                    QT_TRANSLATE_NOOP(
                        "errors", "{count} {field} of articles are looked up wrongly."
                    ),
                    count=len(wrong),
                    field=field,
                )

    def _journal(self, connection: sqlite3.Connection) -> None:
        """Compare each field with what was written to it last."""
        self._progress.step(0, 0, _JOURNAL)
        (self._changes,) = connection.execute("SELECT count(*) FROM change").fetchone()
        (behind,) = connection.execute(
            "SELECT count(*) FROM change WHERE seq > "
            "(SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'change')"
        ).fetchone()
        wrong = 0
        with _engine_on(connection) as engine:
            for entity in MAPPINGS:
                self._progress.check()
                wrong += _count_unlike(engine, entity)
        if wrong or behind:
            self._find(
                Fault.JOURNAL,
                QT_TRANSLATE_NOOP(
                    "errors", "{count} fields are not what the journal says was written last."
                ),
                count=wrong + behind,
            )

    def _find(self, fault: Fault, template: str, **values: object) -> None:
        named = tuple((name, str(value)) for name, value in values.items())
        self._findings.append(Finding(fault, Remark(template, named)))


@contextmanager
def _state(connection: sqlite3.Connection) -> Iterator[None]:
    """Read one state of a library while others write; without a log it would hold them up."""
    (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
    if journal != "wal":
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _count(connection: sqlite3.Connection, table: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 (our tables)
    return int(count)


def _tables(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """Return the search tables of a kind."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND (name GLOB ? OR name = ?)",
        (PARTS if table == "article" else "", f"{table}_fts"),
    )
    return tuple(name for (name,) in found)


def _count_extra(connection: sqlite3.Connection, table: str, name: str) -> int:
    (extra,) = connection.execute(
        f"SELECT count(*) FROM {name}_docsize WHERE id NOT IN (SELECT id FROM {table})"  # noqa: S608 (our tables)
    ).fetchone()
    return int(extra)


def _is_found(
    connection: sqlite3.Connection, there: tuple[str, ...], table: str, row: int, text: str
) -> bool:
    name = table_of(Entity(table), row)
    if name not in there:
        return False
    words = [word for word in searchable(text).split() if any(mark.isalnum() for mark in word)][:3]
    query = " ".join('"' + word.replace('"', '""') + '"' for word in words)
    if not query:
        return (
            connection.execute(f"SELECT 1 FROM {name}_docsize WHERE id = ?", (row,)).fetchone()  # noqa: S608 (our tables)
            is not None
        )
    found = connection.execute(
        f"SELECT 1 FROM {name} WHERE {name} MATCH ? AND rowid = ?",  # noqa: S608 (our tables)
        (query, row),
    ).fetchone()
    return found is not None


@contextmanager
def _engine_on(connection: sqlite3.Connection) -> Iterator[Any]:
    """Read records on a connection that is there already."""
    connection.text_factory = str
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    with engine.connect() as reading:
        yield reading


def _count_unlike(connection: Any, entity: Entity) -> int:  # noqa: ANN401 (a connection of SQLAlchemy)
    """Return how many fields of a kind of row differ from the newest change of them."""
    query = (
        "SELECT uid, field, new, max(seq) FROM change "
        "WHERE entity = ? AND op = 'set' GROUP BY uid, field"
    )
    last: dict[str, dict[str, Any]] = {}
    for uid, field, new, _seq in connection.exec_driver_sql(query, (entity.value,)):
        if field != EVIDENCE:
            last.setdefault(uid, {})[field] = _value(new)
    gone = dict(
        connection.exec_driver_sql(
            "SELECT uid, op FROM (SELECT uid, op, max(seq) FROM change "
            "WHERE entity = ? AND op IN ('create', 'trash', 'restore') GROUP BY uid)",
            (entity.value,),
        ).all()
    )
    unlike = 0
    for row in connection.execute(select_of(entity)).mappings():
        fields = fields_of(entity, row)
        wanted = last.get(row["uid"], {})
        unlike += sum(fields[field] != value for field, value in wanted.items())
        if (op := gone.get(row["uid"])) is not None:
            unlike += (op == "trash") != (row["deleted_at"] is not None)
    return unlike


def _value(stored: str | int | None) -> Any:  # noqa: ANN401 (any JSON)
    """Return a value of the journal: SQLite keeps a number as one, not as JSON."""
    return json.loads(stored) if isinstance(stored, str) else stored
