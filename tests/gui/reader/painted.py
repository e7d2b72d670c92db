"""Pictures to show, made here: one colour each, in the formats that the reader knows."""

from __future__ import annotations

import hashlib
import struct
import zlib

from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QColor, QImage, QImageWriter


def picture(width: int, height: int, colour: str = "#2060c0", format_: str = "png") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return written(image, format_)


def written(image: QImage, format_: str = "png", turned=None) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(format_.encode()))
    if turned is not None:
        writer.setTransformation(turned)
    assert writer.write(image), writer.errorString()
    buffer.close()
    return bytes(data.data())


GIF = (
    b"GIF89a\x02\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\xff!\xf9\x04\x00\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x02\x00\x01\x00\x00\x02\x02\x04\n\x00;"
)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge(width: int, height: int) -> bytes:
    """Return a small PNG that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000))
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
