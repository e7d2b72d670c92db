"""Read an RTF document: groups, destinations, looks and characters."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.domain.text import clean_line
from briefing_app.importers.body import Draft, Piece
from briefing_app.importers.links import clean_link
from briefing_app.importers.rtf.flow import Flow, Look
from briefing_app.importers.rtf.head import Head
from briefing_app.importers.rtf.tokens import Token, tokens
from briefing_app.importers.rtf.words import (
    CHARACTERS,
    ENDS,
    READ_THOUGH_STARRED,
    SKIPPED,
    SYMBOLS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]{1,4000})"', re.IGNORECASE)
_MOST_OPEN = 100_000  # groups


@dataclass(slots=True)
class _State:
    """What holds in a group until its end. `kind` says what its text is."""

    kind: str = "text"
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    font: int = -1
    skip: int = 1
    link: str = ""
    style: int | None = None
    outline: int | None = None
    listed: int | None = None
    level: int = 0
    in_table: bool = False
    starred: bool = False


@dataclass(slots=True)
class Reader:
    """Reads one document. `picture` keeps the bytes of a picture and tells its digest."""

    picture: Callable[[bytes], str]
    flow: Flow = field(default_factory=Flow)
    _head: Head = field(default_factory=Head)
    _state: _State = field(default_factory=_State)
    _stack: list[_State] = field(default_factory=list)
    _flows: list[tuple[int, Flow, str]] = field(
        default_factory=list
    )  # those that a note interrupts
    _notes: list[list[Draft]] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _raw: bool = False
    _passing: int = 0  # characters that stand for one that was given in Unicode
    _half: int = 0  # of a character that comes in two
    _marker: str = ""
    _text: list[str] = field(default_factory=list)  # of a destination that is no running text
    _field: str = ""
    _hex: bytearray = field(default_factory=bytearray)
    _binary: bytes = b""
    _words: str = ""
    _named: str = ""

    @property
    def info(self) -> dict[str, str]:
        """Return what the document says of itself, by RTF's names."""
        return self._head.info

    def read(self, data: bytes) -> list[Draft]:
        """Return the blocks of a document, its notes behind a rule at the end."""
        opened = False
        for token in tokens(data):
            if token.brace == "{":
                opened = True
                self._open()
            elif token.brace:
                self._close()
                if opened and not self._stack:
                    break  # what stands behind the document is not of it
            else:
                self._token(token)
        self._flush()
        while self._stack:
            self._close()
        blocks = self.flow.end(self._look())
        notes = [draft for note in self._notes for draft in note]
        return [*blocks, Draft(BlockKind.RULE), *notes] if notes else blocks

    def _token(self, token: Token) -> None:
        if token.text:
            self._take(token.text)
        elif token.byte:
            if self._passing:
                self._passing -= 1
            else:
                self._append(token.byte, raw=False)
        elif token.binary:
            self._binary = token.binary if self._state.kind == "pict" else b""
        elif self._passing and (token.symbol in SYMBOLS or token.word in CHARACTERS):
            self._passing -= 1
        elif token.symbol:
            self._symbol(token.symbol)
        else:
            self._word(token.word, token.number)

    def _take(self, text: bytes) -> None:
        passed = min(self._passing, len(text))
        self._passing -= passed
        if self._state.kind == "pict":
            self._hex += text
        elif passed < len(text):
            self._append(text[passed:], raw=True)

    def _append(self, data: bytes, *, raw: bool) -> None:
        if self._state.kind != "skip":
            self._bytes += data
            self._raw = self._raw or raw

    def _open(self) -> None:
        self._flush()
        self._passing = 0
        if len(self._stack) < _MOST_OPEN:
            self._stack.append(self._state)
            self._state = replace(self._state, starred=False)

    def _close(self) -> None:
        self._flush()
        self._passing = 0
        if not self._stack:
            return
        ended, self._state = self._state, self._stack.pop()
        if ended.kind != self._state.kind:
            self._end(ended)
        if self._flows and len(self._stack) < self._flows[-1][0]:
            blocks = self.flow.end(replace(self._look(), marker="1.", level=0, in_table=False))
            self._notes.append(blocks)
            _, self.flow, self._marker = self._flows.pop()

    def _end(self, ended: _State) -> None:
        """Make what a destination is for of its text."""
        text = clean_line("".join(self._text))
        if ended.kind == "marker":
            self._marker = "".join(self._text)
        elif ended.kind == "fldinst":
            self._field += "".join(self._text)
        elif ended.kind == "pict":
            self._end_picture()
        elif ended.kind == "sn":
            self._named = text
        elif ended.kind == "sv" and self._named == "wzDescription":
            self._words = text
        else:
            self._head.end(ended.kind, text)
        if ended.kind not in ("text", "skip"):
            self._text.clear()

    def _end_picture(self) -> None:
        data = self._binary
        if not data:
            digits = bytes(self._hex).translate(None, b" \t")
            try:
                data = binascii.unhexlify(digits[: len(digits) // 2 * 2])
            except binascii.Error:
                data = b""
        self._hex.clear()
        self._binary = b""
        asset = self.picture(data) if data else ""
        if asset or self._words:
            self.flow.image(Draft(BlockKind.IMAGE, alt=self._words, asset=asset))
        self._words = ""

    def _flush(self) -> None:
        """Decode the bytes that have come in, and give them to whom they are for."""
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._emit(self._decoded(data))
            self._raw = False

    def _decoded(self, data: bytes) -> str:
        if data.isascii():
            return data.decode("ascii")
        if self._raw:  # programs that know no better write UTF-8
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError:
                pass
        return data.decode(self._head.tables.encoding_of(self._state.font), "replace")

    def _emit(self, text: str) -> None:
        state = self._state
        if state.kind == "text":
            if not state.hidden:
                self.flow.add(Piece(text, state.bold, state.italic, state.link))
        elif state.kind not in ("skip", "pict", "fonttbl", "field"):
            self._text.append(text)

    def _symbol(self, symbol: str) -> None:
        self._flush()
        self._passing = 0
        if symbol == "*":
            self._state.starred = True
        elif symbol in "\r\n":
            self._word("par", None)
        elif symbol in SYMBOLS:
            self._emit(SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        self._flush()
        self._passing = 0
        state = self._state
        starred, state.starred = state.starred, False
        if state.kind == "skip":
            if word == "ud":  # the same in Unicode, inside the group that is passed over
                state.kind = "text"
            return
        if word == "u" and number is not None:
            self._unicode(number % 0x10000)
        elif word in CHARACTERS:
            self._emit(CHARACTERS[word])
        elif word in SKIPPED or (starred and word not in READ_THOUGH_STARRED):
            state.kind = "skip"
        elif state.kind == "text" and self._layout(word, number):
            pass
        elif not self._character(word, number):
            self._destination(word, number)

    def _unicode(self, code: int) -> None:
        """Take a character that is given by its number, those beyond 65,535 as two halves."""
        if 0xD800 <= code < 0xDC00:
            self._half = code
        elif 0xDC00 <= code < 0xE000:
            if self._half:
                self._emit(chr(0x10000 + ((self._half - 0xD800) << 10) + (code - 0xDC00)))
            self._half = 0
        else:
            self._emit(chr(code))
        self._passing = self._state.skip

    def _layout(self, word: str, number: int | None) -> bool:
        """Carry out what ends paragraphs, cells and rows."""
        if word in ENDS:
            self.flow.paragraph(self._look())
            self._marker = ""
        elif word in ("cell", "nestcell"):
            if word == "cell":
                self.flow.cell(self._look())
                self._marker = ""
            else:
                self.flow.add(Piece(" "))
        elif word == "row":
            self.flow.row(self._look())
        else:
            return self._paragraph(word, number)
        return True

    def _paragraph(self, word: str, number: int | None) -> bool:
        """Carry out what says how a paragraph is."""
        state = self._state
        if word == "pard":
            state.style = state.outline = state.listed = None
            state.level, state.in_table = 0, False
        elif word == "intbl":
            state.in_table = True
        elif word == "s":
            state.style = number
        elif word == "outlinelevel":
            state.outline = number
        elif word == "ls":
            state.listed = number
        elif word == "ilvl":
            state.level = max(0, min(number or 0, 8))
        else:
            return False
        return True

    def _character(self, word: str, number: int | None) -> bool:
        """Carry out what changes the look or the encoding of characters."""
        state = self._state
        on = number != 0
        if word == "b":
            state.bold = on
        elif word == "i":
            state.italic = on
        elif word in ("v", "deleted"):
            state.hidden = on
        elif word == "plain":
            state.bold = state.italic = state.hidden = False
        elif word == "f" and state.kind != "fonttbl":
            state.font = -1 if number is None else number
        elif word == "uc":
            state.skip = max(0, min(1 if number is None else number, 100))
        elif word == "ansicpg" and number:
            self._head.tables.set_code_page(number)
        elif word in ("mac", "pc", "pca"):
            self._head.tables.set_code_page({"mac": 10000, "pc": 437, "pca": 850}[word])
        elif word == "deff" and number is not None:
            state.font = number
        else:
            return False
        return True

    def _destination(self, word: str, number: int | None) -> None:
        """Begin what is not running text, and take the values in it."""
        state = self._state
        if word in ("listtext", "pntext"):
            self._begin("marker")
        elif word == "footnote":
            self._note()
        elif word == "field":
            self._field = ""
        elif word == "fldinst":
            self._begin("fldinst")
        elif word == "fldrslt":
            found = _LINK.match(self._field)
            address = found[1] if found else ""
            web = address.startswith(("http://", "https://", "mailto:"))
            state.link = clean_link(address) if web else ""
        elif word in ("fonttbl", "pict", "sn", "sv"):
            self._begin(word)
        elif word == "upr":
            state.kind = "skip"
        else:
            kind = self._head.word(state.kind, word, number)
            if kind != state.kind:
                self._begin(kind)

    def _begin(self, kind: str) -> None:
        self._state.kind = kind
        self._text.clear()
        if kind == "pict":
            self._hex.clear()
            self._binary = b""

    def _note(self) -> None:
        if self._state.kind != "text":
            return
        count = len(self._notes) + len(self._flows) + 1
        self.flow.add(Piece(f"[{count}]"))
        self._flows.append((len(self._stack), self.flow, self._marker))
        self.flow = Flow()
        self._marker = "1."
        self._state.hidden = False

    def _look(self) -> Look:
        state = self._state
        return Look(
            self._head.tables.outline(state.style, state.outline),
            self._head.tables.style_name(state.style),
            state.level,
            self._marker,
            self._head.tables.is_numbered(state.listed, state.level) if not self._marker else None,
            state.in_table,
        )
