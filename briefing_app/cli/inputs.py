"""What a command reads: files named on the command line, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.services.incoming import LARGEST_FILE, Unreadable, documents_of, piped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing_app.services.importing import Incoming

STANDARD_INPUT = "-"


def named(typed: str) -> str:
    """Return what a message calls an input."""
    return "standard input" if typed == STANDARD_INPUT else typed


def read_bytes(typed: str, limit: int) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``.

    No more than the limit is read, so that a stream without an end cannot fill the memory.
    Raises: UnreadableSource.
    """
    if typed == STANDARD_INPUT and sys.stdin is None:
        raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "It is closed."))
    try:
        if typed == STANDARD_INPUT:
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(typed).open("rb") as file:
                data = file.read(limit + 1)
    except FileNotFoundError as error:
        raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "There is no such file.")) from error
    except IsADirectoryError as error:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "This is a folder, not a file.")
        ) from error
    except OSError as error:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "It cannot be read: {reason}."),
            reason=error.strerror or error,
        ) from error
    if len(data) > limit:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "It is larger than {size} MB."), size=limit // 1_000_000
        )
    return data


def documents(typed: Iterable[str]) -> Iterator[Incoming]:
    """Go through the documents of files, of folders with all that is in them, and standard input."""
    for one in typed:
        if one == STANDARD_INPUT:
            try:
                yield piped(STANDARD_INPUT, read_bytes(STANDARD_INPUT, LARGEST_FILE))
            except UnreadableSource as error:
                yield Unreadable(STANDARD_INPUT, error)
        else:
            yield from documents_of([Path(one)])
