"""Write a bundle, member by member: a zip that is the same bytes for the same library.

Nothing is held but one member at a time and the list of those that are written. No member of more than
64 KB unpacks to more than 100 times its packed size, so a reader may refuse what does.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from briefing_app.domain.bundle import MANIFEST, ORIGINALS, README, SUMS, manifest_form
from briefing_app.domain.bundleform import annotation_page
from briefing_app.errors import QT_TRANSLATE_NOOP, ExportFailure
from briefing_app.exporters.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing_app.domain.bundle import Listed, Manifest

    Form = dict[str, Any]

LARGE = 1024 * 1024  # bytes; a larger original is stored as it is, and never held
_RATIO = 100
_SMALL = 64 * 1024  # bytes; less may unpack to as much as it likes
_SHELF = 1024 * 1024  # bytes after which a shelf goes on in another file
_ITEMS = 500

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
        self._archive = Archive(stream)
        self._sums = bytearray()
        self._members = self._size = 0
        self.counts: dict[str, int] = {}
        self.put(README, _WORDS.encode())

    def put(self, name: str, data: bytes) -> None:
        """Write a member."""
        self._archive.add(name, data, at_most=_RATIO if len(data) > _SMALL else 0)
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

        def watched() -> Iterator[bytes]:
            nonlocal size
            for piece in pieces:
                found.update(piece)
                size += len(piece)
                yield piece

        self._archive.add_pieces(name, watched())
        if (found.hexdigest(), size) != (original.digest, original.size):
            raise _damaged(original.digest)
        self._note(name, original.digest, size)

    def shelf(self, name: str) -> Shelf:
        """Return a shelf to put objects on."""
        return Shelf(self, name)

    def finish(self, manifest: Manifest) -> Manifest:
        """Write the list of members and the manifest; return the manifest as it was written."""
        sums = bytes(self._sums)
        done = replace(
            manifest,
            counts=dict(sorted(self.counts.items())),
            members=self._members,
            size=self._size,
            sums=hashlib.sha256(sums).hexdigest(),
        )
        self.put(SUMS, sums)
        form = json.dumps(manifest_form(done), ensure_ascii=False, indent=1)
        self.put(MANIFEST, f"{form}\n".encode())
        self._archive.finish()
        return done

    def _note(self, name: str, digest: str, size: int) -> None:
        self._sums += f"{digest}  {name}\n".encode()
        self._members += 1
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
