"""An imported article: what is said of it, and its immutable versions."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from briefing_app.domain.moment import Moment


EDITED = "you"  # the origin of a field that the user has corrected
TEXT = "text"  # the field of an origin that says how the text was found


class State(StrEnum):
    """How far the user is with an article."""

    NEW = "new"
    READING = "reading"
    ARCHIVED = "archived"


class BlockKind(StrEnum):
    """What a block of a body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    TABLE = "table"
    CAPTION = "caption"
    IMAGE = "image"
    RULE = "rule"


class SpanKind(StrEnum):
    """What a span of running text is."""

    BOLD = "bold"
    ITALIC = "italic"
    LINK = "link"


class Doubt(StrEnum):
    """Why the text of an article may not be what it should be; it stands as the origin of "text"."""

    LITTLE = "little text"
    APART = "extractors disagree"


@dataclass(frozen=True, slots=True)
class Span:
    """A bold, italic or linked range beside the text; `target` is the address of a link.

    Units: `start` and `end` count code points of the canonical text.
    """

    kind: SpanKind
    start: int
    end: int
    target: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block and its range in the canonical text; images and rules have an empty range.

    `level` is 1-6 for a heading and the depth (from 1) of a list item; `included` is what the
    extraction chose; `page` is the page of a PDF, from 1; `asset` the SHA-256 of an image.
    Units: `start` and `end` count code points.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    ordered: bool = False
    included: bool = True
    page: int | None = None
    alt: str = ""
    asset: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """The canonical text, and its blocks and spans. Immutable once stored.

    Shape: `text` is the block texts joined by one newline, NFC; table cells are parted by a tab and
    rows by a newline.
    """

    text: str
    blocks: tuple[Block, ...]
    spans: tuple[Span, ...] = ()

    def included_text(self) -> str:
        """Return the text of the included blocks, one a line."""
        return "\n".join(
            self.text[block.start : block.end]
            for block in self.blocks
            if block.included and block.end > block.start
        )

    def switch(self, places: Iterable[int]) -> Body:
        """Return the body with some blocks in that were out, and out that were in; by their places.

        Text, offsets and spans are the same. Places that there are not are passed over.
        """
        wanted = set(places)
        if not wanted:
            return self
        return replace(
            self,
            blocks=tuple(
                replace(block, included=not block.included) if at in wanted else block
                for at, block in enumerate(self.blocks)
            ),
        )


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """The content of an article at a time.

    `original` is the SHA-256 of the bytes as received, `text_digest` that of the canonical text.
    `switched` are the places of the blocks that the user has put in or taken out: the one thing that
    may change, kept beside the body and never in it.
    """

    id: str
    article: str
    body: Body
    original: str
    text_digest: str
    importer: str
    retrieved: dt.datetime
    switched: tuple[int, ...] = ()

    @property
    def shown(self) -> Body:
        """The body with what the user has put in and taken out."""
        return self.body.switch(self.switched)


@dataclass(frozen=True, slots=True)
class Original:
    """Bytes as they were received, known by their SHA-256: a file, or an image of an article."""

    digest: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Placed:
    """An original whose bytes, too many to be held, lie in their file already."""

    digest: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Intake:
    """What is on its way into the library beside records: a version, and the bytes it was made from.

    A file of stories has bytes and no version.
    """

    version: ArticleVersion | None
    originals: tuple[Original, ...] = ()
    placed: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of an article; every field but the title may be empty.

    `source` is the outlet; `page` the outlet's own page and issue ("p. 4, city edition"); `version`
    the id of the current version; `origins` says where a field came from, as (field, origin) pairs;
    `collections` holds the ids of those it is in.
    """

    id: str
    title: str
    version: str
    authors: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    canonical_url: str = ""
    published: Moment | None = None
    retrieved: dt.datetime | None = None
    language: str = ""
    direction: str = "ltr"
    page: str = ""
    tags: tuple[str, ...] = ()
    state: State = State.NEW
    origins: tuple[tuple[str, str], ...] = ()
    collections: tuple[str, ...] = ()


def doubts_of(article: Article) -> tuple[Doubt, ...]:
    """Return what is doubtful about the text of an article."""
    said = {origin for field, origin in article.origins if field == TEXT}
    return tuple(doubt for doubt in Doubt if doubt.value in said)


_CORRECTED = ("title", "authors", "source", "url", "published", "language", "page")


def noting_edits(before: Article, after: Article) -> Article:
    """Return a corrected article that says of each field that differs that the user has edited it."""
    edited = [name for name in _CORRECTED if getattr(before, name) != getattr(after, name)]
    if not edited:
        return after
    kept = tuple(pair for pair in after.origins if pair[0] not in edited)
    return replace(after, origins=(*kept, *((name, EDITED) for name in edited)))


def without_doubts(article: Article) -> Article:
    """Return an article whose text was found to be right."""
    kept = tuple(pair for pair in article.origins if pair[0] != TEXT)
    return replace(article, origins=kept)


def tag_key(tag: str) -> str:
    """Return what two spellings of one tag have in common: no case, one Unicode form."""
    return unicodedata.normalize("NFC", tag.casefold())


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What a list shows of an article: its head, a line of its text, and the computed facts."""

    id: str
    title: str
    source: str
    published: Moment | None
    state: State
    excerpt: str
    words: int
    annotated: int
    in_brief: bool
    retrieved: dt.datetime | None = None
    tags: tuple[str, ...] = ()
