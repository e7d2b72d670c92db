"""A mail taken apart: its parts as a tree, found by their boundaries from the outside in.

The standard library's parser goes down as deep as a mail is nested, line by line. Here every level is
cut out of the one around it, no deeper and no wider than the bounds, so the time is linear.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, Remark
from briefing_app.importers.mail.headers import Headers, decode_base64, decode_text, read_headers

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 20
MOST_PARTS = 500
_AT_ONCE = 256 * 1024  # bytes looked at for a header, before the whole part is
_MAILS = ("message/rfc822", "message/global", "message/news")
_LIKE_A_BOUNDARY = re.compile(rb"(?m)^--([!-~][ -~]{0,69}?)[ \t]*+\r?$")
_UU_LINE = re.compile(rb"[ -`]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a mail, or the mail: what it says of itself, and its place among the bytes.

    `parts` are those of a multipart, or the mail in a message; `media_type` is in small letters.
    """

    headers: Headers
    media_type: str
    data: bytes
    start: int
    end: int
    parts: tuple[Part, ...] = ()

    @property
    def content(self) -> bytes:
        """Return the bytes of the part, free of the encoding that it travelled in."""
        return _carried(
            self.headers.text("content-transfer-encoding"), self.data[self.start : self.end]
        )

    @property
    def text(self) -> str:
        """Return the text of the part."""
        return decode_text(self.content, self.headers.parameter("charset"))

    @property
    def is_mail(self) -> bool:
        """Tell whether it is a mail inside this one."""
        return self.media_type in _MAILS

    def walk(self) -> Iterator[Part]:
        """Go through the part and all parts in it, but not into mails inside it."""
        yield self
        if not self.is_mail:
            for part in self.parts:
                yield from part.walk()


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail taken apart; `too_deep` tells that mails or parts in it lie below the bound."""

    root: Part
    lost: tuple[Remark, ...] = ()
    too_deep: bool = False


def take_apart(data: bytes) -> Mail:
    """Take a mail apart."""
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")  # the line ends of old Macs
    taking = _Taking()
    root = taking.part(data, 0, len(data), depth=1)
    return Mail(root, tuple(taking.remarks()), taking.too_deep)


@dataclass(slots=True)
class _Taking:
    """What is counted while a mail is taken apart."""

    parts: int = 0
    too_deep: bool = False
    too_many: bool = False
    too_long: bool = False
    charset: str = ""

    def part(
        self, data: bytes, start: int, end: int, depth: int, default: str = "text/plain"
    ) -> Part:
        """Read a part and those in it."""
        self.parts += 1
        head = data[start : min(end, start + _AT_ONCE)]
        headers, behind, cut = read_headers(head, self.charset)
        if behind == len(head) < end - start:
            headers, behind, cut = read_headers(data[start:end], self.charset)
        self.too_long = self.too_long or cut
        if depth == 1:
            self.charset = headers.charset
        media_type = headers.content_type if headers.has("content-type") else default
        part = Part(headers, media_type, data, start + behind, end)
        if media_type.startswith("multipart/"):
            return self._multipart(part, depth)
        return self._mail(part, depth) if part.is_mail else part

    def remarks(self) -> Iterator[Remark]:
        """Say what is lost."""
        if self.too_deep:
            yield Remark(
                QT_TRANSLATE_NOOP(
                    "errors", "What is nested deeper than {limit} levels in it was not read."
                ),
                (("limit", str(DEEPEST)),),
            )
        if self.too_many:
            yield Remark(
                QT_TRANSLATE_NOOP(
                    "errors", "It has more than {limit} parts: the rest was not read."
                ),
                (("limit", str(MOST_PARTS)),),
            )
        if self.too_long:
            yield Remark(
                QT_TRANSLATE_NOOP(
                    "errors", "A header in it is longer than 64 KB: the rest of that was not read."
                )
            )

    def _multipart(self, part: Part, depth: int) -> Part:
        if depth >= DEEPEST:
            self.too_deep = True
            return replace(part, media_type="application/x-too-deep")
        default = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
        parts: list[Part] = []
        for start, end in _between(part):
            if self.parts >= MOST_PARTS:
                self.too_many = True
                break
            parts.append(self.part(part.data, start, end, depth + 1, default))
        # without a boundary in it, it is what stands there
        return (
            replace(part, parts=tuple(parts)) if parts else replace(part, media_type="text/plain")
        )

    def _mail(self, part: Part, depth: int) -> Part:
        if depth >= DEEPEST:
            self.too_deep = True
            return part
        content = part.content
        inner = self.part(content, 0, len(content), depth + 1)
        return replace(part, parts=(inner,))


def _between(part: Part) -> Iterator[tuple[int, int]]:
    """Return where the parts of a multipart lie, up to its closing boundary."""
    boundary = part.headers.parameter("boundary").encode("utf-8", "surrogateescape")
    if not boundary:
        guess = _LIKE_A_BOUNDARY.search(part.data, part.start, part.end)
        boundary = guess[1] if guess else b""
    if not boundary:
        return
    line = re.compile(rb"(?m)^--" + re.escape(boundary) + rb"(--)?[ \t]*+\r?$")
    start = -1
    for found in line.finditer(part.data, part.start, part.end):
        if start >= 0:
            yield start, _without_line_end(part.data, start, found.start())
        if found[1]:
            return
        start = min(found.end() + 1, part.end)
    if 0 <= start < part.end:
        yield start, part.end  # it was cut off


def _without_line_end(data: bytes, start: int, end: int) -> int:
    if end > start and data[end - 1 : end] == b"\n":
        end -= 1
        if end > start and data[end - 1 : end] == b"\r":
            end -= 1
    return end


def _carried(encoding: str, data: bytes) -> bytes:
    """Undo the encoding that a part travelled in; one that is not known is none."""
    match encoding.strip().lower().strip("\"';"):
        case "base64":
            return decode_base64(data)
        case "quoted-printable":
            return binascii.a2b_qp(data)
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            return _uu(data)
        case _:
            return data


def _uu(data: bytes) -> bytes:
    """Decode uuencoded lines, those that are damaged left out."""
    pieces: list[bytes] = []
    begun = False
    for line in data.splitlines():
        if not begun:
            begun = line.startswith(b"begin ")
            continue
        if line.strip() == b"end":
            break
        if _UU_LINE.fullmatch(line):
            try:
                pieces.append(binascii.a2b_uu(line))
            except binascii.Error:
                continue
    return b"".join(pieces) if begun else data
