"""Whether the files of a library are sound, asked of SQLite and of the tables themselves."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass

from sqlalchemy import select

from briefing_app.domain.record import Entity
from briefing_app.storage import index, originals, schema
from briefing_app.storage.connection import reading_engine
from briefing_app.storage.mapping import MAPPINGS
from briefing_app.storage.records import read_records
from briefing_app.storage.schema import BODY, CHANGE, ORIGINAL, VERSION
from briefing_app.storage.writer import FILE


@dataclass(frozen=True)
class Stored:
    """All that is on disk: records with the trash, versions, originals, the newest change."""

    records: dict
    versions: set
    originals: set
    seq: int


@contextmanager
def reading(folder):
    """Lend a connection to the file of an open library, to look past its services."""
    engine = reading_engine(folder / FILE)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def stored_in(folder):
    """Read everything from an open library."""
    records = {}
    with reading(folder) as connection:
        for entity in Entity:
            for trashed in (False, True):
                found = read_records(connection, entity, trashed=trashed)
                records |= {key: [fields, trashed] for key, fields in found.items()}
        versions = set(connection.execute(select(VERSION.c.uid)).scalars())
        originals = set(connection.execute(select(ORIGINAL.c.digest)).scalars())
        seq = max(connection.execute(select(CHANGE.c.seq)).scalars(), default=0)
    return Stored(records, versions, originals, seq)


def check_files(folder):
    """Check the pages and the references of a closed library."""
    with closing(sqlite3.connect(folder / FILE)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []


def check_contents(folder):
    """Check the texts and the originals of an open library against their digests, and its index."""
    with reading(folder) as connection:
        texts = connection.execute(
            select(VERSION.c.text_digest, BODY.c.text).join(BODY, BODY.c.version_id == VERSION.c.id)
        )
        for digest, text in texts:
            assert hashlib.sha256(text.encode()).hexdigest() == digest
        for digest in connection.execute(select(ORIGINAL.c.digest)).scalars().all():
            found = originals.load(connection, folder, digest)
            assert hashlib.sha256(found).hexdigest() == digest
    check_index(folder)


def check_index(folder):
    """Check that the search index of an open library holds the words of its tables and no others."""
    with reading(folder) as connection, closing(sqlite3.connect(":memory:")) as fresh:
        raw = connection.connection.driver_connection
        for statement in schema.search_ddl():
            fresh.execute(statement)
        for entity in (Entity.ARTICLE, Entity.ANNOTATION, Entity.STATEMENT):
            rows = list(index._entries(connection, entity, _uids(connection, entity)))
            columns = ["rowid", *schema.SEARCH_TABLES[f"{entity.value}_fts"].split(",")]
            marks = ", ".join("?" * len(columns))
            name = index.table_of(entity, 1)
            fresh.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", rows)
            held = sorted(
                place for each in index.tables(connection, entity) for place in _places(raw, each)
            )
            assert _places(fresh, name) == held, f"the index of {entity} is not what the tables say"


def _uids(connection, entity):
    return connection.execute(select(MAPPINGS[entity].table.c.uid)).scalars().all()


def _places(connection, name):
    connection.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.v_{name} USING fts5vocab(main, {name}, instance)"
    )
    return sorted(connection.execute(f"SELECT * FROM temp.v_{name}"))
