import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from briefing_app.app import rest_of_window
from briefing_app.gui import run
from briefing_app.gui.instance import Doorbell
from briefing_app.gui.lock import WindowLock
from briefing_app.settings import Settings
from tests.disks import read_only

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def owner(qapp):
    return QObject()


def test_a_second_window_raises_the_first(qtbot, tmp_path, owner):
    first, second = WindowLock(tmp_path), WindowLock(tmp_path)
    assert first.claim()
    bell = Doorbell(tmp_path, owner)
    bell.listen()
    assert not second.claim()
    with qtbot.waitSignal(bell.rung):
        assert Doorbell(tmp_path, owner).ring()
    bell.close()
    first.release()


def test_nobody_answers_where_no_window_is(tmp_path, owner):
    assert not Doorbell(tmp_path, owner).ring()


def test_another_library_is_another_window(tmp_path):
    one, two = WindowLock(tmp_path / "one"), WindowLock(tmp_path / "two")
    assert one.claim()
    assert two.claim()
    one.release()
    two.release()


def test_a_library_that_was_released_can_be_taken(tmp_path):
    first, second = WindowLock(tmp_path), WindowLock(tmp_path)
    assert first.claim()
    first.release()
    assert second.claim()
    second.release()


def test_what_a_killed_window_left_in_a_read_only_folder_keeps_nobody_out(tmp_path):
    folder = tmp_path / "killed"
    code = (
        "import os, sys; from pathlib import Path; from briefing_app.gui.lock import WindowLock;"
        "lock = WindowLock(Path(sys.argv[1])); lock.claim(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, folder], cwd=CHECKOUT, check=True)
    assert (folder / "window.lock").exists()
    with read_only(folder):
        assert WindowLock(folder).claim()
    again = WindowLock(folder)
    assert again.claim()
    again.release()


def test_a_window_that_has_the_library_and_does_not_answer_is_said(qapp, qtbot, tmp_path):
    said = []
    lock = WindowLock(tmp_path)
    assert lock.claim()
    rest = replace(rest_of_window(), tell=lambda _parent, error: said.append(error))
    settings = Settings(tmp_path / "settings.toml")
    assert run.run((), lambda: None, settings, tmp_path, lambda: rest) == 1
    assert "is open in another window" in str(said[0])
    lock.release()


def test_a_folder_that_cannot_be_made_is_for_the_library_to_complain_about(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    lock = WindowLock(tmp_path / "file" / "gone")
    assert lock.claim()
    lock.release()
