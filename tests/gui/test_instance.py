import pytest
from PySide6.QtCore import QObject

from briefing_app.gui.instance import Instance


@pytest.fixture
def owner(qapp):
    return QObject()


def test_a_second_window_raises_the_first(qtbot, tmp_path, owner):
    first, second = Instance(tmp_path, owner), Instance(tmp_path, owner)
    assert first.claim()
    assert not second.claim()
    with qtbot.waitSignal(first.raise_asked):
        assert second.raise_other()
    first.release()


def test_another_library_is_another_window(tmp_path, owner):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = Instance(tmp_path / "one", owner), Instance(tmp_path / "two", owner)
    assert one.claim()
    assert two.claim()
    one.release()
    two.release()


def test_a_library_that_was_released_can_be_taken(tmp_path, owner):
    first, second = Instance(tmp_path, owner), Instance(tmp_path, owner)
    assert first.claim()
    first.release()
    assert second.claim()
    second.release()


def test_a_folder_that_cannot_be_made_is_for_the_library_to_complain_about(tmp_path, owner):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    instance = Instance(tmp_path / "file" / "gone", owner)
    assert instance.claim()
    instance.release()
