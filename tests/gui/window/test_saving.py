"""What the window says of saving is true: nothing is called saved that is not on disk."""

from __future__ import annotations

import os
import re

import pytest
from PySide6.QtCore import Qt

from briefing_app.app import open_library
from briefing_app.domain.change import Action, Origin
from briefing_app.domain.statement import Part
from briefing_app.storage.locks import write_lock
from tests.dialogs import press_in_next
from tests.disks import small_disk
from tests.gui.window.conftest import Room

SAVED = re.compile(r"Saved \d\d?:\d\d")


def first_row(room):
    return room.furniture.composer.column.card(Part.KEY_POINTS).views()[0].row


def point(room):
    return room.story.part(Part.KEY_POINTS)[0].text


def saved(room):
    return SAVED.match(room.window.status.saved_text())


def type_into(room, row, words):
    row.setFocus()
    row.moveCursor(row.textCursor().MoveOperation.End)
    room.qtbot.keyClicks(row, words)


def test_typing_is_called_saved_when_it_is_on_disk_and_not_before(room, tmp_path):
    folder, row = tmp_path / "Test.briefinglib", first_row(room)
    room.services.history.flush()
    with write_lock(folder):  # another program writes: ours has to wait
        type_into(room, row, " and more")
        room.wait(lambda: room.window.status.saved_text() == "Saving…")
        room.qtbot.wait(600)  # longer than typing waits to be stored
        assert room.window.status.saved_text() == "Saving…"
        other = room.services.history._journal.last()
    room.wait(lambda: saved(room))
    assert room.services.history.pending == 0
    assert room.services.history._journal.last() > other
    command = open_library(folder, Origin.COMMAND)
    assert command.desk.story(room.story.id).part(Part.KEY_POINTS)[0].text.endswith(" and more")
    command.close()


def test_typing_is_stored_soon_after_the_last_key_and_is_one_step(room):
    row, before = first_row(room), point(room)
    type_into(room, row, " one")
    room.wait(lambda: saved(room))
    type_into(room, row, " two")
    room.wait(lambda: point(room) == f"{before} one two" and not room.services.history.pending)
    room.do("undo")
    assert point(room) == before
    assert room.window.actions_["redo"].text() == "Redo typing"


def test_enter_begins_another_step(room):
    row, before = first_row(room), point(room)
    type_into(room, row, " one")
    room.qtbot.keyClick(row, Qt.Key.Key_Return)
    room.wait(lambda: len(room.story.part(Part.KEY_POINTS)) > 0 and point(room) == f"{before} one")
    room.do("undo")
    assert point(room) == f"{before} one"
    room.do("undo")
    assert point(room) == before


@pytest.fixture
def small_room(qapp, qtbot, tmp_path):
    """A window on a library that lies on a disk of its own, which can be filled."""
    with small_disk(tmp_path, megabytes=24) as place:
        room = Room(qapp, qtbot, place)
        room.wait_for_samples()
        room.services.history.flush()
        yield room, place
        room.leave()


def fill(place):
    with (place / "filler").open("ab", buffering=0) as stream:
        for size in (65536, 4096):
            try:
                while True:
                    stream.write(os.urandom(size))
            except OSError:
                continue


def test_a_full_disk_is_told_the_words_stay_and_try_again_stores_them(small_room):
    room, place = small_room
    fill(place)
    said = press_in_next(room.window)
    row = first_row(room)
    words = " ".join(f"word{number}" for number in range(3000))
    row.setFocus()
    row.insertPlainText(words)
    room.wait(lambda: said)
    assert "could not be written" in said[0]
    assert said[1] == "Is the disk full? Make room, then try again."
    room.wait(lambda: "not saved" in room.window.status.saved_text())
    assert room.window.status.retry.isVisible()
    assert words in row.toPlainText()
    room.services.desk.edit_story(Action.EDIT_HEADLINE, room.story.id, lambda old: old)
    (place / "filler").unlink()
    room.window.status.retry.click()
    room.wait(lambda: saved(room))
    assert room.services.history.pending == 0
    assert not room.window.status.retry.isVisible()
    command = open_library(place / "Test.briefinglib", Origin.COMMAND)
    assert words in command.desk.story(room.story.id).part(Part.KEY_POINTS)[0].text
    command.close()
