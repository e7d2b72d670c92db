"""A newsletter, a press review, a digest split into its items: title, teaser and link each.

Works on the body alone, so that it can be asked for at any time; it needs no parser.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind, SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing_app.domain.article import Block, Body, Span

_TITLE = (12, 220)  # code points; a shorter link is a word in a sentence or a button
_CJK_TITLE = 5  # the same where a character is a word
_LONGEST_TEASER = 600  # code points
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BETWEEN = re.compile(r"^[\s:|.\u2013\u2014\u2022\u00b7-]+")
_DASH = re.compile(r"\s*[\u2013\u2014:|-]\s")
_WORD = re.compile(r"\w{3,}")
_BUTTON = re.compile(
    r"\W*(?:(?:read|learn|see|find out|discover|watch|listen|continue|keep) ?(?:the |full "
    r"|whole |it )*"
    r"(?:more|story|article|reading|on|here|now|all)?|click here|subscribe|sign up|more"
    r"|share|register|download"
    r"|view (?:all|more|online|post)|full story|weiterlesen|mehr(?: lesen| dazu"
    r"| erfahren)?|zum artikel"
    r"|lire (?:la suite|plus|l['\u2019]article)|en (?:lire|savoir) plus|leer más|ver más"
    r"|leggi (?:di più|tutto)"
    r"|lees (?:meer|verder)|läs mer|czytaj (?:więcej|dalej)|читати (?:далі|більше)"
    r"|детальніше|докладніше"
    r"|читать (?:далее|дальше)|подробнее|阅读更多|查看全文|続きを読む|اقرأ المزيد)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One item of a newsletter; `link` may be empty.

    Units: `start` and `end` count code points of the body that it stands in.
    """

    title: str
    teaser: str
    link: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Lead:
    """A block that begins an item: its title, what follows it in the block, and its link."""

    at: int
    title: str
    rest: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """The included blocks of a body that hold text, and the web links in each."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[tuple[Span, ...], ...]

    def words(self, at: int) -> str:
        return self.text[self.blocks[at].start : self.blocks[at].end]

    def link(self, at: int) -> str:
        return next((span.target for span in self.links[at]), "")


def news_items(body: Body) -> tuple[NewsItem, ...]:
    """Return the items of a newsletter in order, or nothing where it is one text.

    Items are led by linked titles or by headings, whichever of the two the newsletter is made of.
    """
    page = _page(body)
    leads = [lead for at in range(len(page.blocks)) if (lead := _linked_lead(page, at))]
    by_link = list(_items(page, leads))
    by_heading = [item for item in _items(page, list(_headings(page))) if item.link]
    if len(by_link) >= 3 and len(by_link) >= 2 * len(by_heading):
        return tuple(by_link)
    if len(by_heading) >= 2:
        return tuple(by_heading)
    return tuple(by_link) if len(by_link) >= 2 else ()


def _page(body: Body) -> _Page:
    blocks = tuple(block for block in body.blocks if block.included and block.end > block.start)
    spans = sorted(
        (s for s in body.spans if s.kind is SpanKind.LINK and s.target.startswith("http")),
        key=lambda span: span.start,
    )
    starts = [span.start for span in spans]
    links = tuple(
        tuple(spans[bisect_left(starts, block.start) : bisect_left(starts, block.end)])
        for block in blocks
    )
    return _Page(body.text, blocks, links)


def _linked_lead(page: _Page, at: int) -> _Lead | None:
    """Return the title that a block begins with, if that is a link."""
    block = page.blocks[at]
    if block.kind in (BlockKind.TABLE, BlockKind.CODE, BlockKind.CAPTION):
        return None
    first = next((s for s in page.links[at] if _is_title(page.text[s.start : s.end])), None)
    if first is None or _WORD.search(page.text[block.start : first.start]):
        return None  # a link within a sentence
    title = page.text[first.start : first.end].strip()
    rest = page.text[first.end : block.end]
    if rest.strip() and not _DASH.match(rest) and len(title) * 5 < 3 * (block.end - block.start):
        return None
    return _Lead(at, title, _BETWEEN.sub("", rest).strip(), first.target)


def _headings(page: _Page) -> Iterator[_Lead]:
    for at, block in enumerate(page.blocks):
        if block.kind is BlockKind.HEADING:
            yield _Lead(at, page.words(at), link=page.link(at))


def _items(page: _Page, leads: Sequence[_Lead]) -> Iterator[NewsItem]:
    ends = [lead.at for lead in leads[1:]] + [len(page.blocks)]
    for lead, end in zip(leads, ends, strict=False):
        teaser, link, last = lead.rest, lead.link, lead.at
        for at in range(lead.at + 1, end):
            if page.blocks[at].kind is BlockKind.HEADING:
                break  # it begins a section, and is no part of an item
            if at == end - 1 < len(page.blocks) - 1 and _is_label(page, at):
                break
            last = at
            link = link or page.link(at)
            words = page.words(at)
            if not _BUTTON.fullmatch(words) and len(teaser) < _LONGEST_TEASER:
                teaser = f"{teaser} {words}".strip()
        start, end_ = page.blocks[lead.at].start, page.blocks[last].end
        yield NewsItem(lead.title, _short(teaser), link, start, end_)


def _is_title(text: str) -> bool:
    bare = text.strip()
    least = _CJK_TITLE if _CJK.search(bare) else _TITLE[0]
    return least <= len(bare) <= _TITLE[1] and not _BUTTON.fullmatch(bare) and "://" not in bare


def _is_label(page: _Page, at: int) -> bool:
    """Tell whether a block before the next item only says what comes, or who wrote."""
    words = page.words(at)
    return len(words) < _TITLE[0] * 3 and not page.links[at] and words[-1] not in ".!?\u2026:"


def _short(text: str) -> str:
    text = text.replace("\n", " ").replace("\t", " ")
    if len(text) <= _LONGEST_TEASER:
        return text
    return text[:_LONGEST_TEASER].rsplit(" ", 1)[0] + "\u2026"
