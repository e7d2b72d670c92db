"""The tables of a library.

Every row that the user can see has a local id (never shown outside this room, and the row id of its
search entry), a UUID, a row version, and when it was made, changed and trashed. Moments are kept as
JSON, as they were given, with a UTC sort key beside them. Instants are milliseconds since 1970 UTC.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

REVISION = "0001"
APPLICATION_ID = 0x42726644  # "BrfD", in the header of the file

_ID = BigInteger().with_variant(Integer, "sqlite")
_JSON = JSON(none_as_null=True)
_LIVE = text("deleted_at IS NULL")

# The search index is a cache: contentless, kept in the transaction of each change, remade at will.
SEARCH_TABLES = {
    "article_fts": "title, byline, body",
    "annotation_fts": "exact, comment",
    "statement_fts": "text",
}


class Base(DeclarativeBase):
    """What all tables share: names for their constraints, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Row:
    """The columns of every row that the user can see, trash and restore."""

    id: Mapped[int] = mapped_column(_ID, primary_key=True, sort_order=-6)
    uid: Mapped[str] = mapped_column(String(36), unique=True, sort_order=-5)
    version: Mapped[int] = mapped_column(Integer, server_default="1", sort_order=-4)
    created: Mapped[int] = mapped_column(BigInteger, sort_order=-3)
    updated: Mapped[int] = mapped_column(BigInteger, sort_order=-2)
    deleted_at: Mapped[int | None] = mapped_column(BigInteger, sort_order=-1)


class LibraryRow(Base):
    """The one row about the library itself: its UUID, and that of this copy of it."""

    __tablename__ = "library"
    id: Mapped[int] = mapped_column(_ID, primary_key=True)
    uid: Mapped[str] = mapped_column(String(36))
    device: Mapped[str] = mapped_column(String(36))
    created: Mapped[int] = mapped_column(BigInteger)


class SourceRow(Row, Base):
    """What is known of an outlet; an article names its outlet as it was printed."""

    __tablename__ = "source"
    name: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(String(24), server_default="")
    url: Mapped[str] = mapped_column(Text, server_default="")
    reliability: Mapped[str] = mapped_column(String(1), server_default="")
    language: Mapped[str] = mapped_column(String(35), server_default="")
    licence: Mapped[str] = mapped_column(Text, server_default="")


class OriginalRow(Base):
    """Bytes as received; `data` is null where they lie in a file of their own."""

    __tablename__ = "original"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(127))
    size: Mapped[int] = mapped_column(BigInteger)
    data: Mapped[bytes | None] = mapped_column(LargeBinary)


class ArticleRow(Row, Base):
    """The head of an article. Narrow: a list never touches the text."""

    __tablename__ = "article"
    title: Mapped[str] = mapped_column(Text, index=True)
    current_id: Mapped[int | None] = mapped_column(ForeignKey("article_version.id", use_alter=True))
    authors: Mapped[Any] = mapped_column(_JSON)
    source: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    canonical_url: Mapped[str] = mapped_column(Text, index=True)
    published: Mapped[Any | None] = mapped_column(_JSON)
    published_key: Mapped[int | None] = mapped_column(BigInteger)
    retrieved: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(35))
    direction: Mapped[str] = mapped_column(String(3))
    page: Mapped[str] = mapped_column(Text)
    tags: Mapped[Any] = mapped_column(_JSON)
    state: Mapped[str] = mapped_column(String(12))
    origins: Mapped[Any] = mapped_column(_JSON)
    __table_args__ = (Index("ix_article_shelf", "state", "id", sqlite_where=_LIVE),)


class ArticleVersionRow(Base):
    """What an article said at a time; immutable. `excerpt` and `words` are for lists."""

    __tablename__ = "article_version"
    id: Mapped[int] = mapped_column(_ID, primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    original: Mapped[str | None] = mapped_column(ForeignKey("original.digest"), index=True)
    text_digest: Mapped[str] = mapped_column(String(64), index=True)
    importer: Mapped[str] = mapped_column(Text)
    retrieved: Mapped[str] = mapped_column(String(40))
    excerpt: Mapped[str] = mapped_column(Text)
    words: Mapped[int] = mapped_column(Integer)
    created: Mapped[int] = mapped_column(BigInteger)


class ArticleBodyRow(Base):
    """The canonical text of a version with its blocks and spans; wide and immutable."""

    __tablename__ = "article_body"
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    blocks: Mapped[Any] = mapped_column(_JSON)
    spans: Mapped[Any] = mapped_column(_JSON)


class AnnotationRow(Row, Base):
    """A marked passage: W3C text quote and text position in one version of an article."""

    __tablename__ = "annotation"
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), index=True)
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    exact: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(Text)
    suffix: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(12))
    comment: Mapped[str] = mapped_column(Text)
    tags: Mapped[Any] = mapped_column(_JSON)
    state: Mapped[str] = mapped_column(String(12))
    __table_args__ = (Index("ix_annotation_article", "article_id", sqlite_where=_LIVE),)


class StoryRow(Row, Base):
    """The head of a story."""

    __tablename__ = "story"
    headline: Mapped[str] = mapped_column(Text)
    as_of: Mapped[Any | None] = mapped_column(_JSON)
    as_of_key: Mapped[int | None] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(12))


class StatementRow(Row, Base):
    """One row of a story, of any part."""

    __tablename__ = "statement"
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    part: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    rank: Mapped[str] = mapped_column(Text)


class EvidenceRow(Base):
    """A passage that a statement rests on; `position` counts from 0."""

    __tablename__ = "evidence"
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    annotation_id: Mapped[int] = mapped_column(ForeignKey("annotation.id"), index=True)
    stance: Mapped[str] = mapped_column(String(12))


class BriefRow(Row, Base):
    """A brief and its one draft."""

    __tablename__ = "brief"
    title: Mapped[str] = mapped_column(Text)
    date: Mapped[Any | None] = mapped_column(_JSON)
    date_key: Mapped[int | None] = mapped_column(BigInteger)
    language: Mapped[str] = mapped_column(String(35))
    style: Mapped[str] = mapped_column(Text)
    page: Mapped[str] = mapped_column(String(24))
    prepared_by: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12))


class SectionRow(Row, Base):
    """A named run of stories in a brief."""

    __tablename__ = "section"
    brief_id: Mapped[int] = mapped_column(ForeignKey("brief.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    rank: Mapped[str] = mapped_column(Text)


class BriefStoryRow(Row, Base):
    """A story's place in a section."""

    __tablename__ = "brief_story"
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"), index=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    rank: Mapped[str] = mapped_column(Text)
    looked_at: Mapped[bool]
    short: Mapped[bool]


class EditionRow(Row, Base):
    """A published brief: its content as canonical JSON, with its digest. Made only by Publish."""

    __tablename__ = "edition"
    brief_id: Mapped[int] = mapped_column(ForeignKey("brief.id"))
    number: Mapped[int] = mapped_column(Integer)
    date: Mapped[Any] = mapped_column(_JSON)
    date_key: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(12))
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    __table_args__ = (UniqueConstraint("brief_id", "number"),)


class ChangeSetRow(Base):
    """The head of a journalled edit: who, when, what, and which set it takes back."""

    __tablename__ = "change_set"
    id: Mapped[int] = mapped_column(_ID, primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    made_at: Mapped[int] = mapped_column(BigInteger)
    device: Mapped[str] = mapped_column(String(36))
    origin: Mapped[str] = mapped_column(String(12))
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(Text)
    arguments: Mapped[Any | None] = mapped_column(_JSON)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("change_set.id"), index=True)
    __table_args__ = (
        Index("ix_change_set_origin", "origin", "id"),
        {"sqlite_autoincrement": True},
    )


class ChangeRow(Base):
    """One journalled change. Append-only; `seq` is the order of everything that ever happened."""

    __tablename__ = "change"
    seq: Mapped[int] = mapped_column(_ID, primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("change_set.id"), index=True)
    entity: Mapped[str] = mapped_column(String(16))
    uid: Mapped[str] = mapped_column(String(36))
    op: Mapped[str] = mapped_column(String(8))
    field: Mapped[str] = mapped_column(String(32))
    old: Mapped[Any | None] = mapped_column(_JSON)
    new: Mapped[Any | None] = mapped_column(_JSON)
    __table_args__ = (Index("ix_change_uid", "uid", "seq"), {"sqlite_autoincrement": True})


def search_ddl() -> tuple[str, ...]:
    """Return the statements that make the search tables."""
    return tuple(
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content='', "
        "tokenize='unicode61 remove_diacritics 2')"
        for name, columns in SEARCH_TABLES.items()
    )
