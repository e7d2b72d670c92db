"""How the records of the domain lie in tables: one mapping an entity, used both ways.

Outside this room a row is known by its UUID; a field that names another row is an integer reference
here. The evidence of a statement, a list of links, is a table of its own and is handled by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Insert, Select, Table, Update, bindparam, insert, select, update

from briefing_app.domain.articlelist import sorting_key
from briefing_app.domain.record import Entity, Fields, moment_from
from briefing_app.storage import wellformed
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    BRIEF,
    COLLECTION,
    LINK,
    SEARCH,
    SECTION,
    STATEMENT,
    STORY,
    VERSION,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import RowMapping

EVIDENCE = "evidence"  # the field of a statement


def sort_key(value: Any) -> int | None:  # noqa: ANN401 (a field of any kind)
    """Return the UTC sort key of a moment in JSON. Units: seconds since 1970."""
    moment = moment_from(value)
    return moment.sort_key if moment else None


@dataclass(frozen=True, slots=True)
class Column:
    """Where a field lies: its column, the table that it refers to, the column of its sort key."""

    name: str
    column: str
    refers: Table | None = None
    key: str = ""
    key_of: Callable[[Any], int | str | None] = sort_key


@dataclass(frozen=True, slots=True)
class Mapping:
    """An entity's table, its columns, and which of its fields the search index holds."""

    table: Table
    columns: tuple[Column, ...]
    indexed: frozenset[str] = frozenset()

    def column(self, field: str) -> Column:
        """Return where a field lies. Raises: KeyError."""
        for column in self.columns:
            if column.name == field:
                return column
        raise KeyError(field)


def _plain(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, name) for name in names)


MAPPINGS = {
    Entity.ARTICLE: Mapping(
        ARTICLE,
        (
            Column("version", "current_id", VERSION),
            Column("published", "published", key="published_key"),
            Column("title", "title", key="title_key", key_of=sorting_key),
            Column("source", "source", key="source_key", key_of=sorting_key),
            *_plain("authors", "url", "canonical_url", "retrieved", "language"),
            *_plain("direction", "page", "tags", "state", "origins", "collections"),
        ),
        frozenset({"title", "authors", "source", "version"}),
    ),
    Entity.VERSION: Mapping(
        VERSION, (Column("article", "article_id", ARTICLE), *_plain("switched"))
    ),
    Entity.COLLECTION: Mapping(COLLECTION, _plain("name", "rank")),
    Entity.SEARCH: Mapping(SEARCH, _plain("name", "query", "rank")),
    Entity.ANNOTATION: Mapping(
        ANNOTATION,
        (
            Column("article", "article_id", ARTICLE),
            Column("version", "version_id", VERSION),
            *_plain(
                "start", "end", "exact", "prefix", "suffix", "role", "comment", "tags", "state"
            ),
        ),
        frozenset({"exact", "comment"}),
    ),
    Entity.STORY: Mapping(
        STORY, (Column("as_of", "as_of", key="as_of_key"), *_plain("headline", "status"))
    ),
    Entity.STATEMENT: Mapping(
        STATEMENT,
        (Column("story", "story_id", STORY), *_plain("part", "kind", "text", "rank")),
        frozenset({"text"}),
    ),
    Entity.BRIEF: Mapping(
        BRIEF,
        (
            Column("date", "date", key="date_key"),
            *_plain("title", "language", "style", "page", "prepared_by", "contact", "status"),
        ),
    ),
    Entity.SECTION: Mapping(SECTION, (Column("brief", "brief_id", BRIEF), *_plain("name", "rank"))),
    Entity.LINK: Mapping(
        LINK,
        (
            Column("section", "section_id", SECTION),
            Column("story", "story_id", STORY),
            *_plain("rank", "looked_at", "short"),
        ),
    ),
}


@cache
def insert_of(entity: Entity) -> Insert:
    """Return the statement that creates a row; its parameters are those of `insert_values`."""
    mapping = MAPPINGS[entity]
    values: dict[str, Any] = {
        name: bindparam(f"p_{name}") for name in ("uid", "created", "updated")
    }
    for column in mapping.columns:
        values |= _columns(mapping.table, column)
    return insert(mapping.table).values(values)


def insert_values(
    entity: Entity, uid: str, fields: Fields, times: tuple[int, int]
) -> dict[str, Any]:
    """Return the parameters that create a row of these fields; `times` are made and changed."""
    created, updated = times
    values: dict[str, Any] = {"p_uid": uid, "p_created": created, "p_updated": updated}
    for column in MAPPINGS[entity].columns:
        values |= _parameters(column, fields[column.name])

    return values


@cache
def update_of(entity: Entity, field: str) -> Update:
    """Return the statement that sets a field; its parameters are those of `update_values`.

    A field that is no column (evidence has a table of its own) leaves a new row version only.
    """
    mapping = MAPPINGS[entity]
    table = mapping.table
    values = {"version": table.c.version + 1, "updated": bindparam("p_updated")}
    for column in mapping.columns:
        if column.name == field:
            values |= _columns(table, column)
    return update(table).where(table.c.uid == bindparam("p_uid")).values(values)


def update_values(entity: Entity, uid: str, field: str, value: object, at: int) -> dict[str, Any]:
    """Return the parameters that set a field of one row."""
    values: dict[str, Any] = {"p_uid": uid, "p_updated": at}
    for column in MAPPINGS[entity].columns:
        if column.name == field:
            values |= _parameters(column, value)
    return values


@cache
def trash_of(entity: Entity) -> Update:
    """Return the statement that puts a row into the trash, or takes it out: `p_deleted` is null."""
    table = MAPPINGS[entity].table
    values = {
        "version": table.c.version + 1,
        "updated": bindparam("p_updated"),
        "deleted_at": bindparam("p_deleted"),
    }
    return update(table).where(table.c.uid == bindparam("p_uid")).values(values)


def _columns(table: Table, column: Column) -> dict[str, Any]:
    """Return the columns of a field with the parameters that they take."""
    value: Any = bindparam(f"p_{column.name}", type_=table.c[column.column].type)
    if column.refers is not None:
        uid = bindparam(f"p_{column.name}", type_=column.refers.c.uid.type)
        value = select(column.refers.c.id).where(column.refers.c.uid == uid).scalar_subquery()
    values = {column.column: value}
    if column.key:
        values[column.key] = bindparam(f"p_{column.key}")
    return values


def _parameters(column: Column, value: object) -> dict[str, Any]:
    values = {f"p_{column.name}": value}
    if column.key:
        values[f"p_{column.key}"] = column.key_of(value)
    return values


@cache
def select_of(entity: Entity) -> Select[Any]:
    """Return the statement that reads rows as records: id, uid, deleted_at, then the fields."""
    mapping = MAPPINGS[entity]
    table = mapping.table
    found: list[Any] = [table.c.id, table.c.uid, table.c.deleted_at]
    for column in mapping.columns:
        value: Any = table.c[column.column]
        if column.refers is not None:
            value = (
                select(column.refers.c.uid)
                .where(column.refers.c.id == table.c[column.column])
                .correlate(table)
                .scalar_subquery()
            )
        found.append(value.label(f"f_{column.name}"))
    return select(*found)


def fields_of(entity: Entity, row: RowMapping) -> Fields:
    """Return the fields of a row read by `select_of`; evidence is added by its reader.

    Raises: ValueError, TypeError if the row is damaged.
    """
    fields = {column.name: row[f"f_{column.name}"] for column in MAPPINGS[entity].columns}
    wellformed.check(entity, fields)
    return fields
