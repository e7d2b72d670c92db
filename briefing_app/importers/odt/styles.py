"""What the styles of an OpenDocument text make of its words, as far as a reader is concerned."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing_app.importers import xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

_LONGEST_CHAIN = 20  # styles that are based on one another
_ESCAPED = re.compile(r"_([0-9a-f]{2})_")
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_BOLD = ("bold", "600", "700", "800", "900")
_ITALIC = ("italic", "oblique")


@dataclass(frozen=True, slots=True)
class Look:
    """How text of a style looks, and what the style is for; None says that its parent tells."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    level: int = 0
    role: str = ""


@dataclass(slots=True)
class Styles:
    """All styles of a document by family and name, and its list styles."""

    _styles: dict[tuple[str, str], _Element] = field(default_factory=dict)
    _lists: dict[str, _Element] = field(default_factory=dict)
    _looks: dict[tuple[str, str], Look] = field(default_factory=dict)

    def add(self, roots: Iterable[_Element | None]) -> None:
        """Take the styles out of a document's parts; a later one of the same name counts."""
        for root in roots:
            if root is None:
                continue
            for style in xml.named(root, "style"):
                key = xml.attribute(style, "family"), xml.attribute(style, "name")
                self._styles[key] = style
            for style in xml.named(root, "list-style"):
                self._lists[xml.attribute(style, "name")] = style

    def look(self, family: str, name: str) -> Look:
        """Return the look of a style; of one that is not there, none."""
        key = family, name
        if key not in self._looks:
            self._looks[key] = self._inherited(family, name)
        return self._looks[key]

    def is_ordered(self, name: str, depth: int) -> bool:
        """Tell whether a list style numbers its items at a depth, from 1."""
        style = self._lists.get(name)
        if style is None:
            return False
        for level in style:
            if xml.attribute(level, "level") == str(depth):
                numbered = xml.local(level) == "list-level-style-number"
                return numbered and bool(xml.attribute(level, "num-format"))
        return False

    def _inherited(self, family: str, name: str) -> Look:
        bold = italic = hidden = None
        level, role = 0, ""
        for style in self._chain(family, name):
            own = _own(style)
            bold = own.bold if bold is None else bold
            italic = own.italic if italic is None else italic
            hidden = own.hidden if hidden is None else hidden
            level, role = level or own.level, role or own.role
        if not role and not level:  # a style that is named and nowhere defined
            called = _shown(name)
            level, role = _level(called), called.lower()
        return Look(bool(bold), bool(italic), bool(hidden), level, role)

    def _chain(self, family: str, name: str) -> Iterator[_Element]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = xml.attribute(style, "parent-style-name")


def _own(style: _Element) -> Look:
    properties = style.find("{*}text-properties")
    if properties is None:
        properties = style.find("{*}properties")  # OpenOffice 1
    weight = slant = shown = ""
    if properties is not None:
        weight = xml.attribute(properties, "font-weight")
        slant = xml.attribute(properties, "font-style")
        shown = xml.attribute(properties, "display")
    called = xml.attribute(style, "display-name") or _shown(xml.attribute(style, "name"))
    outline = xml.attribute(style, "default-outline-level")
    level = int(outline[:2]) if outline.isdecimal() else _level(called)
    automatic = re.fullmatch(r"[PT]\d+", called)
    return Look(
        weight in _BOLD if weight else None,
        slant in _ITALIC if slant else None,
        shown == "none" if shown else None,
        min(level, 6),
        "" if automatic else called.lower(),
    )


def _shown(name: str) -> str:
    """Return a style's name as its program shows it: ``Heading_20_1`` is "Heading 1"."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name)


def _level(called: str) -> int:
    found = _HEADING.fullmatch(called)
    return min(int(found[1]), 6) if found else 0
