"""Every command explains itself, and the man page says the same."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from briefing_app.cli.parser import make_parser

CHECKOUT = Path(__file__).resolve().parents[2]


def commands(parser, above=""):
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                yield f"{above}{name}", command
                yield from commands(command, f"{above}{name} ")


COMMANDS = dict(commands(make_parser()))


def test_the_commands_are_those_of_the_manual():
    manual = (CHECKOUT / "docs" / "manual.md").read_text(encoding="utf-8")

    assert [name for name in COMMANDS if name.split()[-1] not in manual] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_in_a_sentence(name):
    assert COMMANDS[name].description.endswith(".")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_says_what_it_is_for(name):
    silent = [a.dest for a in COMMANDS[name]._actions if not a.help and a.option_strings]
    assert silent == []


@pytest.mark.parametrize("name", [n for n, c in COMMANDS.items() if c.get_default("run")])
def test_every_command_can_print_for_programs(name):
    assert "--json" in COMMANDS[name].format_help()


@pytest.mark.parametrize("name", COMMANDS)
def test_help_can_be_asked_for_anywhere(name, capsys):
    with pytest.raises(SystemExit) as done:
        make_parser().parse_args([*name.split(), "--help"])

    assert done.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: briefing-app {name}")


def test_the_man_page_is_the_one_that_the_parser_gives():
    folder = CHECKOUT / "packaging" / "linux"
    made = subprocess.run(
        [sys.executable, folder / "man_page.py"], capture_output=True, check=True
    ).stdout

    kept = (folder / "briefing-app.1").read_bytes().replace(b"\r\n", b"\n")
    assert kept == made.replace(b"\r\n", b"\n"), "run packaging/linux/man_page.py again"
