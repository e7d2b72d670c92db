"""A person with two libraries: makes one, writes in it, and goes back to the first, by keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from tests.e2e.window.person import CTRL, name_a_file

Key = Qt.Key


def run(person, words):
    """Run a command by its words, from the search box."""
    person.keys((CTRL, Key.Key_K))
    person.until(person.furniture.box.isVisible)
    person.type(words)
    person.until(lambda: person.furniture.box.rows() and person.furniture.box.rows()[0].title)
    person.keys(Key.Key_Return)


def shown(person, name):
    """Wait until the window shows the library of a name, with its articles."""
    person.until(lambda: person.window.windowTitle().startswith(name))
    person.services = person.start.services
    person.until(lambda: person.titles() and person.composer.headline.text())


def test_a_new_library_is_made_written_in_and_left_again(person, tmp_path):
    person.until(lambda: person.reading().startswith("Abu Dhabi talks"))
    with person.answering(lambda box: name_a_file(person, box, tmp_path / "Autumn")):
        run(person, "New library")
    shown(person, "Autumn")
    assert (tmp_path / "Autumn.briefinglib" / "library.sqlite3").exists()
    person.click(person.composer.headline)
    person.keys((CTRL, Key.Key_A))
    person.type("Written in the autumn")
    person.until_saved()
    with person.answering(lambda box: name_a_file(person, box, person.library)):
        run(person, "Open library")
    shown(person, "Test")
    assert person.composer.headline.text().startswith("Ukraine and Russia")
    with person.answering(lambda box: name_a_file(person, box, tmp_path / "Autumn.briefinglib")):
        run(person, "Open library")
    shown(person, "Autumn")
    assert person.composer.headline.text() == "Written in the autumn"


def test_a_folder_without_a_library_is_said_and_the_open_one_stays(person, tmp_path):
    (tmp_path / "Holidays").mkdir()
    (tmp_path / "Holidays" / "beach.jpg").write_bytes(b"x")
    person.until(lambda: person.reading().startswith("Abu Dhabi talks"))
    said = []

    def read(box):
        assert isinstance(box, QMessageBox)
        said.extend((box.text(), box.informativeText()))
        person.keys(Key.Key_Return)

    def name(box):
        name_a_file(person, box, tmp_path / "Holidays")

    with person.answering(name, read):
        run(person, "Open library")
    assert "is not a library of Briefing Desk" in said[0]
    assert ".briefinglib" in said[1]
    assert person.window.windowTitle().startswith("Test")
    person.click(person.composer.headline)
    person.type("Still here. ")
    person.until_saved()
