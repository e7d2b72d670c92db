"""Where a file dialog begins."""

from pathlib import Path

from briefing_app.gui.folders import folder_to_begin


def test_a_dialog_begins_where_the_last_one_ended(tmp_path):
    assert folder_to_begin(str(tmp_path)) == tmp_path


def test_without_a_last_one_it_begins_with_the_user_not_where_the_program_was_started(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    for last in ("", str(tmp_path / "gone")):
        begin = folder_to_begin(last)
        assert begin.is_absolute()
        assert begin != Path.cwd()
