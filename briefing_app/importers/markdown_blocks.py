"""The blocks of a Markdown text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from briefing_app.domain.article import BlockKind
from briefing_app.importers.body import Draft, Piece, code, running, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_CONTAINERS = ("bullet_list", "ordered_list", "blockquote")


def blocks(text: str) -> Iterator[Draft]:
    """Read Markdown (CommonMark, and tables). Mark-up in HTML is no mark-up here, but text."""
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)
    place = _Place()
    for opening, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline" and opening:
            yield from place.inline(opening, token)
        elif token.type == "table_close":
            yield table(place.rows)
            place.rows = []
        elif token.type in ("fence", "code_block"):
            yield code(token.content)
        elif token.type == "hr":
            yield Draft(BlockKind.RULE)
        else:
            place.follow(token)


@dataclass(slots=True)
class _Place:
    """Where in the text a token stands: the lists and quotes around it, the table that it fills."""

    around: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    begins_item: bool = False

    def follow(self, token: Token) -> None:
        name = token.type.rpartition("_")[0]
        if name in _CONTAINERS and token.nesting > 0:
            self.around.append(name)
        elif name in _CONTAINERS:
            self.around.pop()
        elif token.type == "list_item_open":
            self.begins_item = True
        elif token.type == "tr_open":
            self.rows.append([])

    def inline(self, opening: Token, token: Token) -> Iterator[Draft]:
        """Return the block of a run of text, and the images in it as blocks behind it."""
        children = token.children or []
        pieces = list(_pieces(children))
        if opening.type in ("th_open", "td_open"):
            self.rows[-1].append("".join(piece.text for piece in pieces))
            return
        if opening.type == "heading_open":
            yield running(BlockKind.HEADING, pieces, level=int(opening.tag[1]))
        else:
            yield self._running(pieces)
        self.begins_item = False
        for child in children:
            if child.type == "image":
                yield Draft(BlockKind.IMAGE, alt=child.content)

    def _running(self, pieces: Sequence[Piece]) -> Draft:
        lists = [name for name in self.around if name != "blockquote"]
        if self.begins_item and lists:
            ordered = lists[-1] == "ordered_list"
            return running(BlockKind.ITEM, pieces, level=len(lists), ordered=ordered)
        return running(
            BlockKind.QUOTE if "blockquote" in self.around else BlockKind.PARAGRAPH, pieces
        )


def _pieces(children: Sequence[Token]) -> Iterator[Piece]:
    bold = italic = 0
    link = ""
    for child in children:
        match child.type:
            case "strong_open" | "strong_close":
                bold += child.nesting
            case "em_open" | "em_close":
                italic += child.nesting
            case "link_open":
                link = _address(str(child.attrs.get("href", "")))
            case "link_close":
                link = ""
            case "softbreak" | "hardbreak":
                yield Piece(" ", bold > 0, italic > 0, link)
            case "text" | "code_inline" | "text_special" | "html_inline":
                yield Piece(child.content, bold > 0, italic > 0, link)
            case _:
                pass  # an image stands as a block of its own


def _address(href: str) -> str:
    return href if href.startswith(("http://", "https://", "mailto:")) else ""
