"""Words that stand nowhere else, and a look for them at every byte of a folder."""

from __future__ import annotations

import zlib

WORD = "zqxvkwjy"  # in no language, and one word of the index
_HEADERS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")  # of zlib, by its level
_WINDOW = zlib.MAX_WBITS
_REACH = 1 << 16  # bytes from a header on


def forms(word):
    """Return the bytes that a word can lie in a file as; JSON escapes only what is not ASCII."""
    return (
        word.encode(),
        word.upper().encode(),
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        word.encode("utf-32-le"),
    )


def files_with(folder, word=WORD):
    """Return the files under a folder in which a word stands, packed or plain."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and _holds(path, word)
    )


def _holds(path, word):
    data = path.read_bytes()
    wanted = forms(word)
    return any(form in data for form in wanted) or any(
        form in plain for plain in _unpacked(data) for form in wanted
    )


def _unpacked(data):
    """Go through all that is packed in a file, in use or left behind in its free space."""
    for header in _HEADERS:
        at = data.find(header)
        while at >= 0:
            try:
                yield zlib.decompressobj(_WINDOW).decompress(data[at : at + _REACH])
            except zlib.error:  # no beginning of anything, or torn where the next page begins
                yield _as_far_as_it_goes(data[at : at + _REACH])
            at = data.find(header, at + 1)


def _as_far_as_it_goes(data):
    reader, plain = zlib.decompressobj(_WINDOW), b""
    for byte in data:
        try:
            plain += reader.decompress(bytes([byte]))
        except zlib.error:
            break
    return plain
