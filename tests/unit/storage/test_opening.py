"""Who may bring an older library up to date, and what is left in its folder."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from briefing_app.app import open_library
from briefing_app.domain.change import Origin
from briefing_app.errors import StorageFailure
from briefing_app.storage import schema
from briefing_app.storage.connection import PAGE
from briefing_app.storage.locks import WindowLock
from briefing_app.storage.writer import FILE

OLDEST = min((Path(__file__).parent / "released").glob("*.sqlite3.gz"))


@pytest.fixture
def older(folder):
    folder.mkdir()
    (folder / FILE).write_bytes(gzip.decompress(OLDEST.read_bytes()))


def revision(folder):
    with closing(sqlite3.connect(folder / FILE)) as plain:
        return plain.execute("SELECT version_num FROM alembic_version").fetchone()[0]


@pytest.mark.usefixtures("older")
def test_a_command_does_not_bring_a_library_up_to_date_that_a_window_shows(folder):
    window = WindowLock(folder)
    assert window.take()
    before = (folder / FILE).read_bytes()
    with pytest.raises(StorageFailure, match="is open in a window") as told:
        open_library(folder, Origin.COMMAND)
    assert "Close that window" in told.value.next_step
    assert (folder / FILE).read_bytes() == before
    window.release()
    open_library(folder, Origin.COMMAND).close()
    assert revision(folder) == schema.REVISION


@pytest.mark.usefixtures("older")
def test_the_window_that_has_the_library_brings_it_up_to_date(folder):
    window = WindowLock(folder)
    assert window.take()
    open_library(folder, Origin.WINDOW).close()
    assert revision(folder) == schema.REVISION
    window.release()


@pytest.mark.usefixtures("older")
def test_no_lock_is_left_that_a_window_would_take_for_another(folder):
    open_library(folder, Origin.COMMAND).close()
    assert not (folder / "window.lock").exists()


def test_what_another_process_has_just_begun_to_make_is_no_other_thing(folder):
    folder.mkdir()
    (folder / "write.lock").write_bytes(b"")
    (folder / f"{FILE}-journal").write_bytes(b"")
    open_library(folder, Origin.COMMAND).close()
    assert revision(folder) == schema.REVISION


@pytest.mark.parametrize("make", [True, False])
def test_a_file_in_the_place_of_the_folder_is_no_library(folder, make):
    folder.write_text("x")
    with pytest.raises(StorageFailure, match="is not a library") as told:
        open_library(folder, Origin.COMMAND, make=make)
    assert ".briefinglib" in told.value.next_step
    assert folder.read_text() == "x"


def test_an_empty_folder_is_made_a_library_only_if_one_is_asked_for(folder):
    folder.mkdir()
    with pytest.raises(StorageFailure, match="is not a library"):
        open_library(folder, Origin.WINDOW, make=False)
    assert list(folder.iterdir()) == []
    open_library(folder, Origin.WINDOW).close()
    assert (folder / FILE).exists()


def test_a_library_that_is_gone_is_not_made_again(folder):
    with pytest.raises(StorageFailure, match="There is no library at") as told:
        open_library(folder, Origin.WINDOW, make=False)
    assert "moved or renamed" in told.value.next_step
    assert not folder.exists()


def test_a_new_library_has_small_pages_and_an_older_one_keeps_its_own(folder):
    """A packed text leaves less of a small page unused."""
    open_library(folder, Origin.WINDOW).close()
    older = folder.with_name("Older.briefinglib")
    older.mkdir()
    (older / FILE).write_bytes(gzip.decompress(OLDEST.read_bytes()))
    open_library(older, Origin.WINDOW).close()
    sizes = []
    for one in (folder, older):
        with closing(sqlite3.connect(one / FILE)) as plain:
            sizes.append(plain.execute("PRAGMA page_size").fetchone()[0])
    assert sizes == [PAGE, 4096]
