"""Find out in which encoding a text came, and decode it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED = 256 * 1024  # bytes; guessing takes seconds on more
_LABEL = re.compile(rb"""(?i)(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""")
_HEAD = 4096

# What pages mean when they say so (WHATWG Encoding Standard, section 4.2)
_MEANT = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "latin1": "cp1252", "latin-1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932",
    "shift-jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs", "utf-16": "utf-8", "utf8": "utf-8", "x-mac-cyrillic": "mac_cyrillic",
}  # fmt: skip
# Python decodes these, but no page is in them
_NEVER = ("utf_7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "mbcs")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that it was read in; `exact` is False where characters were lost."""

    text: str
    encoding: str
    exact: bool = True


def decode(data: bytes, media_type: str = "") -> Decoded:
    """Decode a text: by its mark, as UTF-8, as UTF-16, as it says, by a guess, as cp1252 at last."""
    return (
        _marked(data)
        or _shifting(data, media_type)
        or _wide(data)
        or _exactly(data, "utf-8")
        or _declared(data, media_type)
        or _guessed(data)
        or Decoded(data.decode("cp1252", "replace"), "cp1252", exact=False)
    )


def declared_encoding(data: bytes, media_type: str = "") -> str:
    """Return the encoding that a text or its media type names, or an empty string."""
    found = _LABEL.search(media_type.encode("ascii", "replace")) or _LABEL.search(data[:_HEAD])
    if not found:
        return ""
    label = found[1].decode("ascii", "replace").lower()
    label = _MEANT.get(label, label)
    try:
        name = codecs.lookup(label).name
        b" ".decode(name, "ignore")  # some turn bytes into bytes
    except (LookupError, UnicodeError):
        return ""
    return "" if name.replace("-", "_") in _NEVER else name


def _marked(data: bytes) -> Decoded | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            lossy = Decoded(data.decode(name, "replace"), name.removesuffix("-sig"), exact=False)
            return _exactly(data, name) or lossy
    return None


def _shifting(data: bytes, media_type: str) -> Decoded | None:
    """Decode what says that it shifts between alphabets: to UTF-8 its bytes are plain ASCII."""
    if b"\x1b" not in data and b"~{" not in data:
        return None
    name = declared_encoding(data, media_type)
    return _exactly(data, name) if name.startswith(("iso2022", "hz")) else None


def _wide(data: bytes) -> Decoded | None:
    """Decode UTF-16 without a mark, told by where its NULs stand; to UTF-8 they are characters."""
    head = data[:_HEAD]
    if b"\0" not in head or len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    many, few = 0.4 * (len(head) // 2), 0.05 * (len(head) // 2)
    if odd > many and even < few:
        return Decoded(data.decode("utf-16-le", "replace"), "utf-16-le")
    if even > many and odd < few:
        return Decoded(data.decode("utf-16-be", "replace"), "utf-16-be")
    return None


def _declared(data: bytes, media_type: str) -> Decoded | None:
    """Decode a text as it says itself; UTF-8 is believed through a few damaged bytes."""
    name = declared_encoding(data, media_type)
    if not name:
        return None
    if found := _exactly(data, name):
        return found
    if name == "utf-8":
        text = data.decode(name, "replace")
        damaged = text.count("\ufffd")
        if damaged * 10 < sum(1 for character in text if character > "\x7f"):
            return Decoded(text, name, exact=False)
    return None


def _guessed(data: bytes) -> Decoded | None:
    best = charset_normalizer.from_bytes(data[:_GUESSED]).best()
    return _exactly(data, best.encoding) if best else None


def _exactly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding.removesuffix("-sig"))
    except (UnicodeError, LookupError):
        return None
