"""Put a body together: cleaned blocks, one newline between them, spans beside the text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import Block, BlockKind, Body, Span, SpanKind
from briefing_app.domain.text import clean_code, clean_line, clean_piece
from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LARGEST_BLOCK = 5_000_000  # code points
EMPTY_KINDS = (BlockKind.IMAGE, BlockKind.RULE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one look; `link` is the address that it leads to."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before its place in the text is known.

    Units: the spans count from the beginning of `text`.
    """

    kind: BlockKind
    text: str = ""
    spans: tuple[Span, ...] = ()
    level: int = 0
    ordered: bool = False
    included: bool = True
    alt: str = ""
    asset: str = ""
    page: int | None = None


def running(
    kind: BlockKind, pieces: Sequence[Piece], *, level: int = 0, ordered: bool = False
) -> Draft:
    """Return a block of running text: one line, its pieces' looks as spans."""
    text, spans = _flow(pieces)
    return Draft(kind, text, spans, level=level, ordered=ordered)


def code(text: str) -> Draft:
    """Return a block of code, whose blanks are kept."""
    return Draft(BlockKind.CODE, clean_code(text))


def table(rows: Iterable[Sequence[str]]) -> Draft:
    """Return a table: cells parted by a tab, rows by a newline; rows without text are left out."""
    lines = ("\t".join(clean_line(cell) for cell in row) for row in rows)
    return Draft(BlockKind.TABLE, "\n".join(line for line in lines if line.strip()))


def body_of(drafts: Iterable[Draft]) -> Body:
    """Return the body of some blocks; those without a text are left out, but images and rules.

    An image or a rule has an empty range at the end of the text before it.
    Raises: UnreadableSource if a block is too large to be shown.
    """
    texts: list[str] = []
    blocks: list[Block] = []
    spans: list[Span] = []
    end = 0
    for draft in drafts:
        if draft.kind in EMPTY_KINDS:
            blocks.append(_placed(draft, end, end))
            continue
        if not draft.text:
            continue
        if len(draft.text) > LARGEST_BLOCK:
            raise UnreadableSource(
                QT_TRANSLATE_NOOP(
                    "errors", "One paragraph alone is longer than {limit} characters."
                ),
                limit=LARGEST_BLOCK,
            )
        start = end + 1 if texts else 0
        end = start + len(draft.text)
        texts.append(draft.text)
        blocks.append(_placed(draft, start, end))
        spans.extend(replace(s, start=s.start + start, end=s.end + start) for s in draft.spans)
    return Body("\n".join(texts), tuple(blocks), tuple(spans))


def _flow(pieces: Sequence[Piece]) -> tuple[str, tuple[Span, ...]]:
    """Return the clean text of some pieces, and their spans, those of one look joined."""
    texts: list[str] = []
    spans: list[Span] = []
    end = 0
    blank = True  # a blank here would stand at the beginning or behind another
    for piece in pieces:
        text = clean_piece(piece.text)
        if blank:
            text = text.lstrip(" ")
        if not text:
            continue
        blank = text.endswith(" ")
        texts.append(text)
        for kind, target in _looks(piece):
            _add_span(spans, Span(kind, end, end + len(text), target))
        end += len(text)
    whole = "".join(texts).rstrip(" ")
    if not unicodedata.is_normalized("NFC", whole):
        # an accent in one piece belongs to the letter in another: the text matters more than the look
        return clean_line(whole), ()
    return whole, tuple(trimmed for span in spans if (trimmed := _trim(span, whole)))


def _looks(piece: Piece) -> Iterable[tuple[SpanKind, str]]:
    if piece.bold:
        yield SpanKind.BOLD, ""
    if piece.italic:
        yield SpanKind.ITALIC, ""
    if piece.link:
        yield SpanKind.LINK, piece.link


def _add_span(spans: list[Span], new: Span) -> None:
    """Append a span, or make the last of its kind longer where the two touch."""
    for at in range(len(spans) - 1, max(-1, len(spans) - 4), -1):
        last = spans[at]
        if (last.kind, last.target, last.end) == (new.kind, new.target, new.start):
            spans[at] = replace(last, end=new.end)
            return
    spans.append(new)


def _trim(span: Span, text: str) -> Span | None:
    """Return a span without the blanks at its ends, or None where nothing else is in it."""
    start, end = span.start, min(span.end, len(text))
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return replace(span, start=start, end=end) if start < end else None


def _placed(draft: Draft, start: int, end: int) -> Block:
    return Block(
        draft.kind,
        start,
        end,
        level=draft.level,
        ordered=draft.ordered,
        included=draft.included,
        alt=clean_line(draft.alt),
        asset=draft.asset,
        page=draft.page,
    )
