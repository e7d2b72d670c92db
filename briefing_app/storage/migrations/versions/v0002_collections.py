"""Collections, tags, saved searches; versions to be trashed and switched; checks; likeness."""

from __future__ import annotations

import json
import unicodedata

import sqlalchemy as sa
from alembic import op

from briefing_app.domain.articlelist import sorting_key

revision = "0002"
down_revision = "0001"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON(none_as_null=True)
_LIVE = sa.text("deleted_at IS NULL")


def upgrade() -> None:
    """Add the new tables and columns."""
    op.add_column("article", sa.Column("collections", _JSON, server_default="[]", nullable=False))
    _add_orders()
    _add_to_versions()
    _add_collections()
    _add_tags()
    _add_checks()
    _add_sketches()
    # the articles' is in parts now, and all fold more than they did; they are made anew behind
    for name in ("article_fts", "annotation_fts", "statement_fts"):
        op.execute(f"DROP TABLE {name}")


def _add_orders() -> None:
    for name in ("title", "source"):
        key = sa.Column(f"{name}_key", sa.Text(), server_default="", nullable=False)
        op.add_column("article", key)
        connection = op.get_bind()
        connection.connection.create_function("sorting_key", 1, sorting_key, deterministic=True)
        op.execute(f"UPDATE article SET {name}_key = sorting_key({name})")  # noqa: S608 (our names)
    for name, columns, where in (
        ("ix_article_published", ["published_key", "id", "state"], _LIVE),
        ("ix_article_by_title", ["title_key", "id", "state"], _LIVE),
        ("ix_article_by_source", ["source_key", "id", "state"], _LIVE),
        ("ix_article_created", ["created", "id"], _LIVE),
        ("ix_article_trash", ["deleted_at", "id"], sa.text("deleted_at IS NOT NULL")),
    ):
        op.create_index(name, "article", columns, unique=False, sqlite_where=where)
    part = sa.text("id / 4096")  # of the search index
    for name, column in (("published", "published_key"), ("created", "created")):
        op.create_index(f"ix_article_part_{name}", "article", [part, column], sqlite_where=_LIVE)


def _add_to_versions() -> None:
    for column in (
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("updated", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("switched", _JSON, server_default="[]", nullable=False),
    ):
        op.add_column("article_version", column)
    op.execute("UPDATE article_version SET updated = created")


def _add_collections() -> None:
    op.create_table("collection", *_row("collection"), *_texts("name", "rank"))
    op.create_table("saved_search", *_row("saved_search"), *_texts("name", "query", "rank"))
    op.create_table(
        "article_collection",
        sa.Column("collection_id", _ID, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collection.id"],
            name=op.f("fk_article_collection_collection_id"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_collection_article_id")
        ),
        sa.PrimaryKeyConstraint("collection_id", "article_id", name=op.f("pk_article_collection")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_article_collection_article_id"), "article_collection", ["article_id"])


def _add_tags() -> None:
    op.create_table(
        "article_tag",
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_tag_article_id")
        ),
        sa.PrimaryKeyConstraint("tag", "article_id", name=op.f("pk_article_tag")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_article_tag_article_id"), "article_tag", ["article_id"])
    connection = op.get_bind()
    tagged = connection.exec_driver_sql("SELECT id, tags FROM article WHERE tags != '[]'").all()
    for article_id, tags in tagged:
        for tag in {unicodedata.normalize("NFC", tag.casefold()) for tag in json.loads(tags)}:
            connection.exec_driver_sql("INSERT INTO article_tag VALUES (?, ?)", (tag, article_id))


def _add_checks() -> None:
    op.create_table(
        "damage",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("pk_damage")),
    )
    op.create_table(
        "checkup",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("last", sa.String(length=64), nullable=False),
        sa.Column("began", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_checkup")),
    )


def _add_sketches() -> None:
    """Add tables of what is known of texts; they are filled behind, with the search index."""
    op.create_table(
        "sketch",
        sa.Column("version_id", _ID, nullable=False),
        sa.Column("known", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_sketch_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_sketch")),
    )
    op.create_table(
        "sketch_band",
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("part", "band", "version_id", name=op.f("pk_sketch_band")),
        sqlite_with_rowid=False,
    )


def _row(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid")),
    )


def _texts(*names: str) -> tuple[sa.schema.SchemaItem, ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)
