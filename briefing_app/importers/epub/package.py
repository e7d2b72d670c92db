"""What an EPUB says of itself: its texts in reading order, their titles, and who wrote it.

Source: EPUB 3.3, sections 4 (container), 5 (package) and 7 (navigation); Open Packaging Format 2.0.1.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers import properties, xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from briefing_app.importers.properties import Properties
    from briefing_app.importers.zipped import Zip

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_TEXTS = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml")
_SUFFIXES = (".xhtml", ".html", ".htm")
_LONGEST_LABEL = 300  # code points


@dataclass(frozen=True, slots=True)
class Package:
    """A book: the names of its texts in reading order, and the titles that its contents give them."""

    texts: tuple[str, ...]
    labels: Mapping[str, str]
    properties: Properties


def read(archive: Zip) -> Package:
    """Return what a book says of itself.

    Raises: UnreadableSource if it is no book, or is protected.
    """
    name = _package_name(archive)
    root = xml.parse(archive.read(name), recover=True)
    folder = posixpath.dirname(name)
    items = {
        xml.attribute(item, "id"): (resolved(folder, xml.attribute(item, "href")), item)
        for item in xml.named(root, "item")
    }
    texts = tuple(dict.fromkeys(_texts(root, items, archive)))
    _refuse_protected(archive, texts)
    if not texts:
        raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "There is no text in it."))
    known = properties.read(root.find("{*}metadata"), authors=("creator",), dates=("date",))
    return Package(texts, _labels(archive, items), known)


def resolved(folder: str, href: str) -> str:
    """Return the name of a file in the archive that a text in a folder links to."""
    path = unquote(href.split("#", 1)[0])
    return posixpath.normpath(posixpath.join(folder, path)).lstrip("/") if path else ""


def _package_name(archive: Zip) -> str:
    if _CONTAINER in archive:
        for file in xml.named(xml.parse(archive.read(_CONTAINER), recover=True), "rootfile"):
            if (name := xml.attribute(file, "full-path").lstrip("/")) in archive:
                return name
    name = next((name for name in archive.names() if name.lower().endswith(".opf")), "")
    if not name:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "There is no book in it, whatever its name says.")
        )
    return name


def _texts(
    root: _Element, items: Mapping[str, tuple[str, _Element]], archive: Zip
) -> Iterator[str]:
    """Return the texts in reading order; the contents, where they are among them, are no text."""
    for reference in xml.named(root, "itemref"):
        name, item = items.get(xml.attribute(reference, "idref"), ("", None))
        if item is None or name not in archive:
            continue
        is_text = xml.attribute(item, "media-type") in _TEXTS or name.lower().endswith(_SUFFIXES)
        if is_text and "nav" not in xml.attribute(item, "properties").split():
            yield name


def _refuse_protected(archive: Zip, texts: tuple[str, ...]) -> None:
    """Refuse a book whose texts are encrypted; fonts may be."""
    if _ENCRYPTION not in archive:
        return
    for data in xml.named(xml.parse(archive.read(_ENCRYPTION), recover=True), "EncryptedData"):
        method = next(xml.named(data, "EncryptionMethod"), None)
        if method is not None and xml.attribute(method, "Algorithm") in _FONTS:
            continue
        for reference in xml.named(data, "CipherReference"):
            if resolved("", xml.attribute(reference, "URI")) in texts:
                raise UnreadableSource(
                    QT_TRANSLATE_NOOP("errors", "The book is protected by the shop that sold it."),
                    hint=QT_TRANSLATE_NOOP(
                        "errors",
                        "Only the shop's own program can open it; copy the text from there.",
                    ),
                )


def _labels(archive: Zip, items: Mapping[str, tuple[str, _Element]]) -> dict[str, str]:
    """Return the title of each text that the contents name; the first one counts."""
    for name, item in items.values():
        is_contents = "nav" in xml.attribute(item, "properties").split() and name in archive
        if is_contents and (labels := dict(_from_navigation(archive, name))):
            return labels
    for name, item in items.values():
        if xml.attribute(item, "media-type") == "application/x-dtbncx+xml" and name in archive:
            return dict(_from_ncx(archive, name))
    return {}


def _from_navigation(archive: Zip, name: str) -> Iterator[tuple[str, str]]:
    found: set[str] = set()
    for nav in xml.named(xml.parse(archive.read(name), recover=True), "nav"):
        if "toc" not in xml.attribute(nav, "type").split():
            continue
        for link in xml.named(nav, "a"):
            text = resolved(posixpath.dirname(name), xml.attribute(link, "href"))
            label = clean_line("".join(link.itertext()))[:_LONGEST_LABEL]
            if text and label and text not in found:
                found.add(text)
                yield text, label


def _from_ncx(archive: Zip, name: str) -> Iterator[tuple[str, str]]:
    found: set[str] = set()
    for point in xml.named(xml.parse(archive.read(name), recover=True), "navPoint"):
        content, label = point.find("{*}content"), point.find("{*}navLabel/{*}text")
        if content is None or label is None:
            continue
        text = resolved(posixpath.dirname(name), xml.attribute(content, "src"))
        words = clean_line(label.text or "")[:_LONGEST_LABEL]
        if text and words and text not in found:
            found.add(text)
            yield text, words
