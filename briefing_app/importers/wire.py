"""What importers make, as JSON and back: it crosses from the worker's process to ours."""

from __future__ import annotations

import datetime as dt
from typing import Any

from briefing_app.digests import sha256_of_much
from briefing_app.domain.article import Block, BlockKind, Body, Original, Span, SpanKind
from briefing_app.domain.record import moment_from, moment_json
from briefing_app.domain.statement import Kind, Part
from briefing_app.domain.storytext import Row, StoryText
from briefing_app.errors import Remark
from briefing_app.importers.base import Document, Imported, ImportedArticle, Link

Fields = dict[str, Any]


def document_json(document: Document) -> Fields:
    """Return a document without its bytes."""
    return {
        "name": document.name,
        "media_type": document.media_type,
        "url": document.url,
        "retrieved": document.retrieved.isoformat() if document.retrieved else None,
    }


def document_from(fields: Fields, data: bytes) -> Document:
    """Return the document of a JSON object and its bytes."""
    retrieved = fields["retrieved"]
    return Document(
        fields["name"],
        data,
        fields["media_type"],
        fields["url"],
        dt.datetime.fromisoformat(retrieved) if retrieved else None,
    )


def imported_json(imported: Imported) -> Fields:
    """Return all that a document held but the bytes, of which it has the sizes."""
    return {
        "format": imported.format,
        "title": imported.title,
        "articles": [_article_json(article) for article in imported.articles],
        "stories": [_story_json(story) for story in imported.stories],
        "warnings": [[r.message, [list(pair) for pair in r.values]] for r in imported.warnings],
        "children": [
            {**document_json(child), "size": len(child.data)} for child in imported.children
        ],
        "links": [_link_json(link) for link in imported.links],
    }


def imported_bytes(imported: Imported) -> bytes:
    """Return the bytes of all pictures and children, one behind the other."""
    return b"".join(
        (
            *(picture.data for article in imported.articles for picture in article.pictures),
            *(child.data for child in imported.children),
        )
    )


def imported_from(fields: Fields, data: bytes) -> Imported:
    """Return what `imported_json` and `imported_bytes` were given.

    Raises: ValueError if the sizes are not those of the bytes.
    """
    rest = _Bytes(data)
    imported = Imported(
        format=fields["format"],
        title=fields["title"],
        articles=tuple(_article_from(row, rest) for row in fields["articles"]),
        stories=tuple(_story_from(row) for row in fields["stories"]),
        warnings=tuple(
            Remark(message, tuple((name, value) for name, value in values))
            for message, values in fields["warnings"]
        ),
        children=tuple(document_from(row, rest.take(row["size"])) for row in fields["children"]),
        links=tuple(_link_from(row) for row in fields["links"]),
    )
    rest.end()
    return imported


class _Bytes:
    """Deals out bytes that lie one behind the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        """Return the next ones."""
        if not 0 <= size <= len(self._data) - self._at:
            raise ValueError(size)
        self._at += size
        return self._data[self._at - size : self._at]

    def end(self) -> None:
        """Refuse bytes that nobody took."""
        if self._at != len(self._data):
            raise ValueError(self._at)


def body_json(body: Body) -> Fields:
    """Return a body; blocks and spans are rows, since a page has thousands."""
    return {
        "text": body.text,
        "blocks": [
            [b.kind, b.start, b.end, b.level, b.ordered, b.included, b.page, b.alt, b.asset]
            for b in body.blocks
        ],
        "spans": [[s.kind, s.start, s.end, s.target] for s in body.spans],
    }


def body_from(fields: Fields) -> Body:
    """Return the body of a JSON object.

    Raises: ValueError if a range lies outside its text: what comes from a worker is not trusted.
    """
    text = str(fields["text"])
    body = Body(
        text,
        tuple(Block(BlockKind(row[0]), *row[1:]) for row in fields["blocks"]),
        tuple(Span(SpanKind(row[0]), *row[1:]) for row in fields["spans"]),
    )
    end = 0
    for block in body.blocks:
        if not end <= block.start <= block.end <= len(text):
            raise ValueError(block)
        end = block.end
    for span in body.spans:
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(span)
    return body


def _article_json(article: ImportedArticle) -> Fields:
    return {
        "title": article.title,
        "body": body_json(article.body),
        "authors": list(article.authors),
        "source": article.source,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "published": moment_json(article.published),
        "language": article.language,
        "direction": article.direction,
        "page": article.page,
        "origins": [list(pair) for pair in article.origins],
        "message_id": article.message_id,
        "pictures": [[p.digest, p.media_type, len(p.data)] for p in article.pictures],
        "reference": article.reference,
        "tags": list(article.tags),
    }


def _article_from(fields: Fields, rest: _Bytes) -> ImportedArticle:
    return ImportedArticle(
        title=fields["title"],
        body=body_from(fields["body"]),
        authors=tuple(fields["authors"]),
        source=fields["source"],
        url=fields["url"],
        canonical_url=fields["canonical_url"],
        published=moment_from(fields["published"]),
        language=fields["language"],
        direction=fields["direction"],
        page=fields["page"],
        origins=tuple((name, origin) for name, origin in fields["origins"]),
        message_id=str(fields["message_id"]),
        pictures=tuple(
            _picture_from(digest, media_type, rest.take(size))
            for digest, media_type, size in fields["pictures"]
        ),
        reference=fields["reference"],
        tags=tuple(str(tag) for tag in fields["tags"]),
    )


def _picture_from(digest: str, media_type: str, data: bytes) -> Original:
    if sha256_of_much(data).hexdigest() != digest:  # what comes from a worker is not trusted
        raise ValueError(digest)
    return Original(digest, media_type, data)


def _link_json(link: Link) -> Fields:
    return {
        "url": link.url,
        "title": link.title,
        "is_feed": link.is_feed,
        "date": moment_json(link.date),
        "note": link.note,
        "folders": list(link.folders),
        "tags": list(link.tags),
    }


def _link_from(fields: Fields) -> Link:
    return Link(
        str(fields["url"]),
        str(fields["title"]),
        bool(fields["is_feed"]),
        moment_from(fields["date"]),
        str(fields["note"]),
        tuple(str(folder) for folder in fields["folders"]),
        tuple(str(tag) for tag in fields["tags"]),
    )


def _story_json(story: StoryText) -> Fields:
    return {
        "headline": story.headline,
        "as_of": moment_json(story.as_of),
        "rows": [[row.part, row.kind, row.text] for row in story.rows],
    }


def _story_from(fields: Fields) -> StoryText:
    return StoryText(
        fields["headline"],
        moment_from(fields["as_of"]),
        tuple(Row(Part(part), Kind(kind), text) for part, kind, text in fields["rows"]),
    )
