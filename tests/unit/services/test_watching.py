"""A watched folder: files that are complete come in, each of them once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from briefing_app.services.watching import STEADY, Watch


class Clock:
    """A clock that stands until it is told."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    def pass_by(self, seconds=STEADY):
        self.now += seconds


@pytest.fixture
def place(tmp_path):
    place = tmp_path / "Incoming"
    place.mkdir()
    return place


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def watch(place, clock):
    return Watch(place, {}, clock)


def names(look):
    return [one.path.name for one in look.complete]


def save(path, text="Title\n\nText."):
    path.write_text(text, encoding="utf-8")


def test_a_file_that_stays_as_it_is_is_complete(watch, place, clock):
    save(place / "a.txt")
    first = watch.look()
    assert (names(first), first.waiting) == ([], True)
    clock.pass_by()
    assert names(watch.look()) == ["a.txt"]
    assert (place / "a.txt").exists()


def test_a_file_that_grows_is_waited_for(watch, place, clock):
    for length in (1, 2, 3):
        save(place / "a.txt", "x" * length)
        assert names(watch.look()) == []
        clock.pass_by(STEADY - 0.1)
    assert watch.look().waiting
    clock.pass_by(0.2)
    assert names(watch.look()) == ["a.txt"]


def test_a_file_comes_once(watch, place, clock):
    save(place / "a.txt")
    watch.look()
    clock.pass_by()
    found = watch.look()
    assert names(watch.look()) == ["a.txt"]  # until it is noted
    watch.note(found.complete)
    clock.pass_by()
    later = watch.look()
    assert (names(later), later.waiting) == ([], False)


def test_a_file_that_is_saved_over_comes_again(watch, place, clock):
    save(place / "a.txt")
    watch.look()
    clock.pass_by()
    watch.note(watch.look().complete)
    save(place / "a.txt", "Title\n\nAnother text.")
    watch.look()
    clock.pass_by()
    assert names(watch.look()) == ["a.txt"]


@pytest.mark.parametrize(
    "name",
    ["a.pdf.part", "a.pdf.crdownload", "a.download", "a.txt~", "~$a.docx", ".a.txt", "a.tmp",
     "A.PART"],
)  # fmt: skip
def test_what_is_being_saved_is_left_by_its_name(watch, place, clock, name):
    save(place / name)
    watch.look()
    clock.pass_by(100)
    look = watch.look()
    assert (names(look), look.waiting) == ([], False)


def test_a_file_beside_its_part_and_an_empty_one_are_waited_for(watch, place, clock):
    save(place / "a.pdf", "")
    save(place / "b.pdf")
    save(place / "b.pdf.part")
    watch.look()
    clock.pass_by()
    assert names(watch.look()) == []
    (place / "b.pdf.part").rename(place / "b.pdf")
    save(place / "a.pdf")
    watch.look()
    clock.pass_by()
    assert names(watch.look()) == ["a.pdf", "b.pdf"] or names(watch.look()) == ["b.pdf", "a.pdf"]


def test_folders_are_left_alone(watch, place, clock):
    (place / "page_files").mkdir()
    save(place / "page_files" / "x.txt")
    watch.look()
    clock.pass_by()
    assert names(watch.look()) == []


def test_a_file_that_cannot_be_opened_is_handed_over_in_the_end(watch, place, clock):
    if os.name != "posix" or os.geteuid() == 0:
        pytest.skip("everything can be opened here")
    save(place / "a.txt")
    (place / "a.txt").chmod(0)
    watch.look()
    clock.pass_by()
    assert names(watch.look()) == []
    clock.pass_by(100)
    assert names(watch.look()) == ["a.txt"]


def test_a_folder_that_goes_away_is_taken_up_again_when_it_is_back(watch, place, clock):
    save(place / "a.txt")
    watch.look()
    clock.pass_by()
    watch.note(watch.look().complete)
    away = place.with_name("Away")
    place.rename(away)
    assert not watch.look().there
    save(away / "b.txt")
    away.rename(place)
    back = watch.look()
    assert (back.there, names(back)) == (True, [])
    clock.pass_by()
    assert names(watch.look()) == ["b.txt"]


def test_what_came_in_is_known_when_the_library_is_opened_again(services, open_again, place):
    save(place / "a.txt")
    assert not services.watching.is_known(place)
    services.watching.note(place, services.watching.waiting_in(place))
    again = open_again().watching
    assert again.is_known(place)
    assert again.waiting_in(place) == ()
    save(place / "b.txt")
    assert [one.path.name for one in again.waiting_in(place)] == ["b.txt"]
    watch = again.begin(place)
    watch._clock = Clock()
    watch.look()
    watch._clock.pass_by()
    assert names(watch.look()) == ["b.txt"]


def test_the_window_remembers_which_folder_it_watches(services, open_again, place):
    assert services.watching.folder() is None
    services.watching.choose(place)
    assert open_again().watching.folder() == place
    services.watching.choose(None)
    assert open_again().watching.folder() is None


def test_two_folders_do_not_know_of_each_other(services, place, tmp_path):
    other = tmp_path / "Other"
    shutil.copytree(place, other)
    save(place / "a.txt")
    save(other / "a.txt")
    services.watching.note(place, services.watching.waiting_in(place))
    assert len(services.watching.waiting_in(other)) == 1


def test_a_damaged_list_of_what_came_in_is_an_empty_one(services, folder, place):
    (folder / "watched.json").write_text('{"folder": 5, "taken": [1]}', encoding="utf-8")
    assert services.watching.folder() is None
    services.watching.choose(place)
    assert services.watching.folder() == Path(place)
