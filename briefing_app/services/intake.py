"""From what an importer read to what a library keeps: pure functions, ids and times handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from briefing_app import __version__
from briefing_app.digests import sha256_of_much
from briefing_app.domain import brief as briefs
from briefing_app.domain.anchor import move
from briefing_app.domain.article import TEXT, Article, ArticleVersion, Original
from briefing_app.domain.change import Change, Op, diff
from briefing_app.domain.record import (
    Entity,
    Records,
    annotation_from,
    annotation_records,
    article_records,
    brief_from,
    brief_records,
    story_records,
    version_records,
)
from briefing_app.domain.storytext import StoryText, to_story
from briefing_app.domain.tags import retagged, tag_of
from briefing_app.domain.text import agreement
from briefing_app.importers.links import canonical_link

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from briefing_app.importers.base import Document, ImportedArticle
    from briefing_app.storage.known import KnownArticle

_SAME = 0.5  # of the text; less is another issue at the same address


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return sha256_of_much(data).hexdigest()


def text_digest(article: ImportedArticle) -> str:
    """Return the SHA-256 of an article's canonical text."""
    return digest(article.body.text.encode())


def address(article: ImportedArticle) -> str:
    """Return the address that an article is known by, or an empty string.

    It is the same for all addresses of a page: with tracking, for mobile readers, as AMP.
    Source: RFC 2392 for that of a mail.
    """
    mail = f"mid:{article.message_id.strip('<>')}" if article.message_id else ""
    return canonical_link(article.canonical_url or article.url or mail)


def is_same(article: ImportedArticle, known: KnownArticle) -> bool:
    """Tell whether something at the same address is the same article with another text.

    A live page or a newsletter has another article at its address every day.
    """
    if article.title.casefold() == known.title.casefold() and address(article):
        return True
    return agreement(article.body.text, known.text) >= _SAME


def original_of(document: Document) -> Original:
    """Return the bytes of a document as the library keeps them."""
    return Original(digest(document.data), document.media_type, document.data)


def version_of(
    article: ImportedArticle,
    document: Document,
    format_: str,
    *,
    article_id: str,
    version_id: str,
    now: dt.datetime,
    digests: tuple[str, str] | None = None,
) -> ArticleVersion:
    """Return the version that an article comes in as.

    `digests` are those of the document's bytes and of the text, where they are known already.
    """
    original, said = digests or (digest(document.data), text_digest(article))
    return ArticleVersion(
        id=version_id,
        article=article_id,
        body=article.body,
        original=original,
        text_digest=said,
        importer=f"{format_} {__version__}",
        retrieved=document.retrieved or now,
    )


def new_article(article: ImportedArticle, version: ArticleVersion) -> tuple[Change, ...]:
    """Return the changes that make a new article of a version."""
    made = Article(
        id=version.article,
        title=article.title,
        version=version.id,
        authors=article.authors,
        source=article.source,
        url=article.url,
        canonical_url=address(article),
        published=article.published,
        retrieved=version.retrieved,
        language=article.language,
        direction=article.direction,
        page=article.page,
        tags=retagged((), map(tag_of, article.tags)),
        origins=article.origins,
    )
    return diff({}, article_records(made) | version_records(version.id, version.article))


class Former(Protocol):
    """An article and what it said until now; `article` and `version` are ids."""

    @property
    def article(self) -> str: ...  # noqa: D102 (as above)
    @property
    def version(self) -> str: ...  # noqa: D102 (as above)
    @property
    def text(self) -> str: ...  # noqa: D102 (as above)


def new_version(
    known: Former,
    records: Records,
    version: ArticleVersion,
    origins: tuple[tuple[str, str], ...] = (),
) -> tuple[Change, ...]:
    """Return the changes that give an article another version and carry its passages over.

    What the user may have edited of the article stays as it is; what is said of its text is what the
    import says of the new one, among its `origins`.
    """
    key = (Entity.ARTICLE, known.article)
    changed: Records = {
        key: {
            **records[key],
            "version": version.id,
            "retrieved": version.retrieved.isoformat(),
            "origins": [
                *(pair for pair in records[key]["origins"] if pair[0] != TEXT),
                *(list(pair) for pair in origins if pair[0] == TEXT),
            ],
        }
    }
    for (entity, uid), fields in records.items():
        if entity is Entity.ANNOTATION and fields["version"] == known.version:
            annotation = annotation_from(uid, fields)
            changed |= annotation_records(
                move(annotation, version.id, known.text, version.body.text)
            )
    sets = (c for c in diff(records, {**records, **changed}) if c.op is Op.SET)
    return (*diff({}, version_records(version.id, known.article)), *sets)


def new_brief(
    texts: tuple[StoryText, ...], title: str, new_id: Callable[[], str]
) -> tuple[str, tuple[Change, ...]]:
    """Return the id of a new brief, and the changes that make it and its stories."""
    brief = briefs.new_brief(new_id(), new_id(), title)
    return brief.id, _with_stories(texts, {}, brief, new_id)


def more_stories(
    brief_id: str, records: Records, texts: tuple[StoryText, ...], new_id: Callable[[], str]
) -> tuple[Change, ...]:
    """Return the changes that put stories at the end of a brief."""
    return _with_stories(texts, records, brief_from(brief_id, records), new_id)


def _with_stories(
    texts: tuple[StoryText, ...],
    before: Records,
    brief: briefs.Brief,
    new_id: Callable[[], str],
) -> tuple[Change, ...]:
    made: Records = {}
    for text in texts:
        story = to_story(text, new_id)
        made |= story_records(story)
        brief = briefs.add_story(brief, story.id, new_id())
    return (*diff({}, made), *diff(before, brief_records(brief)))
