"""Where the mails lie in a mailbox file: found in the bytes, which are never held all at once.

Kept apart from the parsers, so that whoever holds a large file can part it before a worker sees it.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 1024 * 1024  # bytes read at once
_LONGEST_LINE = 64 * 1024  # bytes; a line that parts two mails is much shorter
# "From ", an address that may hold anything, a time and a year; what programs write differs
_DATED = re.compile(rb"From [^\r\n]{0,300}?\d\d?:\d\d[^\r\n]{0,60}\r?\n?$")
_FIELD = re.compile(rb"(?:[!-9;-~]+[ \t]*:|>?From |[ \t]*\r?$)")


def is_mailbox(head: bytes) -> bool:
    """Tell whether a file begins as a mailbox does: a dated line, and then a header."""
    first, _, rest = head.partition(b"\n")
    return bool(_DATED.match(first)) and bool(_FIELD.match(rest.partition(b"\n")[0]))


def portions(stream: IO[bytes], size: int) -> Iterator[bytes]:
    """Part a mailbox into smaller ones, each cut before a mail and no longer than it must be.

    Units: `size` is in bytes; one mail that is longer is a portion of its own.
    """
    gathered: list[bytes] = []
    length = 0
    for mail in mails(stream, bare=False):
        if gathered and length + len(mail) > size:
            yield b"".join(gathered)
            gathered, length = [], 0
        gathered.append(mail)
        length += len(mail)
    if gathered:
        yield b"".join(gathered)


def mails(stream: IO[bytes], *, bare: bool = True) -> Iterator[bytes]:
    """Return the mails of a mailbox one after the other.

    A bare one comes without the line that parts it from the one before, and its own lines that begin
    with "From " without the mark that keeps them apart; else the bytes are as they stand.
    """
    lines: list[bytes] = []
    blank = True
    for line in _lines(stream):
        if blank and line.startswith(b"From ") and _DATED.match(line):
            if lines:
                yield _mail(lines, bare=bare)
            lines = []
        lines.append(line)
        blank = line in (b"\n", b"\r\n", b"\r")
    if lines:
        yield _mail(lines, bare=bare)


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Return the lines of a stream; one without an end comes in pieces."""
    while line := stream.readline(_LONGEST_LINE):
        yield line


def _mail(lines: list[bytes], *, bare: bool) -> bytes:
    if not bare:
        return b"".join(lines)
    start = 1 if lines[0].startswith(b"From ") else 0
    return b"".join(
        line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line
        for line in lines[start:]
    )
