"""What is to be imported, as documents: files, folders with all that is in them, pastes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, BriefingError, UnreadableSource
from briefing_app.importers import limits
from briefing_app.importers.base import Document
from briefing_app.importers.limits import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def _missing(path: Path) -> UnreadableSource:
    if path.exists():
        return UnreadableSource(QT_TRANSLATE_NOOP("errors", "It is not a file."))
    return UnreadableSource(QT_TRANSLATE_NOOP("errors", "There is no such file."))


def _closed(error: OSError) -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "The file cannot be opened: {reason}."),
        reason=error.strerror or type(error).__name__,
    )
