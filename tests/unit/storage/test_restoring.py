"""A backup in the place of a library, from inside it, from a second place, from any file."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from briefing_app.app import open_library
from briefing_app.domain.backup import Reason
from briefing_app.domain.change import Origin
from briefing_app.errors import Cancelled, StorageFailure
from briefing_app.progress import NoProgress
from briefing_app.storage.backup import back_up, backups
from briefing_app.storage.elsewhere import (
    copy_out,
    found_in,
    last_elsewhere,
    original_file,
)
from briefing_app.storage.locks import WindowLock, write_lock
from briefing_app.storage.restoring import ASIDE, preview, restore
from briefing_app.storage.writer import FILE
from tests.disks import small_disk

CHECKOUT = Path(__file__).resolve().parents[3]


class Stop:
    """Progress that is cancelled when it says something."""

    def __init__(self, at):
        self.at = at
        self.now = ""

    def step(self, done, total, note=""):
        self.now = note

    def check(self):
        if self.now == self.at:
            raise Cancelled


def _titles(folder):
    with closing(sqlite3.connect(folder / FILE)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [title for (title,) in raw.execute("SELECT title FROM brief ORDER BY id")]


@pytest.fixture
def two_states(folder, services):
    """Return a backup with one brief, of a closed library that has two by now."""
    services.desk.new_brief("First")
    services.history.flush()
    made = back_up(folder, Reason.ASKED, NoProgress())
    services.desk.new_brief("Second")
    services.close()
    return made


def test_a_restored_library_is_as_it_was_and_the_former_one_is_kept_aside(folder, two_states):
    done = restore(folder, two_states.path, NoProgress())
    assert _titles(folder) == ["First"]
    assert done.backup == two_states
    assert done.aside.parent == folder / ASIDE
    assert done.aside.name.endswith("-before-restore.sqlite3")
    (kept,) = backups(folder / ASIDE)
    assert (kept.reason, kept.briefs) == (Reason.RESTORE, 2)


def test_a_restore_can_be_taken_back(folder, two_states):
    aside = restore(folder, two_states.path, NoProgress()).aside
    restore(folder, aside, NoProgress())
    assert _titles(folder) == ["First", "Second"]
    assert len(backups(folder / ASIDE)) == 2


def test_a_restored_library_goes_on_being_used(folder, two_states, open_again):
    restore(folder, two_states.path, NoProgress())
    services = open_again()
    services.desk.new_brief("Third")
    services.close()
    assert _titles(folder) == ["First", "Third"]


def test_the_preview_says_when_it_was_made_and_what_it_holds(folder, two_states):
    shown = preview(two_states.path, NoProgress())
    assert shown == two_states
    assert shown.briefs == 1
    assert shown.last_edit is not None
    assert shown.last_edit <= shown.made_at + dt.timedelta(seconds=1)


def test_any_file_that_is_a_library_can_be_restored(tmp_path, folder, two_states):
    file = tmp_path / "from a colleague.sqlite3"
    shutil.copy(two_states.path, file)
    assert preview(file, NoProgress()).reason is Reason.FILE
    restore(folder, file, NoProgress())
    assert _titles(folder) == ["First"]


def test_a_copied_library_whose_log_was_not_moved_in_yet_is_restored_with_it(
    tmp_path, folder, services
):
    services.desk.new_brief("In the log only")
    services.history.flush()
    copied = tmp_path / "Copied"
    shutil.copytree(folder, copied)
    assert (copied / f"{FILE}-wal").stat().st_size > 0
    restore(tmp_path / "New.briefinglib", copied / FILE, NoProgress())
    assert _titles(tmp_path / "New.briefinglib") == ["In the log only"]


@pytest.mark.parametrize("harm", ["flipped", "cut short", "no database", "another program's"])
def test_a_damaged_backup_is_refused_and_nothing_is_changed(folder, two_states, harm):
    whole = two_states.path.read_bytes()
    match harm:
        case "flipped":
            page = 4096 * 20
            two_states.path.write_bytes(whole[:page] + b"\xa5" * 4096 + whole[page + 4096 :])
        case "cut short":
            two_states.path.write_bytes(whole[: len(whole) // 2])
        case "no database":
            two_states.path.write_bytes(b"holiday" * 10_000)
        case _:
            two_states.path.unlink()
            with closing(sqlite3.connect(two_states.path)) as raw:
                raw.execute("CREATE TABLE recipes (name)")
    with pytest.raises(StorageFailure, match="is not a sound backup"):
        restore(folder, two_states.path, NoProgress())
    assert _titles(folder) == ["First", "Second"]
    assert not (folder / ASIDE).exists()


def test_a_backup_that_is_not_there_is_told(folder, two_states):
    with pytest.raises(StorageFailure, match="cannot be read: No such file"):
        restore(folder, folder / "backups" / "gone.sqlite3", NoProgress())


def test_a_backup_of_a_newer_version_is_refused(folder, two_states):
    with closing(sqlite3.connect(two_states.path)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    with pytest.raises(StorageFailure, match="made by a newer version"):
        restore(folder, two_states.path, NoProgress())
    assert _titles(folder) == ["First", "Second"]


def test_a_library_that_a_window_shows_is_not_restored(folder, two_states):
    window = WindowLock(folder)
    assert window.take()
    with pytest.raises(StorageFailure, match="is open in a window"):
        restore(folder, two_states.path, NoProgress())
    restore(folder, two_states.path, NoProgress(), own_window=True)
    window.release()
    assert _titles(folder) == ["First"]


def test_a_library_that_another_process_has_open_is_not_restored(folder, two_states):
    code = """
import sys
from pathlib import Path
from briefing_app.app import open_library
from briefing_app.domain.change import Origin
services = open_library(Path(sys.argv[1]), Origin.COMMAND)
print("open", flush=True)
sys.stdin.read()
services.close()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as working:
        assert working.stdout.readline() == b"open\n"
        with pytest.raises(StorageFailure, match="in use by another program"):
            restore(folder, two_states.path, NoProgress())
        working.stdin.close()
        assert working.wait(30) == 0
    assert _titles(folder) == ["First", "Second"]
    restore(folder, two_states.path, NoProgress())


def test_a_library_that_is_being_written_is_not_restored(folder, two_states):
    with write_lock(folder), pytest.raises(StorageFailure, match="in use by another program"):
        restore(folder, two_states.path, NoProgress())


@pytest.mark.parametrize("at", ["copying", "looking through the copy"])
def test_cancel_leaves_the_library_as_it_was(folder, two_states, at):
    with pytest.raises(Cancelled):
        restore(folder, two_states.path, Stop(at))
    assert _titles(folder) == ["First", "Second"]
    assert not list(folder.glob("*.part*"))


def test_a_library_that_is_too_damaged_to_be_opened_is_kept_aside_all_the_same(folder, two_states):
    (folder / FILE).write_bytes(b"\0" * 5000)
    (folder / f"{FILE}-wal").write_bytes(b"the log of the damaged file")
    done = restore(folder, two_states.path, NoProgress())
    assert done.aside.read_bytes() == b"\0" * 5000
    assert done.aside.with_name(f"{done.aside.name}-wal").exists()
    assert _titles(folder) == ["First"]
    assert not (folder / f"{FILE}-wal").exists()


def test_a_folder_with_other_things_is_not_restored_into(tmp_path, two_states):
    (tmp_path / "Photos").mkdir()
    (tmp_path / "Photos" / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(StorageFailure, match="is not a library"):
        restore(tmp_path / "Photos", two_states.path, NoProgress())
    assert [path.name for path in (tmp_path / "Photos").iterdir()] == ["holiday.jpg"]


def test_a_kill_at_any_moment_of_a_restore_leaves_one_of_the_two(tmp_path, folder, two_states):
    code = """
import os, signal, sys
from pathlib import Path
from briefing_app.progress import NoProgress
from briefing_app.storage.restoring import restore
left = int(sys.argv[3])
def count(event, args):
    global left
    if event in ("open", "os.rename", "os.link", "os.remove", "sqlite3.connect", "os.mkdir"):
        if "briefinglib" in str(args):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
restore(Path(sys.argv[1]), Path(sys.argv[2]), NoProgress())
"""
    ends = set()
    for moment in range(1, 40):
        room = tmp_path / f"{moment}.briefinglib"
        shutil.copytree(folder, room)
        run = subprocess.run(
            [
                sys.executable,
                "-c",
                code,
                room,
                room / "backups" / two_states.path.name,
                str(moment),
            ],
            cwd=CHECKOUT,
            check=False,
            capture_output=True,
        )
        found = _titles(room)
        ends.add((run.returncode, len(found)))
        assert found in (["First"], ["First", "Second"])
        if run.returncode == 0:
            break
        restore(room, room / "backups" / two_states.path.name, NoProgress())
        assert _titles(room) == ["First"]
        assert not list(room.glob("*.part*"))
        shutil.rmtree(room)
    else:
        pytest.fail("the restore never came to its end")
    assert (0, 1) in ends
    assert (-9, 2) in ends


@pytest.fixture
def place(tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    return place


def test_a_copy_elsewhere_holds_database_and_originals(folder, services, receive_file, place):
    _, digest = receive_file("Report")
    done = copy_out(folder, place, Reason.ASKED, NoProgress())
    (mirror,) = place.iterdir()
    assert mirror.name.startswith("Test-")
    assert mirror.suffix == ".briefingbackup"
    assert original_file(mirror, digest).read_bytes() == original_file(folder, digest).read_bytes()
    assert done.backup.path.parent == mirror / "backups"
    assert (done.originals, done.lost, done.same_disk) == (1, (), True)
    assert found_in(place) == found_in(mirror) == (done.backup.path,)
    assert len(backups(folder / "backups")) == 1


def test_a_library_is_restored_from_the_second_place_alone(
    folder, services, receive_file, place, open_again
):
    article, digest = receive_file("Report")
    services.desk.new_brief("Morning brief")
    services.history.flush()
    copy_out(folder, place, Reason.ASKED, NoProgress())
    before = services.articles.original(article)
    services.close()
    shutil.rmtree(folder)

    done = restore(folder, found_in(place)[-1], NoProgress())

    assert (done.aside, done.missing) == (None, ())
    again = open_again()
    assert [brief.title for brief in again.desk.briefs()] == ["Morning brief"]
    assert again.articles.original(article) == before
    assert original_file(folder, digest).exists()
    assert [hit.kind for hit in again.searching.find("Report")] == ["article"]


def test_what_is_there_already_is_not_written_again(folder, services, receive_file, place):
    _, first = receive_file("First")
    copy_out(folder, place, Reason.ASKED, NoProgress())
    (mirror,) = place.iterdir()
    before = original_file(mirror, first).stat().st_mtime_ns
    _, second = receive_file("Second", seed=b"leaf ")
    done = copy_out(folder, place, Reason.ASKED, NoProgress())
    assert done.originals == 1
    assert original_file(mirror, first).stat().st_mtime_ns == before
    assert original_file(mirror, second).exists()


def test_a_copy_of_another_size_is_written_again(folder, services, receive_file, place):
    _, digest = receive_file("Report")
    copy_out(folder, place, Reason.ASKED, NoProgress())
    (mirror,) = place.iterdir()
    original_file(mirror, digest).write_bytes(b"cut short")
    copy_out(folder, place, Reason.ASKED, NoProgress())
    assert original_file(mirror, digest).read_bytes() == original_file(folder, digest).read_bytes()


def test_an_original_that_the_library_has_lost_is_named_and_a_damaged_one_not_copied(
    folder, services, receive_file, place
):
    _, gone = receive_file("Gone")
    _, damaged = receive_file("Damaged", seed=b"leaf ")
    original_file(folder, gone).unlink()
    with original_file(folder, damaged).open("r+b") as file:
        file.write(b"X")
    done = copy_out(folder, place, Reason.ASKED, NoProgress())
    assert set(done.lost) == {gone, damaged}
    (mirror,) = place.iterdir()
    assert not original_file(mirror, gone).exists()
    assert not original_file(mirror, damaged).exists()


def test_the_library_remembers_when_the_last_copy_was_made_and_where(folder, services, place):
    assert last_elsewhere(folder) is None
    done = copy_out(folder, place, Reason.ASKED, NoProgress())
    last = last_elsewhere(folder)
    assert (last.place, last.made_at) == (place, done.backup.made_at)


def test_a_stick_that_is_not_plugged_in_is_told_and_no_folder_made(folder, services, tmp_path):
    with pytest.raises(StorageFailure, match="is not there") as told:
        copy_out(folder, tmp_path / "stick", Reason.ASKED, NoProgress())
    assert "Plug in" in told.value.next_step
    assert not (tmp_path / "stick").exists()


def test_a_place_inside_the_library_is_refused(folder, services):
    with pytest.raises(StorageFailure, match="a part of the library itself"):
        copy_out(folder, folder, Reason.ASKED, NoProgress())


def test_a_full_stick_is_told_and_holds_no_half_file(tmp_path, folder, services, receive_file):
    receive_file("Report")
    with small_disk(tmp_path, megabytes=1) as stick:
        with pytest.raises(StorageFailure, match="no room in the second place"):
            copy_out(folder, stick, Reason.ASKED, NoProgress())
        assert [path for path in stick.rglob("*") if path.is_file()] == []
    assert last_elsewhere(folder) is None
    assert len(backups(folder / "backups")) == 1


def test_a_stick_that_fills_up_on_the_way_is_told_and_holds_no_half_file(
    tmp_path, folder, services, receive_file
):
    receive_file("Report")

    class FillUp:
        def step(self, done, total, note=""):
            if note == "copying to the second place" and not (stick / "film").exists():
                free = os.statvfs(stick).f_bavail * os.statvfs(stick).f_bsize
                (stick / "film").write_bytes(bytes(free))

        def check(self):
            pass

    with small_disk(tmp_path, megabytes=8) as stick:
        with pytest.raises(StorageFailure, match="could not be written to the second place"):
            copy_out(folder, stick, Reason.ASKED, FillUp())
        assert [path.name for path in stick.rglob("*") if path.is_file()] == ["film"]


def test_cancel_of_a_copy_leaves_no_half_file(folder, services, receive_file, place):
    receive_file("Report")
    with pytest.raises(Cancelled):
        copy_out(folder, place, Reason.ASKED, Stop("copying to the second place"))
    assert [path for path in place.rglob("*") if path.is_file()] == []
    assert last_elsewhere(folder) is None


def test_a_new_library_made_meanwhile_does_not_hide_what_the_place_holds(
    folder, services, place, tmp_path
):
    copy_out(folder, place, Reason.ASKED, NoProgress())
    other = tmp_path / "Other" / "Test.briefinglib"
    open_library(other, Origin.COMMAND).close()
    copy_out(other, place, Reason.ASKED, NoProgress())
    assert len(list(place.iterdir())) == 2
    assert len(found_in(place)) == 2


def test_what_a_killed_copy_left_in_the_second_place_is_cleared_by_the_next(
    folder, services, receive_file, place
):
    receive_file("Report")
    code = """
import os, signal, sys
from pathlib import Path
from briefing_app.domain.backup import Reason
from briefing_app.storage.elsewhere import copy_out
class Kill:
    def step(self, done, total, note=""):
        if "second place" in note:
            os.kill(os.getpid(), signal.SIGKILL)
    def check(self): pass
copy_out(Path(sys.argv[1]), Path(sys.argv[2]), Reason.ASKED, Kill())
"""
    run = subprocess.run([sys.executable, "-c", code, folder, place], cwd=CHECKOUT, check=False)
    assert run.returncode != 0
    assert list(place.rglob("*.part"))
    copy_out(folder, place, Reason.ASKED, NoProgress())
    assert not list(place.rglob("*.part"))
    assert len(found_in(place)) == 1
