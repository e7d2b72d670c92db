"""Take references out of a Word document that lead nowhere: the converter would give up on them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from briefing_app.importers import xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

_TYPES = "[Content_Types].xml"
_NEEDED = {
    "Relationship": ("Id", "Type", "Target"),
    "Default": ("Extension", "ContentType"),
    "Override": ("PartName", "ContentType"),
}
_NOTES = (("footnote", "footnoteReference"), ("endnote", "endnoteReference"))
_RELATION = "officeDocument/2006/relationships}"
_STRICT = "officeDocument/relationships}"


def untie(trees: Mapping[str, _Element], main: str) -> None:
    """Mend the parts of a document by name, of which one is the text."""
    for name, tree in trees.items():
        if name == _TYPES or name.endswith(".rels"):
            _drop([row for row in tree if _lacks(row)])
    folder = posixpath.dirname(main)
    for kind, reference in _NOTES:
        known = set(_ids(trees.get(f"{folder}/{kind}s.xml"), kind))
        _drop([e for e in xml.named(trees[main], reference) if xml.attribute(e, "id") not in known])
    for name, tree in trees.items():
        if posixpath.dirname(name) == folder:
            _untie_part(tree, trees.get(relations_of(name)))


def relations_of(name: str) -> str:
    """Return the name of the part that holds a part's relations."""
    folder, base = posixpath.split(name)
    return f"{folder}/_rels/{base}.rels".lstrip("/")


def _untie_part(tree: _Element, relations: _Element | None) -> None:
    """Take away the attributes that name a relation which is not there."""
    rows = [] if relations is None else list(xml.named(relations, "Relationship"))
    known = {xml.attribute(row, "Id") for row in rows}
    for element in tree.iter():
        for key, value in element.attrib.items():
            if (_RELATION in key or _STRICT in key) and value not in known:
                del element.attrib[key]


def _ids(notes: _Element | None, kind: str) -> Iterator[str]:
    if notes is not None:
        for note in xml.named(notes, kind):
            yield xml.attribute(note, "id")


def _lacks(row: _Element) -> bool:
    return any(not row.get(name) for name in _NEEDED.get(xml.local(row), ()))


def _drop(elements: list[_Element]) -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
