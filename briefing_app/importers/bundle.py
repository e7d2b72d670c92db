"""Read a bundle, member by member. Nothing in it is believed until it is checked.

The directory is bounded before it is read, only names that a bundle may have are let in, no member may
unpack to more than 100 times its size, and each is checked against the list of SHA-256 in the bundle.
No name ever becomes a path.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, NoReturn

from briefing_app.domain import bodyform, bundleform
from briefing_app.domain.bundle import (
    MANIFEST,
    ORIGINALS,
    README,
    SHELVES,
    SUMS,
    VERSION,
    is_member,
    manifest_from,
    version_of,
)
from briefing_app.domain.shape import a_list, an_object
from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from briefing_app.domain.article import ArticleVersion
    from briefing_app.domain.bundle import Listed, Manifest, Root
    from briefing_app.domain.entry import Entry
    from briefing_app.progress import Progress

MEGABYTE = 1_000_000
_PIECE = 1024 * 1024
_DIRECTORY = 400 * MEGABYTE
_JSON = 64 * MEGABYTE
_NESTED = 3_000_000  # objects and lists in one file of JSON
_TEXT = 64 * MEGABYTE
_SUMS = 400 * MEGABYTE
_RATIO, _ALLOWANCE = 100, 64 * 1024
_END, _END_SIZE, _COMMENT = b"PK\x05\x06", 22, 65_535
_ENCRYPTED = 0x1
# what zipfile raises of an archive that is not as it should be
_UNSOUND = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class _Place(NamedTuple):
    """Where a member lies in the file, and how."""

    at: int
    packed: int
    size: int
    crc: int
    method: int

    def info(self, name: str) -> zipfile.ZipInfo:
        """Return what `zipfile` needs to read it."""
        info = zipfile.ZipInfo(name)
        info.header_offset, info.compress_size, info.file_size = self.at, self.packed, self.size
        info.CRC, info.compress_type = self.crc, self.method
        return info


class BundleReader:
    """An open bundle. Every method raises UnreadableSource, which names the bad member."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._zip = archive
        self._members = self._directory()
        self.manifest = self._manifest()

    def verify(self, progress: Progress) -> None:
        """Compare every member with the list of their SHA-256. Raises: Cancelled."""
        sums = self._read(SUMS, _SUMS)
        if hashlib.sha256(sums).hexdigest() != self.manifest.sums:
            self._refuse(SUMS)
        total = sum(member.size for member in self._members.values())
        done, seen = 0, {MANIFEST, SUMS}
        for digest, name in self._listed(sums):
            if name in seen or name not in self._members:
                self._refuse(name)
            seen.add(name)
            found = hashlib.sha256()
            for piece in self.pieces(name):
                progress.check()
                found.update(piece)
                done += len(piece)
                progress.step(done, total)
            if found.hexdigest() != digest:
                self._refuse(name)
        for name in self._members.keys() - seen:
            self._refuse(name)

    def pages(self, shelf: str) -> Iterator[tuple[str, list[Any]]]:
        """Go through the files of a shelf, each with its name and its items as JSON."""
        for number in range(1, len(self._members)):
            name = f"{shelf}/{number:05d}.{'jsonld' if shelf == 'annotations' else 'json'}"
            if name not in self._members:
                return
            form = self._parse(name)
            with self._told(name):
                if shelf == "annotations":
                    form = an_object(form, shelf).get("items")
                yield name, a_list(form, shelf)

    def entries(self, shelf: str) -> Iterator[list[Entry]]:
        """Go through articles, annotations, collections or searches, a file at a time."""
        held_back = self.manifest.held_back
        read = {
            "articles": partial(bundleform.article_entry, held_back=held_back),
            "annotations": partial(bundleform.annotation_entry, held_back=held_back),
        }.get(shelf, partial(bundleform.plain_entry, SHELVES[shelf]))
        for name, forms in self.pages(shelf):
            with self._told(name):
                page = [read(form) for form in forms]
            yield page

    def versions(self) -> Iterator[list[tuple[Entry, Callable[[], ArticleVersion]]]]:
        """Go through versions, a file at a time; each is read with its text when it is asked for."""
        for name, forms in self.pages("versions"):
            with self._told(name):
                page = [bodyform.version_entry(form) for form in forms]
            yield [(entry, self._later(name, entry, content)) for entry, content in page]

    def roots(self, shelf: str) -> Iterator[list[Root]]:
        """Go through stories or briefs, a file at a time."""
        for name, forms in self.pages(shelf):
            with self._told(name):
                page = [bundleform.root_from(SHELVES[shelf], form) for form in forms]
            yield page

    def originals(self) -> Iterator[Listed]:
        """Go through the originals that it lists; each is there, and as large as is said."""
        for name, forms in self.pages(ORIGINALS):
            with self._told(name):
                page = [bundleform.original_from(form) for form in forms]
            for one in page:
                member = self._members.get(f"{ORIGINALS}/{one.digest}")
                if member is None or member.size != one.size:
                    self._refuse(f"{ORIGINALS}/{one.digest}")
                yield one

    def original(self, digest: str) -> Iterator[bytes]:
        """Go through the bytes of an original."""
        return self.pieces(f"{ORIGINALS}/{digest}")

    def pieces(self, name: str) -> Iterator[bytes]:
        """Go through the bytes of a member, a piece at a time."""
        try:
            with self._zip.open(self._members[name].info(name)) as member:
                while piece := member.read(_PIECE):
                    yield piece
        except _UNSOUND as error:
            raise self._bad(name) from error
        except OSError as error:
            raise _unreadable(self._path, error) from error

    def damaged(self, name: str) -> UnreadableSource:
        """Return the sentence for a member whose content makes no sense."""
        return self._bad(name)

    def _later(
        self, shelf: str, entry: Entry, content: dict[str, Any]
    ) -> Callable[[], ArticleVersion]:
        name = f"texts/{entry.id}.txt"

        def read() -> ArticleVersion:
            data = self._read(name, _TEXT)
            if hashlib.sha256(data).hexdigest() != content["text-sha256"]:
                self._refuse(name)
            with self._told(name):
                text = data.decode()
            with self._told(shelf):
                return bodyform.version_from(entry, content, text)

        return read

    def _directory(self) -> dict[str, _Place]:
        """Return the members by name. Raises: UnreadableSource for what no bundle has."""
        members: dict[str, _Place] = {}
        for member in self._zip.infolist():
            name = member.filename
            limit = _RATIO * member.compress_size + _ALLOWANCE
            if (
                name in members
                or not is_member(name)
                or member.flag_bits & _ENCRYPTED
                or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
                or member.file_size > limit
            ):
                self._refuse(name)
            members[name] = _Place(
                member.header_offset,
                member.compress_size,
                member.file_size,
                member.CRC,
                member.compress_type,
            )
        self._zip.infolist().clear()  # these take a kilobyte each, and are not asked for again
        self._zip.NameToInfo.clear()
        size = self._path.stat().st_size
        if sum(member.size for member in members.values()) > _RATIO * size + _ALLOWANCE:
            self._refuse(README)
        return members

    def _manifest(self) -> Manifest:
        if MANIFEST not in self._members:
            raise not_a_bundle(self._path)
        form = self._parse(MANIFEST)
        version = version_of(form)
        if not version:
            raise not_a_bundle(self._path)
        if version > VERSION:
            raise UnreadableSource(
                QT_TRANSLATE_NOOP(
                    "errors", "“{file}” was made by a newer version of Briefing Desk."
                ),
                hint=QT_TRANSLATE_NOOP(
                    "errors", "Install the newest version; nothing was changed."
                ),
                file=self._path.name,
            )
        with self._told(MANIFEST):
            return manifest_from(form)

    def _listed(self, sums: bytes) -> Iterator[tuple[str, str]]:
        with self._told(SUMS):
            lines = sums.decode().split("\n")
        for line in lines[:-1]:
            digest, parted, name = line.partition("  ")
            if len(digest) != 64 or not parted:
                self._refuse(SUMS)
            yield digest, name

    def _parse(self, name: str) -> Any:  # noqa: ANN401 (whatever the file holds)
        data = self._read(name, _JSON)
        if data.count(b"[") + data.count(b"{") > _NESTED:
            self._refuse(name)
        with self._told(name):
            return json.loads(data, parse_constant=_no_number)

    def _read(self, name: str, limit: int) -> bytes:
        member = self._members.get(name)
        if member is None or member.size > limit:
            self._refuse(name)
        return b"".join(self.pieces(name))

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Name the member in which something makes no sense."""
        try:
            yield
        except (ValueError, RecursionError) as error:
            raise self._bad(name) from error

    def _refuse(self, name: str) -> NoReturn:
        raise self._bad(name)

    def _bad(self, name: str) -> UnreadableSource:
        return UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "The bundle “{file}” is damaged: {member}"),
            hint=QT_TRANSLATE_NOOP(
                "errors", "Nothing was imported. Have it made or sent once more."
            ),
            file=self._path.name,
            member=name,
        )


@contextmanager
def open_bundle(path: Path) -> Iterator[BundleReader]:
    """Open a bundle. Raises: UnreadableSource if it is none, is damaged, or is too new."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise _unreadable(path, error) from error
    with stream:
        try:
            _check_directory(path, stream)
            archive = zipfile.ZipFile(stream)
        except _UNSOUND as error:
            raise not_a_bundle(path) from error
        except OSError as error:
            raise _unreadable(path, error) from error
        with archive:
            yield BundleReader(path, archive)


def looks_like_bundle(path: Path) -> bool:
    """Tell whether a file is a zip with a manifest, without believing anything in it."""
    try:
        with path.open("rb") as stream:
            _check_directory(path, stream)
            with zipfile.ZipFile(stream) as archive:
                form = archive.getinfo(MANIFEST)
                if form.file_size > MEGABYTE:
                    return False
                return bool(version_of(json.loads(archive.read(MANIFEST))))
    except (OSError, RecursionError, UnreadableSource, *_UNSOUND):
        return False


def not_a_bundle(path: Path) -> UnreadableSource:
    """Return the sentence for a file that is something else."""
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "“{file}” is not a bundle of Briefing Desk."),
        hint=QT_TRANSLATE_NOOP("errors", "Articles and stories are brought in with Import."),
        file=path.name,
    )


def _check_directory(path: Path, stream: BinaryIO) -> None:
    """Refuse a directory that would fill the memory, before it is read."""
    size = stream.seek(0, os.SEEK_END)
    tail = min(size, _END_SIZE + _COMMENT)
    stream.seek(size - tail)
    data = stream.read(tail)
    at = data.rfind(_END)
    if at < 0:
        raise not_a_bundle(path)
    begin = size - tail + at
    announced = int.from_bytes(data[at + 12 : at + 16], "little")
    # in a large archive the sizes stand elsewhere: then all before the end counts as directory
    length = begin if announced == 0xFFFFFFFF else announced
    if announced == 0xFFFFFFFF and begin >= 20 + 56:
        stream.seek(begin - 20 - 56)
        wide = stream.read(56)
        length = int.from_bytes(wide[40:48], "little") if wide[:4] == b"PK\x06\x06" else begin
    if length > _DIRECTORY:
        raise not_a_bundle(path)
    stream.seek(0)


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _unreadable(path: Path, error: OSError) -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "“{file}” cannot be read: {reason}."),
        file=path.name,
        reason=error.strerror or error,
    )
