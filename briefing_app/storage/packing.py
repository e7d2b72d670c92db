"""Texts and files as they lie in the database: packed where that saves room, read as if they were not.

A packed text or JSON is a blob, a plain one a text, so what an older version wrote is read as well.
Bytes have a mark in front when they are packed; those that begin with the mark by chance always are.
Unpacking raises zlib.error where a bit has changed. libdeflate packs what zlib unpacks (decision 0017).
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from deflate import zlib_compress
from sqlalchemy import JSON, LargeBinary, Text, TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Dialect

_MARK = b"BrfZ"
_LEVEL = 1  # of 12; at 5 an import does a seventh less, and the file is a hundredth smaller
_WORTH = 0.9  # of its size; what packs worse is kept as it is


class PackedText(TypeDecorator[str]):
    """A long text."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Pack on the way in."""
        del dialect
        return _optional(pack_text)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Unpack on the way out."""
        del dialect, coltype
        return unpack_text


class PackedJSON(TypeDecorator[Any]):
    """A long list."""

    impl = JSON
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Pack on the way in."""
        del dialect
        return _optional(pack_json)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Unpack on the way out."""
        del dialect, coltype
        return unpack_json


class PackedBytes(TypeDecorator[bytes]):
    """The bytes of a file."""

    impl = LargeBinary
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Pack on the way in."""
        del dialect
        return _optional(pack_bytes)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Unpack on the way out."""
        del dialect, coltype
        return unpack_bytes


def pack_text(text: str) -> str | bytes:
    """Return a text as it is stored."""
    plain = text.encode()
    packed = bytes(zlib_compress(plain, _LEVEL))
    return packed if len(packed) < _WORTH * len(plain) else text


def pack_json(value: Any) -> str | bytes:  # noqa: ANN401 (any JSON)
    """Return a list as it is stored."""
    return pack_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def pack_bytes(data: bytes) -> bytes:
    """Return the bytes of a file as they are stored."""
    packed = _MARK + zlib_compress(data, _LEVEL)
    return packed if len(packed) < _WORTH * len(data) or data.startswith(_MARK) else data


def unpack_text(stored: str | bytes | None) -> str | None:
    """Return the text that was stored."""
    return zlib.decompress(stored).decode() if isinstance(stored, bytes) else stored


def unpack_json(stored: str | bytes | None) -> Any:  # noqa: ANN401 (any JSON)
    """Return the list that was stored."""
    text = unpack_text(stored)
    return None if text is None else json.loads(text)


def unpack_bytes(stored: bytes | None) -> bytes | None:
    """Return the bytes that were stored."""
    if stored is None or not stored.startswith(_MARK):
        return stored
    return zlib.decompress(stored[len(_MARK) :])


def _optional(pack: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else pack(value)
