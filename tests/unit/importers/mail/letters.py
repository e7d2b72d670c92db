"""Mails of different make, written for these tests."""

from __future__ import annotations

import base64
import struct
import zlib

HEAD = (
    "Return-Path: <olena@strait-times.example>\n"
    "Received: from mx.example by mail.example; Tue, 3 Feb 2026 09:15:04 +0200\n"
    "From: Olena Marchenko <olena@strait-times.example>\n"
    "To: desk@office.example\n"
    "Date: Tue, 3 Feb 2026 09:15:00 +0200 (EET)\n"
    "Message-ID: <20260203.1@strait-times.example>\n"
    "MIME-Version: 1.0\n"
)


def png(width: int = 60, height: int = 40, shade: int = 0) -> bytes:
    """Return a grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def letter(body: str | bytes, subject: str = "Ice closes the route", **fields: str) -> bytes:
    """Return a mail; a field "content_type" is the header Content-Type."""
    named = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in fields.items())
    data = body if isinstance(body, bytes) else body.encode()
    return f"{HEAD}Subject: {subject}\n{named}\n".encode() + data


def part(body: str | bytes, kind: str = "text/plain; charset=utf-8", **fields: str) -> bytes:
    """Return a part in base64."""
    data = body if isinstance(body, bytes) else body.encode()
    named = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in fields.items())
    head = f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\n{named}\n"
    return head.encode() + base64.encodebytes(data)


def multi(kind: str, *parts: bytes, boundary: str = "b1") -> bytes:
    """Return parts put together, with the header that says so."""
    mark = boundary.encode()
    body = b"".join(b"--" + mark + b"\n" + one + b"\n" for one in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n'.encode()
    return head + body + b"--" + mark + b"--\n"


def mixed(*parts: bytes, kind: str = "mixed", subject: str = "Ice closes the route") -> bytes:
    """Return a mail of several parts."""
    return f"{HEAD}Subject: {subject}\n".encode() + multi(kind, *parts, boundary="outer")
