"""What is to be imported, as documents: files, folders with all that is in them, pastes."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sized
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, BriefingError, UnreadableSource
from briefing_app.importers import limits
from briefing_app.importers.base import INSIDE, Document
from briefing_app.importers.limits import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "LARGEST_FILE",
    "Document",
    "Files",
    "Incoming",
    "Unreadable",
    "document_of",
    "documents_of",
]

CLIPBOARD = "Clipboard"
DEEPEST = 5  # files one in another: a mail in an archive in a mail
MOST_INSIDE = 20_000  # files inside others, in one import


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that did not become a document, and why."""

    name: str
    error: BriefingError


Incoming = Document | Unreadable


class Files:
    """Documents of some files, each read when its turn comes; their number is known before."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._paths = paths

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._paths)

    def __iter__(self) -> Iterator[Document | Unreadable]:
        """Read one file after the other."""
        return map(document_of, self._paths)


class Coming:
    """Documents that come in, those that lie inside one before all that is not begun yet."""

    def __init__(self, documents: Iterable[Incoming]) -> None:
        self._rest = iter(documents)
        self._next: deque[Incoming] = deque(islice(self._rest, 2))
        self.is_single = len(self._next) < 2
        self.total = len(documents) if isinstance(documents, Sized) else 0
        self._inside = 0

    def __iter__(self) -> Iterator[Incoming]:
        """Go on where it stands."""
        return self

    def __next__(self) -> Incoming:
        """Return the next document; there may be one again after the last."""
        return self._next.popleft() if self._next else next(self._rest)

    def put_next(self, document: Document, inside: Sequence[Document]) -> None:
        """Put what lies inside a document before all that is still to come, within limits."""
        room = max(0, MOST_INSIDE - self._inside)
        found: list[Incoming] = []
        for child in inside[:room]:
            if document.depth >= DEEPEST:
                found.append(Unreadable(child.name, _too_deep()))
            else:
                home = f"{document.name}{INSIDE}"
                name = child.name if child.name.startswith(home) else f"{home}{child.name}"
                found.append(replace(child, name=name, depth=document.depth + 1))
        if len(inside) > room:
            found.append(Unreadable(document.name, _too_many()))
        self._inside += len(found)
        self.total += len(found) if self.total else 0
        self._next.extendleft(reversed(found))


def documents_of(paths: Iterable[Path]) -> Files:
    """Return the documents of files, and of all files in folders; hidden ones there are passed over."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(_in_folder(path)))
        else:
            found[path] = None
    return Files(tuple(found))


def document_of(path: Path) -> Document | Unreadable:
    """Read one file, unless it is larger than any that can be imported."""
    try:
        if not path.is_file():
            return Unreadable(str(path), _missing(path))
        limits.check_size(path.stat().st_size, limits.largest(path.name))
        return Document(str(path), path.read_bytes())
    except BriefingError as error:
        return Unreadable(str(path), error)
    except OSError as error:
        return Unreadable(str(path), _closed(error))


def piped(name: str, data: bytes) -> Document:
    """Return what came over standard input as a document."""
    return Document(name, data)


def pasted(data: bytes, media_type: str, url: str = "") -> Document:
    """Return what the clipboard holds as a document."""
    return Document(CLIPBOARD, data, media_type, url)


def _in_folder(folder: Path) -> list[Path]:
    """Return the files below a folder in order; links to folders are not followed."""
    files: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if _is_wanted(name, names))
        shown = sorted(name for name in names if not name.startswith((".", "~$")))
        files += [Path(parent, name) for name in shown]
    return files


def _is_wanted(folder: str, files: list[str]) -> bool:
    """Tell whether to look into a folder: not if it is hidden, or what a browser saved of a page."""
    page = folder.removesuffix("_files")
    beside = page != folder and (f"{page}.html" in files or f"{page}.htm" in files)
    return not folder.startswith(".") and not beside


def _too_deep() -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "It lies inside more than {limit} files, one in another."),
        hint=QT_TRANSLATE_NOOP("errors", "Unpack it and import what is inside."),
        limit=DEEPEST,
    )


def _too_many() -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "More than {limit} files lie inside; the rest was left out."),
        hint=QT_TRANSLATE_NOOP("errors", "Unpack it and import what is inside."),
        limit=MOST_INSIDE,
    )


def _missing(path: Path) -> UnreadableSource:
    if path.exists():
        return UnreadableSource(QT_TRANSLATE_NOOP("errors", "It is not a file."))
    return UnreadableSource(QT_TRANSLATE_NOOP("errors", "There is no such file."))


def _closed(error: OSError) -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "The file cannot be opened: {reason}."),
        reason=error.strerror or type(error).__name__,
    )
