"""What is said of the place where the library lies."""

from __future__ import annotations

import pytest

from briefing_app.gui import fonts, theme, tokens
from tests.disks import small_disk
from tests.gui.window.conftest import Room


@pytest.fixture
def open_at(qapp, qtbot):
    """Return a function that opens the window on a library in a folder."""
    fonts.register()
    rooms = []

    def enter(folder):
        folder.mkdir(exist_ok=True)
        rooms.append(Room(qapp, qtbot, folder))
        return rooms[-1]

    yield enter
    for room in rooms:
        if room.runner is not None:
            room.leave()
    theme.apply(qapp, tokens.LIGHT)


def test_a_cloud_is_warned_of_once_for_each_library(open_at, tmp_path):
    room = open_at(tmp_path / "Dropbox")
    room.wait(room.furniture.banner.isVisible)
    assert "Dropbox keeps in step" in room.furniture.banner.text()
    assert "edits can be lost" in room.furniture.banner.text()
    assert "backups" in room.furniture.banner.text()
    room.furniture.banner.button.click()
    assert not room.furniture.banner.isVisible()
    room.wait_for_samples()
    room.leave()
    room.runner = None
    again = open_at(tmp_path / "Dropbox")
    again.wait_for_samples()
    again.wait(lambda: not again.runner._pool.activeThreadCount())
    again.qtbot.wait(50)
    assert again.furniture.banner.text() == ""
    other = open_at(tmp_path / "OneDrive")
    other.wait(other.furniture.banner.isVisible)
    assert "OneDrive keeps in step" in other.furniture.banner.text()


def test_little_room_is_said_at_the_foot_and_no_more_when_there_is_enough(open_at, tmp_path):
    with small_disk(tmp_path, megabytes=24) as disk:
        room = open_at(disk)
        words = room.window.status._room
        room.wait(words.isVisible)
        assert words.text() in {f"Only {size} MB free where the library lies" for size in range(26)}
        room.desktop.notices._seen((900_000_000, ""))
        assert not words.isVisible()
        room.wait_for_samples()
        room.leave()
        room.runner = None


def test_nothing_is_said_of_an_ordinary_place(room):
    assert room.furniture.banner.text() == ""
