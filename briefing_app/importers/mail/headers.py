"""The header of a mail or of a part: read with a bound, decoded whatever it claims.

The standard library reads parameters and addresses, under its old policy: the new one raises on an
unknown charset and takes gigabytes on one header. Words are decoded here.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING

from briefing_app.domain.text import clean_line
from briefing_app.importers.encoding import declared_encoding, decode

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 64 * 1024  # bytes of one header
_LARGEST_FIELD = 8 * 1024  # bytes with parameters: the standard library is slow on many quotes
_FIELDS = re.compile(
    rb"(?:>?From [^\n]*+\n)?(?:[!-9;-~]++[ \t]*+:[^\n]*+(?:\n|\Z)|[ \t][^\n]*+(?:\n|\Z))*+"
)
_BLANK = re.compile(rb"\r?\n")
_FIELD = re.compile(rb"(?m)^([!-9;-~]++)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)")
_WORD = re.compile(rb"=\?([^?\s]{1,80})\?([BbQq])\?([^?]*+)\?=")
_BETWEEN = re.compile(rb"(\?=)\s+(?==\?[^?\s]{1,80}\?[BbQq]\?)")

_BASE64 = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
_NOT_BASE64 = bytes(set(range(256)) - _BASE64)


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields of a header in order, their names in small letters; `charset` is for bare bytes."""

    fields: tuple[tuple[str, bytes], ...] = ()
    charset: str = ""

    def raw(self, name: str) -> bytes:
        """Return the first field of a name as it stands, or nothing."""
        return next((value for known, value in self.fields if known == name), b"")

    def all(self, name: str) -> tuple[str, ...]:
        """Return all fields of a name, decoded."""
        return tuple(decode_words(v, self.charset) for known, v in self.fields if known == name)

    def text(self, name: str) -> str:
        """Return the first field of a name, decoded, or an empty string."""
        return decode_words(self.raw(name), self.charset)

    def has(self, *names: str) -> bool:
        """Tell whether there is a field of one of these names."""
        return any(known in names for known, _ in self.fields)

    @property
    def content_type(self) -> str:
        """Return the media type, or text/plain where there is none that can be read."""
        return _asked(self._message(), Message.get_content_type) or "text/plain"

    @property
    def disposition(self) -> str:
        """Return "inline", "attachment" or an empty string."""
        return _asked(self._message(), Message.get_content_disposition)

    @property
    def filename(self) -> str:
        """Return the name that a part has as a file, without folders."""
        name = _asked(self._message(), Message.get_filename)
        plain = decode_words(name.encode("utf-8", "surrogateescape"), self.charset)
        return plain.replace("\\", "/").rsplit("/", 1)[-1].strip(". ")

    def parameter(self, name: str) -> str:
        """Return a parameter of the content type."""
        value = _asked(self._message(), lambda message: message.get_param(name))
        return value.strip()

    def _message(self) -> Message:
        message = Message()
        for name in ("content-type", "content-disposition"):
            if value := self.raw(name)[:_LARGEST_FIELD]:
                message[name] = value.decode("utf-8", "surrogateescape").strip()
        return message


def read_headers(data: bytes, default: str = "") -> tuple[Headers, int, bool]:
    """Read the header at the beginning of a mail or part.

    Shape: the header, where the body begins, and whether the header was longer than the bound, so
    that what stands behind it in the header is not known. `default` is the charset of bare bytes.
    """
    found = _FIELDS.match(data)
    end = found.end() if found else 0
    blank = _BLANK.match(data, end)
    head, cut = data[:end], end > LARGEST
    if cut:
        head = head[: head.rfind(b"\n", 0, LARGEST) + 1 or LARGEST]
    fields = tuple(
        (field[1].decode("ascii").lower(), field[2].replace(b"\r", b"").strip())
        for field in _FIELD.finditer(head)
    )
    charset = Headers(fields).parameter("charset") or default
    return Headers(fields, charset), blank.end() if blank else end, cut


def decode_words(value: bytes, charset: str = "") -> str:
    """Return a field as one clean line: its encoded words, and bare bytes, as text."""
    texts: list[str] = []
    pending: tuple[str, bytes] = ("", b"")  # words of one charset may part a letter between them
    at = 0
    value = _BETWEEN.sub(rb"\1", value)
    for word in _WORD.finditer(value):
        between = value[at : word.start()]
        label = word[1].decode("ascii", "replace").split("*")[0].lower()
        data = _word_bytes(word[2], word[3])
        if between or label != pending[0]:
            texts += (_decoded(*pending), _decoded(charset, between))
            pending = (label, data)
        else:
            pending = (label, pending[1] + data)
        at = word.end()
    texts += (_decoded(*pending), _decoded(charset, value[at:]))
    return clean_line("".join(texts))


def decode_text(data: bytes, charset: str) -> str:
    """Decode what a mail says is in a charset, be it unknown or wrong."""
    label = charset.strip().strip("\"'").lower()
    if label in ("utf-7", "unicode-1-1-utf-7") and data.isascii():
        return data.decode("utf-7", "replace")
    if data.isascii() and b"\x1b" not in data and b"\0" not in data and not label.startswith("hz"):
        return data.decode("ascii")
    decoded = decode(data, f"charset={label}")
    said = declared_encoding(b"", f"charset={label}")
    if said and decoded.encoding not in (said, "utf-8", "utf-16"):
        text = data.decode(said, "replace")  # it may be damaged, and right all the same
        if text.count("\ufffd") * 20 < sum(1 for character in text if character > "\x7f"):
            return text
    return decoded.text


def _decoded(label: str, data: bytes) -> str:
    """Decode a short run of bytes, which nobody can guess the charset of."""
    if data.isascii() and b"\x1b" not in data and label != "utf-7":
        return data.decode("ascii")
    if declared_encoding(b"", f"charset={label}") or label == "utf-7":
        return decode_text(data, label)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _word_bytes(kind: bytes, data: bytes) -> bytes:
    if kind in b"Qq":
        return binascii.a2b_qp(data, header=True)
    return decode_base64(data)


def decode_base64(data: bytes) -> bytes:
    """Decode base64 with whatever stands in between, and with its end missing."""
    bare = data.translate(None, _NOT_BASE64)
    if len(bare) % 4 == 1:
        bare = bare[:-1]
    return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))


def _asked(message: Message, question: Callable[[Message], object]) -> str:
    """Ask the standard library about a field; nonsense in it raises almost anything."""
    try:
        answer = question(message)
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    if isinstance(answer, tuple):  # RFC 2231: charset, language, text
        answer = str(answer[2])
    return str(answer or "")
