"""What the window follows that it did not do itself: a command beside it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from briefing_app.domain.statement import Part

CHECKOUT = Path(__file__).resolve().parents[3]


def command(folder, *words):
    """Run a command on the library of the window, in a process of its own."""
    library = str(folder / "Test.briefinglib")
    line = [sys.executable, "-m", "briefing_app", *words, "--library", library]
    done = subprocess.run(line, cwd=CHECKOUT, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_what_a_command_adds_to_the_open_story_is_shown_within_two_seconds(room, tmp_path):
    room.services.history.flush()
    command(
        tmp_path, "statement", "add", room.desktop.composer.story,
        "--part", "key-points", "--text", "From the terminal.",
    )  # fmt: skip
    came = time.monotonic()

    def shown():
        point = room.story.part(Part.KEY_POINTS)[-1]
        views = room.furniture.composer.column.views()
        return point.text == "From the terminal." and any(v.id == point.id for v in views)

    room.wait(shown)
    assert time.monotonic() - came < 4  # two, and as much again for a busy machine
    assert room.window.status.saved_text() != "Saving…"


def test_an_article_that_a_command_brings_in_is_listed(room, tmp_path):
    file = tmp_path / "note.txt"
    file.write_text("A note from the terminal\n\nWith a text.", encoding="utf-8")
    command(tmp_path, "import", str(file))
    room.wait(lambda: "A note from the terminal" in room.titles())
