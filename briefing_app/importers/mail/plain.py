"""The plain text of a mail as blocks: quotes, broken lines put together, links, the signature."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.importers.body import Draft, Piece, code, running
from briefing_app.importers.links import clean_link, shown_link
from briefing_app.importers.text import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_QUOTE = re.compile(r"(?:> ?)+")
_COLUMNS = re.compile(r"\S(?: {3,}|\t+)\S")
_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r"<?\b(?:https?://|www\.)[^\s<>\"\u201c\u201d\u00ab\u00bb]+>?", re.IGNORECASE)
_BEHIND = ".,;:!?'*_|\u2026"
_LONGEST_SIGNATURE = 20  # lines
_WIDTHS = (45, 100)  # code points; what mail programs break lines at


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its quote marks, which are counted; `goes_on` in the next one."""

    text: str
    depth: int = 0
    goes_on: bool = False


def plain_blocks(text: str, *, flowed: bool = False, delsp: bool = False) -> list[Draft]:
    """Return the blocks of a plain text; the signature is not included.

    `flowed` and `delsp` are as the part's content type has them. Source: RFC 3676.
    """
    lines = [_line(line, flowed=flowed) for line in _LINE_ENDS.split(text)]
    body, signature = _parted(lines)
    width = _width(body)
    drafts = list(_blocks(body, width, delsp=delsp))
    drafts += (replace(d, included=False) for d in _blocks(signature, width, delsp=delsp))
    return drafts


def link_pieces(text: str) -> Iterator[Piece]:
    """Return the pieces of a text in which addresses stand as they are, cleaned, as links."""
    at = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].strip("<>")
        kept = address.rstrip(_BEHIND)
        if kept.endswith(")") and "(" not in kept:
            kept = kept[:-1]
        url = clean_link(kept if kept.lower().startswith("http") else f"http://{kept}")
        before, at = text[at : found.start()], found.end()
        closed = found[0].startswith("<")  # its brackets go, and must not join it to a word
        yield Piece(f"{before} " if closed and before else before)
        yield Piece(shown_link(kept), link=url)
        yield Piece(address[len(kept) :])
        if closed and text[at : at + 1].isalnum():
            yield Piece(" ")
    yield Piece(text[at:])


def _line(line: str, *, flowed: bool) -> _Line:
    marks = _QUOTE.match(line)
    depth = marks[0].count(">") if marks else 0
    bare = line[marks.end() :] if marks else line
    if not flowed:
        return _Line(bare, depth)
    if marks and marks[0].endswith(" "):
        bare = f" {bare}"  # the blank was stuffed in, or is the text's: it goes now
    if bare.startswith(" "):
        bare = bare[1:]
    return _Line(bare, depth, bare.endswith(" ") and bare != "-- ")


def _parted(lines: Sequence[_Line]) -> tuple[Sequence[_Line], Sequence[_Line]]:
    """Part the signature from the end of a mail."""
    for back in range(1, min(len(lines), _LONGEST_SIGNATURE) + 1):
        line = lines[-back]
        if line.depth == 0 and line.text.rstrip() == "--":
            return lines[:-back], lines[len(lines) - back + 1 :]
    return lines, ()


def _width(lines: Sequence[_Line]) -> int:
    """Return how wide the lines are that a program broke, or 0 where they tell nothing."""
    low, high = _WIDTHS
    lengths = sorted(len(n.text) for n in lines if low <= len(n.text) <= high and " " in n.text)
    return lengths[int(0.9 * (len(lengths) - 1))] if len(lengths) >= 4 else 0


def _blocks(lines: Sequence[_Line], width: int, *, delsp: bool) -> Iterator[Draft]:
    for group in _groups(lines):
        if _is_columns(group):
            yield code("\n".join(line.text for line in group))
            continue
        for draft in rows([line.strip() for line in _joined(group, width, delsp=delsp)]):
            yield _linked(draft, quoted=group[0].depth > 0)


def _groups(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Return the lines that belong together: what an empty line or another quote does not part."""
    group: list[_Line] = []
    for line in lines:
        blank = not line.text.strip()
        if group and (blank or line.depth != group[-1].depth):
            yield group
            group = []
        if not blank:
            group.append(line)
    if group:
        yield group


def _is_columns(group: Sequence[_Line]) -> bool:
    """Tell whether lines are a table or code, whose blanks mean something."""
    parted = sum(1 for line in group if _COLUMNS.search(line.text))
    indented = sum(1 for line in group if line.text.startswith(("    ", "\t")))
    most = len(group) * 3
    return (len(group) > 1 and parted * 5 >= most) or (len(group) > 2 and indented * 5 >= most)


def _joined(group: Sequence[_Line], width: int, *, delsp: bool) -> Iterator[str]:
    """Put lines together that go on, or that were broken where the next word did not fit."""
    width = width or max(len(n.text) for n in group if " " in n.text.strip() or n is group[0])
    pieces: list[str] = []
    for at, line in enumerate(group):
        pieces.append(line.text[:-1] if line.goes_on and delsp else line.text)
        if line.goes_on:
            continue
        if at + 1 < len(group) and _broken(line.text, group[at + 1].text, width):
            pieces.append(" ")
            continue
        yield "".join(pieces)
        pieces.clear()
    if pieces:
        yield "".join(pieces)


def _broken(line: str, following: str, width: int) -> bool:
    word = _WORD.search(following)
    if width < _WIDTHS[0] or word is None:
        return False
    if next(iter(rows([following.strip()]))).kind is not BlockKind.PARAGRAPH:
        return False
    longest = width + 6  # a width is what most lines have, and some are longer
    return width - 25 <= len(line) <= longest and len(line) + 1 + len(word[0]) > width


def _linked(draft: Draft, *, quoted: bool) -> Draft:
    kind = BlockKind.QUOTE if quoted and draft.kind is BlockKind.PARAGRAPH else draft.kind
    if not draft.text:
        return draft
    return running(kind, list(link_pieces(draft.text)), level=draft.level, ordered=draft.ordered)
