import pytest
from PySide6.QtCore import QObject

from briefing_app.gui.instance import Doorbell
from briefing_app.gui.lock import WindowLock


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


def test_a_folder_that_cannot_be_made_is_for_the_library_to_complain_about(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    lock = WindowLock(tmp_path / "file" / "gone")
    assert lock.claim()
    lock.release()
