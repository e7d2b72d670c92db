"""Articles to read: a body from a few words a block, and a whole article around it."""

from __future__ import annotations

import datetime as dt

from briefing_app.domain.annotation import Annotation, Role, select
from briefing_app.domain.article import Article, ArticleVersion, Block, BlockKind, Body, Span
from briefing_app.domain.moment import Moment


def body(*parts: tuple[BlockKind, str] | tuple[BlockKind, str, dict], spans=()) -> Body:
    """Join blocks by one newline, as importers do."""
    texts, blocks, at = [], [], 0
    for kind, text, *rest in parts:
        blocks.append(Block(kind, at, at + len(text), **(rest[0] if rest else {})))
        texts.append(text)
        at += len(text) + 1
    return Body("\n".join(texts), tuple(blocks), tuple(Span(*span) for span in spans))


def paragraphs(*texts: str) -> Body:
    return body(*((BlockKind.PARAGRAPH, text) for text in texts))


def article(**fields) -> Article:
    fields = {
        "id": "a",
        "title": "Talks resume",
        "version": "v",
        "source": "Reuters",
        "url": "https://www.reuters.com/world/talks",
        "published": Moment(dt.date(2026, 1, 24)),
    } | fields
    return Article(**fields)


def version(of: Body) -> ArticleVersion:
    when = dt.datetime(2026, 1, 25, 8, 30, tzinfo=dt.UTC)
    return ArticleVersion("v", "a", of, "0" * 64, "1" * 64, "text 1", when)


def mark(of: Body, quote: str, role: Role = Role.KEY_POINT, *, name: str = "", **fields):
    start = of.text.index(quote)
    target = select("v", of.text, start, start + len(quote))
    return Annotation(name or f"{role.letter}{start}", "a", target, role, **fields)
