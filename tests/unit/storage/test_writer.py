"""The thread that writes: in order, durably, beside others, and honest about trouble."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from briefing_app.domain.change import Action, ChangeSet, Origin, diff
from briefing_app.domain.record import article_records
from briefing_app.domain.statement import Kind, Part
from briefing_app.domain.storytext import Row, StoryText
from briefing_app.errors import StorageFailure
from briefing_app.storage.writer import FILE
from tests.unit.making import article_of, body_of, store

CHECKOUT = Path(__file__).resolve().parents[3]
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs the signals and limits of POSIX")

# edits the headline of one story again and again; each number is printed once it was told as saved
_TYPIST = """
import sys, threading
from dataclasses import replace
from pathlib import Path
from briefing_app.app import open_library
from briefing_app.domain.change import Action, Origin

services = open_library(Path(sys.argv[1]), Origin.COMMAND)
story, name, count = sys.argv[2], sys.argv[3], int(sys.argv[4])
saved = threading.Semaphore(0)
services.history.on_saved(lambda _saved: saved.release())
for number in range(count):
    services.desk.edit_story(
        Action.EDIT_HEADLINE, story, lambda old: replace(old, headline=f"{name} {number}")
    )
    saved.acquire()
    print(number, flush=True)
services.close()
"""

# fills the disk (a limit of the size of files), is told, gets room, and goes on
_FULL = """
import resource, signal, sys, threading
from dataclasses import replace
from pathlib import Path
from briefing_app.app import open_library
from briefing_app.domain.change import Action, Origin
from briefing_app.errors import StorageFailure

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
services = open_library(Path(sys.argv[1]), Origin.COMMAND)
brief = services.desk.new_brief("Before")
services.history.flush()
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, most))
told, troubles = threading.Event(), []
services.history.on_trouble(lambda trouble: (troubles.append(trouble), told.set()))
for number in range(3):
    services.desk.edit_brief(
        Action.EDIT_BRIEF, brief.id, lambda old: replace(old, contact=f"{number}" * 200_000)
    )
assert told.wait(20)
try:
    services.history.flush()
except StorageFailure as error:
    print("told:", error)
    print("hint:", error.next_step)
print("pending:", troubles[0].pending, services.history.pending)
assert services.desk.brief(brief.id).contact == "2" * 200_000
services.history.undo()
assert services.desk.brief(brief.id).contact == "1" * 200_000
services.history.redo()
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
services.history.retry()
services.history.flush()
print("after:", services.history.pending)
services.close()
services = open_library(Path(sys.argv[1]), Origin.COMMAND)
assert services.desk.brief(brief.id).contact == "2" * 200_000
services.history.undo()
assert services.desk.brief(brief.id).contact == "1" * 200_000
services.close()
print("done")
"""


@pytest.fixture
def run():
    """Return a function that starts a script in a process of its own."""
    started = []

    def start(script, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-c", script, *map(str, arguments)],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def story(services):
    made = services.desk.new_story(services.desk.new_brief("Brief").id, "Start")
    services.history.flush()
    return made


def _check(folder):
    with sqlite3.connect(folder / FILE) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    plain.close()


@POSIX
def test_what_was_told_as_saved_survives_a_kill(folder, open_again, services, story, run):
    services.close()
    for round_ in range(3):
        process = run(_TYPIST, folder, story.id, f"round {round_}", 10_000)
        acknowledged = [process.stdout.readline() for _ in range(3 + 7 * round_)]
        process.send_signal(signal.SIGKILL)
        acknowledged += process.stdout.read().splitlines()
        process.wait()
        last = max(int(line) for line in acknowledged if line.strip())
        again = open_again()
        name, number = again.desk.story(story.id).headline.rsplit(" ", 1)
        assert name == f"round {round_}"
        assert int(number) in (last, last + 1)  # the next may be stored and not told yet
        again.close()
        _check(folder)


def test_two_processes_write_to_one_library_and_nothing_is_lost(
    folder, open_again, services, story, run
):
    other = services.desk.new_story(services.desk.briefs()[0].id, "Other")
    services.history.flush()
    process = run(_TYPIST, folder, other.id, "theirs", 40)
    for number in range(40):
        services.desk.edit_story(
            Action.EDIT_HEADLINE,
            story.id,
            lambda old, new=number: replace(old, headline=f"ours {new}"),
        )
        services.history.flush()
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert len(out.split()) == 40
    services.history.refresh()
    assert services.desk.story(other.id).headline == "theirs 39"
    assert services.desk.story(story.id).headline == "ours 39"
    services.close()
    _check(folder)
    with sqlite3.connect(folder / FILE) as plain:
        rows = plain.execute("SELECT count(*) FROM change WHERE field = 'headline'").fetchone()
    plain.close()
    assert rows == (80,)


@POSIX
def test_a_full_disk_is_told_and_loses_nothing(folder, run):
    out, err = run(_FULL, folder).communicate(timeout=60)
    assert err == ""
    lines = out.splitlines()
    assert lines[0].startswith("told: The library “")
    assert "could not be written" in lines[0]
    assert lines[1] == "hint: Is the disk full? Make room, then try again."
    assert lines[-2:] == ["after: 0", "done"]
    pending, now = map(int, lines[2].split()[1:])
    assert 1 <= pending <= now


def test_a_failed_commit_stops_the_queue_until_it_is_tried_again(
    folder, open_again, services, story
):
    told = []
    heard = threading.Event()
    services.history.on_trouble(lambda trouble: (told.append(trouble), heard.set()))
    with sqlite3.connect(folder / FILE) as plain:
        plain.execute("ALTER TABLE story RENAME TO hidden")
    for name in ("one", "two"):
        services.desk.edit_story(
            Action.EDIT_HEADLINE, story.id, lambda old, new=name: replace(old, headline=new)
        )
    assert heard.wait(5)
    with pytest.raises(StorageFailure):
        services.history.flush()
    assert services.history.pending == 2
    assert services.desk.story(story.id).headline == "two"
    with plain:
        plain.execute("ALTER TABLE hidden RENAME TO story")
    plain.close()
    services.history.retry()
    services.history.flush()
    assert (services.history.pending, len(told)) == (0, 1)
    services.close()
    assert open_again().desk.story(story.id).headline == "two"


def test_an_import_that_cannot_be_stored_is_told_to_its_caller_and_stops_nothing(
    services, story, new_id
):
    article, intake = article_of(new_id, "A", body_of("x"))
    store(services, ((article, intake),))
    with pytest.raises(StorageFailure):  # the same ids once more
        store(services, ((article, intake),))
    assert services.history.pending == 0
    services.desk.new_brief("Goes on")
    services.history.flush()


def test_edits_and_imports_of_two_threads_are_all_stored(folder, services, story, new_id):
    made = [article_of(new_id, f"Article {number}", body_of("text")) for number in range(30)]
    failed = []

    def bring_in():
        set_id = services.history.new_id()
        try:
            for pair in made:
                store(services, (pair,), set_id=set_id, subject="Thirty")
        except StorageFailure as error:
            failed.append(error)

    thread = threading.Thread(target=bring_in)
    thread.start()
    for number in range(30):
        services.desk.edit_story(
            Action.EDIT_HEADLINE,
            story.id,
            lambda old, new=number: replace(old, headline=f"Headline {new}"),
        )
    thread.join()
    services.history.flush()
    services.history.refresh()
    assert not failed
    assert services.articles.counts().all == 30
    assert services.desk.story(story.id).headline == "Headline 29"
    services.close()
    _check(folder)


def test_a_large_original_lies_in_a_file_named_by_its_digest(folder, services, new_id):
    from briefing_app.domain.article import Intake, Original

    article, intake = article_of(new_id, "A", body_of("x"))
    data = bytes(1024 * 1024 + 1)
    name = hashlib.sha256(data).hexdigest()
    big = Original(name, "image/png", data)
    store(services, ((article, Intake(intake.version, (*intake.originals, big))),))
    assert (folder / "originals" / name[:2] / name).read_bytes() == data
    assert services.articles.original(name) == data
    assert services.articles.original(intake.version.original) == intake.originals[0].data
    assert services.articles.original("0" * 64) is None


def test_creates_are_journalled_without_values_and_edits_with_both(folder, services, story):
    services.desk.edit_story(
        Action.EDIT_HEADLINE, story.id, lambda old: replace(old, headline="End")
    )
    services.history.flush()
    with sqlite3.connect(folder / FILE) as plain:
        rows = plain.execute(
            "SELECT op, field, old, new FROM change WHERE uid = ? ORDER BY seq", (story.id,)
        ).fetchall()
        heads = plain.execute("SELECT origin, action, subject FROM change_set").fetchall()
        version = plain.execute("SELECT version FROM story").fetchone()
    plain.close()
    assert rows == [("create", "", None, None), ("set", "headline", '"Start"', '"End"')]
    assert heads == [
        ("window", "new-brief", "Brief"),
        ("window", "add-story", "Start"),
        ("window", "edit-headline", "End"),
    ]
    assert version == (2,)


def test_undo_is_journalled_as_a_set_of_its_own_that_names_what_it_undoes(folder, services, story):
    services.history.undo()
    services.history.flush()
    with sqlite3.connect(folder / FILE) as plain:
        rows = plain.execute(
            "SELECT undone.action, change_set.action FROM change_set "
            "JOIN change_set undone ON undone.id = change_set.undoes_id"
        ).fetchall()
        trashed = plain.execute("SELECT deleted_at IS NOT NULL FROM story").fetchone()
    plain.close()
    assert rows == [("add-story", "add-story")]
    assert trashed == (1,)


def test_the_search_index_holds_exactly_what_is_in_the_tables(folder, services, receive):
    from briefing_app.domain.annotation import Role

    ids = receive(("Ferry", "The boat."), ("Train", "The engine."))
    made = services.reading.annotate(ids[0], 4, 8, Role.KEY_POINT, comment="harbour")
    services.articles.edit(ids[1], lambda old: replace(old, title="Bus"))
    services.reading.delete(made.annotation)
    services.history.undo()
    services.history.flush()
    with sqlite3.connect(folder / FILE) as plain:
        for name in ("article_fts_0000", "annotation_fts", "statement_fts"):
            plain.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
            plain.execute(f"CREATE VIRTUAL TABLE temp.v_{name} USING fts5vocab(main, {name}, row)")
        terms = {
            name: {row[0] for row in plain.execute(f"SELECT term FROM temp.v_{name}")}
            for name in ("article_fts_0000", "annotation_fts", "statement_fts")
        }
    plain.close()
    assert terms == {
        "article_fts_0000": {"ferry", "the", "boat", "bus", "engine"},
        "annotation_fts": {"boat", "harbour"},
        "statement_fts": {"boat"},
    }


def test_a_closed_writer_takes_nothing_and_says_so(services, new_id):
    writer = services.history._writer
    brief = services.desk.new_brief("Brief")
    services.close()
    article, intake = article_of(new_id, "A", body_of("Some text."))
    changes = diff({}, article_records(article))
    change_set = ChangeSet(new_id(), 1, Origin.WINDOW, Action.IMPORT_ARTICLE, changes)
    with pytest.raises(StorageFailure, match="is closed"):
        writer.take_in(change_set, (intake,))
    with pytest.raises(StorageFailure, match="is closed"):
        services.desk.edit_brief(Action.EDIT_BRIEF, brief.id, lambda old: replace(old, title="B"))


def test_flushing_waits_for_what_is_queued_and_not_for_an_import_that_goes_on(services, new_id):
    """Undo and export flush: they must not wait for the end of a long import."""
    ends, over, stored = threading.Event(), threading.Event(), []

    def go_on():
        while not ends.is_set():
            number = len(stored)
            store(services, [article_of(new_id, f"A {number}", body_of(f"Text {number}."))])
            stored.append(number)

    threads = [threading.Thread(target=go_on) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        services.desk.new_brief("Brief")
        flushing = threading.Thread(target=lambda: (services.history.flush(), over.set()))
        flushing.start()
        assert over.wait(20)
    finally:
        ends.set()
        for thread in threads:
            thread.join()
    assert stored


def test_a_step_about_thousands_of_rows_is_written_with_few_statements(services):
    rows = tuple(Row(Part.KEY_POINTS, Kind.ITEM, f"Point {number}.") for number in range(2000))
    made = services.desk.add_stories(None, (StoryText("Long", None, rows),))
    services.history.flush()
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        services.history.undo()
        services.history.redo()
        services.history.flush()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(asked) < 100
    assert len(services.desk.story(made.stories[0]).statements) == 2000


def test_a_row_that_nobody_erased_and_that_is_missing_is_damage_and_no_edit_is_dropped(
    folder, services, story
):
    """An index that lost a row must not make the program believe that the edit is done."""
    services.history.flush()
    with sqlite3.connect(folder / FILE) as plain:
        plain.execute("PRAGMA foreign_keys = OFF")
        plain.execute("UPDATE story SET uid = 'elsewhere'")
    plain.close()
    services.desk.edit_story(Action.EDIT_HEADLINE, story.id, lambda old: replace(old, headline="x"))
    with pytest.raises(StorageFailure, match="is damaged: not every story"):
        services.history.flush()
    assert services.history.pending == 1
    with sqlite3.connect(folder / FILE) as plain:
        plain.execute("UPDATE story SET uid = ?", (story.id,))
    plain.close()
    services.history.retry()
    services.history.flush()
    assert services.desk.story(story.id).headline == "x"
