"""An upgrade leaves the old library or the new one, never a third, and a backup of the old one."""

from __future__ import annotations

import gzip
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from briefing_app.app import open_library
from briefing_app.domain.backup import Reason
from briefing_app.domain.change import Origin
from briefing_app.errors import StorageFailure
from briefing_app.services.articles import ArticleQuery
from briefing_app.storage import schema
from briefing_app.storage.backup import backups
from briefing_app.storage.writer import FILE
from tests.disks import small_disk

CHECKOUT = Path(__file__).resolve().parents[3]
OLDEST = Path(__file__).parent / "released" / "0001.sqlite3.gz"

KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from briefing_app.app import open_library
from briefing_app.domain.change import Origin

left = int(sys.argv[2]) if sys.argv[2].isdecimal() else 0

@event.listens_for(Engine, "before_cursor_execute")
def count(connection, cursor, statement, parameters, context, executemany):
    global left
    if connection.connection.driver_connection.in_transaction:
        left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

@event.listens_for(Engine, "commit")
def last(connection):
    if sys.argv[2] == "at commit" and upgraded(connection):
        os.kill(os.getpid(), signal.SIGKILL)

def upgraded(connection):
    cursor = connection.connection.cursor()
    return cursor.execute("SELECT version_num FROM alembic_version").fetchone() != ("0001",)

open_library(Path(sys.argv[1]), Origin.COMMAND).close()
"""


@pytest.fixture
def old(folder):
    folder.mkdir()
    (folder / FILE).write_bytes(gzip.decompress(OLDEST.read_bytes()))
    return folder


def _revision(folder):
    with closing(sqlite3.connect(folder / FILE)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        return raw.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def _tables(folder):
    with closing(sqlite3.connect(folder / FILE)) as raw:
        return raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def _opens_with_all_that_was_in_it(folder):
    services = open_library(folder, Origin.COMMAND)
    try:
        (row,) = services.articles.page(ArticleQuery("all"))
        assert (row.title, row.annotated) == ("Harbour opens its second quay", 2)
        assert [hit.id for hit in services.searching.find("причал") if hit.kind == "article"]
    finally:
        services.close()


def test_a_backup_of_the_old_library_is_made_first(old):
    open_library(old, Origin.COMMAND).close()
    (made,) = backups(old / "backups")
    assert made.reason is Reason.UPGRADE
    assert made.readable
    with closing(sqlite3.connect(made.path)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_a_new_library_and_one_that_is_up_to_date_need_none(folder):
    open_library(folder, Origin.COMMAND).close()
    open_library(folder, Origin.COMMAND).close()
    assert not (folder / "backups").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing is killed so on this system")
@pytest.mark.parametrize("statement", [3, 8, 15, 22, 30, "at commit"])
def test_a_kill_in_the_middle_leaves_the_old_library_or_the_new_one(old, statement):
    before = _tables(old)
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(old), str(statement)],
        cwd=CHECKOUT,
        check=False,
        stderr=subprocess.PIPE,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr.decode()
    assert _revision(old) in ("0001", schema.REVISION)
    assert _revision(old) == schema.REVISION or _tables(old) == before
    _opens_with_all_that_was_in_it(old)
    assert _revision(old) == schema.REVISION


def test_an_upgrade_that_fails_half_way_leaves_the_old_library_and_says_so(old):
    with closing(sqlite3.connect(old / FILE)) as raw:
        raw.execute("CREATE TABLE collection (in_the_way)")  # the upgrade makes one of this name
        raw.commit()
    before = _tables(old)
    with pytest.raises(StorageFailure, match="could not be brought up to date") as told:
        open_library(old, Origin.COMMAND)
    assert "left as it was" in told.value.next_step
    assert "collection" in str(told.value)
    assert _tables(old) == before
    assert _revision(old) == "0001"
    assert len(backups(old / "backups")) == 1


def test_a_library_that_cannot_be_backed_up_is_not_upgraded(tmp_path, old):
    with small_disk(tmp_path, megabytes=4) as disk:
        room = disk / "Full.briefinglib"
        room.mkdir()
        (room / FILE).write_bytes((old / FILE).read_bytes())
        with pytest.raises(StorageFailure, match="There is no room for a backup"):
            open_library(room, Origin.COMMAND)
        assert _revision(room) == "0001"


def test_a_newer_library_is_refused_before_anything_is_written(old):
    with closing(sqlite3.connect(old / FILE)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    with pytest.raises(StorageFailure, match="newer version"):
        open_library(old, Origin.COMMAND)
    assert not (old / "backups").exists()
    assert [path.name for path in old.iterdir() if path.suffix == ".part"] == []
