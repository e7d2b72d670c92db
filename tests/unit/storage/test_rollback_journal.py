"""A library on a share: a rollback journal in place of the write-ahead log, all else the same."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from briefing_app.app import open_library
from briefing_app.domain.change import Origin
from briefing_app.services.articles import ArticleQuery
from briefing_app.storage import place
from briefing_app.storage.writer import FILE

CHECKOUT = Path(__file__).resolve().parents[3]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs the signals of POSIX")

# makes briefs for ever; each number is printed once it is on disk
_MAKER = """
import sys
from pathlib import Path
from briefing_app.app import open_library
from briefing_app.domain.change import Origin
services = open_library(Path(sys.argv[1]), Origin.COMMAND)
for number in range(int(sys.argv[2]), 10_000):
    services.desk.new_brief(f"{number:05d}")
    services.history.flush()
    print(number, flush=True)
"""


@pytest.fixture(autouse=True)
def _on_a_share(monkeypatch):
    monkeypatch.setenv(place.OVERRIDE, place.ROLLBACK)


def mode(folder):
    with closing(sqlite3.connect(folder / FILE)) as plain:
        return plain.execute("PRAGMA journal_mode").fetchone()[0]


def test_no_file_for_shared_memory_is_ever_made(folder, services, receive):
    receive(("One", "A text."))
    services.desk.new_brief("Brief")
    services.history.flush()
    assert {path.name for path in folder.iterdir()} == {FILE, "newest", "write.lock"}
    assert mode(folder) == "delete"
    assert services.about.facts().journal == "delete"


def test_a_library_that_moves_to_a_share_and_back_changes_its_journal(
    folder, open_again, monkeypatch
):
    monkeypatch.setenv(place.OVERRIDE, place.WAL)
    open_again().close()
    assert mode(folder) == "wal"
    monkeypatch.setenv(place.OVERRIDE, place.ROLLBACK)
    open_again().close()
    assert mode(folder) == "delete"
    monkeypatch.setenv(place.OVERRIDE, place.WAL)
    open_again().close()
    assert mode(folder) == "wal"


def test_a_journal_is_left_as_it_is_while_another_process_uses_it(folder, open_again, monkeypatch):
    monkeypatch.setenv(place.OVERRIDE, place.WAL)
    first = open_again()
    first.desk.new_brief("Open elsewhere")
    first.history.flush()
    monkeypatch.setenv(place.OVERRIDE, place.ROLLBACK)
    second = open_again(Origin.COMMAND)
    assert [row.title for row in second.desk.briefs()] == ["Open elsewhere"]
    second.desk.new_brief("And written to")
    second.history.flush()
    assert mode(folder) == "wal"


def test_what_another_process_stores_is_noticed(folder, services, open_again):
    services.history.look()
    assert not services.history.look()
    other = open_again(Origin.COMMAND)
    other.desk.new_brief("From a command")
    other.close()
    assert services.history.look()
    assert [row.title for row in services.desk.briefs()] == ["From a command"]


def test_readers_and_the_writer_do_not_stop_each_other(folder, services, receive):
    receive(*((f"Article {number}", "A text.") for number in range(300)))
    stop, seen, faults = threading.Event(), [], []

    def read():
        try:
            while not stop.is_set():
                seen.append(len(services.articles.page(ArticleQuery("all"), limit=200)))
                services.searching.find("article")
        except Exception as fault:  # noqa: BLE001 (told to the test)
            faults.append(fault)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(60):
        services.desk.new_brief(f"Brief {number}")
        services.history.flush()
    stop.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert set(seen) == {200}
    assert len(services.desk.briefs()) == 60


@POSIX
def test_what_was_told_as_saved_survives_a_kill(folder, open_again):
    known = 0
    for round_ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", _MAKER, str(folder), str(known)],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            text=True,
        )
        told = [process.stdout.readline() for _ in range(2 + 5 * round_)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.read().splitlines()
        process.stdout.close()
        process.wait()
        last = max(int(line) for line in told if line.strip())
        again = open_again()
        titles = {row.title for row in again.desk.briefs()}
        again.close()
        assert {f"{number:05d}" for number in range(last + 1)} <= titles
        assert len(titles) in (last + 1, last + 2)  # the next may be stored and not told yet
        known = len(titles)
        with closing(sqlite3.connect(folder / FILE)) as plain:
            assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert plain.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_library_on_a_share_that_may_only_be_read_is_open_for_reading(folder, open_again):
    from tests.disks import read_only

    first = open_again()
    first.desk.new_brief("On the share")
    first.close()
    with read_only(folder):
        services = open_library(folder, Origin.WINDOW, make=False)
        assert services.read_only is not None
        assert [row.title for row in services.desk.briefs()] == ["On the share"]
        services.close()
