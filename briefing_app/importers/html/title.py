"""The title of a page: what two systems agree on, without the site's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing_app.domain.text import clean_line
from briefing_app.importers.html.vote import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTING = re.compile(
    "\\s+(?:[|\u2013\u2014\u2022\u00b7\u00bb\u00ab:/-]|::|\\|\\|)\\s+|\\s*\\|\\s*|:\\s+"
)
_LONGEST = 300  # code points


def choose_title(candidates: Sequence[tuple[str, str]], source: str) -> tuple[str, str]:
    """Return the title and its origin from (origin, title) pairs, the most trusted first.

    A title with the site's name behind it speaks for the one without.
    """
    known = [(origin, clean_line(title)[:_LONGEST]) for origin, title in candidates]
    known = [(origin, title) for origin, title in known if tokens(title)]
    bare = [(origin, _without_site(title, source)) for origin, title in known]
    if not bare:
        return "", ""
    sites = _key(source)
    best = max(
        range(len(bare)),
        key=lambda at: (
            _key(bare[at][1]) != sites,
            sum(_speaks_for(title, bare[at][1]) for _, title in known),
            -at,
        ),
    )
    return bare[best][1], bare[best][0]


def _without_site(title: str, source: str) -> str:
    """Cut the site's name off the end or the beginning of a title."""
    partings = list(_PARTING.finditer(title))
    if not partings or not source:
        return title
    head, tail = title[: partings[-1].start()], title[partings[-1].end() :]
    if _same_site(tail, source) and head:
        return head
    head, tail = title[: partings[0].start()], title[partings[0].end() :]
    return tail if _same_site(head, source) and tail else title


def _same_site(words: str, source: str) -> bool:
    said, site = _key(words), _key(source)
    if said in site:
        return len(said) >= 3 or said == site
    return site in said and len(said) <= 2 * len(site)


def _speaks_for(title: str, other: str) -> bool:
    """Tell whether a title is another, or begins with it and a parting mark behind."""
    if _key(title) == _key(other):
        return True
    rest = title[len(other) :]
    return title.casefold().startswith(other.casefold()) and bool(_PARTING.match(rest))


def _key(text: str) -> str:
    return "".join(tokens(text)).casefold()
