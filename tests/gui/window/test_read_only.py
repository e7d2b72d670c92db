"""A library that may only be read, in the window: shown, said, and never a dialog for a key."""

from __future__ import annotations

import sqlite3
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.dialogs import press_in_next
from tests.disks import read_only


@pytest.fixture
def closed_room(open_room, tmp_path):
    """Return a function that opens the room again, after it was filled and left."""
    first = open_room()
    first.wait_for_samples()
    first.services.history.flush()
    first.leave()
    first.runner = None
    return open_room


@pytest.fixture
def barred(closed_room, tmp_path):
    with read_only(tmp_path / "Test.briefinglib"):
        room = closed_room()
        room.wait_for_samples()
        yield room
        room.leave()
        room.runner = None


@pytest.fixture
def newer(closed_room, tmp_path):
    with sqlite3.connect(tmp_path / "Test.briefinglib" / "library.sqlite3") as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9999'")
    plain.close()
    room = closed_room()
    room.wait_for_samples()
    return room


def told(room, do):
    """Do something and return what the box says that it brings up."""
    said = press_in_next(room.window)
    do()
    room.wait(lambda: said)
    return " ".join(said)


def test_a_banner_says_that_the_folder_may_not_be_written_to(barred, tmp_path):
    text = barred.furniture.banner.text()
    assert "This library is read-only" in text
    assert str(tmp_path / "Test.briefinglib") in text
    assert "copy it" in text
    assert barred.furniture.banner.isVisible()
    assert barred.window.status.saved_text() == "Read-only"


def test_commands_that_write_are_off_and_say_why(barred):
    actions = barred.window.actions_
    for name in ("import", "archive", "delete-article", "new-brief", "new-story", "samples"):
        assert not actions[name].isEnabled(), name
        assert "read-only" in actions[name].toolTip()
    for name in ("undo", "redo"):
        assert not actions[name].isEnabled()
    for name in ("export", "print", "preview", "new-library", "open-library"):
        assert actions[name].isEnabled(), name


def test_rows_can_be_read_and_copied_but_not_typed_in(barred):
    row = barred.furniture.composer.column.views()[0].row
    before = row.text()
    row.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_X):
        barred.qtbot.keyClick(row, key)
    barred.furniture.composer.flush()
    assert row.text() == before
    assert QApplication.activeModalWidget() is None
    assert [len(card.views()) for card in barred.furniture.composer.column._cards.values()]


def test_a_highlight_is_refused_in_a_sentence(barred):
    barred.select("Two days later the delegations were in Abu Dhabi.")
    marks = barred.services.reading.annotations(barred.desktop.reader.article)
    said = told(barred, lambda: barred.qtbot.keyClick(barred.view, Qt.Key.Key_K))
    assert "This library is read-only" in said
    assert barred.services.reading.annotations(barred.desktop.reader.article) == marks


@pytest.mark.parametrize("letter", "ERUB")
def test_a_triage_key_is_refused_in_a_sentence(barred, letter):
    article = barred.desktop.reader.article
    stories = barred.story, barred.services.desk.briefs()
    state = barred.services.articles.article(article).state
    said = told(barred, partial(barred.window.articles.press_letter, letter))
    assert "This library is read-only" in said
    assert barred.services.articles.article(article).state is state
    assert (barred.story, barred.services.desk.briefs()) == stories


def test_the_choice_of_a_target_is_refused_in_a_sentence(barred):
    said = told(barred, barred.desktop.aim.ask)
    assert "This library is read-only" in said


def test_a_library_of_a_newer_version_is_shown_with_a_banner(newer):
    assert "a newer version of Briefing Desk made it" in newer.furniture.banner.text()
    assert not newer.window.actions_["import"].isEnabled()


def test_a_library_that_takes_edits_has_no_banner(room):
    assert room.furniture.banner.text() == ""
    assert not room.furniture.composer.column.views()[0].row.isReadOnly()
