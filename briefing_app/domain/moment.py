"""A moment as its source gave it: a date, and a time, an offset and a zone where they are known.

A moment is kept as given and never shifted by a zone. For sorting it has a UTC key beside it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Abbreviations with one common meaning (RFC 5322 section 4.3 and European practice), in minutes.
_OFFSETS = {
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120,
    "EEST": 180, "MSK": 180, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip

_STAMP = re.compile(
    rf"(?:{'|'.join(DAYS)}) (?:(?P<month>{'|'.join(MONTHS)}) +(?P<day>\d\d?)"
    rf"|(?P<day2>\d\d?) (?P<month2>{'|'.join(MONTHS)}) (?P<year2>\d{{4}}))"
    r"(?: (?P<hour>\d\d?):(?P<minute>\d\d):(?P<second>\d\d)(?: (?P<half>[AP]M))?)?"
    r"(?: (?P<zone>[A-Z]{1,5}|[+-]\d\d(?:\d\d)?))?"
    r"(?: (?P<year>\d{4}))?"
)
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r" ?(?P<zone>Z|UTC|[+-]\d\d(?::?\d\d)?)?)?"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, and what else is known.

    Units: `offset` is minutes east of UTC; `time` is wall-clock time, without a zone of its own.
    `zone` is what is printed behind the time (CET); `text` is the wording as it was read, kept where
    it differs from the canonical one, so that a file comes back as it was.
    """

    date: dt.date
    time: dt.time | None = None
    offset: int | None = None
    zone: str = ""
    text: str = ""

    @property
    def sort_key(self) -> int:
        """Return seconds since 1970 UTC; without a time it is noon, without an offset UTC."""
        wall = dt.datetime.combine(self.date, self.time or dt.time(12))
        return int((wall - dt.datetime(1970, 1, 1)).total_seconds()) - 60 * (self.offset or 0)

    @property
    def iso(self) -> str:
        """Return the ISO 8601 form, e.g. 2026-01-25T04:53:41Z or 2026-01-25."""
        if self.time is None:
            return self.date.isoformat()
        return f"{self.date.isoformat()}T{self.time.strftime('%H:%M:%S')}{_iso_offset(self.offset)}"


def from_datetime(value: dt.datetime) -> Moment:
    """Return the moment of a datetime; a naive one has no offset."""
    delta = value.utcoffset()
    offset = None if delta is None else int(delta.total_seconds() // 60)
    time = value.time().replace(microsecond=0, tzinfo=None)
    return Moment(value.date(), time, offset, "UTC" if offset == 0 else "")


def parse_iso(text: str) -> Moment | None:
    """Read an ISO 8601 date or date and time, or return None.

    Fractions of a second are dropped; a time without an offset stays without one.
    """
    found = _ISO.fullmatch(text.strip())
    if not found:
        return None
    try:
        date = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
        if found["hour"] is None:
            return Moment(date)
        time = dt.time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None
    zone = found["zone"] or ""
    offset = _OFFSETS.get(zone, _numeric_offset(zone))
    return Moment(date, time, offset, "UTC" if offset == 0 else "")


def parse_stamp(text: str) -> Moment | None:
    """Read a moment as the command ``date`` prints it in English, or return None.

    The wording is kept in `text` where the canonical one would differ (another layout, a weekday that
    does not fit), so ``stamp(parse_stamp(text)) == text`` for every text that is read.
    """
    found = _STAMP.fullmatch(text)
    if not found or not (found["year"] or found["year2"]) or (found["year"] and found["year2"]):
        return None
    if found["zone"] and not found["hour"]:
        return None
    try:
        moment = Moment(
            dt.date(
                int(found["year"] or found["year2"]),
                MONTHS.index(found["month"] or found["month2"]) + 1,
                int(found["day"] or found["day2"]),
            ),
            _time(found),
        )
    except ValueError:
        return None
    zone = found["zone"] or ""
    offset = _OFFSETS.get(zone, _numeric_offset(zone))
    moment = replace(moment, offset=offset, zone="" if zone[:1] in ("+", "-") else zone)
    return moment if stamp(moment) == text else replace(moment, text=text)


def stamp(moment: Moment) -> str:
    """Return the moment as ``date`` prints it in English, or its own wording where it has one."""
    if moment.text:
        return moment.text
    day = moment.date
    words = [f"{DAYS[day.weekday()]} {MONTHS[day.month - 1]} {day.day:2d}"]
    if moment.time is not None:
        words.append(moment.time.strftime("%H:%M:%S"))
        if zone := moment.zone or _stamp_offset(moment.offset):
            words.append(zone)
    words.append(f"{day.year:04d}")
    return " ".join(words)


def _time(found: re.Match[str]) -> dt.time | None:
    if found["hour"] is None:
        return None
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if found["half"] == "PM" else 0)
    return dt.time(hour, int(found["minute"]), int(found["second"]))


def _numeric_offset(zone: str) -> int | None:
    digits = zone[1:].replace(":", "")
    if zone[:1] not in ("+", "-") or not digits.isdigit():
        return None
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return -minutes if zone[0] == "-" else minutes


def _iso_offset(offset: int | None) -> str:
    if offset is None:
        return ""
    if offset == 0:
        return "Z"
    sign, minutes = ("-" if offset < 0 else "+"), abs(offset)
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def _stamp_offset(offset: int | None) -> str:
    """Return what ``date`` prints for a zone without an abbreviation: +03, -0330."""
    if offset is None:
        return ""
    if offset == 0:
        return "UTC"
    sign, minutes = ("-" if offset < 0 else "+"), abs(offset)
    tail = f"{minutes % 60:02d}" if minutes % 60 else ""
    return f"{sign}{minutes // 60:02d}{tail}"
