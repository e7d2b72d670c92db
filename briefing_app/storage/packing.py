"""Texts and files as they lie in the database: packed where that saves room, read as if they were not.

A packed text or JSON is a blob, a plain one a text, so what an older version wrote is read as well.
Bytes have a mark in front when they are packed; those that begin with the mark by chance always are.
Unpacking raises zlib.error where a bit has changed.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, LargeBinary, Text, TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Dialect

_MARK = b"BrfZ"
_WORTH = 0.9  # of its size; what packs worse is kept as it is


class PackedText(TypeDecorator[str]):
    """A long text."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Pack on the way in."""
        del dialect
        return _pack_text

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
        return _pack_json

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
        return _pack_bytes

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Unpack on the way out."""
        del dialect, coltype
        return unpack_bytes


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


def _pack_text(text: str | None) -> str | bytes | None:
    if text is None:
        return None
    plain = text.encode()
    packed = zlib.compress(plain)
    return packed if len(packed) < _WORTH * len(plain) else text


def _pack_json(value: Any) -> str | bytes | None:  # noqa: ANN401 (any JSON)
    if value is None:
        return None
    return _pack_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _pack_bytes(data: bytes | None) -> bytes | None:
    if data is None:
        return None
    packed = _MARK + zlib.compress(data)
    return packed if len(packed) < _WORTH * len(data) or data.startswith(_MARK) else data
