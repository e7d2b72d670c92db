"""Zip archives: each file inside is handed on, to be read as a document of its own."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from briefing_app.domain.bundle import MANIFEST, version_of
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource
from briefing_app.importers import zipped
from briefing_app.importers.base import INSIDE, MEGABYTE, Document, Imported, Importer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing_app.importers.zipped import Budget, Zip
    from briefing_app.progress import Progress

DEEPEST = 3  # archives inside each other
_LABEL = "Zip archive"
_SHOWN = 3  # names in a remark
# what systems leave in an archive beside what somebody put there
_FURNITURE = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.I)
_PAGE = re.compile(r"\.x?html?$", re.IGNORECASE)
_PARTS = re.compile(r"^(.*?)(?:_files|_Dateien|\.files|_fichiers|_archivos)/", re.IGNORECASE)
_NOT_A_FOLDER = ("[Content_Types].xml", "mimetype")  # documents that are archives


def _accepts(document: Document) -> bool:
    return zipped.looks_zipped(document.data)


def _read(document: Document, progress: Progress) -> Imported:
    if document.name.count(INSIDE) >= DEEPEST:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "Archives lie inside it more than {limit} levels deep."),
            limit=DEEPEST,
        )
    reading = _Reading(document, progress)
    archive = zipped.open_zip(document.data, reading.budget)
    _refuse_bundle(archive)
    children = tuple(reading.files(archive, document.name, 1))
    if not children:
        raise reading.nothing()
    return Imported(_LABEL, children=children, warnings=tuple(reading.warnings()))


def _refuse_bundle(archive: Zip) -> None:
    """Refuse what this program saved itself: it is opened, and not imported piece by piece."""
    if MANIFEST not in archive or len(manifest := archive.read(MANIFEST)) > MEGABYTE:
        return
    try:
        is_bundle = bool(version_of(json.loads(manifest)))
    except (ValueError, RecursionError):
        return
    if is_bundle:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "This is a bundle of Briefing Desk."),
            hint=QT_TRANSLATE_NOOP("errors", "Open it with “Open a bundle…” in the File menu."),
        )


class _Reading:
    """Goes through an archive and those inside it, and notes what was left out."""

    def __init__(self, document: Document, progress: Progress) -> None:
        self.budget: Budget = zipped.Budget()
        self._document = document
        self._progress = progress
        self._locked: list[str] = []
        self._damaged: list[str] = []
        self._outside: list[str] = []
        self._entries = 0

    def files(self, archive: Zip, path: str, level: int) -> Iterator[Document]:
        """Return the files of an archive; `path` is what it is called."""
        self._outside += archive.outside
        names = archive.names()
        self._entries += len(names)
        if self._entries > zipped.MOST_ENTRIES:
            raise zipped.too_many()
        for name in _wanted(names):
            self._progress.check()
            shown = f"{path}{INSIDE}{_decoded(archive, name)}"
            if archive.is_locked(name):
                self._locked.append(shown)
                continue
            try:
                data = archive.read(name)
            except zipped.TooMuch:
                raise
            except UnreadableSource:
                self._damaged.append(shown)
                continue
            inner = self._folder(name, data, shown)
            if inner is None:
                yield Document(shown, data, retrieved=self._document.retrieved)
            elif level >= DEEPEST:
                self._damaged.append(shown)
            else:
                yield from self.files(inner, shown, level + 1)

    def warnings(self) -> Iterator[Remark]:
        """Say what was left out."""
        for names, said in (
            (
                self._outside,
                QT_TRANSLATE_NOOP(
                    "errors", "Left out, as the names lead outside the archive: {files}."
                ),
            ),
            (
                self._locked,
                QT_TRANSLATE_NOOP("errors", "Left out, as a password is needed: {files}."),
            ),
            (
                self._damaged,
                QT_TRANSLATE_NOOP("errors", "Left out, as they cannot be unpacked: {files}."),
            ),
        ):
            if names:
                yield Remark(said, (("files", listed(names)),))

    def nothing(self) -> UnreadableSource:
        """Return why there is nothing to hand on."""
        if self._locked:
            return UnreadableSource(
                QT_TRANSLATE_NOOP("errors", "It is locked with a password."),
                hint=QT_TRANSLATE_NOOP("errors", "Unpack it and import what is inside."),
            )
        if said := next(self.warnings(), None):
            return UnreadableSource(said.message, **dict(said.values))
        return UnreadableSource(QT_TRANSLATE_NOOP("errors", "There are no files in the archive."))

    def _folder(self, name: str, data: bytes, shown: str) -> Zip | None:
        """Return the archive that a file is, if it is nothing else."""
        if not name.lower().endswith(".zip") or not zipped.looks_zipped(data):
            return None
        try:
            inner = zipped.open_zip(data, self.budget)
        except UnreadableSource:
            return None  # it says so itself when it is read
        return None if any(part in inner for part in _NOT_A_FOLDER) else inner


def listed(names: Iterable[str]) -> str:
    """Return the first few of some names, and how many there are beside.

    The sentence stands beside the name of the file itself, so that its folder is not said again.
    """
    every = [name.split(INSIDE, 1)[-1] for name in names]
    more = len(every) - _SHOWN
    return ", ".join(every[:_SHOWN]) + (f" (+{more})" if more > 0 else "")


def _wanted(names: tuple[str, ...]) -> Iterator[str]:
    """Return the names of files that somebody put there; the parts of a saved page belong to it."""
    pages = {_PAGE.sub("", name) for name in names if _PAGE.search(name)}
    for name in names:
        parts = _PARTS.match(name)
        if not _FURNITURE.search(name) and not (parts and parts[1] in pages):
            yield name


def _decoded(archive: Zip, name: str) -> str:
    """Return a name as its system wrote it: many leave the encoding to be guessed.

    UTF-8 is told by itself. Cyrillic letters are drawings of lines in Chinese names, and the other
    way round. What is left is as the format has it, western European.
    """
    if name.isascii() or not archive.has_plain_name(name):
        return name
    raw = name.encode("cp437", "replace")
    for encoding, most in (("utf-8", False), ("cp866", True), ("gb2312", True)):
        try:
            decoded = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        beyond = [character for character in decoded if not character.isascii()]
        letters = sum(character.isascii() and character.isalpha() for character in decoded)
        if not most or (all(map(str.isalpha, beyond)) and len(beyond) >= letters / 2):
            return decoded
    return name


IMPORTER = Importer(_LABEL, (".zip",), ("application/zip",), _accepts, _read)
