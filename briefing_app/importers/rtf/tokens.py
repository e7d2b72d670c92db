"""The pieces that an RTF file is written in.

Source: Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"  # a control word and its number
    rb"|\\'([0-9a-fA-F]{2})"  # a byte
    rb"|\\([^a-zA-Z])"  # a control symbol
    rb"|([{}])"
    rb"|([^\\{}\r\n\0]+)"  # text
    rb"|[\r\n\0]+|\\",
    re.DOTALL,
)


class Token(NamedTuple):
    """One piece; which of the fields is filled tells its kind, and `number` goes with `word`."""

    word: str = ""
    number: int | None = None
    byte: bytes = b""
    symbol: str = ""
    brace: str = ""
    text: bytes = b""
    binary: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """Return the pieces of a file in order; bytes that a control word announces are one piece."""
    at = 0
    while found := _TOKEN.match(data, at):
        at = found.end()
        word, number, byte, symbol, brace, text = found.groups()
        if text:
            yield Token(text=text)
        elif word:
            value = None if number is None else int(number)
            if word == b"bin" and value and value > 0:
                yield Token(binary=data[at : at + value])
                at += value
            else:
                yield Token(word.decode("ascii"), value)
        elif brace:
            yield Token(brace=brace.decode("ascii"))
        elif byte:
            yield Token(byte=bytes.fromhex(byte.decode("ascii")))
        elif symbol:
            yield Token(symbol=symbol.decode("latin-1"))
