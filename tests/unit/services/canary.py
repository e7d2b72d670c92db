"""Words that stand nowhere else, and a look for them at every byte of a folder."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing

WORD = "zqxvkwjy"  # in no language, and one word of the index


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
    if any(form in data for form in forms(word)):
        return True
    if data[:16] == b"SQLite format 3\x00" and not path.name.endswith("-wal"):
        return _in_values(path, word)
    return _in_stream(data, word)


def _in_values(path, word):
    """Look into every value of every table, for a packed one shows nothing of what it holds."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
        for table in tables:
            try:
                rows = connection.execute(f'SELECT * FROM "{table}"')
                if any(_in_stream(value, word) for row in rows for value in row):
                    return True
            except sqlite3.OperationalError:  # a virtual table, an index
                continue
    return False


def _in_stream(value, word):
    if not isinstance(value, bytes):
        return isinstance(value, str) and word in value.lower()
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS, zlib.MAX_WBITS | 16):
        try:
            plain = zlib.decompressobj(window).decompress(value)
        except zlib.error:
            continue
        if any(form in plain for form in forms(word)):
            return True
    return False
