"""Two processes that do the same at the same time: one library, one article."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from briefing_app.domain.change import Action, Origin
from briefing_app.progress import NoProgress
from briefing_app.services.incoming import pasted
from briefing_app.storage.known import Known
from briefing_app.storage.locks import write_lock
from briefing_app.storage.writer import FILE

CHECKOUT = Path(__file__).resolve().parents[3]

# says that it is ready, waits for a line, then works: so that both begin together
_TOGETHER = """
import sys
from pathlib import Path
from briefing_app.app import open_library
from briefing_app.domain.change import Origin
from briefing_app.progress import NoProgress
from briefing_app.services.incoming import pasted
import briefing_app.storage.library, briefing_app.services.importing, sqlalchemy
folder, what = Path(sys.argv[1]), sys.argv[2]
services = None
if what == "import":
    services = open_library(folder, Origin.COMMAND)
    services.importing.warm(NoProgress())
print("ready", flush=True)
sys.stdin.readline()
if what == "import":
    one = pasted(sys.argv[3].encode(), "text/plain", "")
    for outcome in services.importing.bring_in((one,), NoProgress()):
        print(outcome.status, outcome.article or outcome.brief, flush=True)
else:
    services = open_library(folder, Origin.COMMAND)
    services.desk.new_brief(sys.argv[3])
services.close()
"""


@pytest.fixture
def together():
    """Return a function that runs a script several times at once and returns what each printed."""

    def run(folder, what, *words):
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", _TOGETHER, str(folder), what, word],
                cwd=CHECKOUT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for word in words
        ]
        for process in processes:
            assert process.stdout.readline() == "ready\n", process.stderr.read()
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.communicate(timeout=100) for process in processes]
        assert [err for _out, err in said] == [""] * len(words)
        return [out.split() for out, _err in said]

    return run


def test_processes_that_open_a_new_folder_at_once_make_one_library(folder, together, open_again):
    together(folder, "brief", "one", "two", "three", "four")
    services = open_again()
    assert sorted(row.title for row in services.desk.briefs()) == ["four", "one", "three", "two"]
    services.close()
    with closing(sqlite3.connect(folder / FILE)) as plain:
        assert plain.execute("SELECT count(*) FROM library").fetchone() == (1,)
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_processes_that_import_the_same_text_at_once_make_one_article(folder, together, open_again):
    open_again().close()
    text = "The bridge is open\n\nIt was opened at dawn."
    said = together(folder, "import", text, text, text)
    assert sorted(status for status, _id in said) == ["duplicate", "duplicate", "new"]
    assert len({article for _status, article in said}) == 1
    assert open_again().articles.counts().all == 1


def _meanwhile(monkeypatch, do):
    """Do something once, between the look for what is there and the commit."""
    plain, done = Known.look, []

    def look(self, *args, **options):
        found = plain(self, *args, **options)
        if not done:
            done.append(True)
            do()
        return found

    monkeypatch.setattr(Known, "look", look)


def test_an_article_that_comes_between_the_look_and_the_commit_is_found(
    services, open_again, monkeypatch
):
    other = open_again(Origin.COMMAND)
    one = pasted(b"The bridge is open\n\nIt was opened at dawn.", "text/plain", "")
    theirs = []
    _meanwhile(monkeypatch, lambda: theirs.extend(other.importing.bring_in((one,), NoProgress())))
    (ours,) = services.importing.bring_in((one,), NoProgress())
    assert (ours.status, ours.article) == ("duplicate", theirs[0].article)
    assert services.articles.counts().all == 1


def test_another_article_that_comes_meanwhile_keeps_none_out(services, open_again, monkeypatch):
    other = open_again(Origin.COMMAND)
    first = pasted(b"The bridge is open\n\nIt was opened at dawn.", "text/plain", "")
    second = pasted(b"The ferry is closed\n\nThere is ice.", "text/plain", "")
    _meanwhile(monkeypatch, lambda: other.importing.bring_in((second,), NoProgress()))
    (ours,) = services.importing.bring_in((first,), NoProgress())
    assert ours.status == "new"
    assert services.articles.counts().all == 2
    services.history.refresh()
    assert services.history.next_undo[0] is Action.IMPORT_ARTICLE
    services.history.undo()
    services.history.flush()
    assert services.articles.counts().all == 1


def test_stories_that_come_between_the_look_and_the_commit_are_found(
    services, open_again, monkeypatch, seed_bytes
):
    other = open_again(Origin.COMMAND)
    one = pasted(seed_bytes, "text/plain", "")
    plain, theirs = Known.stories, []

    def stories(self, headline):
        found = plain(self, headline)
        if not theirs:
            theirs.append(None)
            theirs.extend(other.importing.bring_in((one,), NoProgress()))
        return found

    monkeypatch.setattr(Known, "stories", stories)
    (ours,) = services.importing.bring_in((one,), NoProgress())
    assert (ours.status, ours.brief) == ("duplicate", theirs[1].brief)
    assert len(services.desk.briefs()) == 1


def test_a_library_that_is_being_brought_up_to_date_is_waited_for(folder, open_again, together):
    """Whoever opens it waits for the lock, as for any other who writes."""
    open_again().close()
    lock = write_lock(folder)
    process = subprocess.Popen(
        [sys.executable, "-c", _TOGETHER, str(folder), "brief", "Came later"],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        with lock:
            assert process.stdout.readline() == "ready\n"
            process.stdin.write("go\n")
            process.stdin.flush()
            with closing(sqlite3.connect(folder / FILE)) as plain:
                assert plain.execute("SELECT count(*) FROM brief").fetchone() == (0,)
        process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0
    assert [row.title for row in open_again().desk.briefs()] == ["Came later"]
