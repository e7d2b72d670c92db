"""What a PDF says of itself, and whether it can be believed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain.moment import Moment, from_datetime
from briefing_app.domain.text import clean_line
from briefing_app.importers.pdf.kinds import CAPTION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing_app.importers.pdf.paragraphs import Paragraph

_DATE = re.compile(
    r"(?:D:)?(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?)?)?\s*(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?"
)
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel|publisher) - .*|untitled.*|unbenannt.*"
    r"|\(?anonymous\)?|unspecified"
    r"|(?:slide|folie|page|seite|document|dokument|scan|layout|print)[ _-]?\d*"
    r"|.*\.\w{2,5}|title)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:\(?anonymous\)?|unspecified|unknown|author|user|owner|admin(?:istrator)?|root|default|windows.*|pc.*"
    r"|.*[\\/@:].*|microsoft.*|adobe.*)",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_LATIN = frozenset(
    ("en", "de", "fr", "es", "it", "pt", "nl", "pl")
)  # what programs set by themselves
_LONGEST_TITLE, _LONGEST_NAME = 300, 100  # code points
_MOST_AUTHORS = 12


@dataclass(frozen=True, slots=True)
class Facts:
    """The fields of a document and their origins, as (field, origin) pairs."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    language: str = ""
    origins: tuple[tuple[str, str], ...] = ()


def facts_of(said: Mapping[str, str], language: str, text: str, headline: str = "") -> Facts:
    """Return what the document's properties say that is sensible.

    `text` is that of page 1, `headline` its largest where it stands out.
    """
    title = title_of(said.get("Title", ""), text, headline)
    authors = authors_of(said.get("Author", ""))
    published = moment_of(said.get("CreationDate", ""))
    tongue = language_of(language, text)
    origin = "document properties"
    pairs = (("title", title), ("authors", authors), ("published", published), ("language", tongue))
    return Facts(
        title, authors, published, tongue, tuple((name, origin) for name, value in pairs if value)
    )


def title_of(said: str, text: str, headline: str = "") -> str:
    """Return a title where it is one: what programs put there of themselves is none.

    One that the first page does not hold gives way to a headline.
    """
    title = clean_line(said)[:_LONGEST_TITLE]
    if not any(letter.isalpha() for letter in title) or _NO_TITLE.fullmatch(title):
        return ""
    if _bare(title) in _bare(text):
        return title
    return title if len(title.split()) > 1 and not headline else ""


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def language_of(said: str, text: str) -> str:
    """Return a language tag, unless the text is plainly in another script than that language has."""
    known = _LANGUAGE.fullmatch(said.strip())
    if not known or len(known[0]) > 35:
        return ""
    latin = known[0][:2].lower() in _LATIN
    letters = [letter for letter in text if letter.isalpha()]
    foreign = sum(letter > "\u024f" for letter in letters)
    return "" if latin and foreign > len(letters) / 2 else known[0].replace("_", "-")


def authors_of(said: str) -> tuple[str, ...]:
    """Return the names in the author field; accounts of computers are none."""
    names = (clean_line(name) for name in re.split(r";|\s&\s|\sand\s", said))
    kept = (name for name in names if name and len(name) <= _LONGEST_NAME)
    return tuple(dict.fromkeys(n for n in kept if not _NO_AUTHOR.fullmatch(n)))[:_MOST_AUTHORS]


def moment_of(said: str) -> Moment | None:
    """Return the moment of a PDF date.

    Source: PDF 32000-1, section 7.9.4.
    """
    found = _DATE.match(said.strip())
    if not found:
        return None
    year, month, day, hour, minute, second = (found[at] for at in range(1, 7))
    try:
        date = dt.date(int(year), int(month or 1), int(day or 1))
        if hour is None:
            return Moment(date) if month and day else None
        zone: dt.tzinfo | None = dt.UTC if found[7] else None
        if found[8]:
            away = dt.timedelta(hours=int(found[9]), minutes=int(found[10] or 0))
            zone = dt.timezone(-away if found[8] == "-" else away)
        time = dt.time(int(hour), int(minute), min(int(second or 0), 59), tzinfo=zone)
    except ValueError:
        return None
    return from_datetime(dt.datetime.combine(date, time))


def largest(found: Sequence[Paragraph], body: float) -> str:
    """Return the largest text of the first page, where it stands out and can be a title."""
    if not found:
        return ""
    first = [
        one for one in found if one.page == found[0].page and not one.furniture and not one.rows
    ]
    words = [
        one
        for one in first
        if sum(letter.isalpha() for letter in one.text) >= 3 and not CAPTION.match(one.text)
    ]
    if not words:
        return ""
    size = max(one.size for one in words)
    best = next(one for one in words if one.size >= 0.97 * size)
    title = clean_line(best.text)
    larger = size >= 1.1 * body or (best is words[0] and best.bold)
    return title if larger and len(title) <= _LONGEST_TITLE else ""
