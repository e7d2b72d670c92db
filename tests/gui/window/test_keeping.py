"""What the window follows that it did not do itself: a command beside it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from briefing_app.domain.change import Action
from briefing_app.domain.statement import Part
from tests.dialogs import press_in_next

CHECKOUT = Path(__file__).resolve().parents[3]


def command(folder, *words):
    """Run a command on the library of the window, in a process of its own."""
    library = str(folder / "Test.briefinglib")
    line = [sys.executable, "-m", "briefing_app", *words, "--library", library]
    done = subprocess.run(line, cwd=CHECKOUT, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_what_a_command_adds_to_the_open_story_is_shown_by_itself(room, tmp_path):
    room.services.history.flush()
    command(
        tmp_path, "statement", "add", room.desktop.composer.story,
        "--part", "key-points", "--text", "From the terminal.",
    )  # fmt: skip

    def shown():
        point = room.story.part(Part.KEY_POINTS)[-1]
        views = room.furniture.composer.column.views()
        return point.text == "From the terminal." and any(v.id == point.id for v in views)

    room.wait(shown)
    room.wait(
        lambda: room.window.status.saved_text() != "Saving…"
    )  # it is not the window's to save


def test_an_article_that_a_command_brings_in_is_listed(room, tmp_path):
    file = tmp_path / "note.txt"
    file.write_text("A note from the terminal\n\nWith a text.", encoding="utf-8")
    command(tmp_path, "import", str(file))
    room.wait(lambda: "A note from the terminal" in room.titles())


@contextmanager
def nothing_can_be_stored(folder):
    """Let each commit of a story fail, while all can be read."""
    with sqlite3.connect(folder / "Test.briefinglib" / "library.sqlite3") as plain:
        plain.execute(
            "CREATE TRIGGER refusal BEFORE UPDATE ON story"
            " BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    yield
    with plain:
        plain.execute("DROP TRIGGER refusal")
    plain.close()


def rename(room, headline):
    room.services.desk.edit_story(
        Action.EDIT_HEADLINE, room.story.id, lambda old: replace(old, headline=headline)
    )


def test_an_edit_while_nothing_can_be_stored_leaves_try_again_in_sight(room, tmp_path):
    room.wait_for_samples()
    room.services.history.flush()
    with nothing_can_be_stored(tmp_path):
        said = press_in_next(room.window)
        rename(room, "one")
        room.wait(lambda: said)
        rename(room, "two")
        room.wait(lambda: room.window.status.saved_text() == "2 edits are not saved")
        assert room.window.status.retry.isVisible()
    room.window.status.retry.click()
    room.wait(lambda: room.window.status.saved_text().startswith("Saved"))
    assert room.services.history.pending == 0


def test_closing_tries_again_and_asks_only_if_that_fails(room, tmp_path):
    room.wait_for_samples()
    room.services.history.flush()
    keeper = room.desktop.keeper
    with nothing_can_be_stored(tmp_path):
        said = press_in_next(room.window)
        rename(room, "one")
        room.wait(lambda: said)
        again = press_in_next(room.window)
        assert not keeper.may_close()
        assert again
    assert keeper.may_close()  # and asks nothing: a box would be left standing
    assert room.services.history.pending == 0


def test_a_folder_that_is_taken_away_is_told_once_and_gone_on_with_when_it_is_back(room, tmp_path):
    room.wait_for_samples()
    room.services.history.flush()
    folder, away = tmp_path / "Test.briefinglib", tmp_path / "Away"
    said = press_in_next(room.window)
    folder.rename(away)
    room.wait(lambda: said)
    assert "no longer at" in said[0]
    assert room.window.status.saved_text() == "The library cannot be reached"
    rename(room, "Written meanwhile")
    room.wait(lambda: room.window.status.saved_text() == "1 edit is not saved")
    room.qtbot.wait(1200)  # another look: the same is not told again
    assert QApplication.activeModalWidget() is None
    assert not folder.exists()
    away.rename(folder)
    room.wait(lambda: room.services.history.pending == 0)
    room.wait(lambda: room.window.status.saved_text().startswith(("Saved", "All saved")))
    assert room.story.headline == "Written meanwhile"
