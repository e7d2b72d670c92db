"""How the command line reads what is typed."""

from __future__ import annotations

import argparse

import pytest

from briefing_app.cli.arguments import SUFFIXES, moment, not_blank, place, today
from briefing_app.cli.parser import make_parser
from briefing_app.exporters.base import FORMATS


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2026-01-25", "2026-01-25"),
        ("2026-01-25T06:30", "2026-01-25T06:30:00Z"),
        ("2026-01-25 06:30:05", "2026-01-25T06:30:05Z"),
        ("2026-01-25T06:30+02:00", "2026-01-25T06:30:00+02:00"),
        ("2026-01-25T06:30Z", "2026-01-25T06:30:00Z"),
    ],
)
def test_a_time_without_an_offset_is_utc(typed, iso):
    assert moment(typed).iso == iso


@pytest.mark.parametrize("typed", ["", "today", "25.1.2026", "2026-02-30", "2026-01-25T25:00"])
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(argparse.ArgumentTypeError):
        moment(typed)


def test_places_are_counted_from_one():
    assert place("1") == 0
    for typed in ("0", "-1", "first", ""):
        with pytest.raises(argparse.ArgumentTypeError):
            place(typed)


def test_a_text_of_blanks_is_no_text():
    assert not_blank(" a ") == " a "
    with pytest.raises(argparse.ArgumentTypeError):
        not_blank(" \t")


def test_today_has_no_time():
    assert today().time is None


def test_the_suffixes_are_those_of_the_exporters():
    assert set(SUFFIXES) == {suffix for _, suffix in FORMATS}


@pytest.mark.parametrize(
    "typed",
    [["--library", "here", "briefs"], ["briefs", "--library", "here"], ["--library", "here"]],
)
def test_the_library_is_named_before_the_command_or_behind_it(typed):
    assert str(make_parser().parse_args(typed).library) == "here"


@pytest.mark.parametrize(
    ("typed", "json"),
    [(["briefs"], False), (["briefs", "--json"], True), (["--json", "briefs"], True)],
)
def test_json_is_asked_for_before_the_command_or_behind_it(typed, json):
    assert make_parser().parse_args(typed).json is json


def test_without_a_command_there_is_nothing_to_run():
    assert make_parser().parse_args([]).run is None
