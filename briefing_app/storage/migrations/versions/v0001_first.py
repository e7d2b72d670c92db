"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON(none_as_null=True)
_SEARCH = (
    ("article_fts", "title, byline, body"),
    ("annotation_fts", "exact, comment"),
    ("statement_fts", "text"),
)


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "article",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("current_id", _ID, nullable=True),
        sa.Column("authors", _JSON, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("published", _JSON, nullable=True),
        sa.Column("published_key", sa.BigInteger(), nullable=True),
        sa.Column("retrieved", sa.String(length=40), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("tags", _JSON, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("origins", _JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["current_id"],
            ["article_version.id"],
            name=op.f("fk_article_current_id"),
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("uid", name=op.f("uq_article_uid")),
    )
    op.create_index(op.f("ix_article_canonical_url"), "article", ["canonical_url"], unique=False)
    op.create_index(
        "ix_article_shelf",
        "article",
        ["state", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(op.f("ix_article_title"), "article", ["title"], unique=False)
    op.create_table(
        "brief",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("date", _JSON, nullable=True),
        sa.Column("date_key", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("style", sa.Text(), nullable=False),
        sa.Column("page", sa.String(length=24), nullable=False),
        sa.Column("prepared_by", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief")),
        sa.UniqueConstraint("uid", name=op.f("uq_brief_uid")),
    )
    op.create_table(
        "change_set",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("arguments", _JSON, nullable=True),
        sa.Column("undoes_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["change_set.id"], name=op.f("fk_change_set_undoes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_set")),
        sa.UniqueConstraint("uid", name=op.f("uq_change_set_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_set_origin", "change_set", ["origin", "id"], unique=False)
    op.create_index(op.f("ix_change_set_undoes_id"), "change_set", ["undoes_id"], unique=False)
    op.create_table(
        "library",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library")),
    )
    op.create_table(
        "original",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=127), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_original")),
    )
    op.create_table(
        "source",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=24), server_default="", nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("reliability", sa.String(length=1), server_default="", nullable=False),
        sa.Column("language", sa.String(length=35), server_default="", nullable=False),
        sa.Column("licence", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("name", name=op.f("uq_source_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_source_uid")),
    )
    op.create_table(
        "story",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("as_of", _JSON, nullable=True),
        sa.Column("as_of_key", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sa.UniqueConstraint("uid", name=op.f("uq_story_uid")),
    )
    op.create_table(
        "article_version",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("original", sa.String(length=64), nullable=True),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("importer", sa.Text(), nullable=False),
        sa.Column("retrieved", sa.String(length=40), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_version_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["original"], ["original.digest"], name=op.f("fk_article_version_original")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_version")),
        sa.UniqueConstraint("uid", name=op.f("uq_article_version_uid")),
    )
    op.create_index(
        op.f("ix_article_version_article_id"), "article_version", ["article_id"], unique=False
    )
    op.create_index(
        op.f("ix_article_version_original"), "article_version", ["original"], unique=False
    )
    op.create_index(
        op.f("ix_article_version_text_digest"), "article_version", ["text_digest"], unique=False
    )
    op.create_table(
        "change",
        sa.Column("seq", _ID, nullable=False),
        sa.Column("set_id", _ID, nullable=False),
        sa.Column("entity", sa.String(length=16), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("op", sa.String(length=8), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("old", _JSON, nullable=True),
        sa.Column("new", _JSON, nullable=True),
        sa.ForeignKeyConstraint(["set_id"], ["change_set.id"], name=op.f("fk_change_set_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_change_set_id"), "change", ["set_id"], unique=False)
    op.create_index("ix_change_uid", "change", ["uid", "seq"], unique=False)
    op.create_table(
        "edition",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("brief_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("date", _JSON, nullable=False),
        sa.Column("date_key", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["brief_id"], ["brief.id"], name=op.f("fk_edition_brief_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("brief_id", "number", name=op.f("uq_edition_brief_id_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_edition_uid")),
    )
    op.create_table(
        "section",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("brief_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["brief_id"], ["brief.id"], name=op.f("fk_section_brief_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("uid", name=op.f("uq_section_uid")),
    )
    op.create_index(op.f("ix_section_brief_id"), "section", ["brief_id"], unique=False)
    op.create_table(
        "statement",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_statement_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("uid", name=op.f("uq_statement_uid")),
    )
    op.create_index(op.f("ix_statement_story_id"), "statement", ["story_id"], unique=False)
    op.create_table(
        "annotation",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("version_id", _ID, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("tags", _JSON, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_annotation_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_annotation_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
        sa.UniqueConstraint("uid", name=op.f("uq_annotation_uid")),
    )
    op.create_index(
        "ix_annotation_article",
        "annotation",
        ["article_id"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(op.f("ix_annotation_version_id"), "annotation", ["version_id"], unique=False)
    op.create_table(
        "article_body",
        sa.Column("version_id", _ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", _JSON, nullable=False),
        sa.Column("spans", _JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_article_body_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_article_body")),
    )
    op.create_table(
        "brief_story",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("section_id", _ID, nullable=False),
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("rank", sa.Text(), nullable=False),
        sa.Column("looked_at", sa.Boolean(), nullable=False),
        sa.Column("short", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_brief_story_section_id")
        ),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_brief_story_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_story")),
        sa.UniqueConstraint("uid", name=op.f("uq_brief_story_uid")),
    )
    op.create_index(op.f("ix_brief_story_section_id"), "brief_story", ["section_id"], unique=False)
    op.create_index(op.f("ix_brief_story_story_id"), "brief_story", ["story_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("statement_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("annotation_id", _ID, nullable=False),
        sa.Column("stance", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotation.id"], name=op.f("fk_evidence_annotation_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_evidence_statement_id")
        ),
        sa.PrimaryKeyConstraint("statement_id", "position", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_annotation_id"), "evidence", ["annotation_id"], unique=False)
    for name, columns in _SEARCH:
        op.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content='', "
            "tokenize='unicode61 remove_diacritics 2')"
        )
    op.execute("PRAGMA application_id = 1114793540")
