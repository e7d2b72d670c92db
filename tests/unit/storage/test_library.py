"""The folder of a library: made, opened, refused."""

from __future__ import annotations

import itertools
import os
import sqlite3
import stat
import threading
from contextlib import closing

import pytest

from briefing_app.app import open_library
from briefing_app.domain.change import Origin
from briefing_app.domain.statement import Kind, Part
from briefing_app.domain.storytext import Row, StoryText
from briefing_app.errors import StorageFailure
from briefing_app.storage import schema
from briefing_app.storage.library import Library
from briefing_app.storage.locks import WindowLock, write_lock
from briefing_app.storage.migrate import upgrade
from briefing_app.storage.writer import FILE

POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")


@pytest.fixture
def open_it(folder):
    counter = itertools.count()
    libraries = []

    def opened(**options):
        options.setdefault("migrations", lambda: upgrade)
        library = Library.open(
            folder, new_id=lambda: f"id-{next(counter)}", now=lambda: 1000, **options
        )
        libraries.append(library)
        return library

    yield opened
    for library in libraries:
        library.close()


def _made(folder):
    """Make a library, close it, and return a plain connection to its file."""
    open_library(folder, Origin.COMMAND).close()
    return sqlite3.connect(folder / FILE)


@POSIX
def test_a_new_library_is_for_its_owner_only(folder, open_it):
    open_it()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()
    } == dict.fromkeys((FILE, f"{FILE}-wal", f"{FILE}-shm", "write.lock"), 384)


def test_a_closed_library_is_one_file_how_far_it_got_and_its_lock(folder, services):
    services.desk.new_brief("Brief")
    services.close()
    assert {path.name for path in folder.iterdir()} == {FILE, "newest", "write.lock"}
    services.close()  # once more does no harm


def test_a_library_in_a_folder_that_does_not_exist_yet_is_made(tmp_path):
    folder = tmp_path / "a" / "b" / "c.briefinglib"
    open_library(folder, Origin.COMMAND).close()
    assert (folder / FILE).exists()


def test_a_library_keeps_its_identity(open_it):
    first = open_it()
    uid = first.uid
    first.close()
    assert open_it().uid == uid == "id-0"


def test_the_file_says_whose_it_is_and_is_safe_to_lose_power_with(folder, open_it):
    library = open_it()
    with sqlite3.connect(folder / FILE) as plain:
        assert plain.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
        assert plain.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    plain.close()
    with library.read() as connection:
        for pragma, value in (("foreign_keys", 1), ("trusted_schema", 0), ("synchronous", 2)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_reader_cannot_write(open_it):
    library = open_it()
    with pytest.raises(StorageFailure, match="may not be written"), library.read() as connection:
        connection.exec_driver_sql("DELETE FROM library")


def test_what_is_read_together_is_of_one_state(open_it, services):
    library = open_it()
    count = "SELECT count(*) FROM brief"
    with library.read() as connection:
        assert connection.exec_driver_sql(count).scalar() == 0
        services.desk.new_brief("Brief")
        services.history.flush()
        assert connection.exec_driver_sql(count).scalar() == 0
    with library.read() as connection:
        assert connection.exec_driver_sql(count).scalar() == 1


def test_a_folder_with_other_things_is_refused_and_left_alone(folder):
    folder.mkdir()
    (folder / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(StorageFailure, match="is not a library"):
        open_library(folder, Origin.COMMAND)
    assert [path.name for path in folder.iterdir()] == ["holiday.jpg"]


def test_a_file_in_the_place_of_the_folder_is_refused(folder):
    folder.write_text("x")
    with pytest.raises(StorageFailure, match=r"Test\.briefinglib"):
        open_library(folder, Origin.COMMAND)


def test_a_database_of_another_program_is_refused_and_left_alone(folder):
    folder.mkdir()
    with sqlite3.connect(folder / FILE) as plain:
        plain.execute("CREATE TABLE recipes (name)")
    plain.close()
    before = (folder / FILE).read_bytes()
    with pytest.raises(StorageFailure, match="is not a library"):
        open_library(folder, Origin.COMMAND)
    with sqlite3.connect(folder / FILE) as plain:
        tables = plain.execute("SELECT name FROM sqlite_master").fetchall()
    plain.close()
    assert tables == [("recipes",)]
    assert before[:16] == (folder / FILE).read_bytes()[:16]


def test_a_file_that_is_no_database_is_called_damaged(folder):
    folder.mkdir()
    (folder / FILE).write_bytes(b"not a database, " * 500)
    with pytest.raises(StorageFailure, match="is damaged") as caught:
        open_library(folder, Origin.COMMAND)
    assert "backup" in caught.value.next_step


def test_a_file_that_was_cut_short_is_called_damaged(folder):
    _made(folder).close()
    whole = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(whole[: len(whole) // 3])
    with pytest.raises(StorageFailure, match="is damaged"):
        open_library(folder, Origin.COMMAND)


def test_a_library_of_another_revision_is_handed_to_the_migrations(folder, open_it):
    with _made(folder) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '0000'")
    plain.close()
    handed = []

    def migrate(connection, at):
        handed.append(at)
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")

    open_it(migrations=lambda: migrate)
    assert handed == [folder]


def test_a_migration_that_fails_half_way_leaves_the_file_as_it_was(folder, open_it):
    with _made(folder) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '0000'")
    plain.close()

    def migrate(connection, _at):
        connection.exec_driver_sql("CREATE TABLE half (way)")
        connection.exec_driver_sql("CREATE TABLE half (way)")

    with pytest.raises(StorageFailure):
        open_it(migrations=lambda: migrate)
    with sqlite3.connect(folder / FILE) as plain:
        names = [row[0] for row in plain.execute("SELECT name FROM sqlite_master")]
    plain.close()
    assert "half" not in names


def test_one_window_at_a_time_has_the_library(tmp_path):
    first, second = WindowLock(tmp_path), WindowLock(tmp_path)
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_a_library_that_another_program_writes_to_is_not_opened_without_its_turn(folder, open_it):
    open_it().close()
    with write_lock(folder), pytest.raises(StorageFailure, match="Another program is writing"):
        open_it(patience=0.05)
    open_it(patience=0.05)


def test_a_library_that_cannot_be_opened_to_the_end_is_let_go(folder, open_again):
    open_again().close()
    with closing(sqlite3.connect(folder / "library.sqlite3")) as raw:
        raw.execute("ALTER TABLE change RENAME TO somewhere_else")
    with pytest.raises(StorageFailure):
        open_library(folder, Origin.WINDOW)
    assert not any(thread.name == "library writer" for thread in threading.enumerate())
    assert not (folder / "library.sqlite3-wal").exists()


def test_reading_a_closed_library_is_refused(services):
    services.close()
    with pytest.raises(StorageFailure, match="is closed"):
        services.articles.counts()


def test_more_statements_than_sqlite_takes_values_are_read_together(open_again):
    services = open_again()
    rows = tuple(Row(Part.KEY_POINTS, Kind.ITEM, f"Point {number}.") for number in range(1200))
    brief = services.desk.add_stories(None, (StoryText("Long", None, rows),))
    services.history.flush()
    again = open_again()
    again.desk.briefs()
    with again.history.held._stored._read() as connection:
        raw = connection.connection.driver_connection
        raw.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)
    assert len(again.desk.story(brief.stories[0]).statements) == 1200
