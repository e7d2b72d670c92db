"""The YAML block at the top of a Markdown file, read with the safe loader."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import frontmatter
import yaml

from briefing_app.domain.moment import Moment, from_datetime, parse_iso
from briefing_app.domain.text import clean_line

_LONGEST = 64 * 1024  # code points


@dataclass(frozen=True, slots=True)
class Front:
    """What a front matter says of its article; `named` are the article's fields that it fills."""

    title: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    published: Moment | None = None
    language: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """Return the fields that are not empty, but the title."""
        fields = ("authors", "source", "url", "published", "language")
        return tuple(name for name in fields if getattr(self, name))


def split(text: str) -> tuple[Front, str]:
    """Part the front matter from the text; one that cannot be read is left out of both.

    A block longer than 64 KB is no front matter but text.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n")
    if not text.startswith("---\n") or "\n---" not in text[: _LONGEST + 4]:
        return Front(), text
    try:
        fields, rest = frontmatter.parse(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return Front(), text.split("\n---", 1)[1].partition("\n")[2]
    return _front({str(name).lower(): value for name, value in fields.items()}), rest


def _front(fields: dict[str, Any]) -> Front:
    return Front(
        title=_line(fields, "title"),
        authors=_lines(fields, "authors", "author", "by"),
        source=_line(fields, "source", "site", "publication", "publisher"),
        url=_address(_line(fields, "url", "link", "canonical", "source_url")),
        published=_moment(fields, "date", "published", "created"),
        language=_line(fields, "lang", "language"),
    )


def _line(fields: dict[str, Any], *names: str) -> str:
    return next(iter(_lines(fields, *names)), "")


def _lines(fields: dict[str, Any], *names: str) -> tuple[str, ...]:
    """Return the first of some fields that holds text, as one line or several."""
    for name in names:
        value = fields.get(name)
        values = value if isinstance(value, list) else [value]
        lines = tuple(clean_line(str(v)) for v in values if isinstance(v, str | int | float))
        if any(lines):
            return tuple(line for line in lines if line)
    return ()


def _address(text: str) -> str:
    return text if text.startswith(("http://", "https://")) else ""


def _moment(fields: dict[str, Any], *names: str) -> Moment | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, dt.datetime):
            return from_datetime(value)
        if isinstance(value, dt.date):
            return Moment(value)
        if isinstance(value, str) and (moment := parse_iso(value)):
            return moment
    return None
