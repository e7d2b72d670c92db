"""SHA-256, whose library is loaded when something is digested: OpenSSL takes 4 MB."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash


def sha256(data: bytes | bytearray | memoryview = b"") -> _Hash:
    """Return a digest that has taken these bytes in."""
    import hashlib  # noqa: PLC0415 (the reason of this module)

    return hashlib.sha256(data)
