"""Moments as feeds and the exports of programs write them."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_tz

from briefing_app.domain.moment import Moment, from_datetime, parse_iso

_LAST = 4_102_444_800  # seconds: the year 2100; what is more counts in smaller units


def parse_moment(text: str) -> Moment | None:
    """Read a moment in ISO 8601, as mail writes it, or in seconds since 1970; or return None.

    The offset stays the one that is given.
    """
    text = text.strip()[:80]
    if moment := parse_iso(text):
        return moment
    if text.isascii() and text.isdecimal():
        return from_seconds(int(text)) if 8 < len(text) < 17 else None
    return _mail_moment(text)


def from_seconds(seconds: float) -> Moment | None:
    """Return the moment so many seconds after 1970 began, or None where that is no date."""
    while seconds > _LAST:
        seconds /= 1000
    if seconds <= 0:
        return None
    return from_datetime(dt.datetime.fromtimestamp(int(seconds), dt.UTC))


def _mail_moment(text: str) -> Moment | None:
    """Read a date as in mail (RFC 5322 section 3.3)."""
    try:
        found = parsedate_tz(text)
        if found is None:
            return None
        date = dt.date(*found[:3])
        time = dt.time(*found[3:6])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    offset = None if found[9] is None else found[9] // 60
    if offset is not None and not -1440 < offset < 1440:
        offset = None
    return Moment(date, time, offset, "UTC" if offset == 0 else "")
