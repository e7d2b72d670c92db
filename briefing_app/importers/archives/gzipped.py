"""Unpack gzip within limits: bytes are counted while they are unpacked."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers.base import MEGABYTE
from briefing_app.importers.zipped import RATIO

if TYPE_CHECKING:
    from briefing_app.importers.zipped import Budget

MAGIC = b"\x1f\x8b"
_GZIP = 31  # the window of zlib, and a gzip head
_CHUNK = MEGABYTE  # unpacked bytes a step
_STEP = 16 * 1024  # packed bytes a step: there is a member for each record, and many are small


def begins_with(data: bytes, mark: bytes) -> bool:
    """Tell whether unpacked bytes begin with a mark."""
    if not data.startswith(MAGIC):
        return data.startswith(mark)
    try:
        return zlib.decompressobj(_GZIP).decompress(data[:4096], len(mark)) == mark
    except zlib.error:
        return False


def unpack(data: bytes, budget: Budget) -> tuple[bytes, bool]:
    """Return what is packed in all members, and whether that is all: what comes before damage counts.

    Raises: UnreadableSource if it unpacks to more than the budget has left, or is made to do harm.
    """
    pieces: list[bytes] = []
    unpacked = at = 0
    most = max(MEGABYTE, RATIO * len(data))
    while data.startswith(MAGIC, at):
        member = zlib.decompressobj(_GZIP)
        while not member.eof:
            packed = member.unconsumed_tail or data[at : at + _STEP]
            at += 0 if member.unconsumed_tail else len(packed)
            try:
                piece = member.decompress(packed, _CHUNK)
            except zlib.error:
                return b"".join(pieces), False
            if not packed and not piece:
                return b"".join(pieces), member.eof
            unpacked += len(piece)
            budget.spend(len(piece))
            if unpacked > most:
                raise UnreadableSource(
                    QT_TRANSLATE_NOOP(
                        "errors",
                        "It unpacks to more than {ratio} times its size: "
                        "such files are made to do harm.",
                    ),
                    ratio=RATIO,
                )
            pieces.append(piece)
        at -= len(member.unused_data)
        while data[at : at + 1] == b"\0":  # some programs fill up with them
            at += 1
    return b"".join(pieces), at >= len(data)
