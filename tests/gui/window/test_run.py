"""From the start of the window to its end."""

import shutil
import sqlite3
import threading
from dataclasses import replace
from functools import partial

import pytest

from briefing_app.app import open_library, rest_of_window
from briefing_app.domain.change import Action, Origin
from briefing_app.errors import StorageFailure
from briefing_app.gui.run import Start
from briefing_app.settings import Settings


@pytest.fixture
def begin(qapp, tmp_path):
    """Return a function that starts the window on what it is given, and ends it afterwards."""
    started = []

    def start(opening):
        told = []
        settings = Settings(tmp_path / "settings.toml")
        settings.change(theme="light")
        rest = replace(rest_of_window(), tell=lambda _parent, error: told.append(error))
        begun = Start(qapp, settings, tmp_path / "L", opening, lambda: rest)
        begun.told = told
        started.append(begun)
        begun.window.show()
        return begun

    yield start
    for begun in started:
        begun.window.close()
        begun.end()


def test_the_library_is_opened_after_the_first_paint_and_on_another_thread(begin, qtbot, tmp_path):
    seen = []

    def opening():
        seen.append((start.window._was_painted, threading.current_thread()))
        return open_library(tmp_path / "L", Origin.WINDOW)

    start = begin(opening)
    qtbot.waitUntil(lambda: start.desktop is not None, timeout=20_000)
    [(painted, thread)] = seen
    assert painted
    assert thread is not threading.current_thread()


def test_a_library_that_cannot_be_opened_is_said_and_the_window_stays(begin, qtbot):
    def opening():
        raise StorageFailure("The disk is full.")

    start = begin(opening)
    qtbot.waitUntil(lambda: bool(start.told), timeout=20_000)
    assert str(start.told[0]) == "The disk is full."
    assert start.window.status.saved_text() == "No library is open"
    assert not start.window.actions_["import"].isEnabled()
    assert start.window.actions_["settings"].isEnabled()


def test_a_fault_is_told_and_what_was_written_is_saved(begin, qtbot, tmp_path):
    start = begin(lambda: open_library(tmp_path / "L", Origin.WINDOW))
    qtbot.waitUntil(lambda: start.desktop is not None, timeout=20_000)
    start.services.desk.new_brief("Written just now")
    fault = ValueError("a bug")
    start.fault(ValueError, fault, None)
    assert start.told == [fault]
    assert start.services.history.pending == 0


def test_edits_that_cannot_be_stored_do_not_keep_the_program_from_ending(
    qapp, qtbot, tmp_path, caplog
):
    settings = Settings(tmp_path / "settings.toml")
    rest = replace(rest_of_window(), tell=lambda _parent, _error: None)
    opening = partial(open_library, tmp_path / "L", Origin.WINDOW)
    start = Start(qapp, settings, tmp_path / "L", opening, lambda: rest)
    start.window.show()
    qtbot.waitUntil(lambda: start.desktop is not None, timeout=20_000)
    start.desktop.keeper.close()  # no box: this user has been asked already
    qtbot.waitUntil(lambda: bool(start.desktop.reader.article), timeout=20_000)
    services = start.services
    services.history.flush()
    with sqlite3.connect(tmp_path / "L" / "library.sqlite3") as plain:
        plain.execute("ALTER TABLE story RENAME TO hidden")
    plain.close()
    services.desk.edit_story(
        Action.EDIT_HEADLINE,
        start.desktop.composer.story,
        lambda old: replace(old, headline="Lost"),
    )
    with pytest.raises(StorageFailure):
        services.history.flush()
    start.end()
    assert "closed without the last edits" in caplog.text


def test_changes_that_are_missing_from_the_file_are_told_when_the_library_is_there(
    begin, qtbot, tmp_path
):
    whole = open_library(tmp_path / "whole", Origin.COMMAND)
    whole.desk.new_brief("Brief")
    whole.history.flush()
    without_log = shutil.ignore_patterns("*-wal", "*-shm")
    shutil.copytree(tmp_path / "whole", tmp_path / "L", ignore=without_log)
    whole.close()
    start = begin(lambda: open_library(tmp_path / "L", Origin.WINDOW))
    qtbot.waitUntil(lambda: bool(start.told), timeout=20_000)
    assert "2 of them were saved" in str(start.told[0])
    assert start.desktop is not None
