"""Look a library through: the file, its rows, every text and original, the index, the journal.

Nothing is written. What cannot be read any more is a finding, and the look goes on behind it.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

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
from briefing_app.storage.lastwords import count_unlike
from briefing_app.storage.mapping import MAPPINGS
from briefing_app.storage.rows import records_on, unreadable
from briefing_app.storage.sketches import count_wrong

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
    except (Unsound, UnicodeDecodeError) as error:
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
            (self._sketches, True),
            (self._journal, True),
        ):
            self._progress.check()
            try:
                connection.text_factory = _decode
                with (
                    interruptible(connection, self._progress),
                    _state(connection) if of_one_state else nullcontext(),
                ):
                    part(connection)
            except (sqlite3.DatabaseError, DBAPIError) as error:
                cause = error.orig if isinstance(error, DBAPIError) else error
                self.damaged(cause)
            except ValueError as error:  # mostly a row that cannot be read, which was found already
                if not self._findings:
                    self.damaged(error)

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
                    "errors",
                    "Rows of “{table}” that belong to a “{parent}” that is not there: {count}.",
                ),
                count=count,
                table=table,
                parent=parent,
            )
        unread: dict[str, int] = {}
        for table, _row in unreadable(connection, self._progress):
            unread[table] = unread.get(table, 0) + 1
        for table, count in unread.items():
            self._find(
                Fault.ROW,
                QT_TRANSLATE_NOOP(
                    "errors", "Rows of “{table}” that cannot be read any more: {count}."
                ),
                count=count,
                table=table,
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
                    "Files in the folder of originals that belong to no article: {count} ({size}). "
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
                    f"SELECT id, {field} FROM article WHERE {field} != '[]' AND json_valid({field})"  # noqa: S608 (our names)
                )
                for name in json.loads(names)
            }
            if wrong := there ^ wanted:
                self._find(
                    Fault.INDEX,
                    QT_TRANSLATE_NOOP(
                        "errors",
                        "Wrong entries where the {field} of articles are looked up: {count}.",
                    ),
                    count=len(wrong),
                    field=field,
                )

    def _sketches(self, connection: sqlite3.Connection) -> None:
        """Compare what is known of texts, to find those that are alike, with the texts."""
        if wrong := count_wrong(connection, self._progress):
            self._find(
                Fault.INDEX,
                QT_TRANSLATE_NOOP(
                    "errors", "Texts whose like are looked up by something wrong: {count}."
                ),
                count=wrong,
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
        with records_on(connection) as reading:
            for entity, mapping in MAPPINGS.items():
                self._progress.check()
                unlike, senseless = count_unlike(reading, entity)
                wrong += unlike
                if senseless:
                    self._find(
                        Fault.ROW,
                        QT_TRANSLATE_NOOP(
                            "errors", "Rows of “{table}” whose values make no sense: {count}."
                        ),
                        table=mapping.table.name,
                        count=senseless,
                    )
        if wrong or behind:
            self._find(
                Fault.JOURNAL,
                QT_TRANSLATE_NOOP(
                    "errors", "Fields that are not what the journal says was written last: {count}."
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


def _decode(data: bytes) -> str:
    """Return a text that may be damaged; what is no UTF-8 is no reason to stop looking."""
    return data.decode("utf-8", "replace")


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
    plain = searchable(text.replace("\0", " "))  # the index parts words there, too
    words = [word for word in plain.split() if any(mark.isalnum() for mark in word)][:3]
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
