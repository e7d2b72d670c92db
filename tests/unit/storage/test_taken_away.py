"""The folder of an open library is taken away: nothing is lost, and nothing is made in its place."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from briefing_app.app import open_library
from briefing_app.domain.change import Origin
from briefing_app.errors import StorageFailure
from briefing_app.progress import NoProgress
from briefing_app.services.incoming import pasted
from briefing_app.storage.writer import FILE
from tests.disks import small_disk


def titles(services):
    return sorted(row.title for row in services.desk.briefs())


def stored(folder):
    """Return the titles of the briefs that another process finds."""
    services = open_library(folder, Origin.COMMAND, make=False)
    try:
        return titles(services)
    finally:
        services.close()


@pytest.fixture
def open_brief(services):
    services.desk.new_brief("Before")
    services.history.flush()
    return services


def test_an_edit_waits_until_a_renamed_folder_is_back(folder, open_brief):
    away = folder.with_name("Away.briefinglib")
    folder.rename(away)
    open_brief.desk.new_brief("Meanwhile")
    with pytest.raises(StorageFailure, match="no longer at") as told:
        open_brief.history.flush()
    assert "Put it back" in told.value.next_step
    assert (open_brief.history.pending, open_brief.history.stalled) == (1, True)
    assert titles(open_brief) == ["Before", "Meanwhile"]
    assert not folder.exists()  # no lock, no second library
    away.rename(folder)
    open_brief.history.retry()
    open_brief.history.flush()
    assert stored(folder) == ["Before", "Meanwhile"]


def test_that_it_is_gone_is_noticed_without_an_edit(folder, open_brief):
    away = folder.with_name("Away.briefinglib")
    open_brief.history.look()
    folder.rename(away)
    with pytest.raises(StorageFailure, match="no longer at"):
        open_brief.history.look()
    assert not folder.exists()
    away.rename(folder)
    open_brief.history.look()
    assert titles(open_brief) == ["Before"]


def test_an_import_ends_in_a_sentence_and_makes_no_folder(folder, open_brief):
    folder.rename(folder.with_name("Away.briefinglib"))
    one = pasted(b"Title\n\nText." + b" word" * 300_000, "text/plain", "")
    with pytest.raises(StorageFailure):
        open_brief.importing.bring_in((one,), NoProgress())
    assert not folder.exists()
    folder.with_name("Away.briefinglib").rename(folder)


def test_a_copy_that_is_put_in_its_place_is_gone_on_with(folder, open_brief):
    """As when a folder is moved to another disk and back: the same library in another file."""
    copy = folder.with_name("Copy.briefinglib")
    shutil.copytree(folder, copy)  # with its log: the last commits stand in it
    assert (copy / f"{FILE}-wal").stat().st_size > 0
    shutil.rmtree(folder)
    open_brief.desk.new_brief("Meanwhile")
    with pytest.raises(StorageFailure, match="no longer at"):
        open_brief.history.flush()
    shutil.copytree(copy, folder)
    assert open_brief.history.pending == 1
    open_brief.history.retry()
    open_brief.history.flush()
    open_brief.history.look()
    open_brief.desk.new_brief("After")
    open_brief.close()
    assert stored(folder) == ["After", "Before", "Meanwhile"]
    with closing(sqlite3.connect(folder / FILE)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_is_read_after_the_exchange_is_what_lies_there_now(folder, open_brief):
    copy = folder.with_name("Copy.briefinglib")
    open_brief.history.look()
    shutil.copytree(folder, copy)
    other = open_library(copy, Origin.COMMAND)
    other.desk.new_brief("In the copy")
    other.close()
    shutil.rmtree(folder)
    copy.rename(folder)
    assert open_brief.history.look()
    assert titles(open_brief) == ["Before", "In the copy"]


def test_another_library_in_its_place_is_left_alone(folder, open_brief):
    away = folder.with_name("Away.briefinglib")
    folder.rename(away)
    stranger = open_library(folder, Origin.COMMAND)
    stranger.desk.new_brief("A stranger's")
    stranger.close()
    open_brief.desk.new_brief("Meanwhile")
    with pytest.raises(StorageFailure, match="Another library lies now at"):
        open_brief.history.flush()
    assert stored(folder) == ["A stranger's"]
    shutil.rmtree(folder)
    away.rename(folder)
    open_brief.history.retry()
    open_brief.history.flush()
    assert stored(folder) == ["Before", "Meanwhile"]


def test_a_disk_that_is_unmounted_and_mounted_again_is_gone_on_with(tmp_path):
    with small_disk(tmp_path, megabytes=16) as disk:
        folder = disk / "News.briefinglib"
        services = open_library(folder, Origin.WINDOW)
        services.desk.new_brief("Before")
        services.history.flush()
        services.history.look()
        keep = tmp_path / "keep"
        shutil.copytree(folder, keep)
        subprocess.run(["umount", "-l", disk], check=True)
        services.desk.new_brief("Meanwhile")
        with pytest.raises(StorageFailure, match="no longer at"):
            services.history.flush()
        with pytest.raises(StorageFailure, match="no longer at"):
            services.history.look()
        assert list(disk.iterdir()) == []
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk], check=True)
        shutil.copytree(keep, folder)
        services.history.retry()
        services.history.flush()
        services.close()
        assert stored(folder) == ["Before", "Meanwhile"]


def test_closing_while_it_is_gone_says_what_is_lost_and_makes_nothing(folder, open_brief):
    folder.rename(folder.with_name("Away.briefinglib"))
    open_brief.desk.new_brief("Meanwhile")
    with pytest.raises(StorageFailure, match="no longer at"):
        open_brief.close()
    assert not folder.exists()


def test_a_clock_that_is_set_back_changes_neither_order_nor_undo(tmp_path, monkeypatch):
    import time

    folder = tmp_path / "Clock.briefinglib"
    services = open_library(folder, Origin.WINDOW)
    services.desk.new_brief("First")
    services.history.flush()
    past = time.time_ns() - 400 * 24 * 3600 * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: past)
    services.desk.new_brief("Second")
    services.history.flush()
    services.close()
    again = open_library(folder, Origin.WINDOW)
    assert [row.title for row in again.desk.briefs()] == ["Second", "First"]
    assert again.history.next_undo[1] == "Second"
    again.history.undo()
    again.history.flush()
    assert titles(again) == ["First"]
    again.close()
