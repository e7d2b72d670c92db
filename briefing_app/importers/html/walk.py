"""Go through a page and take every block of it: no extractor keeps them all as they are.

What is not for reading is passed over: scripts, styles, form fields, vector graphics, hidden
elements. A table row whose cells hold no blocks of their own is one block. Two `<br>` split.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import lxml.etree

from briefing_app.domain.article import BlockKind
from briefing_app.domain.text import clean_line
from briefing_app.importers.body import Draft, Piece, code, running, table
from briefing_app.importers.html.dom import address
from briefing_app.importers.links import clean_link, shown_link

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = frozenset(
    ("html", "body", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "tr",
     "td", "th", "table", "tbody", "thead", "tfoot", "caption", "blockquote", "pre", "section",
     "article", "figure", "figcaption", "header", "footer", "main", "aside", "nav", "dl", "dt",
     "dd", "hr", "form", "fieldset", "address", "details", "summary", "option", "select",
     "button", "center", "noscript", "iframe", "video", "audio", "object", "canvas",
     "label")
)  # fmt: skip
_SKIPPED = frozenset(
    ("script", "style", "template", "head", "title", "select", "textarea", "svg", "object",
     "canvas", "audio", "video", "iframe", "button", "noscript", "input")
)  # fmt: skip
_IN_A_CELL = frozenset(
    ("p", "div", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section",
     "article", "blockquote", "pre", "figure", "form", "tr", "td", "th")
)  # fmt: skip
_CELLS = ("td", "th")
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BREAK = "\x0b"  # cleaned to a blank or a line end; the text of a page never holds it
_DOTS = frozenset("\u2022\u00b7\u25aa\u25cf\u25e6\u2023-\u2013\u25ba\u2192\u203a\u00bb*")
_WRAPPED = (58, 82)  # code points; how long the lines are that mail programs broke
_SMALL = 50  # pixels; a smaller picture is an icon or a counter


@dataclass(frozen=True, slots=True)
class Found:
    """A block of a page: its element, its draft, the share of it inside links, and its table.

    `table` numbers the table that a row is of, from 1; it is 0 for everything else.
    """

    tag: str
    draft: Draft
    linked: float = 0.0
    table: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """What the elements around a piece of text make of it; `item` numbers the list item, from 1."""

    tag: str = "body"
    bold: bool = False
    italic: bool = False
    anchor: bool = False
    link: str = ""
    quote: bool = False
    pre: bool = False
    caption: bool = False
    depth: int = 0
    ordered: bool = False
    item: int = 0
    table: int = 0


_LOOKS: dict[str, Callable[[_Place], _Place]] = {
    **dict.fromkeys(("b", "strong"), lambda place: replace(place, bold=True)),
    **dict.fromkeys(("i", "em", "cite"), lambda place: replace(place, italic=True)),
}
_KINDS: dict[str, Callable[[_Place], _Place]] = {
    "ul": lambda place: replace(place, depth=place.depth + 1, ordered=False, item=0),
    "ol": lambda place: replace(place, depth=place.depth + 1, ordered=True, item=0),
    "blockquote": lambda place: replace(place, quote=True),
    "pre": lambda place: replace(place, pre=True),
    **dict.fromkeys(("figcaption", "caption"), lambda place: replace(place, caption=True)),
}


def walk(
    body: HtmlElement,
    base: str = "",
    picture: Callable[[str], str] | None = None,
    *,
    mail: bool = False,
) -> tuple[Found, ...]:
    """Return all blocks of a page in order; links are resolved against `base`.

    `picture` tells the digest of a picture from the address that the page has for it, or nothing;
    a picture that is known is kept even where no words stand for it. In a `mail` every break ends a
    block, but one behind a line that was broken to fit a width, and addresses that stand in the text
    are cleaned as those are that they lead to.
    """
    walker = _Walker(base, picture, mail)
    steps = lxml.etree.iterwalk(body, events=("start", "end", "comment", "pi"))
    for event, element in steps:
        if event == "start":
            if not walker.enter(element):
                steps.skip_subtree()
        elif event == "end":
            walker.leave(element, last=element is body)
        elif element.tail:
            walker.text(element.tail)
    walker.flush(_Place())
    return tuple(walker.found)


@dataclass(slots=True)
class _Walker:
    base: str
    picture: Callable[[str], str] | None = None
    mail: bool = False
    found: list[Found] = field(default_factory=list)
    _places: list[_Place] = field(default_factory=lambda: [_Place()])
    _current: _Place = field(default_factory=_Place)
    _pieces: list[Piece] = field(default_factory=list)
    _cells: list[list[Piece]] = field(default_factory=list)
    _linked: int = 0
    _images: list[Found] = field(default_factory=list)
    _items: int = 0
    _tables: int = 0
    _begun: set[int] = field(default_factory=set)  # list items that have their first block
    _plain: dict[HtmlElement, bool] = field(default_factory=dict)

    def enter(self, element: HtmlElement) -> bool:
        """Begin an element and tell whether to go into it."""
        around = self._places[-1]
        if _unseen(element):
            if element.tag in _BLOCKS:
                self.flush(around)
            self._places.append(around)
            return False
        place = self._place(element, around)
        self._places.append(place)
        if element.tag == "br":
            self._break()
        elif element.tag == "img":
            self._image(element)
        elif element.tag in _CELLS and self._is_plain(element):
            self._cells.append([])
        elif element.tag in _BLOCKS:
            self.flush(place)
            if element.tag == "hr":
                self.found.append(Found("hr", Draft(BlockKind.RULE)))
        if element.text:
            self.text(element.text)
        return True

    def leave(self, element: HtmlElement, *, last: bool) -> None:
        """End an element, and take the text behind it."""
        self._places.pop()
        if element.tag in _BLOCKS and not (element.tag in _CELLS and self._is_plain(element)):
            self.flush(self._places[-1])
        if element.tail and not last:
            self.text(element.tail)

    def text(self, text: str) -> None:
        """Take a run of text as the innermost element has it."""
        place = self._places[-1]
        if self.mail and place.anchor and text.lstrip()[:4].lower() == "http":
            text = " ".join(shown_link(word) for word in text.split(" "))
        piece = Piece(text, place.bold, place.italic, place.link)
        if self._cells:
            self._cells[-1].append(piece)
        else:
            self._pieces.append(piece)
        if place.anchor:
            self._linked += _letters(text)

    def flush(self, place: _Place) -> None:
        """End the block that is being read; the next one begins at `place`."""
        draft = self._draft()
        if draft.text:
            share = min(1.0, self._linked / max(1, _letters(draft.text)))
            row = self._current.table if draft.kind is BlockKind.TABLE else 0
            self.found.append(Found(self._current.tag, draft, share, row))
            self._begun.add(self._current.item)
        self._pieces.clear()
        self._cells.clear()
        self._linked = 0
        self.found += self._images
        self._images.clear()
        self._current = place

    def _draft(self) -> Draft:
        place = self._current
        if self._cells:
            if any(piece.text.strip() for piece in self._pieces):
                self._cells.insert(0, list(self._pieces))
            return self._row()
        if place.pre:
            return code("".join(piece.text for piece in self._pieces))
        if place.tag in HEADINGS:
            return running(BlockKind.HEADING, self._pieces, level=int(place.tag[1]))
        if place.item and place.item not in self._begun:
            depth = max(1, place.depth)
            return running(BlockKind.ITEM, self._pieces, level=depth, ordered=place.ordered)
        if place.caption:
            return running(BlockKind.CAPTION, self._pieces)
        return running(BlockKind.QUOTE if place.quote else BlockKind.PARAGRAPH, self._pieces)

    def _row(self) -> Draft:
        """Return a row of a table; in a mail, one that is there for the layout is running text."""
        if self.mail:
            filled = [c for c in self._cells if "".join(piece.text for piece in c).strip()]
            dotted = len(filled) == 2 and "".join(p.text for p in filled[0]).strip() in _DOTS
            if dotted:
                return running(BlockKind.ITEM, filled[1], level=1)
            if len(filled) == 1:
                quote = self._current.quote
                return running(BlockKind.QUOTE if quote else BlockKind.PARAGRAPH, filled[0])
        return table([["".join(piece.text for piece in cell) for cell in self._cells]])

    def _place(self, element: HtmlElement, around: _Place) -> _Place:
        tag = str(element.tag)
        if look := _LOOKS.get(tag):
            return look(around)
        if tag == "a":
            return replace(around, anchor=True, link=_target(element, self.base))
        if tag not in _BLOCKS or (tag in _CELLS and self._is_plain(element)):
            return around
        kind = _KINDS.get(tag)
        return self._numbered(replace(kind(around) if kind else around, tag=tag))

    def _numbered(self, place: _Place) -> _Place:
        """Return the place with the number of the list item or table that begins with it."""
        if place.tag == "li":
            self._items += 1
            return replace(place, item=self._items)
        if place.tag == "table":
            self._tables += 1
            return replace(place, table=self._tables)
        return place

    def _is_plain(self, cell: HtmlElement) -> bool:
        """Tell whether a cell is of a row that is one block."""
        row = cell.getparent()
        if row is None or row.tag != "tr":
            return False
        if row not in self._plain:
            self._plain[row] = _holds_no_blocks(row) and not (self.mail and _is_layout(row))
        return self._plain[row]

    def _break(self) -> None:
        if self._ends_block() and not self._cells and not self._current.pre:
            self.flush(self._current)
        else:
            self.text(_BREAK)

    def _ends_block(self) -> bool:
        """Tell whether a break ends a line in which nothing stands, or a line of its own."""
        line: list[str] = []
        for piece in reversed(self._pieces):
            if piece.text == _BREAK:
                break
            line.append(piece.text)
            if not self.mail and piece.text.strip():
                return False
        else:
            if not self.mail:
                return False
        length = len("".join(line).strip())
        return not length or (self.mail and not _WRAPPED[0] <= length <= _WRAPPED[1])

    def _asset(self, element: HtmlElement) -> str:
        """Return the digest of a picture that is known by its address, or by its style."""
        if not self.picture:
            return ""
        style = element.get("style") or ""
        return (
            self.picture(element.get("src") or "")
            or ("var(" in style and self.picture(style))
            or ""
        )

    def _image(self, element: HtmlElement) -> None:
        alt = clean_line(element.get("alt") or "")
        if _is_small(element):
            return
        asset = self._asset(element)
        if not alt and not asset:
            return
        image = Found("img", Draft(BlockKind.IMAGE, alt=alt, asset=asset))
        if self._cells or any(piece.text.strip() for piece in self._pieces):
            self._images.append(image)  # behind the block that it stands in
        else:
            self.found.append(image)


def _letters(text: str) -> int:
    """Return how much of a text is seen: the gaps between the links of a menu are no prose."""
    return sum(map(len, text.split()))


def _unseen(element: HtmlElement) -> bool:
    return (
        element.tag in _SKIPPED
        or element.get("hidden") is not None
        or bool(_HIDING.search(element.get("style") or ""))
    )


def _target(anchor: HtmlElement, base: str) -> str:
    return clean_link(address(anchor.get("href") or "", base))


def _holds_no_blocks(row: HtmlElement) -> bool:
    for cell in row:
        if not isinstance(cell.tag, str):
            continue
        if cell.tag not in _CELLS:
            return False
        if any(inner is not cell and inner.tag in _IN_A_CELL for inner in cell.iter()):
            return False
    return True


def _is_layout(row: HtmlElement) -> bool:
    """Tell whether a row is there for its one cell, in which lines are broken."""
    cells = [cell for cell in row if isinstance(cell.tag, str)]
    filled = [cell for cell in cells if "".join(cell.itertext()).strip()]
    return len(filled) == 1 and sum(1 for _ in filled[0].iter("br")) > 1


def _is_small(element: HtmlElement) -> bool:
    sizes = (element.get("width") or "", element.get("height") or "")
    return any(size.isdecimal() and int(size[:6]) < _SMALL for size in sizes)
