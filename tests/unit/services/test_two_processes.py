"""A command beside an open window: what it did is seen there, and undone there only by name."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from briefing_app.domain.change import Action, Origin
from briefing_app.domain.statement import Kind, Part
from briefing_app.domain.storytext import Row, StoryText

CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture
def story(services):
    brief = services.desk.new_brief("Brief")
    made = services.desk.new_story(brief.id, "Ferries")
    services.history.flush()
    services.history.look()
    return made


def add_point(folder, story, text):
    """Add a key point to a story by a command: a process of its own."""
    words = ["statement", "add", story.id, "--part", "key-points", "--text", text]
    line = [sys.executable, "-m", "briefing_app", *words, "--library", str(folder)]
    done = subprocess.run(line, cwd=CHECKOUT, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def texts(services, story):
    return [statement.text for statement in services.desk.story(story.id).statements]


def test_what_a_command_did_is_told_with_its_story(services, folder, story):
    told = []
    services.history.on_changed(told.append)
    assert texts(services, story) == []

    add_point(folder, story, "Ice closes the route.")

    assert services.history.look()
    (changed,) = told
    assert changed.action is Action.ADD_STATEMENT
    assert changed.stories == {story.id}
    assert texts(services, story) == ["Ice closes the route."]
    assert not services.history.look()


def test_undo_leaves_alone_what_a_command_did(services, folder, story):
    add_point(folder, story, "Ice closes the route.")
    services.history.look()
    assert services.history.next_undo == (Action.ADD_STORY, "Ferries")


def test_what_came_while_an_edit_was_on_its_way_is_told_afterwards(services, folder, story):
    written, go = threading.Event(), threading.Event()

    def wait(_saved):
        written.set()
        go.wait(30)

    stop = services.history.on_saved(wait)
    services.desk.new_brief("The writer tells of this one, and is held up")
    assert written.wait(30)
    try:
        services.desk.new_brief("This one waits behind it")
        add_point(folder, story, "Meanwhile.")
        assert not services.history.look()
        assert services.history.pending
    finally:
        go.set()
        stop()
    services.history.flush()
    assert services.history.look()
    assert texts(services, story) == ["Meanwhile."]


def test_a_closed_library_has_no_news(services):
    services.close()
    assert not services.history._journal.moved()


def test_a_story_of_thousands_of_rows_is_taken_in_with_few_questions(services, open_again, story):
    other = open_again(Origin.COMMAND)
    rows = tuple(Row(Part.KEY_POINTS, Kind.ITEM, f"Point {number}.") for number in range(2000))
    made = other.desk.add_stories(None, (StoryText("Long", None, rows),))
    other.history.flush()
    asked, told = [], []
    services.history.on_changed(told.append)

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert services.history.look()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(asked) < 50
    assert told[0].stories == set(made.stories)
