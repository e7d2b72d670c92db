"""Moments as their sources give them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.moment import (
    DAYS,
    MONTHS,
    Moment,
    from_datetime,
    parse_iso,
    parse_stamp,
    stamp,
)

SEED = "Sun Jan 25 04:53:41 UTC 2026"


def test_the_seeds_stamp_is_read_and_printed_as_it_was():
    moment = parse_stamp(SEED)
    assert moment == Moment(dt.date(2026, 1, 25), dt.time(4, 53, 41), 0, "UTC")
    assert stamp(moment) == SEED
    assert moment.iso == "2026-01-25T04:53:41Z"


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("Sun Jan 25 04:53:41 UTC 2026", 0),
        ("Sun Jan  4 04:53:41 CET 2026", 60),
        ("Sun Jan 4 04:53:41 CET 2026", 60),  # one blank: its wording is kept
        ("Sun 25 Jan 2026 04:53:41 PM EST", -300),
        ("Sun Jan 25 04:53:41 +0530 2026", 330),
        ("Sun Jan 25 04:53:41 -03 2026", -180),
        ("Sun Jan 25 04:53:41 XYZ 2026", None),  # no common meaning, still printed
        ("Sun Jan 25 04:53:41 2026", None),
        ("Mon Jan 25 04:53:41 UTC 2026", 0),  # it was a Sunday
        ("Sun Jan 25 2026", None),
    ],
)
def test_a_stamp_that_is_read_is_printed_as_it_was(text, offset):
    moment = parse_stamp(text)
    assert moment is not None
    assert stamp(moment) == text
    assert moment.offset == offset
    assert moment.date.year == 2026


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sun Jan 25 04:53:41 UTC",
        "Sun Jan 32 04:53:41 UTC 2026",
        "Sun Jan 25 24:00:00 UTC 2026",
        "Sun Jan 25 13:00:00 PM UTC 2026",
        "Sun Jan 25 00:30:00 AM UTC 2026",
        "Sun Jan 25 UTC 2026",
        "sun jan 25 04:53:41 UTC 2026",
        " Sun Jan 25 04:53:41 UTC 2026",
        "Sun Jan 25 04:53:41 UTC 2026\n",
        "2026-01-25",
    ],
)
def test_what_date_does_not_print_is_no_stamp(text):
    assert parse_stamp(text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-01-25", "2026-01-25"),
        ("2026-01-25T04:53:41Z", "2026-01-25T04:53:41Z"),
        ("2026-01-25 04:53", "2026-01-25T04:53:00"),
        ("2026-01-25T04:53:41.999+02:00", "2026-01-25T04:53:41+02:00"),
        ("2026-01-25T04:53:41-0330", "2026-01-25T04:53:41-03:30"),
        (" 2026-01-25T04:53:41 UTC ", "2026-01-25T04:53:41Z"),
    ],
)
def test_iso_dates_are_read(text, iso):
    moment = parse_iso(text)
    assert moment is not None
    assert moment.iso == iso


@pytest.mark.parametrize("text", ["", "2026", "2026-13-01", "2026-01-25T25:00", "25.01.2026"])
def test_what_is_no_iso_date_is_none(text):
    assert parse_iso(text) is None


def test_the_sort_key_is_utc_noon_without_a_time_and_utc_without_an_offset():
    day = dt.date(1970, 1, 2)
    assert Moment(day).sort_key == 36 * 3600
    assert Moment(day, dt.time(1)).sort_key == 25 * 3600
    assert Moment(day, dt.time(1), 60, "CET").sort_key == 24 * 3600
    assert Moment(day, dt.time(1), -60).sort_key == 26 * 3600


def test_a_datetime_keeps_its_wall_clock_and_its_offset():
    zone = dt.timezone(dt.timedelta(hours=2))
    aware = from_datetime(dt.datetime(2026, 1, 25, 4, 53, 41, 5, tzinfo=zone))
    assert (aware.date, aware.time, aware.offset) == (
        dt.date(2026, 1, 25),
        dt.time(4, 53, 41),
        120,
    )
    naive = from_datetime(dt.datetime(2026, 1, 25, 4, 53))
    assert naive.offset is None


@given(
    st.datetimes(min_value=dt.datetime(1000, 1, 1)),
    st.sampled_from(["", " UTC", " CET", " +03", " -0330", " XYZ"]),
)
def test_what_date_prints_comes_back_in_canonical_form(when, zone):
    text = (
        f"{DAYS[when.weekday()]} {MONTHS[when.month - 1]} {when.day:2d} "
        f"{when:%H:%M:%S}{zone} {when.year}"
    )
    moment = parse_stamp(text)
    assert moment is not None
    assert (moment.date, moment.time) == (when.date(), when.time().replace(microsecond=0))
    assert stamp(moment) == text
    if zone != " XYZ":  # an offset of no hours has a name
        assert moment.text == ""


@given(
    st.text(max_size=40) | st.from_regex(r"(Sun|Mon) Jan [ 0-9]{1,2} [0-9: APMUTCE+-]{0,20} 2026")
)
def test_whatever_is_read_is_printed_as_it_was(text):
    moment = parse_stamp(text)
    assert moment is None or stamp(moment) == text
