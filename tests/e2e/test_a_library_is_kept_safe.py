"""Backup, restore, check and repair, as commands."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest


@pytest.fixture
def worked_in(briefing, seed):
    """Return the home of a library with a brief."""
    briefing.json("import", seed)
    return briefing


def _backups(briefing):
    return sorted(path.name for path in (briefing.library / "backups").glob("*.sqlite3"))


def _briefs(briefing):
    return [row["title"] for row in briefing.json("briefs").lines]


def test_a_backup_is_made_listed_and_restored(worked_in):
    made = worked_in.json("backup").one
    assert (made["reason"], made["stories"], made["briefs"]) == ("asked", 1, 1)
    before = _briefs(worked_in)
    worked_in.json("brief", "new", "Written after the backup")
    listed = worked_in.json("backup", "--list").lines
    assert made in listed

    shown = worked_in.json("restore", "newest", "--preview").one
    assert (shown["path"], shown["restored"], shown["briefs"]) == (made["path"], False, 1)
    assert len(_briefs(worked_in)) == 2
    done = worked_in.json("restore", "newest").one
    assert done["restored"]
    assert _briefs(worked_in) == before

    kept = done["kept_aside"]
    worked_in.json("restore", kept)
    assert len(_briefs(worked_in)) == 2


def test_a_reader_sees_when_it_is_of_and_what_it_holds(worked_in):
    worked_in("--library", worked_in.library, "backup")
    told = worked_in("--library", worked_in.library, "restore", "newest", "--preview").out
    assert "0 articles, 0 highlights, 1 story, 1 brief" in told
    assert "UTC" in told


def test_a_library_is_restored_from_a_second_place_alone(worked_in, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    copied = worked_in.json("backup", "--to", stick)
    assert "on the same disk" in copied.err
    before = _briefs(worked_in)
    shutil.rmtree(worked_in.library)
    done = worked_in.json("restore", "newest", "--from", stick).one
    assert (done["restored"], done["kept_aside"], done["missing_originals"]) == (True, None, [])
    assert _briefs(worked_in) == before


def test_a_stick_that_is_not_there_is_told(worked_in, tmp_path):
    told = worked_in("--library", worked_in.library, "backup", "--to", tmp_path / "gone", code=1)
    assert "is not there" in told.err
    assert "Plug in" in told.err


def test_a_backup_that_is_not_there_is_told(worked_in):
    told = worked_in("--library", worked_in.library, "restore", "yesterday", code=1)
    assert "There is no backup “yesterday”." in told.err


def test_the_first_command_of_the_day_that_writes_backs_up_and_the_others_do_not(briefing, seed):
    briefing.json("briefs")
    assert _backups(briefing) == []
    briefing.json("import", seed)
    (daily,) = _backups(briefing)
    assert daily.endswith("-daily.sqlite3")
    briefing.json("brief", "new", "Another")
    assert _backups(briefing) == [daily]
    old = briefing.library / "backups" / "2020-01-01T00-00-00Z-daily.sqlite3"
    (briefing.library / "backups" / daily).rename(old)
    briefing.json("briefs")
    assert _backups(briefing) == [old.name]
    briefing.json("brief", "new", "A third")
    assert len(_backups(briefing)) == 2


def test_a_daily_backup_that_fails_is_a_warning_and_the_command_is_done(briefing, seed):
    briefing.json("briefs")
    (briefing.library / "backups").write_text("in the way")
    done = briefing.json("import", seed)
    assert "Warning: The daily backup could not be made." in done.err
    assert len(_briefs(briefing)) == 1


def test_a_sound_library_is_called_so(worked_in):
    report = worked_in.json("check").one
    assert report["sound"]
    assert report["changes"] > 0
    assert "The library is sound" in worked_in("--library", worked_in.library, "check").out


def test_what_is_wrong_is_named_and_repaired(worked_in):
    with closing(sqlite3.connect(worked_in.library / "library.sqlite3")) as raw:
        raw.execute("INSERT INTO statement_fts (statement_fts) VALUES ('delete-all')")
        raw.commit()
    found = worked_in.json("check", code=1)
    finding, report = found.lines
    assert finding["fault"] == "index"
    assert not report["sound"]
    assert "briefing-app repair" in found.err
    done = worked_in.json("repair").one
    assert done["indexed"] > 0
    assert done["recovered_from"] is None
    assert worked_in.json("check").one["sound"]


def test_a_damaged_file_is_recovered_and_what_is_lost_is_told(worked_in):
    worked_in.json("brief", "new", "Written after the backup of the day")
    (worked_in.library / "library.sqlite3").write_bytes(b"\0" * 50_000)
    refused = worked_in("--library", worked_in.library, "briefs", code=1)
    assert "repair" in refused.err or "backup" in refused.err
    told = worked_in("--library", worked_in.library, "repair").out
    assert "is in its place" in told
    assert "All edits since" in told
    assert "The damaged file is kept in" in told
    assert len(_briefs(worked_in)) == 1


@pytest.mark.skipif(os.name != "posix", reason="a process is interrupted otherwise here")
def test_ctrl_c_stops_a_backup_and_leaves_nothing_behind(worked_in):
    with closing(sqlite3.connect(worked_in.library / "library.sqlite3")) as raw:
        raw.execute("CREATE TABLE ballast (stuff)")
        for _ in range(30):
            raw.execute("INSERT INTO ballast VALUES (randomblob(5000000))")
        raw.commit()
    before = _backups(worked_in)
    with subprocess.Popen(
        worked_in.argv("--library", worked_in.library, "backup"),
        cwd=worked_in.home,
        env=worked_in.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        place = worked_in.library / "backups"
        deadline = time.monotonic() + 60
        while not list(place.glob("*.part")) and time.monotonic() < deadline:
            time.sleep(0.005)
        run.send_signal(signal.SIGINT)
        assert run.wait(60) == 130
        assert b"Traceback" not in run.stderr.read()
    assert _backups(worked_in) == before
    assert not list(place.glob("*.part*"))


def test_what_is_printed_for_programs_is_json(worked_in):
    for command in (("backup",), ("backup", "--list"), ("check",), ("repair",)):
        for line in worked_in.json(*command).out.splitlines():
            assert isinstance(json.loads(line), dict)


def test_a_library_that_a_window_shows_is_neither_restored_nor_repaired(worked_in):
    worked_in.json("backup")
    lock = worked_in.library / "window.lock"
    with subprocess.Popen(
        worked_in.argv("--library", worked_in.library),
        cwd=worked_in.home,
        env={**worked_in.environment(), "QT_QPA_PLATFORM": "offscreen"},
    ) as window:
        try:
            deadline = time.monotonic() + 60
            while not lock.exists() and time.monotonic() < deadline:
                time.sleep(0.05)
            for command in (("restore", "newest"), ("repair",)):
                told = worked_in("--library", worked_in.library, *command, code=1)
                assert "is open in a window" in told.err
            worked_in.json("backup")  # which the window does not mind
            assert worked_in.json("check").one["sound"]
        finally:
            window.terminate()
            window.wait(60)
    worked_in.json("restore", "newest")
