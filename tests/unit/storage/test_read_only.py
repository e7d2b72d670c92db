"""A library that may only be read: found by trying, open all the same, and never written to."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from briefing_app.app import open_library
from briefing_app.domain.annotation import Role
from briefing_app.domain.change import Origin
from briefing_app.domain.library import Obstacle
from briefing_app.errors import StorageFailure
from briefing_app.progress import NoProgress
from briefing_app.services.articles import ArticleQuery
from briefing_app.services.incoming import pasted
from briefing_app.storage.writer import FILE
from tests.disks import read_only

CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture
def filled(folder, services, receive):
    """Return the id of an article in a library that was closed in good order."""
    (article,) = receive(("Bridge opened", "The bridge was opened today."))
    services.history.flush()
    services.close()
    return article


@pytest.fixture
def crashed(folder):
    """Make a library whose process died with its last edits in the write-ahead log."""
    script = (
        "import os, sys; from pathlib import Path; from briefing_app.app import open_library;"
        "from briefing_app.domain.change import Origin;"
        "services = open_library(Path(sys.argv[1]), Origin.COMMAND);"
        "services.desk.new_brief('Written last'); services.history.flush(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, folder], cwd=CHECKOUT, check=True)
    assert (folder / f"{FILE}-wal").stat().st_size > 0


@pytest.fixture
def opened():
    """Return a function that opens a library for reading and closes it afterwards."""
    libraries = []

    def open_it(folder):
        libraries.append(open_library(folder, Origin.WINDOW, make=False))
        return libraries[-1]

    yield open_it
    for services in libraries:
        services.close()


def titles(services):
    return [row.title for row in services.articles.page(ArticleQuery("all"))]


def test_a_library_in_a_read_only_folder_is_open_for_reading(folder, filled, opened):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with read_only(folder):
        services = opened(folder)
        assert services.read_only.obstacle is Obstacle.FOLDER
        assert str(folder) in str(services.read_only.reason)
        assert titles(services) == ["Bridge opened"]
        assert "bridge" in services.articles.version(filled).body.text
        assert [hit.id for hit in services.searching.find("bridge")] == [filled]
        services.close()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    "edit",
    [
        lambda services, article: services.reading.annotate(article, 0, 3, Role.HIGHLIGHT),
        lambda services, article: services.articles.delete([article]),
        lambda services, _: services.desk.new_brief("Brief"),
        lambda services, _: services.history.undo(),
        lambda services, _: services.history.redo(),
        lambda services, _: services.importing.bring_in(
            (pasted(b"Title\n\nText.", "text/plain", ""),), NoProgress()
        ),
    ],
    ids=["annotate", "delete", "brief", "undo", "redo", "import"],
)
def test_every_edit_of_a_read_only_library_is_refused_in_a_sentence(folder, filled, opened, edit):
    with read_only(folder):
        services = opened(folder)
        with pytest.raises(StorageFailure, match="read-only") as refused:
            edit(services, filled)
        assert "copy" in refused.value.next_step
        assert (services.history.pending, services.history.stalled) == (0, False)
        assert (services.history.next_undo, services.history.next_redo) == (None, None)
        assert titles(services) == ["Bridge opened"]
        services.history.flush()
        services.close()


def test_what_somebody_else_writes_to_it_is_noticed(folder, filled, opened):
    """The folder may be read-only here and written to from another place."""
    beside = folder.parent / "beside"
    beside.mkdir()
    subprocess.run(["mount", "--bind", folder, beside], check=False, capture_output=True)
    try:
        if not (beside / FILE).exists():
            pytest.skip("no folder can be mounted here")
        with read_only(folder):
            services = opened(folder)
            services.history.look()
            assert not services.history.look()
            other = open_library(beside, Origin.COMMAND)
            other.desk.new_brief("From elsewhere")
            other.close()
            assert services.history.look()
            assert [row.title for row in services.desk.briefs()] == ["From elsewhere"]
            services.close()
    finally:
        subprocess.run(["umount", "-l", beside], check=False, capture_output=True)


def test_a_log_that_was_left_behind_is_read_where_its_memory_lies_beside_it(
    folder, crashed, opened
):
    with read_only(folder):
        services = opened(folder)
        assert [row.title for row in services.desk.briefs()] == ["Written last"]
        services.close()


def test_a_log_that_cannot_be_read_is_said_and_not_passed_over(folder, crashed):
    (folder / f"{FILE}-shm").unlink()
    with (
        read_only(folder),
        pytest.raises(StorageFailure, match="not closed in good order") as told,
    ):
        open_library(folder, Origin.WINDOW, make=False)
    assert "Copy the whole folder" in told.value.next_step
    services = open_library(folder, Origin.WINDOW)
    assert [row.title for row in services.desk.briefs()] == ["Written last"]
    services.close()


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_a_user_who_may_only_read_the_folder_reads_the_library(tmp_path, folder, filled):
    """Without a mount: as nobody, if we are root, or by taking our own right to write."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root may write everywhere, and setpriv is not installed")
        for parent in [*folder.parents][:-2]:
            parent.chmod(parent.stat().st_mode | 0o055)
    run = subprocess.run(
        [
            *(nobody if os.geteuid() == 0 else []),
            *(sys.executable, "-c", _AS_NOBODY, str(folder)),
        ],
        cwd="/",
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    folder.chmod(0o755)
    if "ModuleNotFoundError" in run.stderr or "Permission denied" in run.stderr.splitlines()[-1:]:
        pytest.skip("nobody may not read the program itself here")
    assert run.stdout.splitlines() == ["folder", "['Bridge opened']"], run.stderr


_AS_NOBODY = """
import sys
from pathlib import Path
from briefing_app.app import open_library
from briefing_app.domain.change import Origin
from briefing_app.services.articles import ArticleQuery
services = open_library(Path(sys.argv[1]), Origin.COMMAND, make=False)
print(services.read_only.obstacle)
print([row.title for row in services.articles.page(ArticleQuery("all"))])
services.close()
"""


def _newer(folder, *words):
    with sqlite3.connect(folder / FILE) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9999'")
        for each in words:
            plain.execute(each)
    plain.close()


def test_a_library_of_a_newer_version_is_open_for_reading_and_left_alone(folder, filled, opened):
    _newer(folder, "ALTER TABLE article ADD COLUMN mood TEXT")
    before = (folder / FILE).read_bytes()
    services = opened(folder)
    assert services.read_only.obstacle is Obstacle.NEWER
    assert titles(services) == ["Bridge opened"]
    with pytest.raises(StorageFailure, match="newer version") as refused:
        services.desk.new_brief("Brief")
    assert "newest version" in refused.value.next_step
    services.close()
    assert (folder / FILE).read_bytes() == before


def test_a_library_of_a_newer_version_whose_tables_differ_is_refused_and_left_alone(folder, filled):
    _newer(folder, "ALTER TABLE article RENAME COLUMN title TO heading")
    before = (folder / FILE).read_bytes()
    with pytest.raises(StorageFailure, match="newer version"):
        open_library(folder, Origin.COMMAND)
    assert (folder / FILE).read_bytes() == before


def test_a_newer_library_in_a_read_only_folder_is_open_for_reading(folder, filled, opened):
    _newer(folder)
    with read_only(folder):
        services = opened(folder)
        assert titles(services) == ["Bridge opened"]
        services.close()


def test_an_older_library_in_a_read_only_folder_is_said_to_be_one(folder, filled):
    with sqlite3.connect(folder / FILE) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '0001'")
        plain.execute("DROP TABLE collection")
    plain.close()
    with read_only(folder), pytest.raises(StorageFailure, match="earlier version") as told:
        open_library(folder, Origin.COMMAND)
    assert "Copy the folder" in told.value.next_step


def test_a_rollback_journal_that_was_left_behind_is_said_and_not_passed_over(
    folder, filled, monkeypatch
):
    """What lies in the file then is half of an edit; it cannot be taken back in such a folder."""
    monkeypatch.setenv("BRIEFINGDESK_JOURNAL", "delete")
    open_library(folder, Origin.COMMAND).close()
    script = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN IMMEDIATE');"
        "c.execute('UPDATE article SET title = title || hex(zeroblob(90000))');"
        "c.execute('INSERT INTO library SELECT id + 1, uid, device, created FROM library');"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, folder / FILE], check=True)
    assert (folder / f"{FILE}-journal").stat().st_size > 0
    with (
        read_only(folder),
        pytest.raises(StorageFailure, match="not closed in good order"),
    ):
        open_library(folder, Origin.WINDOW, make=False)
    services = open_library(folder, Origin.WINDOW)
    assert titles(services) == ["Bridge opened"]
    services.close()


def test_edits_that_only_a_newer_version_knows_keep_nobody_from_reading(folder, filled, opened):
    _newer(
        folder,
        "INSERT INTO change_set (uid, made_at, device, origin, action, subject) "
        "VALUES ('s-1', 1, 'd', 'window', 'weigh-article', '')",
    )
    services = opened(folder)
    services.history.look()
    with sqlite3.connect(folder / FILE) as plain:
        plain.execute(
            "INSERT INTO change (set_id, entity, uid, op, field) "
            "SELECT id, 'weight', 'w-1', 'create', '' FROM change_set WHERE uid = 's-1'"
        )
        plain.execute(
            "INSERT INTO change_set (uid, made_at, device, origin, action, subject) "
            "VALUES ('s-2', 2, 'd', 'command', 'add-story', '')"
        )
        plain.execute(
            "INSERT INTO change (set_id, entity, uid, op, field) "
            "SELECT id, 'weight', 'w-2', 'create', '' FROM change_set WHERE uid = 's-2'"
        )
    plain.close()
    services.history.look()
    assert titles(services) == ["Bridge opened"]
