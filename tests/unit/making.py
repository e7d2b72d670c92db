"""Articles to test with, made by hand and stored as an import stores them."""

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
from briefing_app.domain.change import Action, ChangeSet, diff
from briefing_app.domain.record import article_records, version_records

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


def store(services, new, versions=(), *, set_id="", subject=""):
    """Store new articles and new versions of others, as an import does from its thread."""
    history = services.history
    changes = [change for article, _ in new for change in diff({}, article_records(article))]
    for article, intake in (*new, *versions):
        changes += diff({}, version_records(intake.version.id, article.id))
    for article, _ in versions:
        before = article_records(services.articles.article(article.id))
        changes += diff(before, article_records(article))
    change_set = ChangeSet(
        set_id or history.new_id(),
        history.now(),
        history.origin,
        Action.IMPORT_ARTICLE,
        tuple(changes),
        subject,
    )
    history._writer.take_in(change_set, tuple(intake for _, intake in (*new, *versions)))
    history.adopt(change_set)
