"""Backups: made beside a library at work, sound, dated, and gone when they are superseded."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from briefing_app.domain.backup import Reason
from briefing_app.errors import Cancelled, StorageFailure
from briefing_app.progress import NoProgress
from briefing_app.storage.backup import back_up, backups, files
from briefing_app.storage.writer import FILE
from tests.disks import small_disk

CHECKOUT = Path(__file__).resolve().parents[3]
POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")


class Steps:
    """Progress that is written down, and Cancel after some steps."""

    def __init__(self, stop_after=None):
        self.steps = []
        self.stop_after = stop_after

    def step(self, done, total, note=""):
        self.steps.append((done, total, note))

    def check(self):
        if self.stop_after is not None and len(self.steps) >= self.stop_after:
            raise Cancelled


def _long_articles():
    """Return articles of words that cannot be packed."""
    noise = random.Random(7)
    return [
        (f"Article {number}", " ".join(f"{noise.getrandbits(80):x}" for _ in range(1000)))
        for number in range(60)
    ]


@pytest.fixture
def filled(services, receive):
    """Return a library of some megabytes."""
    receive(*_long_articles())
    services.desk.new_brief("Morning brief")
    services.history.flush()
    return services


def _names(folder):
    return sorted(path.name for path in (folder / "backups").iterdir())


def _brief_titles(file):
    with closing(sqlite3.connect(file)) as raw:
        return [title for (title,) in raw.execute("SELECT title FROM brief ORDER BY id")]


def test_a_backup_says_when_and_why_it_was_made_and_what_it_holds(folder, filled):
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    made = back_up(folder, Reason.ASKED, NoProgress())
    assert before <= made.made_at <= dt.datetime.now(dt.UTC)
    assert made.path.parent == folder / "backups"
    assert made.path.name == f"{made.made_at:%Y-%m-%dT%H-%M-%SZ}-asked.sqlite3"
    assert made.reason is Reason.ASKED
    assert (made.articles, made.highlights, made.stories, made.briefs) == (60, 0, 0, 1)
    assert made.size == made.path.stat().st_size > 1_000_000
    assert backups(folder / "backups") == (made,)


def test_a_backup_is_one_file_that_opens_on_a_read_only_disk(folder, filled):
    made = back_up(folder, Reason.ASKED, NoProgress())
    assert _names(folder) == [made.path.name, "backup.lock"]
    with closing(sqlite3.connect(f"{made.path.as_uri()}?mode=ro", uri=True)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@POSIX
def test_a_backup_is_for_its_owner_only(folder, filled):
    made = back_up(folder, Reason.ASKED, NoProgress())
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700


def test_two_backups_of_one_second_are_two(folder, filled):
    made = [back_up(folder, Reason.ASKED, NoProgress()) for _ in range(3)]
    assert len({one.path for one in made}) == 3
    assert all(one.reason is Reason.ASKED for one in backups(folder / "backups"))


def test_progress_goes_from_nothing_to_all(folder, filled):
    steps = Steps()
    back_up(folder, Reason.ASKED, steps)
    copied = [(done, total) for done, total, note in steps.steps if note == "copying"]
    assert len(copied) > 1
    assert copied == sorted(copied)
    assert copied[-1][0] == copied[-1][1]


@pytest.mark.parametrize("after", [0, 1, 2])
def test_cancel_leaves_nothing_behind(folder, filled, after):
    with pytest.raises(Cancelled):
        back_up(folder, Reason.ASKED, Steps(stop_after=after))
    assert _names(folder) == ["backup.lock"]


def test_cancel_is_heard_while_the_copy_is_read(folder, filled):
    class StopAtTheProof(Steps):
        def check(self):
            if self.steps and self.steps[-1][2] == "looking through the copy":
                raise Cancelled

    with pytest.raises(Cancelled):
        back_up(folder, Reason.ASKED, StopAtTheProof())
    assert _names(folder) == ["backup.lock"]


def test_the_writer_goes_on_meanwhile_and_the_copy_is_of_one_state(folder, filled):
    class Edit(Steps):
        def step(self, done, total, note=""):
            super().step(done, total, note)
            if len(self.steps) == 1:
                filled.desk.new_brief("Written meanwhile")
                filled.history.flush()  # it is stored while the copy is under way

    made = back_up(folder, Reason.ASKED, Edit())
    assert _brief_titles(made.path) == ["Morning brief"]
    again = back_up(folder, Reason.ASKED, NoProgress())
    assert _brief_titles(again.path) == ["Morning brief", "Written meanwhile"]


def test_a_library_that_another_process_writes_to_without_pause_is_backed_up(folder, filled):
    code = """
import sys
from pathlib import Path
from briefing_app.app import open_library
from briefing_app.domain.change import Origin
services = open_library(Path(sys.argv[1]), Origin.COMMAND)
for number in range(100_000):
    services.desk.new_brief(f"Brief {number}")
    services.history.flush()
    print(number, flush=True)
"""
    filled.close()
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], cwd=CHECKOUT, stdout=subprocess.PIPE
    ) as writing:
        try:
            for _ in range(3):
                writing.stdout.readline()
            made = back_up(folder, Reason.ASKED, NoProgress())
            stored = int(writing.stdout.readline())
        finally:
            writing.kill()
    with closing(sqlite3.connect(made.path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert 3 <= made.briefs - 1 <= stored + 1


def test_a_backup_of_a_closed_library_leaves_it_closed(folder, filled):
    filled.close()
    back_up(folder, Reason.ASKED, NoProgress())
    assert {path.name for path in folder.iterdir()} == {FILE, "newest", "write.lock", "backups"}


def test_only_one_process_backs_up_at_a_time(folder, filled):
    other = []

    class BackUpAgain(Steps):
        def step(self, done, total, note=""):
            super().step(done, total, note)
            if not other:
                with pytest.raises(StorageFailure, match="Another backup is being written"):
                    other.append(back_up(folder, Reason.ASKED, NoProgress()))
                other.append("refused")

    back_up(folder, Reason.ASKED, BackUpAgain())
    assert other == ["refused"]
    assert len(files(folder / "backups")) == 1


def test_what_a_killed_process_left_is_cleared_by_the_next(folder, filled):
    code = """
import sys
from pathlib import Path
from briefing_app.domain.backup import Reason
from briefing_app.storage.backup import back_up
class Hang:
    def step(self, done, total, note=""):
        print("under way", flush=True)
        sys.stdin.read()
    def check(self): pass
back_up(Path(sys.argv[1]), Reason.ASKED, Hang())
"""
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as hanging:
        assert hanging.stdout.readline() == b"under way\n"
        hanging.kill()
    assert [name for name in _names(folder) if ".part" in name]
    assert backups(folder / "backups") == ()
    made = back_up(folder, Reason.ASKED, NoProgress())
    assert _names(folder) == [made.path.name, "backup.lock"]


def test_a_damaged_library_is_not_backed_up_and_earlier_backups_stay(folder, filled):
    made = back_up(folder, Reason.DAILY, NoProgress())
    filled.close()
    with (folder / FILE).open("r+b") as file:
        file.seek(200 * 4096)
        file.write(b"\xff" * 4096 * 40)
    with pytest.raises(StorageFailure, match="is damaged, so no backup was made"):
        back_up(folder, Reason.ASKED, NoProgress())
    assert _names(folder) == [made.path.name, "backup.lock"]


def test_superseded_backups_go_and_a_new_one_never_does(folder, filled):
    place = folder / "backups"
    place.mkdir()
    for day in range(1, 29):
        for hour in (6, 18):
            (place / f"2027-02-{day:02}T{hour:02}-00-00Z-daily.sqlite3").touch()
    made = back_up(folder, Reason.ASKED, NoProgress())  # the clock was set back
    names = _names(folder)
    assert made.path.name in names
    assert "2027-02-28T18-00-00Z-daily.sqlite3" in names
    assert "2027-02-03T06-00-00Z-daily.sqlite3" not in names
    assert len(files(place)) < 30


def test_a_file_that_is_no_backup_is_neither_listed_nor_deleted(folder, filled):
    place = folder / "backups"
    place.mkdir()
    (place / "notes.txt").write_text("mine")
    back_up(folder, Reason.ASKED, NoProgress())
    assert "notes.txt" in _names(folder)
    assert len(backups(place)) == 1


def test_a_backup_that_cannot_be_read_is_listed_as_such(folder, filled):
    place = folder / "backups"
    place.mkdir()
    (place / "2026-01-25T04-53-41Z-daily.sqlite3").write_bytes(b"no database" * 1000)
    (only,) = backups(place)
    assert not only.readable
    assert only.made_at == dt.datetime(2026, 1, 25, 4, 53, 41, tzinfo=dt.UTC)


def test_a_full_disk_is_told_and_leaves_no_half_file(tmp_path, services, receive, folder):
    with small_disk(tmp_path, megabytes=22) as disk:
        receive(*_long_articles())
        services.close()
        room = disk / "Full.briefinglib"
        room.mkdir()
        (room / FILE).write_bytes((folder / FILE).read_bytes())
        with pytest.raises(StorageFailure, match="There is no room for a backup") as told:
            back_up(room, Reason.ASKED, NoProgress())
        assert "MB are free" in str(told.value)
        assert _names(room) == ["backup.lock"]


def test_a_disk_that_fills_up_on_the_way_is_told_and_leaves_no_half_file(
    tmp_path, services, receive, folder
):
    with small_disk(tmp_path, megabytes=36) as disk:
        receive(*_long_articles())
        services.close()
        room = disk / "Full.briefinglib"
        room.mkdir()
        (room / FILE).write_bytes((folder / FILE).read_bytes())

        class FillUp(Steps):
            def step(self, done, total, note=""):
                if not self.steps:
                    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize
                    (disk / "holiday.mov").write_bytes(bytes(free - 4096))
                super().step(done, total, note)

        with pytest.raises(StorageFailure, match="backup could not be written") as told:
            back_up(room, Reason.ASKED, FillUp())
        assert "the library is unharmed" in told.value.next_step
        assert _names(room) == ["backup.lock"]
        (disk / "holiday.mov").unlink()
        back_up(room, Reason.ASKED, NoProgress())


def test_ctrl_c_leaves_nothing_behind(folder, filled):
    class Interrupt(Steps):
        def step(self, done, total, note=""):
            super().step(done, total, note)
            if len(self.steps) == 2:
                signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        back_up(folder, Reason.ASKED, Interrupt())
    assert _names(folder) == ["backup.lock"]
    assert not any(thread.name == "watch for cancel" for thread in threading.enumerate())


def test_a_library_with_a_rollback_journal_is_backed_up_with_what_is_written_meanwhile(
    folder, filled
):
    filled.close()
    with closing(sqlite3.connect(folder / FILE)) as raw:
        assert raw.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)

        class Write(Steps):
            def step(self, done, total, note=""):
                super().step(done, total, note)
                if len(self.steps) == 1:
                    raw.execute("UPDATE brief SET title = 'Written meanwhile'")
                    raw.commit()

        steps = Write()
        made = back_up(folder, Reason.ASKED, steps)
    assert _brief_titles(made.path) == ["Written meanwhile"]
    done = [done for done, _, note in steps.steps if note == "copying"]
    assert done.count(done[0]) == 2  # it began anew


def test_on_a_full_disk_the_oldest_backups_make_room_but_three_stay(
    tmp_path, services, receive, folder
):
    with small_disk(tmp_path, megabytes=40) as disk:
        receive(*_long_articles())
        services.close()
        room = disk / "Full.briefinglib"
        place = room / "backups"
        place.mkdir(parents=True)
        (room / FILE).write_bytes((folder / FILE).read_bytes())
        for day in range(1, 6):
            old = place / f"2020-01-0{day}T00-00-00Z-daily.sqlite3"
            old.write_bytes(bytes(4_000_000))
        made = back_up(room, Reason.ASKED, NoProgress())
        names = [path.name[:10] for path in files(place)]
        assert names[-1] == f"{made.made_at:%Y-%m-%d}"
        assert "2020-01-01" not in names
        assert {"2020-01-03", "2020-01-04", "2020-01-05"} <= set(names)


def test_of_two_backups_of_one_second_the_one_written_last_is_the_newest(tmp_path):
    names = ("2026-12-01T09-00-00Z-daily.sqlite3", "2026-12-01T09-00-00Z-asked.sqlite3")
    for at, name in enumerate(names):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, ns=(at, at))
    assert tuple(path.name for path in files(tmp_path)) == names
