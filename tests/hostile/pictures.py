"""Pictures that were made to do harm, or are broken."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


def wide_open():
    """Return a PNG of a few kilobytes that is 100 million pixels, all of them the same."""
    return png(10_000, 9_999, zlib.compress(bytes(10_001) * 9_999, 9))


def beyond():
    """Return a PNG that says it is 4,000 million pixels."""
    return png(65_000, 65_000, zlib.compress(b"\0" * 1000))


def circle():
    """Return a TIFF whose second page is followed by its first."""
    entries = ((256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, 200), (277, 1), (279, 1))
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    page = struct.pack("<H", len(entries)) + rows
    first = b"II*\0" + struct.pack("<I", 8) + page + struct.pack("<I", 8)
    return first.ljust(200, b"\0") + b"\xff"


def cut():
    """Return a JPEG that ends in its middle."""
    out = io.BytesIO()
    Image.effect_noise((800, 800), 60).save(out, "JPEG")
    return out.getvalue()[:5_000]


def png(width, height, data):
    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"".join(
        (b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", head), chunk(b"IDAT", data), chunk(b"IEND", b""))
    )
