import tomllib

import pytest

from briefing_app.settings import Settings, Values


def test_what_was_chosen_is_there_at_the_next_start(tmp_path):
    path = tmp_path / "deep" / "settings.toml"
    settings = Settings(path)
    settings.change(theme="dark", panes=(300, 700, 440), library='C:\\Users\\Zoë "Z"\x7f\u2028\n')
    assert settings.save()
    assert Settings(path).now == settings.now
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


def test_only_what_differs_from_the_defaults_is_written(tmp_path):
    settings = Settings(tmp_path / "settings.toml")
    settings.change(theme="light")
    settings.save()
    assert tomllib.loads(settings.path.read_text(encoding="utf-8")) == {"theme": "light"}


def test_what_a_newer_version_wrote_is_kept(tmp_path, caplog):
    path = tmp_path / "settings.toml"
    newer = 'theme = "dark"\ncolour = 7\n"new-key" = [1.5, { when = 2026-01-25T04:53:41Z }]\n'
    path.write_text(newer, encoding="utf-8")
    settings = Settings(path)
    settings.change(theme="light")
    settings.save()
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {
        **tomllib.loads(newer),
        "theme": "light",
    }
    assert "unknown setting: colour" in caplog.text


@pytest.mark.parametrize(
    "line",
    ['theme = "pink"', "open_next = 1", "panes = [1, true]", "library=5"],
)
def test_a_value_of_the_wrong_kind_is_passed_over(tmp_path, caplog, line):
    path = tmp_path / "settings.toml"
    path.write_text(line, encoding="utf-8")
    assert Settings(path).now == Values()
    assert "not a value of that setting" in caplog.text


def test_a_damaged_file_is_put_aside_and_the_program_starts(tmp_path, caplog):
    path = tmp_path / "settings.toml"
    path.write_bytes(b"theme = \xff\n===")
    assert Settings(path).now == Values()
    assert (tmp_path / "settings.unreadable.toml").read_bytes() == b"theme = \xff\n==="
    assert "cannot be read" in caplog.text


def test_settings_that_cannot_be_saved_are_no_crash(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    settings = Settings(tmp_path / "file" / "settings.toml")
    settings.change(theme="dark")
    assert not settings.save()
    assert "were not saved" in caplog.text


@pytest.mark.parametrize("wrong", [{"theme": "pink"}, {"nonsense": 1}, {"panes": ("a",)}])
def test_a_wrong_change_is_a_bug(tmp_path, wrong):
    with pytest.raises(TypeError):
        Settings(tmp_path / "settings.toml").change(**wrong)
