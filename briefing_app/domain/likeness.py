"""How alike two texts are, told from a few bytes of each: MinHash over shingles of words.

A text is cut where it says so itself: behind each word that ends in certain letters. So shingles are a
few words long, and wherever a sentence stands it is cut in the same places. In scripts without blanks
a character is a word. The bytes of a text are the least hash of its shingles in each of so many
drawers: of two texts, the share of drawers that agree is the share of shingles that they have in common
(Jaccard's).

Source: Broder 1997 (MinHash); Li, Owen, Zhang 2012 (one permutation); Shrivastava, Li 2014 (drawers
that stay empty); decision 0021 has what was measured.
"""

from __future__ import annotations

import re
from struct import Struct
from zlib import crc32

from briefing_app.domain.folding import searchable

ALIKE = 0.4  # of the shingles; what has more in common is one text, printed twice
LEAST = 12  # shingles; a shorter text tells nothing

DRAWERS = 64
BANDS = 12  # keys to look a text up by, each made of so many drawers
_DEEP = 2

# the blank first: that is what the search is fast at
_CUT = re.compile(b" (?<=[dnsy" + bytes(range(0x80, 0xC0, 4)) + b"] )")
_SAYING = 10  # bytes; "and" and "of the" stand in every text
_ALL = Struct(f">{DRAWERS}H")
_LOW = 0xFFFF
_WELL_FILLED = 6 * DRAWERS  # shingles; the larger hashes of a long text are the least of no drawer
_EMPTY = 0  # what an empty drawer holds
_HASHES = 1 << 32


def sketch(text: str) -> bytes:
    """Return what is to be known of a text, or no bytes if it is too short to tell."""
    return sketch_of(searchable(text))


def sketch_of(entry: str) -> bytes:
    """Return the same of a text that was made ready for the index.

    Shape: two bytes for each drawer.
    """
    words = entry.encode("utf-8", "replace").replace(b"\n", b" ")
    hashes = {crc32(shingle) for shingle in _CUT.split(words) if len(shingle) >= _SAYING}
    count = len(hashes)
    if count < LEAST:
        return b""
    if count > _WELL_FILLED:
        limit = _HASHES * _WELL_FILLED // count
        hashes = {one for one in hashes if one < limit}
    drawers = [_EMPTY] * DRAWERS
    for one in sorted(hashes, reverse=True):  # the least of each drawer comes last, and stays
        drawers[one % DRAWERS] = (one // DRAWERS) % _LOW + 1  # never what an empty one holds
    return _ALL.pack(*drawers)


def likeness(one: bytes, other: bytes) -> float:
    """Return how much two texts have in common, 0 to 1, from what is known of them."""
    if not one or not other:
        return 0.0
    same = empty = 0
    for mine, its in zip(_ALL.unpack(one), _ALL.unpack(other), strict=True):
        if mine == its:
            same += mine != _EMPTY
            empty += mine == _EMPTY
    return same / (DRAWERS - empty)


def bands(known: bytes) -> tuple[int, ...]:
    """Return the keys of a text: of two texts that are alike, at least one is the same.

    Units: whole numbers of at most 36 bits; none for a text that tells nothing.
    """
    if not known:
        return ()
    drawers = _filled(_ALL.unpack(known))
    keys = []
    for band in range(BANDS):
        key = band
        for drawer in drawers[band * _DEEP : band * _DEEP + _DEEP]:
            key = key << 16 | drawer
        keys.append(key)
    return tuple(keys)


def _filled(drawers: tuple[int, ...]) -> list[int]:
    """Let an empty drawer take what the next one has."""
    filled, last = list(drawers), _EMPTY
    for at in (*range(len(filled) - 1, -1, -1), *range(len(filled) - 1, -1, -1)):
        last = filled[at] = filled[at] or last
    return filled
