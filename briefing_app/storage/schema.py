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
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from briefing_app.storage.packing import PackedBytes, PackedJSON, PackedText

REVISION = "0002"
APPLICATION_ID = 0x42726644  # "BrfD", in the header of the file

# The search index is a cache: contentless, kept in the transaction of each change, remade at will.
# That of the articles comes in parts of so many ids each (decision 0011): what a question costs grows
# with the words that it fits in one table, and the newest hits are mostly in the last one.
PART = 4096
# The text comes first: each word of another column takes two bytes more.
SEARCH_TABLES = {
    "article_fts": "body, title, authors, source",
    "annotation_fts": "exact, comment",
    "statement_fts": "text",
}

_ID = BigInteger().with_variant(Integer, "sqlite")
_JSON = JSON(none_as_null=True)
_LIVE = text("deleted_at IS NULL")
_TRASHED = text("deleted_at IS NOT NULL")
_IN_PART = text(f"id / {PART}")

# names for all constraints, so that migrations can name them
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _row(name: str, *what: Any) -> Table:  # noqa: ANN401 (columns, constraints and indexes)
    """Make a table of rows that the user can see, trash and restore."""
    return Table(
        name,
        METADATA,
        Column("id", _ID, primary_key=True),
        Column("uid", String(36), unique=True, nullable=False),
        Column("version", Integer, server_default="1", nullable=False),
        Column("created", BigInteger, nullable=False),
        Column("updated", BigInteger, nullable=False),
        Column("deleted_at", BigInteger),
        *what,
    )


def _text(name: str, **more: Any) -> Column[str]:  # noqa: ANN401 (whatever a column takes)
    return Column(name, Text, nullable=False, **more)


def _word(name: str, length: int, **more: Any) -> Column[str]:  # noqa: ANN401 (whatever a column takes)
    return Column(name, String(length), nullable=False, **more)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _instant(name: str, **more: Any) -> Column[int]:  # noqa: ANN401 (whatever a column takes)
    return Column(name, BigInteger, nullable=False, **more)


def _json(name: str, **more: Any) -> Column[Any]:  # noqa: ANN401 (whatever a column takes)
    return Column(name, _JSON, nullable=False, **more)


def _refers(name: str, to: str, **more: Any) -> Column[int]:  # noqa: ANN401 (whatever a column takes)
    return Column(name, ForeignKey(f"{to}.id"), nullable=False, **more)


def _moment(name: str) -> tuple[Column[Any], Column[int]]:
    """Make the columns of a moment that may be missing."""
    return Column(name, _JSON), Column(f"{name}_key", BigInteger)


# The one row about the library itself: its UUID, and that of this copy of it.
LIBRARY = Table(
    "library",
    METADATA,
    Column("id", _ID, primary_key=True),
    _word("uid", 36),
    _word("device", 36),
    _instant("created"),
)

# What is known of an outlet; an article names its outlet as it was printed.
SOURCE = _row(
    "source",
    _text("name", unique=True),
    _word("kind", 24, server_default=""),
    _text("url", server_default=""),
    _word("reliability", 1, server_default=""),
    _word("language", 35, server_default=""),
    _text("licence", server_default=""),
)

# Bytes as received; `data` is null where they lie in a file of their own.
ORIGINAL = Table(
    "original",
    METADATA,
    Column("digest", String(64), primary_key=True),
    _word("media_type", 127),
    _instant("size"),
    Column("data", PackedBytes),
)

# The head of an article. Narrow: a list never touches the text. The keys are what lists sort by;
# their indexes hold the state, so that a sorted shelf is read from the index alone.
ARTICLE = _row(
    "article",
    _text("title", index=True),
    Column("current_id", ForeignKey("article_version.id", use_alter=True)),
    _json("authors"),
    _text("source"),
    _text("url"),
    _text("canonical_url", index=True),
    *_moment("published"),
    Column("retrieved", String(40)),
    _word("language", 35),
    _word("direction", 3),
    _text("page"),
    _json("tags"),
    _word("state", 12),
    _json("origins"),
    _json("collections", server_default="[]"),
    _text("title_key", server_default=""),
    _text("source_key", server_default=""),
    Index("ix_article_shelf", "state", "id", sqlite_where=_LIVE),
    Index("ix_article_published", "published_key", "id", "state", sqlite_where=_LIVE),
    Index("ix_article_by_title", "title_key", "id", "state", sqlite_where=_LIVE),
    Index("ix_article_by_source", "source_key", "id", "state", sqlite_where=_LIVE),
    Index("ix_article_trash", "deleted_at", "id", sqlite_where=_TRASHED),
    Index("ix_article_created", "created", "id", sqlite_where=_LIVE),
    Index("ix_article_part_published", _IN_PART, "published_key", sqlite_where=_LIVE),
    Index("ix_article_part_created", _IN_PART, "created", sqlite_where=_LIVE),
)

# What an article said at a time. Which article it belongs to may be corrected, and the user may put
# blocks in and take them out (`switched`, by their places); all else is immutable. `excerpt` and
# `words` are for lists, and follow the switches.
VERSION = Table(
    "article_version",
    METADATA,
    Column("id", _ID, primary_key=True),
    _word("uid", 36, unique=True),
    _refers("article_id", "article", index=True),
    Column("original", ForeignKey("original.digest"), index=True),
    _word("text_digest", 64, index=True),
    _text("importer"),
    _word("retrieved", 40),
    _text("excerpt"),
    _number("words"),
    _instant("created"),
    Column("version", Integer, server_default="1", nullable=False),
    _instant("updated", server_default="0"),
    Column("deleted_at", BigInteger),
    _json("switched", server_default="[]"),
)

# The canonical text of a version with its blocks and spans; wide, packed, and immutable.
BODY = Table(
    "article_body",
    METADATA,
    Column("version_id", ForeignKey("article_version.id"), primary_key=True),
    Column("text", PackedText, nullable=False),
    Column("blocks", PackedJSON, nullable=False),
    Column("spans", PackedJSON, nullable=False),
)

# The tags of articles, casefolded, to look up; they are written as the user wrote them in `article`.
TAG = Table(
    "article_tag",
    METADATA,
    Column("tag", Text, primary_key=True),
    Column("article_id", ForeignKey("article.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# What is known of a text to tell how alike it is to another (domain/likeness); made anew at will.
SKETCH = Table(
    "sketch",
    METADATA,
    Column("version_id", ForeignKey("article_version.id"), primary_key=True),
    Column("known", LargeBinary, nullable=False),
)

# The keys of sketches, to find the like ones by. In parts of so many versions each, as the search index
# is: what comes in is written to few pages. No foreign key: it would be looked up for each of the keys.
BAND = Table(
    "sketch_band",
    METADATA,
    Column("part", Integer, primary_key=True),
    Column("band", BigInteger, primary_key=True),
    Column("version_id", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)

# A shelf of the user's own.
COLLECTION = _row("collection", _text("name"), _text("rank"))

# The collections of articles, to look up; `article` has them as UUIDs.
COLLECTED = Table(
    "article_collection",
    METADATA,
    Column("collection_id", ForeignKey("collection.id"), primary_key=True),
    Column("article_id", ForeignKey("article.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# A question that the user asks again.
SEARCH = _row("saved_search", _text("name"), _text("query"), _text("rank"))

# A marked passage: W3C text quote and text position in one version of an article.
ANNOTATION = _row(
    "annotation",
    _refers("article_id", "article"),
    _refers("version_id", "article_version", index=True),
    _number("start"),
    _number("end"),
    _text("exact"),
    _text("prefix"),
    _text("suffix"),
    _word("role", 12),
    _text("comment"),
    _json("tags"),
    _word("state", 12),
    Index("ix_annotation_article", "article_id", sqlite_where=_LIVE),
)

# The head of a story.
STORY = _row("story", _text("headline"), *_moment("as_of"), _word("status", 12))

# One row of a story, of any part.
STATEMENT = _row(
    "statement",
    _refers("story_id", "story", index=True),
    _word("part", 16),
    _word("kind", 12),
    _text("text"),
    _text("rank"),
)

# A passage that a statement rests on; `position` counts from 0.
EVIDENCES = Table(
    "evidence",
    METADATA,
    Column("statement_id", ForeignKey("statement.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _refers("annotation_id", "annotation", index=True),
    _word("stance", 12),
)

# A brief and its one draft.
BRIEF = _row(
    "brief",
    _text("title"),
    *_moment("date"),
    _word("language", 35),
    _text("style"),
    _word("page", 24),
    _text("prepared_by"),
    _text("contact"),
    _word("status", 12),
)

# A named run of stories in a brief.
SECTION = _row("section", _refers("brief_id", "brief", index=True), _text("name"), _text("rank"))

# A story's place in a section.
LINK = _row(
    "brief_story",
    _refers("section_id", "section", index=True),
    _refers("story_id", "story", index=True),
    _text("rank"),
    Column("looked_at", Boolean, nullable=False),
    Column("short", Boolean, nullable=False),
)

# A published brief: its content as canonical JSON, with its digest. Made only by Publish.
EDITION = _row(
    "edition",
    _refers("brief_id", "brief"),
    _number("number"),
    _json("date"),
    _instant("date_key"),
    _word("status", 12),
    _text("content"),
    _word("digest", 64),
    UniqueConstraint("brief_id", "number"),
)

# The head of a journalled edit: who, when, what, and which set it takes back.
SET = Table(
    "change_set",
    METADATA,
    Column("id", _ID, primary_key=True),
    _word("uid", 36, unique=True),
    _instant("made_at"),
    _word("device", 36),
    _word("origin", 12),
    _word("action", 32),
    _text("subject"),
    Column("arguments", _JSON),
    Column("undoes_id", ForeignKey("change_set.id"), index=True),
    Index("ix_change_set_origin", "origin", "id"),
    sqlite_autoincrement=True,
)

# One journalled change. Append-only; `seq` is the order of everything that ever happened.
CHANGE = Table(
    "change",
    METADATA,
    Column("seq", _ID, primary_key=True),
    _refers("set_id", "change_set", index=True),
    _word("entity", 16),
    _word("uid", 36),
    _word("op", 8),
    _word("field", 32),
    Column("old", _JSON),
    Column("new", _JSON),
    Index("ix_change_uid", "uid", "seq"),
    sqlite_autoincrement=True,
)

# What a check found to be other than its SHA-256: a version by its UUID, an original by its digest.
DAMAGE = Table(
    "damage",
    METADATA,
    Column("kind", String(12), primary_key=True),
    Column("name", String(64), primary_key=True),
    _instant("found"),
)

# How far the round of checks in idle time has come.
CHECKUP = Table(
    "checkup",
    METADATA,
    Column("kind", String(12), primary_key=True),
    _word("last", 64),
    _instant("began"),
)


def search_ddl() -> tuple[str, ...]:
    """Return the statements that make the search tables of an empty library."""
    return tuple(search_table(kind, first_table(kind)) for kind in SEARCH_TABLES)


def first_table(kind: str) -> str:
    """Return the search table of a kind that every library has."""
    return part_of(1) if kind == "article_fts" else kind


def part_of(article_id: int) -> str:
    """Return the name of the search table that holds an article, by its local id."""
    return f"article_fts_{article_id // PART:04d}"


def search_table(kind: str, name: str) -> str:
    """Return the statement that makes a search table of a kind."""
    return (
        f"CREATE VIRTUAL TABLE {name} USING fts5({SEARCH_TABLES[kind]}, content='', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
