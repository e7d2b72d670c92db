"""What goes wrong while a bundle is written or taken in: a full disk, a kill, a very large original."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from briefing_app.app import open_library
from briefing_app.domain.article import Intake, Placed
from briefing_app.domain.change import Action, ChangeSet, Origin, diff
from briefing_app.domain.record import article_records, version_records
from briefing_app.errors import ExportFailure, StorageFailure
from briefing_app.progress import NoProgress
from briefing_app.services.bundling import Choice
from tests.disks import small_disk
from tests.unit.making import article_of, body_of, store
from tests.unit.services.rich import rich_library

CHECKOUT = Path(__file__).resolve().parents[3]
KILLS = 4


def test_a_full_disk_is_told_and_no_half_bundle_stays(services, tmp_path):
    rich_library(services)
    with small_disk(tmp_path, megabytes=1) as disk:
        with pytest.raises(ExportFailure, match="There is no room on the disk for"):
            services.bundling.bundle(disk / "all.zip", Choice(), NoProgress())
        assert list(disk.iterdir()) == []
    services.bundling.bundle(tmp_path / "all.zip", Choice(), NoProgress())


def test_a_full_disk_under_the_library_is_told_and_what_came_in_is_sound(services, tmp_path):
    rich_library(services)
    path = tmp_path / "all.zip"
    services.bundling.bundle(path, Choice(), NoProgress())
    with small_disk(tmp_path, megabytes=1) as disk:
        other = open_library(disk / "L.briefinglib", Origin.COMMAND)
        try:
            with pytest.raises(StorageFailure) as caught:
                other.bundling.unbundle(path, NoProgress())
            assert "Is the disk full?" in caught.value.next_step
        finally:
            other.close()
        assert_sound(disk / "L.briefinglib")
        assert not list((disk / "L.briefinglib").rglob("tmp*"))


def test_an_original_whose_file_is_gone_is_told(services, folder, tmp_path):
    rich_library(services)
    (large,) = (path for path in (folder / "originals").rglob("*") if path.is_file())
    large.unlink()
    with pytest.raises(StorageFailure, match="No such file"):
        services.bundling.bundle(tmp_path / "x.zip", Choice(), NoProgress())
    assert not (tmp_path / "x.zip").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal")
def test_a_kill_while_a_bundle_comes_in_leaves_what_a_second_try_completes(services, tmp_path):
    new_id = services.history.new_id
    random.seed(1)
    words = [f"word{number}" for number in range(400)]
    for batch in range(2):
        texts = [[" ".join(random.choices(words, k=120)) for _ in range(8)] for _ in range(80)]
        made = [article_of(new_id, f"{batch} {n}", body_of(*t)) for n, t in enumerate(texts)]
        store(services, made)
    rich_library(services)
    path = tmp_path / "all.zip"
    services.bundling.bundle(path, Choice(), NoProgress())
    library = tmp_path / "New.briefinglib"
    argv = [sys.executable, "-m", "briefing_app", "--library", library, "unbundle", path]
    seen = []
    for number in range(KILLS):
        before = _changes(library)
        running = subprocess.Popen(
            argv,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if number:  # the first is killed before it writes
            while _changes(library) <= before and running.poll() is None:
                time.sleep(0.002)
        running.send_signal(signal.SIGKILL)
        running.wait()
        if library.exists():
            assert_sound(library)
        seen.append(_changes(library))
    assert seen == sorted(seen)
    assert seen[-1] > 0
    other = open_library(library, Origin.COMMAND)
    try:
        other.bundling.unbundle(path, NoProgress())
        assert other.digest() == services.digest()
    finally:
        other.close()


def test_an_original_of_300_megabytes_is_never_held(services, tmp_path):
    """In a process of its own, whose memory is bounded by the system."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the system does not tell how much a process has held")
    digest, size = hashlib.sha256(), 300_000_000
    chunk = random.Random(3).randbytes(1_000_000)
    for _ in range(size // len(chunk)):
        digest.update(chunk)
    name = digest.hexdigest()
    place = services.history._writer._folder / "originals" / name[:2]
    place.mkdir(parents=True)
    with (place / name).open("wb") as file:
        for _ in range(size // len(chunk)):
            file.write(chunk)
    article, intake = article_of(services.history.new_id, "Large", body_of("x"))
    version = replace(intake.version, original=name)
    made = Intake(version, (), (Placed(name, "video/mp4", size),))
    changes = diff({}, article_records(article) | version_records(version.id, article.id))
    services.history._writer.take_in(
        ChangeSet(services.history.new_id(), 1, Origin.COMMAND, Action.IMPORT_ARTICLE, changes),
        (made,),
    )
    before = services.digest()
    folder = services.history._writer._folder
    services.close()

    script = (
        "import sys\n"
        "from briefing_app.__main__ import main\n"
        "code = main()\n"
        "held = [line.split()[1] for line in open('/proc/self/status') if 'VmHWM' in line]\n"
        "print(code, int(held[0]) // 1024, file=sys.stderr)\n"
    )

    def megabytes(*args):
        run = subprocess.run(
            [sys.executable, "-c", script, *map(str, args)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
            capture_output=True,
            text=True,
            check=False,
        )
        code, used = run.stderr.split()[-2:]
        assert code == "0", run.stderr
        return int(used)

    assert megabytes("--library", folder, "bundle", "big.zip") < 150
    assert megabytes("--library", tmp_path / "New.briefinglib", "unbundle", "big.zip") < 150
    other = open_library(tmp_path / "New.briefinglib", Origin.COMMAND)
    try:
        assert other.digest() == before
    finally:
        other.close()


def assert_sound(folder):
    file = sqlite3.connect(folder / "library.sqlite3")
    try:
        tables = file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if tables:
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []
            dangling = "SELECT count(*) FROM article WHERE current_id IS NULL"
            assert file.execute(dangling).fetchone() == (0,)
    finally:
        file.close()


def _changes(folder):
    """Return how many changes are in the journal of a library that another process writes."""
    if not (folder / "library.sqlite3").exists():
        return 0
    file = sqlite3.connect(folder / "library.sqlite3", timeout=10)
    try:
        return file.execute("SELECT count(*) FROM change").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    finally:
        file.close()
