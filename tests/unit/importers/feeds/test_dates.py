"""Moments as feeds and exports write them."""

from __future__ import annotations

import pytest

from briefing_app.importers.dates import from_seconds, parse_moment


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-01-25T08:30:00.123Z", "2026-01-25T08:30:00Z"),
        ("2016-09-08T11:55:58+0200", "2016-09-08T11:55:58+02:00"),
        ("2023-01-02 10:20:30+00:00", "2023-01-02T10:20:30Z"),
        ("2026-01-25", "2026-01-25"),
        ("Sun, 25 Jan 2026 08:30:00 -0530", "2026-01-25T08:30:00-05:30"),
        ("25 Jan 26 08:30 GMT", "2026-01-25T08:30:00Z"),
        ("1688628695", "2023-07-06T07:31:35Z"),
        ("1688628695000", "2023-07-06T07:31:35Z"),
        ("yesterday", None),
        ("2026", None),
        ("Sun, 99 Jan 2026 08:30:00 GMT", None),
        ("", None),
        ("9" * 70, None),
    ],
)
def test_a_moment_is_read_as_it_is_given(text, iso):
    moment = parse_moment(text)
    assert (moment.iso if moment else None) == iso


def test_no_seconds_are_no_date():
    assert from_seconds(0) is None
