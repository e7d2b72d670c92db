"""A damaged library comes back with all that can be had, and says what is lost."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from briefing_app.domain.annotation import Role
from briefing_app.domain.backup import Reason
from briefing_app.errors import Cancelled, StorageFailure
from briefing_app.progress import NoProgress
from briefing_app.storage.checking import check
from briefing_app.storage.elsewhere import copy_out, original_file
from briefing_app.storage.locks import WindowLock, write_lock
from briefing_app.storage.repairing import repair
from briefing_app.storage.restoring import ASIDE
from briefing_app.storage.writer import FILE


@pytest.fixture
def backed_up(folder, services, receive, receive_file, tmp_path):
    """Return the digest of a large original; a backup was made before the last two edits."""
    (harbour,) = receive(("Harbour opens", "The port said: three weeks late."))
    receive(*((f"Article {number}", "Lorem ipsum dolor. " * 300) for number in range(40)))
    _, digest = receive_file("Report")
    services.articles.edit(harbour, lambda one: replace(one, tags=("Ports",)))
    services.reading.annotate(harbour, 0, 13, Role.KEY_POINT)
    services.history.flush()
    (tmp_path / "stick").mkdir()
    copy_out(folder, tmp_path / "stick", Reason.DAILY, NoProgress())
    services.desk.new_brief("Evening brief")
    services.desk.new_brief("Night brief")
    services.close()
    return digest


def _pages_of(folder, *names):
    """Return which pages of the file some tables or indexes lie in."""
    with closing(sqlite3.connect(folder / FILE)) as raw:
        (size,) = raw.execute("PRAGMA page_size").fetchone()
        marks = ",".join("?" * len(names))
        roots = raw.execute(
            f"SELECT rootpage FROM sqlite_master WHERE name IN ({marks})", names
        ).fetchall()
    return size, [root for (root,) in roots]


def _spoil(folder, *names):
    size, pages = _pages_of(folder, *names)
    with (folder / FILE).open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * size)
            file.write(b"\xa5" * size)


def _sql(folder, query):
    with closing(sqlite3.connect(folder / FILE)) as raw:
        found = raw.execute(query).fetchall()
        raw.commit()
        return found


def test_a_sound_library_gets_a_new_index_and_stays_as_it_is(folder, backed_up, open_again):
    _sql(folder, "INSERT INTO article_fts_0000 (article_fts_0000) VALUES ('delete-all')")
    _sql(folder, "DELETE FROM article_tag")
    assert not check(folder, NoProgress()).sound
    done = repair(folder, NoProgress())
    assert (done.aside, done.backup, done.lost, done.mended, done.left) == (
        None,
        None,
        None,
        (),
        (),
    )
    assert done.indexed == 42 + 1 + 1
    assert check(folder, NoProgress()).findings == ()
    services = open_again()
    assert [hit.kind for hit in services.searching.find("Harbour")]
    assert len(services.desk.briefs()) == 3


def test_damaged_indexes_cost_nothing(folder, backed_up):
    _spoil(folder, "article_fts_0000_data", "ix_article_shelf", "ix_change_uid", "uq_article_uid")
    assert not check(folder, NoProgress()).sound
    done = repair(folder, NoProgress())
    assert done.aside is not None
    assert done.aside.parent == folder / ASIDE
    assert (done.backup, done.lost) == (None, None)
    assert check(folder, NoProgress()).findings == ()
    assert _sql(folder, "SELECT count(*) FROM brief") == [(3,)]


def test_a_damaged_table_is_recovered_from_the_newest_good_backup_and_what_is_lost_is_told(
    folder, backed_up
):
    _spoil(folder, "article_body")
    done = repair(folder, NoProgress())
    assert done.backup.reason is Reason.DAILY
    assert done.lost.since == done.backup.last_edit
    assert [action for _, action, _ in done.lost.edits] == ["new-brief", "new-brief"]
    assert done.aside.exists()
    assert check(folder, NoProgress()).findings == ()
    assert _sql(folder, "SELECT count(*) FROM brief") == [(1,)]


def test_a_file_that_tells_nothing_any_more_is_recovered_all_the_same(folder, backed_up):
    (folder / FILE).write_bytes(b"\0" * 100_000)
    done = repair(folder, NoProgress())
    assert done.backup is not None
    assert done.lost.edits is None
    assert done.aside.read_bytes() == b"\0" * 100_000
    assert check(folder, NoProgress()).findings == ()


def test_a_library_whose_file_is_gone_is_recovered(folder, backed_up):
    (folder / FILE).unlink()
    done = repair(folder, NoProgress())
    assert (done.aside, done.backup.briefs) == (None, 1)
    assert check(folder, NoProgress()).findings == ()


def test_a_damaged_backup_is_passed_over_for_an_earlier_one(folder, backed_up):
    (good,) = (folder / "backups").glob("*.sqlite3")
    bad = good.with_name("2030-01-01T00-00-00Z-daily.sqlite3")
    whole = good.read_bytes()
    bad.write_bytes(whole[: len(whole) // 2])
    (folder / FILE).write_bytes(b"")
    assert repair(folder, NoProgress()).backup.path == good


def test_the_second_place_helps_where_the_library_has_no_backup(folder, backed_up, tmp_path):
    shutil.rmtree(folder / "backups")
    shutil.rmtree(folder / "originals")
    (folder / FILE).write_bytes(b"")
    done = repair(folder, NoProgress(), elsewhere=tmp_path / "stick")
    assert done.backup.path.is_relative_to(tmp_path / "stick")
    assert [str(finding.remark) for finding in done.mended] == [
        "The original of “Report” is missing."
    ]
    assert original_file(folder, backed_up).exists()
    assert check(folder, NoProgress()).findings == ()


def test_without_any_good_backup_nothing_is_changed(folder, backed_up):
    shutil.rmtree(folder / "backups")
    _spoil(folder, "article_body")
    before = (folder / FILE).read_bytes()
    with pytest.raises(StorageFailure, match="no good backup to repair it from"):
        repair(folder, NoProgress())
    assert (folder / FILE).read_bytes() == before
    assert not (folder / ASIDE).exists()


def test_a_text_and_an_original_come_back_from_a_backup(folder, backed_up):
    _sql(folder, "UPDATE article_body SET text = 'Rewritten by a stray bit.' WHERE version_id = 1")
    _sql(
        folder,
        "UPDATE original SET data = x'00' WHERE digest = "
        "(SELECT original FROM article_version WHERE id = 2)",
    )
    done = repair(folder, NoProgress())
    assert [str(finding.remark) for finding in done.mended] == [
        "The text of “Harbour opens” is not what was imported.",
        "The original of “Article 0” is not what was imported.",
    ]
    assert (done.aside, done.left) == (None, ())
    assert check(folder, NoProgress()).findings == ()
    assert _sql(folder, "SELECT count(*) FROM brief") == [(3,)]


def test_what_no_backup_has_is_left_and_named(folder, backed_up):
    original_file(folder, backed_up).unlink()
    done = repair(folder, NoProgress())
    assert [str(finding.remark) for finding in done.left] == [
        "The original of “Report” is missing."
    ]


def test_a_file_comes_back_from_the_second_place(folder, backed_up, tmp_path):
    with original_file(folder, backed_up).open("r+b") as file:
        file.write(b"X")
    done = repair(folder, NoProgress(), elsewhere=tmp_path / "stick")
    assert len(done.mended) == 1
    assert check(folder, NoProgress()).findings == ()


def test_cancel_while_the_index_is_made_leaves_the_old_one(folder, backed_up):
    class Stop:
        now = ""

        def step(self, done, total, note=""):
            self.now = note if done else ""

        def check(self):
            if self.now == "making the index":
                raise Cancelled

    with pytest.raises(Cancelled):
        repair(folder, Stop())
    assert check(folder, NoProgress()).findings == ()


def test_a_library_that_somebody_has_is_not_repaired(folder, backed_up):
    window = WindowLock(folder)
    window.take()
    with pytest.raises(StorageFailure, match="is open in a window"):
        repair(folder, NoProgress())
    window.release()
    with write_lock(folder), pytest.raises(StorageFailure, match="in use by another program"):
        repair(folder, NoProgress())


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StorageFailure, match="could not be used"):
        repair(tmp_path / "Gone.briefinglib", NoProgress())
    assert not (tmp_path / "Gone.briefinglib").exists()
