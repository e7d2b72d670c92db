"""OpenDocument texts: archives (.odt) and flat files (.fodt), and those of OpenOffice 1 (.sxw)."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers import properties, xml, zipped
from briefing_app.importers.base import Document, Imported, Importer
from briefing_app.importers.odt.styles import Styles
from briefing_app.importers.odt.walk import Walker
from briefing_app.importers.pictures import Album
from briefing_app.importers.written import article_of, remarks_left_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from briefing_app.importers.zipped import Zip
    from briefing_app.progress import Progress

_LABEL = "OpenDocument text"
_SUFFIXES = (".odt", ".ott", ".fodt", ".odm", ".sxw", ".stw")
_TYPE = "application/vnd.oasis.opendocument.text"
_KINDS = (_TYPE, "application/vnd.sun.xml.writer")
_FLAT = re.compile(rb"<office:document\s[^>]{0,20000}?" + re.escape(_TYPE.encode()))
_HEAD = 32 * 1024


def _accepts(document: Document) -> bool:
    if not zipped.looks_zipped(document.data):
        return bool(_FLAT.search(document.data[:_HEAD]))
    try:
        archive = zipped.open_zip(document.data)
        if "mimetype" in archive:
            return _names_text(archive.read("mimetype")[:100])
        return "content.xml" in archive and document.name.lower().endswith(_SUFFIXES)
    except UnreadableSource:
        return False


def _names_text(said: bytes) -> bool:
    return said.decode("ascii", "replace").strip().startswith(_KINDS)


def _read(document: Document, progress: Progress) -> Imported:
    album = Album()
    if zipped.looks_zipped(document.data):
        archive = zipped.open_zip(document.data)
        _refuse_locked(archive)
        content = xml.parse(archive.read("content.xml"))
        parts = [_part(archive, "styles.xml"), content]
        meta = _part(archive, "meta.xml")
        walker = _walker(parts, lambda e: _packed_picture(archive, e, album), archive)
    elif b"<" not in document.data[:_HEAD]:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "There is no OpenDocument in it, whatever its name says.")
        )
    else:
        content = meta = xml.parse(document.data)
        walker = _walker([content], lambda e: _written_picture(e, album), None)
    progress.check()
    text = next((e for e in xml.named(content, "text") if xml.local(e.getparent()) == "body"), None)
    if text is None:  # OpenOffice 1 has no element between
        text = next(xml.named(content, "body"), None)
    if text is None:
        raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "There is no text in it."))
    drafts = walker.read(text)
    progress.check()
    known = properties.read(
        _meta(meta), authors=("initial-creator", "creator"), dates=("creation-date", "date")
    )
    article = article_of(document, drafts, known, album, shown=walker.title)
    comments = remarks_left_out(sum(1 for _ in xml.named(text, "annotation")))
    return Imported(_LABEL, articles=(article,), warnings=(*album.warnings, *comments))


def _walker(
    parts: list[_Element | None], picture: Callable[[_Element], str], archive: Zip | None
) -> Walker:
    styles = Styles()
    styles.add(parts)
    return Walker(styles, picture, lambda element: _formula(element, archive))


def _refuse_locked(archive: Zip) -> None:
    manifest = _part(archive, "META-INF/manifest.xml")
    if manifest is not None and next(xml.named(manifest, "encryption-data"), None) is not None:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "It is locked with a password."),
            hint=QT_TRANSLATE_NOOP(
                "errors", "Open it with its own program, save it without one, and import that."
            ),
        )


def _part(archive: Zip, name: str) -> _Element | None:
    """Return a part beside the text, or nothing if it is not there or damaged."""
    if name not in archive:
        return None
    try:
        return xml.parse(archive.read(name), recover=True)
    except UnreadableSource:
        return None


def _meta(root: _Element | None) -> _Element | None:
    return None if root is None else next(xml.named(root, "meta"), None)


def _packed_picture(archive: Zip, image: _Element, album: Album) -> str:
    name = xml.attribute(image, "href").removeprefix("./")
    if name not in archive:
        return _written_picture(image, album)
    try:
        return album.add(archive.read(name))
    except UnreadableSource:
        return ""


def _written_picture(image: _Element, album: Album) -> str:
    """Keep a picture whose bytes stand in the text."""
    data = next(image.iterchildren("{*}binary-data"), None)
    try:
        return "" if data is None else album.add(base64.b64decode(data.text or ""))
    except (binascii.Error, ValueError):
        return ""


def _formula(element: _Element, archive: Zip | None) -> str:
    """Return the characters of a formula, which is a small document of its own."""
    math = next(xml.named(element, "math"), None)
    name = xml.attribute(element, "href").removeprefix("./").rstrip("/")
    if math is None and archive is not None and name:
        root = _part(archive, f"{name}/content.xml")
        math = root if root is not None and xml.local(root) == "math" else None
    if math is None:
        return ""
    noted = {text for note in xml.named(math, "annotation") for text in note.itertext()}
    return clean_line("".join(text for text in math.itertext() if text not in noted))


IMPORTER = Importer(_LABEL, _SUFFIXES, (_TYPE,), _accepts, _read)
