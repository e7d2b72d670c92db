"""Tags in the filter: ``tag:"peace talks"``, put there and taken out by a click."""

from __future__ import annotations

import re

from briefing_app.domain.article import tag_key
from briefing_app.domain.tags import tag_of

_TAG = re.compile(r'(?<!\S)tag:\s*(?:"([^"]*)"?|([^\s"]+))\s*', re.IGNORECASE)


def tags_in(text: str) -> frozenset[str]:
    """Return the tags that a filter asks for, as they are compared."""
    return frozenset(tag_key(tag_of(found[1] or found[2] or "")) for found in _TAG.finditer(text))


def toggled(text: str, tag: str) -> str:
    """Return a filter that asks for a tag as well, or not any more."""
    key = tag_key(tag)

    def out(found: re.Match[str]) -> str:
        return "" if tag_key(tag_of(found[1] or found[2] or "")) == key else found[0]

    if key in tags_in(text):
        return _TAG.sub(out, text).strip()
    word = tag if re.fullmatch(r"\w[\w-]*", tag) else f'"{tag}"'
    return f"{text.strip()} tag:{word} ".lstrip()
