"""Articles to read: made by hand, stored by the way of an import."""

from __future__ import annotations

import datetime as dt
import hashlib

from briefing_app.domain.article import (
    Article,
    ArticleVersion,
    Block,
    BlockKind,
    Body,
    Intake,
    Original,
)

WHEN = dt.datetime(2026, 1, 25, 8, 0, tzinfo=dt.UTC)


def body_of(*paragraphs):
    text = "\n".join(paragraphs)
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(paragraph)))
        at += len(paragraph) + 1
    return Body(text, tuple(blocks))


def article_of(new_id, title, body, *, article_id="", **known):
    """Return an article with a version, as an import hands them over."""
    data = (title + body.text).encode()
    original = Original(hashlib.sha256(data).hexdigest(), "text/plain", data)
    version = ArticleVersion(
        new_id(),
        article_id or new_id(),
        body,
        original.digest,
        hashlib.sha256(body.text.encode()).hexdigest(),
        "test 1",
        WHEN,
    )
    article = Article(version.article, title, version.id, retrieved=WHEN, **known)
    return article, Intake(version, (original,))
