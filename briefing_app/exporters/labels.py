"""The fixed words of a document in its own language, read from ``resources/labels``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.assets import resource
from briefing_app.errors import fill
from briefing_app.exporters import datafile

if TYPE_CHECKING:
    from briefing_app.domain.moment import Moment
    from briefing_app.domain.statement import Part

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Parts:
    """The headings of the parts of a story, named as `Part` names them."""

    narrative: str
    key_points: str
    key_takeaways: str
    impact: str
    assumptions: str
    not_known: str
    to_watch: str


@dataclass(frozen=True, slots=True)
class Words:
    """Headings and the words of page furniture; those in braces are filled in."""

    brief: str
    sources: str
    untitled: str
    page: str
    prepared_by: str
    contact: str
    against: str


@dataclass(frozen=True, slots=True)
class Dates:
    """How a date is written; `months` are in the form that stands within a date."""

    months: tuple[str, ...]
    date: str
    date_time: str


@dataclass(frozen=True, slots=True)
class SourceWords:
    """How an entry of the list of sources is put together."""

    title: str
    page: str
    paragraph: str
    paragraphs: str
    separator: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The fixed words of one language; `direction` is ltr or rtl."""

    language: str
    direction: str
    parts: Parts
    words: Words
    dates: Dates
    source: SourceWords

    def part(self, part: Part) -> str:
        """Return the heading of a part."""
        return str(getattr(self.parts, part.name.lower()))

    def date(self, moment: Moment) -> str:
        """Return a moment's day in words."""
        day = moment.date
        return fill(
            self.dates.date,
            {"day": day.day, "month": self.dates.months[day.month - 1], "year": day.year},
        )

    def date_time(self, moment: Moment) -> str:
        """Return a moment in words, with its time and zone where they are known."""
        if moment.time is None:
            return self.date(moment)
        zone = moment.zone or _offset(moment.offset)
        time = f"{moment.time:%H:%M} {zone}".strip()
        return fill(self.dates.date_time, {"date": self.date(moment), "time": time})


def load_labels(language: str) -> Labels:
    """Return the fixed words of a language (``de``, ``de-AT``); English where there are none.

    Raises: ExportFailure that names the key that is wrong.
    """
    known = {path.stem: path for path in resource("labels").glob("*.toml")}
    tag = language.lower()
    path = known.get(tag) or known.get(tag.partition("-")[0]) or known[FALLBACK]
    return datafile.read(path, Labels)


def _offset(minutes: int | None) -> str:
    if minutes is None:
        return ""
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
