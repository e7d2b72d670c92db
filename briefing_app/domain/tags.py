"""Tags: short words of the user's own that gather articles."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from briefing_app.domain.article import tag_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LENGTH = 60  # code points


def tag_of(typed: str) -> str:
    """Return a tag as it is kept: NFC, on one line, without a `#`, of bounded length; or nothing."""
    kept = "".join(
        mark if mark.isprintable() else " " if mark.isspace() else ""
        for mark in typed
        if mark not in ',"'
    )
    line = " ".join(unicodedata.normalize("NFC", kept).split()).lstrip("# ")
    return line[:LENGTH].strip()


def tags_of(typed: str) -> tuple[str, ...]:
    """Return the tags of a line in which commas part them, each once."""
    return _once(tag_of(one) for one in typed.replace(";", ",").split(","))


def retagged(
    tags: Iterable[str], add: Iterable[str] = (), remove: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return tags with some added behind and some taken away; spellings of one tag are one."""
    gone = {tag_key(tag) for tag in remove}
    return _once((*(tag for tag in tags if tag_key(tag) not in gone), *add))


def renaming(old: str, new: str) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """Return what puts a new tag in the place of an old one; where it stands already they merge."""
    before, after = tag_key(old), tag_key(new)

    def renamed(tags: tuple[str, ...]) -> tuple[str, ...]:
        keys = {tag_key(tag) for tag in tags}
        if before not in keys:
            return tags
        if after in keys and after != before:
            return tuple(tag for tag in tags if tag_key(tag) != before)
        return _once(new if tag_key(tag) == before else tag for tag in tags)

    return renamed


def _once(tags: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for tag in tags:
        if tag:
            found.setdefault(tag_key(tag), tag)
    return tuple(found.values())
