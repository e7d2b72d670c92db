"""What a command prints, and where."""

from __future__ import annotations

import json

import pytest

from briefing_app.cli.output import Output, plain
from briefing_app.errors import BriefingError


def test_a_record_is_json_for_a_program_and_text_for_a_reader(capsys):
    Output(json=True).record({"id": "1", "title": "Лід"}, "1  Лід")
    Output(json=False).record({"id": "1"}, "1  Лід")

    first, second = capsys.readouterr().out.splitlines()
    assert json.loads(first) == {"id": "1", "title": "Лід"}
    assert second == "1  Лід"


def test_a_failure_is_named_on_standard_error_with_its_next_step(capsys):
    out = Output()
    out.fail(BriefingError("It is {colour}.", hint="Paint it.", colour="red"), "wall.txt")

    said = capsys.readouterr()
    assert said.err == "wall.txt: It is red.\nPaint it.\n"
    assert said.out == ""
    assert out.failed


def test_a_warning_is_no_failure(capsys):
    out = Output()
    out.warn("Two characters are missing.")

    assert capsys.readouterr().err == "Warning: Two characters are missing.\n"
    assert not out.failed


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x9b2J", "\x07", "\r", "\u202e", "\x7f"])
def test_no_text_commands_the_terminal(hostile):
    assert hostile[0] not in plain(f"a{hostile}b")


def test_lines_tabs_and_joined_emoji_stay():
    text = "a\tb\nc \U0001f469\u200d\U0001f4bb"

    assert plain(text) == text
