"""The folder whose new files come in by themselves."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox

from briefing_app.gui.importing.incoming import Watched
from tests.dialogs import in_next


@pytest.fixture
def place(tmp_path):
    place = tmp_path / "Incoming"
    place.mkdir()
    return place


def save(path, title):
    path.write_text(f"{title}\n\nSome text about {title}.", encoding="utf-8")


def press(room, words):
    """Press a button of the next message box, by its words."""

    def do(box):
        next(button for button in box.buttons() if words in button.text()).click()

    in_next(room.window, QMessageBox, do)


def watch(room, place):
    room.desktop.sources.watch._slow.setInterval(300)  # a test does not wait as a person does
    room.desktop.sources.watch.choose(place)


def test_a_file_that_is_saved_there_comes_in_and_stays_where_it_is(room, place):
    watch(room, place)
    before = room.desktop.reader.article
    assert room.window.status.watching_text() == "Watching “Incoming”"
    save(place / "half.txt.part", "Half")
    save(place / "ice.txt", "Ice")
    room.wait(lambda: "Ice" in room.titles())
    room.wait(lambda: room.furniture.strip.text() == "From “Incoming”: 1 imported.")
    assert sorted(path.name for path in place.iterdir()) == ["half.txt.part", "ice.txt"]
    assert room.desktop.reader.article == before
    (place / "half.txt.part").rename(place / "half.txt")
    room.wait(lambda: "Half" in room.titles())


def test_what_lies_there_already_comes_if_the_user_wants_it(room, place):
    save(place / "old.txt", "Old")
    press(room, "Import all")
    watch(room, place)
    room.wait(lambda: "Old" in room.titles())


def test_else_it_is_left(room, place):
    save(place / "old.txt", "Old")
    press(room, "Only what is new")
    watch(room, place)
    save(place / "new.txt", "New")
    room.wait(lambda: "New" in room.titles())
    assert "Old" not in room.titles()


def test_what_came_in_and_was_deleted_does_not_come_back_with_the_next_start(open_room, place):
    room = open_room()
    room.wait_for_samples()
    watch(room, place)
    save(place / "ice.txt", "Ice")
    room.wait(lambda: "Ice" in room.titles())
    room.wait(lambda: not room.services.watching.waiting_in(place))
    rows = [room.list.rows.row(at) for at in range(room.list.rows.rowCount())]
    [article] = [row.id for row in rows if row.title == "Ice"]
    room.services.articles.delete([article])
    room.services.history.flush()
    room.leave()
    room.runner = None

    save(place / "storm.txt", "Storm")  # while the program was closed
    again = open_room()
    again.wait(lambda: "Storm" in again.titles())
    assert "Ice" not in again.titles()


def test_a_folder_that_goes_away_is_taken_up_when_it_is_back(room, place):
    watch(room, place)
    status = room.window.status
    away = place.rename(place.with_name("Away"))
    room.wait(lambda: status.watching_text() == "“Incoming” cannot be reached")
    save(away / "ice.txt", "Ice")
    away.rename(place)
    room.wait(lambda: "Ice" in room.titles())
    assert status.watching_text() == "Watching “Incoming”"


def test_the_watch_ends_when_the_user_says_so(room, place):
    watch(room, place)
    press(room, "Stop watching")
    room.do("watch")
    assert room.services.watching.folder() is None
    assert room.window.status.watching_text() == ""
    save(place / "ice.txt", "Ice")
    assert not room.desktop.sources.watch._slow.isActive()


def test_files_that_wait_behind_an_import_that_is_stopped_come_with_the_next_start(
    room, place, tmp_path
):
    watch(room, place)
    ended = []
    room.desktop.imports.ended.connect(lambda what, tried: ended.append((what, tried)))
    (tmp_path / "one.txt").write_text("One\n\nText.", encoding="utf-8")
    room.desktop.imports.bring_in((tmp_path / "one.txt",))
    save(place / "ice.txt", "Ice")
    [found] = room.services.watching.waiting_in(place)
    room.desktop.imports.queue(Watched((found,)))
    room.desktop.imports.cancel()
    room.wait(lambda: ended)
    assert ended[0] == (Watched((found,)), False)
    assert room.services.watching.waiting_in(place) == (found,)


def test_a_file_that_cannot_be_read_is_named_once(room, place):
    watch(room, place)
    (place / "a.xyz").write_bytes(bytes(range(256)))
    room.wait(lambda: room.furniture.strip.text() == "From “Incoming”: 0 imported, 1 failed.")
    room.wait(lambda: not room.services.watching.waiting_in(place))
