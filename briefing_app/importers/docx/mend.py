"""Change a Word document's XML so that nothing readable is passed over when it is converted.

The converter knows the elements that Word itself mostly writes. Text in simple fields, in runs with a
direction of their own, under ruby, in formulas and in shapes without a fallback would be lost; hidden
text would be shown.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import lxml.etree

from briefing_app.importers import xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFF = ("0", "false", "off")
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_THROUGH = ("fldSimple", "dir", "bdo", "ruby", "rubyBase")  # their children are what counts
_LEVELS = 6
_BODY_TEXT = 9  # the outline level of what is no heading
_LONGEST_CHAIN = 20  # styles that are based on one another


def mend_text(root: _Element) -> None:
    """Make a document, or its notes, readable to the converter."""
    word = root.tag.rpartition("}")[0] + "}"
    _drop(list(root.iter(f"{word}rt")))
    _drop([run for run in root.iter(f"{word}r") if _is_hidden(run, word)])
    for element in list(root.iter(*(word + name for name in _THROUGH))):
        element.tag = f"{word}smartTag"
    for element in list(root.iter(f"{word}cr")):
        element.tag = f"{word}br"
    for formula in list(xml.named(root, "oMath")):
        _spell_out(formula, word)
    for choices in list(root.iter(f"{{{_MC}}}AlternateContent")):
        _fall_back(choices, word)
    for level in list(root.iter(f"{word}outlineLvl")):
        _as_heading(level, word)


def mend_styles(root: _Element) -> None:
    """Name every style that stands in the outline as a heading of its level."""
    styles = {
        xml.attribute(style, "styleId"): style
        for style in xml.named(root, "style")
        if xml.attribute(style, "type") == "paragraph"
    }
    levels = {name: _level(name, styles) for name in styles}
    for name, level in levels.items():
        label = next(xml.named(styles[name], "name"), None)
        if level and label is not None:
            _set(label, f"heading {level}")


def styles_called(styles: _Element | None, begins: str) -> frozenset[str]:
    """Return the ids of the styles whose names begin so, in small letters."""
    if styles is None:
        return frozenset()
    return frozenset(
        xml.attribute(style, "styleId")
        for style in xml.named(styles, "style")
        for label in style.iterchildren("{*}name")
        if xml.attribute(label, "val").lower().startswith(begins)
    )


def _drop(elements: list[_Element]) -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _is_hidden(run: _Element, word: str) -> bool:
    hidden = run.find(f"{word}rPr/{word}vanish")
    return hidden is not None and xml.attribute(hidden, "val") not in _OFF


def _spell_out(formula: _Element, word: str) -> None:
    """Put a formula's characters where it stands: a line of them, as there is no other way here."""
    text = "".join(part.text or "" for part in xml.named(formula, "t"))
    place = formula
    parent = formula.getparent()
    if parent is None or any(xml.local(around) == "oMath" for around in formula.iterancestors()):
        return
    if xml.local(parent) == "oMathPara":
        place, parent = parent, parent.getparent()
    if parent is None:
        return
    run = lxml.etree.Element(f"{word}r")
    inside = lxml.etree.SubElement(run, f"{word}t")
    inside.text = text
    inside.set(_XML_SPACE, "preserve")
    parent.insert(parent.index(place), run)
    if place is formula or place[-1] is formula:
        parent.remove(place)


def _fall_back(choices: _Element, word: str) -> None:
    """Give a shape that has no fallback the text that stands in it."""
    if choices.find(f"{{{_MC}}}Fallback") is not None:
        return
    texts = list(choices.iter(f"{word}txbxContent"))
    kept = texts or [e for name in ("drawing", "pict") for e in choices.iter(word + name)]
    fallback = lxml.etree.SubElement(choices, f"{{{_MC}}}Fallback")
    holder = lxml.etree.SubElement(fallback, f"{word}pict" if texts else f"{word}smartTag")
    holder.extend(kept)


def _as_heading(level: _Element, word: str) -> None:
    """Give a paragraph that stands in the outline by itself the style of a heading."""
    around = level.getparent()
    number = _number(level)
    if around is None or around.tag != f"{word}pPr" or number >= _BODY_TEXT:
        return
    style = around.find(f"{word}pStyle")
    if style is None:
        style = lxml.etree.Element(f"{word}pStyle")
        around.insert(0, style)
        style.set(f"{word}val", f"Heading{min(number + 1, _LEVELS)}")


def _level(name: str, styles: dict[str, _Element]) -> int:
    """Return a style's level from 1 to 6, its own or that of the style that it is based on, or 0."""
    for _ in range(_LONGEST_CHAIN):
        style = styles.get(name)
        if style is None:
            return 0
        label = next(xml.named(style, "name"), None)
        said = "" if label is None else xml.attribute(label, "val").lower()
        first, _, rest = said.partition(" ")
        if first == "heading" and rest.isdecimal() and int(rest[:3]) >= 1:
            return min(int(rest[:3]), _LEVELS)
        if said in ("title", "subtitle") or said.startswith("toc "):
            return 0
        own = next(xml.named(style, "outlineLvl"), None)
        if own is not None:
            number = _number(own)
            return min(number + 1, _LEVELS) if number < _BODY_TEXT else 0
        based = next(xml.named(style, "basedOn"), None)
        name = "" if based is None else xml.attribute(based, "val")
    return 0


def _number(element: _Element) -> int:
    value = xml.attribute(element, "val")
    return int(value[:3]) if value.isdecimal() else _BODY_TEXT


def _set(element: _Element, value: str) -> None:
    for key in element.attrib:
        if key.rpartition("}")[2] == "val":
            with contextlib.suppress(ValueError):  # a name that only a damaged document has
                element.set(key, value)
