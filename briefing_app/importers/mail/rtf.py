"""The RTF that Outlook keeps mails in: unpacked, and the HTML taken out that it is wrapped around.

Source: MS-OXRTFCP (compression) and MS-OXRTFEX (HTML in RTF).
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field, replace

from briefing_app.importers.mail.headers import decode_text

_LARGEST = 20_000_000  # bytes
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+|.",
    re.DOTALL,
)
_WORDS = {
    "par": "\n", "line": "\n", "tab": "\t", "lquote": "\u2018", "rquote": "\u2019",
    "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022", "endash": "\u2013",
    "emdash": "\u2014", "emspace": " ", "enspace": " ",
}  # fmt: skip
_SIGNS = {"~": "\u00a0", "_": "\u2011", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n"}
_NO_TEXT = frozenset(
    ("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "listtable", "generator")
)
# What a font's \fcharset means
_CHARSETS = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


def unpacked(data: bytes) -> bytes:
    """Return packed RTF as it was, or as much of it as is sound."""
    if len(data) < 16:
        return b""
    _, size, kind, _ = struct.unpack_from("<IIII", data)
    if kind == _PLAIN:
        return data[16 : 16 + size]
    if kind != _PACKED:
        return b""
    result = bytearray(_DICTIONARY)  # the window of 4,096 bytes slides along with it
    most = len(_DICTIONARY) + min(size, _LARGEST)
    at = 16
    while at < len(data) and len(result) < most:
        flags = data[at]
        at += 1
        for bit in range(8):
            run = data[at : at + (2 if flags >> bit & 1 else 1)]
            at += len(run)
            if not _append(result, run, pointing=bool(flags >> bit & 1)):
                most = 0
                break
    return bytes(result[len(_DICTIONARY) :])


def _append(result: bytearray, run: bytes, *, pointing: bool) -> bool:
    """Append a byte, or what two bytes point back to; False at the end."""
    if not pointing:
        result += run
        return bool(run)
    if len(run) < 2:
        return False
    pair = run[0] << 8 | run[1]
    back = (len(result) - (pair >> 4)) % 4096
    if not back:
        return False
    for _ in range((pair & 15) + 2):
        result.append(result[-back] if back <= len(result) else 0x20)
    return True


def html_in(rtf: bytes) -> str:
    """Return the HTML that RTF is wrapped around, or an empty string where it is RTF of its own."""
    if not re.search(rb"\\fromhtml1?\b", rtf[:4096]):
        return ""
    return _Taking().take(rtf)


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces; `hidden` text is RTF's own, `font` is a number."""

    hidden: bool = False
    skipped: bool = False
    fonts: bool = False
    page: str = "cp1252"
    after_unicode: int = 1


@dataclass(slots=True)
class _Taking:
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    texts: list[str] = field(default_factory=list)
    waiting: bytearray = field(default_factory=bytearray)
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    left_out: int = 0  # characters that stand for one that was given by its number
    starred: bool = False

    def take(self, rtf: bytes) -> str:
        """Go through the tokens."""
        at = 0
        while token := _TOKEN.match(rtf, at):
            at = token.end()
            if token[1]:
                word, number = token[1].decode("ascii"), token[2]
                if word == "bin":
                    at += max(0, int(number or 0))
                else:
                    self._word(word, int(number) if number else None)
            elif token[3]:
                self._byte(bytes.fromhex(token[3].decode("ascii")))
            elif token[4]:
                self._sign(token[4].decode("latin-1"))
            elif token[5]:
                self._brace(opening=token[5] == b"{")
            elif token[6]:
                self._byte(token[6])
        self._flush()
        return "".join(self.texts)

    def _brace(self, *, opening: bool) -> None:
        self._flush()
        self.left_out = 0
        self.starred = False
        if opening:
            self.groups.append(self.groups[-1])
        elif len(self.groups) > 1:
            self.groups.pop()

    def _word(self, word: str, number: int | None) -> None:
        group = self.groups[-1]
        if word == "u" and number is not None:
            self._flush()
            self._text(chr(number % 0x10000))
            self.left_out = group.after_unicode
        elif word in _WORDS:
            self._flush()
            self._text(_WORDS[word])
        else:
            self._state(word, number)
        self.starred = False

    def _state(self, word: str, number: int | None) -> None:
        """Follow a word that changes how what comes is read."""
        group = self.groups[-1]
        change = group
        if word == "htmlrtf":
            change = replace(group, hidden=number != 0)
        elif word == "fonttbl":
            change = replace(group, skipped=True, fonts=True)
        elif word in _NO_TEXT or (self.starred and word != "htmltag"):
            change = replace(group, skipped=True)
        elif word == "uc":
            change = replace(group, after_unicode=min(number or 0, 8))
        elif word == "ansicpg" and number:
            change = replace(group, page=f"cp{number}")
        elif word == "fcharset" and group.fonts:
            self.fonts[self.font] = _CHARSETS.get(number or 0, "")
        elif word == "f" and number is not None:
            self.font = number
            if not group.fonts and self.fonts.get(number):
                change = replace(group, page=self.fonts[number])
        if change is not group:
            self._flush()
            self.groups[-1] = change

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.starred = True
        elif sign in _SIGNS:
            self._flush()
            self._text(_SIGNS[sign])

    def _byte(self, data: bytes) -> None:
        if self.left_out:
            data, self.left_out = data[self.left_out :], max(0, self.left_out - len(data))
        group = self.groups[-1]
        if not group.hidden and not group.skipped:
            self.waiting += data

    def _text(self, text: str) -> None:
        group = self.groups[-1]
        if not group.hidden and not group.skipped:
            self.texts.append(text)

    def _flush(self) -> None:
        """Decode the bytes that wait: a letter may have several, each a token of its own."""
        if self.waiting:
            self.texts.append(decode_text(bytes(self.waiting), self.groups[-1].page))
            self.waiting.clear()
