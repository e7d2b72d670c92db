"""The parts of a Word document that are read, checked and mended, as an archive of their own.

The converter opens archives and parses XML without limits, so it gets this one and never the file.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import lxml.etree

from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource
from briefing_app.importers import xml, zipped
from briefing_app.importers.docx import dangling, mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from briefing_app.importers.zipped import Zip

MOST_ELEMENTS = 1_000_000  # in the text; the converter takes a kilobyte of memory for each
_MAIN = "word/document.xml"
_TYPES = "[Content_Types].xml"
_PROPERTIES = "docprops/core.xml"
_NOTES = ("footnotes.xml", "endnotes.xml")


@dataclass(frozen=True, slots=True)
class Package:
    """What the converter is given, and what is read beside it.

    `chunks` are whole files, by name, that the text takes in where they are named.
    """

    data: bytes
    text: _Element
    styles: _Element | None
    properties: _Element | None
    chunks: tuple[tuple[str, bytes], ...]
    warnings: tuple[Remark, ...]


def read(data: bytes) -> Package:
    """Return the parts of a Word document.

    Raises: UnreadableSource if there is no document in it, or it is beyond the limits.
    """
    archive = zipped.open_zip(data)
    main = _main(archive)
    warnings: list[Remark] = []
    text = _text(archive, main, warnings)
    if sum(1 for _ in text.iter()) > MOST_ELEMENTS:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "The document has more than {limit} parts."),
            hint=QT_TRANSLATE_NOOP("errors", "Split it, and import the part that matters."),
            limit=MOST_ELEMENTS,
        )
    trees = {main: text}
    for name in archive.names():
        if _is_wanted(name, main):
            part = _part(archive, name, warnings)
            if part is not None:
                trees[name] = part
    dangling.untie(trees, main)
    folder = posixpath.dirname(main)
    for name in (main, *(f"{folder}/{note}" for note in _NOTES)):
        if (found := trees.get(name)) is not None:
            mend.mend_text(found)
    styles = trees.get(f"{folder}/styles.xml")
    if styles is not None:
        mend.mend_styles(styles)
    properties = next((name for name in archive.names() if name.lower() == _PROPERTIES), "")
    return Package(
        _packed(archive, trees, warnings),
        text,
        styles,
        _part(archive, properties, warnings) if properties else None,
        tuple(_chunks(archive, trees.get(dangling.relations_of(main)), folder)),
        tuple(warnings),
    )


def _main(archive: Zip) -> str:
    """Return the name of the part that holds the text, which the package's relations tell."""
    if "_rels/.rels" in archive:
        for relation in xml.named(
            xml.parse(archive.read("_rels/.rels"), recover=True), "Relationship"
        ):
            if xml.attribute(relation, "Type").endswith("/officeDocument"):
                target = xml.attribute(relation, "Target").lstrip("/")
                if target in archive:
                    return target
    if _MAIN in archive:
        return _MAIN
    raise UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "There is no Word document in it, whatever its name says.")
    )


def _text(archive: Zip, main: str, warnings: list[Remark]) -> _Element:
    data = archive.read(main)
    try:
        return xml.parse(data)
    except UnreadableSource:
        text = xml.parse(data, recover=True)
        warnings.append(
            Remark(QT_TRANSLATE_NOOP("errors", "It is damaged; what could be read of it was."))
        )
        return text


def _is_wanted(name: str, main: str) -> bool:
    if name == main:
        return False
    if name == _TYPES or name.endswith(".rels"):
        return True
    return posixpath.dirname(name) == posixpath.dirname(main) and name.endswith(".xml")


def _part(archive: Zip, name: str, warnings: list[Remark]) -> _Element | None:
    """Return a part beside the text, or nothing and a warning if it cannot be read."""
    try:
        return xml.parse(archive.read(name), recover=True)
    except UnreadableSource:
        warnings.append(_left_out(name))
        return None


def _chunks(archive: Zip, relations: _Element | None, folder: str) -> Iterator[tuple[str, bytes]]:
    """Return the files that programs which make Word documents of web pages leave as they are."""
    if relations is None:
        return
    for relation in xml.named(relations, "Relationship"):
        if xml.attribute(relation, "Type").endswith("/aFChunk"):
            target = xml.attribute(relation, "Target")
            name = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
            if name in archive:
                yield posixpath.basename(name), archive.read(name)


def _packed(archive: Zip, trees: dict[str, _Element], warnings: list[Remark]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, tree in trees.items():
            packed.writestr(name, lxml.etree.tostring(tree, encoding="utf-8"))
        for name in archive.names():
            if "/media/" in name and name not in trees:
                try:
                    packed.writestr(name, archive.read(name))
                except UnreadableSource:
                    warnings.append(_left_out(name))
    return stream.getvalue()


def _left_out(name: str) -> Remark:
    said = QT_TRANSLATE_NOOP("errors", "A part of it is damaged and was left out: {part}.")
    return Remark(said, (("part", posixpath.basename(name)[:80]),))
