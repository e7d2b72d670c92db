"""Write a bundle, member by member: a zip that is the same bytes for the same library.

Nothing is held but one member at a time and the list of those that are written. No member of more than
64 KB unpacks to more than 100 times its packed size, so a reader may refuse what does.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from briefing_app.domain.bundle import MANIFEST, ORIGINALS, README, SUMS, manifest_form
from briefing_app.domain.bundleform import annotation_page
from briefing_app.errors import QT_TRANSLATE_NOOP, ExportFailure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.domain.bundle import Listed, Manifest

    Form = dict[str, Any]

LARGE = 1024 * 1024  # bytes; a larger original is stored as it is, and never held
_RATIO = 100
_SMALL = 64 * 1024  # bytes; less may unpack to as much as it likes
_SHELF = 1024 * 1024  # bytes after which a shelf goes on in another file
_ITEMS = 500
_DAY = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier one, and the clock is nobody's business
_LEVEL = 6

_WORDS = """\
This is a bundle of Briefing Desk: articles, the passages that were marked in them, and the stories and
briefs that were made of these. Open it with Briefing Desk (File, Open a bundle), or read it as it is:

briefs/, stories/      Markdown to read, and JSON with all that the program knows of them
articles/              the articles as CSL-JSON, for Zotero and other reference managers
texts/                 their texts, UTF-8
versions/              where headings, lists and emphasis stand in the texts
annotations/           the marked passages as W3C Web Annotations (JSON-LD)
originals/             the files that the articles were made from, named by their SHA-256
manifest.json          what this is, and how much of it
manifest-sha256.txt    the SHA-256 of every other member (sha256sum -c reads it)
"""


class BundleWriter:
    """A bundle that is being written to a stream; `finish` makes it whole."""

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(stream, "w", allowZip64=True)
        self._sums: list[str] = []
        self._size = 0
        self.counts: dict[str, int] = {}
        self.put(README, _WORDS.encode())

    def put(self, name: str, data: bytes) -> None:
        """Write a member."""
        member = _member(name)
        if len(data) <= _SMALL or len(data) <= _RATIO * len(zlib.compress(data, _LEVEL)):
            member.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(member, data, compresslevel=_LEVEL)
        self._note(name, hashlib.sha256(data).hexdigest(), len(data))

    def put_original(self, original: Listed, pieces: Iterable[bytes]) -> None:
        """Write an original, a piece at a time. Raises: ExportFailure if its bytes are damaged."""
        name = f"{ORIGINALS}/{original.digest}"
        if original.size <= LARGE:
            data = b"".join(pieces)
            if hashlib.sha256(data).hexdigest() != original.digest:
                raise _damaged(original.digest)
            self.put(name, data)
            return
        found, size = hashlib.sha256(), 0
        with self._zip.open(_member(name), "w", force_zip64=True) as member:
            for piece in pieces:
                found.update(piece)
                size += len(piece)
                member.write(piece)
        if (found.hexdigest(), size) != (original.digest, original.size):
            raise _damaged(original.digest)
        self._note(name, original.digest, size)

    def shelf(self, name: str) -> Shelf:
        """Return a shelf to put objects on."""
        return Shelf(self, name)

    def finish(self, manifest: Manifest) -> Manifest:
        """Write the list of members and the manifest; return the manifest as it was written."""
        sums = "".join(self._sums).encode()
        members, size = len(self._sums), self._size
        done = replace(
            manifest,
            counts=dict(sorted(self.counts.items())),
            members=members,
            size=size,
            sums=hashlib.sha256(sums).hexdigest(),
        )
        self.put(SUMS, sums)
        form = json.dumps(manifest_form(done), ensure_ascii=False, indent=1)
        self.put(MANIFEST, f"{form}\n".encode())
        self._zip.close()
        return done

    def close(self) -> None:
        """Let go of the stream; what was written is worth nothing without `finish`."""
        self._zip.close()

    def _note(self, name: str, digest: str, size: int) -> None:
        self._sums.append(f"{digest}  {name}\n")
        self._size += size


class Shelf:
    """A row of files of JSON; each holds about a megabyte, an object a line."""

    def __init__(self, writer: BundleWriter, name: str) -> None:
        self._writer = writer
        self._name = name
        self._items: list[Form] = []
        self._size = self._number = 0

    def put(self, form: Form) -> None:
        """Put an object on the shelf."""
        self._items.append(form)
        self._size += len(_dumped(form))
        counts = self._writer.counts
        counts[self._name] = counts.get(self._name, 0) + 1
        if self._size >= _SHELF or len(self._items) >= _ITEMS:
            self.end()

    def end(self) -> None:
        """Write what is not written yet."""
        if not self._items:
            return
        self._number += 1
        name = f"{self._name}/{self._number:05d}.json"
        if self._name == "annotations":
            name += "ld"
            page = annotation_page(name, self._items)
            data = json.dumps(page, ensure_ascii=False, indent=1).encode()
        else:
            data = b"[\n" + b",\n".join(map(_dumped, self._items)) + b"\n]\n"
        self._writer.put(name, data)
        self._items, self._size = [], 0


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _DAY)
    member.create_system = 3
    member.external_attr = 0o644 << 16
    return member


def _dumped(form: Form) -> bytes:
    return json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode()


def _damaged(digest: str) -> ExportFailure:
    return ExportFailure(
        QT_TRANSLATE_NOOP(
            "errors", "An original in the library is damaged, so no bundle was made: {digest}"
        ),
        hint=QT_TRANSLATE_NOOP("errors", "Check the library: it names the article."),
        digest=digest,
    )
