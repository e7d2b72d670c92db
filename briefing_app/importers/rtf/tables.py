"""The tables at the head of an RTF document: fonts, styles and lists."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from briefing_app.importers.rtf.words import CHARSETS

_HEADING = re.compile(r"heading (\d)")
_BULLET, _NOTHING = 23, 255  # kinds of numbers, \levelnfc


@dataclass(slots=True)
class Style:
    """A paragraph style."""

    name: str = ""
    outline: int | None = None
    based: int | None = None


@dataclass(slots=True)
class Tables:
    """What the head of a document says; `encoding` is that of text in fonts which say none."""

    encoding: str = "cp1252"
    fonts: dict[int, int] = field(default_factory=dict)  # number -> character set
    styles: dict[int, Style] = field(default_factory=dict)
    lists: dict[int, list[int]] = field(default_factory=dict)  # list id -> kinds of numbers
    overrides: dict[int, int] = field(default_factory=dict)  # what a paragraph names -> list id

    def set_code_page(self, number: int) -> None:
        """Take the code page of the document; one that is not known is left out."""
        name = {65001: "utf-8", 10000: "mac_roman", 10007: "mac_cyrillic"}.get(
            number, f"cp{number}"
        )
        try:
            codecs.lookup(name)
        except LookupError:
            return
        self.encoding = name

    def encoding_of(self, font: int) -> str:
        """Return the encoding of text in a font."""
        return CHARSETS.get(self.fonts.get(font, 1), self.encoding)

    def outline(self, number: int | None, own: int | None) -> int | None:
        """Return the level of a paragraph, from 0: its own, or that of its style."""
        if own is not None:
            return own if own < 9 else None
        for _ in range(20):
            style = self.styles.get(-1 if number is None else number)
            if style is None:
                return None
            if found := _HEADING.fullmatch(style.name):
                return max(0, int(found[1]) - 1)
            if style.outline is not None:
                return style.outline if style.outline < 9 else None
            number = style.based
        return None

    def style_name(self, number: int | None) -> str:
        """Return the name of a style in small letters."""
        style = self.styles.get(-1 if number is None else number)
        return style.name if style else ""

    def is_numbered(self, override: int | None, level: int) -> bool | None:
        """Tell whether a list has numbers at a level; None where there is no list."""
        if not override:
            return None
        kinds = self.lists.get(self.overrides.get(override, 0), [])
        if level >= len(kinds) or kinds[level] == _NOTHING:
            return None
        return kinds[level] != _BULLET
