"""Read what stands before the text of an RTF document: fonts, styles, lists, and who wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing_app.importers.rtf.tables import Style, Tables

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATES = ("yr", "mo", "dy", "hr", "min")
_INFO = ("title", "author", "creatim", "revtim")
_STYLES = ("s", "cs", "ds", "ts")
_BEGIN = {
    "info": "info",
    "stylesheet": "stylesheet",
    "listtable": "lists",
    "listoverridetable": "overrides",
}


@dataclass(slots=True)
class Head:
    """Takes the control words of those groups one by one; the kind of a group says which it is."""

    tables: Tables = field(default_factory=Tables)
    info: dict[str, str] = field(default_factory=dict)
    _style: Style = field(default_factory=Style)
    _style_number: int | None = None
    _font: int = -1
    _kinds: list[int] = field(default_factory=list)
    _list: int = 0
    _date: dict[str, int] = field(default_factory=dict)

    def word(self, kind: str, word: str, number: int | None) -> str:
        """Take a control word in a group of a kind, and return the kind that the group is now."""
        value = number or 0
        if word in _BEGIN:
            return _BEGIN[word]
        if kind == "info" and word in _INFO:
            self._date = {}
            return word
        if kind in ("creatim", "revtim") and word in _DATES:
            self._date[word] = value
        elif kind == "fonttbl":
            self._fonts(word, value)
        elif kind in ("stylesheet", "style"):
            return self._styles(kind, word, number)
        elif kind in ("lists", "list", "overrides"):
            return self._lists(kind, word, value)
        return kind

    def end(self, kind: str, text: str) -> None:
        """End a group of a kind, in which this text stood."""
        if kind in _INFO:
            self.info.setdefault(kind, _moment(self._date) or text)
        elif kind == "style" and self._style_number is not None:
            self._style.name = text.rstrip(";").split(",")[0].strip().lower()
            self.tables.styles[self._style_number] = self._style
        elif kind == "list":
            self.tables.lists[self._list] = self._kinds

    def _fonts(self, word: str, value: int) -> None:
        if word == "f":
            self._font = value
        elif word == "fcharset":
            self.tables.fonts[self._font] = value

    def _styles(self, kind: str, word: str, number: int | None) -> str:
        if kind == "stylesheet":
            if word not in _STYLES:
                return kind
            self._style = Style()
            self._style_number = number if word == "s" else None
            return "style"
        if word == "outlinelevel":
            self._style.outline = number
        elif word == "sbasedon":
            self._style.based = number
        return kind

    def _lists(self, kind: str, word: str, value: int) -> str:
        if kind == "lists" and word == "list":
            self._kinds, self._list = [], 0
            return "list"
        if kind == "list" and word == "levelnfc":
            self._kinds.append(value)
        elif kind != "lists" and word == "listid":
            self._list = value
        elif kind == "overrides" and word == "ls":
            self.tables.overrides[value] = self._list
        return kind


def _moment(parts: Mapping[str, int]) -> str:
    """Return a date that is given in parts as ISO 8601, or an empty string."""
    if not all(parts.get(name) for name in ("yr", "mo", "dy")):
        return ""
    day = f"{parts['yr']:04d}-{parts['mo']:02d}-{parts['dy']:02d}"
    if "hr" not in parts:
        return day
    return f"{day}T{parts['hr']:02d}:{parts.get('min', 0):02d}:00"
