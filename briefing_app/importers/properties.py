"""What an office document or a book says of itself, in the words of Dublin Core."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain.moment import Moment, parse_iso
from briefing_app.domain.text import clean_line
from briefing_app.importers import xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST = 300  # code points
_MOST_AUTHORS = 12
# what programs write where nobody has written anything
_NOBODY = frozenset(
    ("", "unknown", "user", "admin", "administrator", "owner", "author", "microsoft", "python-docx",
     "microsoft office user", "windows user", "unknown author", "un-named", "apache poi", "docx4j",
     "користувач", "пользователь")
)  # fmt: skip
_UNTITLED = re.compile(
    r"(?i)[\s.-]*|(?:untitled|document|dokument|документ|microsoft word|документ microsoft word"
    r"|word document|normal)[\s\d.-]*|microsoft word - .*|.*\.(?:docx?|odt|rtf|tmp|dotx?)"
)


@dataclass(frozen=True, slots=True)
class Properties:
    """The fields of an article that its document names."""

    title: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""
    published: Moment | None = None
    language: str = ""

    def origins(self, title: str) -> tuple[tuple[str, str], ...]:
        """Return where each field came from; `title` is the title's own origin."""
        named = ("authors", "source", "published", "language")
        known = tuple((name, "document properties") for name in named if getattr(self, name))
        return (("title", title), *known) if title else known


def read(root: _Element | None, *, authors: Iterable[str], dates: Iterable[str]) -> Properties:
    """Return what a document says of itself.

    `authors` and `dates` are names of elements; the first one that says something counts.
    """
    if root is None:
        return Properties()
    title = _first(root, "title")
    return Properties(
        "" if _UNTITLED.fullmatch(title) else title,
        next((named for name in authors if (named := people(_lines(root, name)))), ()),
        _first(root, "publisher"),
        next((m for name in dates for text in _lines(root, name) if (m := _moment(text))), None),
        language(_first(root, "language")),
    )


def people(names: Iterable[str]) -> tuple[str, ...]:
    """Return those names that are somebody's; several stand in one field, parted by semicolons."""
    parted = (clean_line(name) for line in names for name in line.split(";"))
    known = dict.fromkeys(name for name in parted if name.lower() not in _NOBODY)
    return tuple(known)[:_MOST_AUTHORS]


def language(text: str) -> str:
    """Return a language tag, or an empty string where it is none."""
    found = _LANGUAGE.fullmatch(text)
    return found[0].replace("_", "-") if found and text.lower() not in ("und", "zxx") else ""


def is_title(text: str) -> bool:
    """Tell whether somebody wrote a title, and not a program."""
    return bool(text) and not _UNTITLED.fullmatch(text)


def _first(root: _Element, name: str) -> str:
    return next(_lines(root, name), "")


def _lines(root: _Element, name: str) -> Iterator[str]:
    for element in xml.named(root, name):
        if line := clean_line("".join(element.itertext()))[:_LONGEST]:
            yield line


def _moment(text: str) -> Moment | None:
    """Read a date; years before printing and what follows a full date are not believed."""
    found = parse_iso(text)
    if found is None and (day := _DAY.match(text)):
        found = parse_iso(day[0])
    return found if found and found.date.year > 1700 else None
