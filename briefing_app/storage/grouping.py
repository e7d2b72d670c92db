"""Read whole groups with one question: a story with its statements and evidence, and its like.

All kinds of rows come in one compound query, each padded to the same number of columns: a screen asks
the disk once for what it shows, however many stories that is.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, literal, null, select, type_coerce, union_all
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.types import NullType

from briefing_app.domain.record import Entity, Fields, Key, Records
from briefing_app.storage import wellformed
from briefing_app.storage.mapping import EVIDENCE, MAPPINGS, select_of
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    EVIDENCES,
    LINK,
    SECTION,
    STATEMENT,
    STORY,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import ColumnElement, Connection, Row

    Process = Callable[[Any], Any]

_ENTITIES = tuple(Entity)
_EVIDENCE = len(_ENTITIES)  # the kind of a row that is a link and no record
_WIDTH = max(len(mapping.columns) for mapping in MAPPINGS.values())
_RAW = NullType()


def read_groups(connection: Connection, roots: Iterable[Key]) -> dict[Key, Records]:
    """Return each root with all that is in it, the trash left out; empty if there is none."""
    groups: dict[Key, Records] = {root: {} for root in roots}
    arms: list[Select[Any]] = []
    for entity in _ENTITIES:
        if uids := [uid for kind, uid in groups if kind is entity]:
            table = MAPPINGS[entity].table
            arms += _arms(entity, table.c.uid.in_(uids))
    _fill(connection, arms, groups)
    return groups


def read_citing(connection: Connection, article_id: str) -> dict[Key, Records]:
    """Return the stories with a statement that rests on a passage of an article, as groups."""
    citing = (
        select(STATEMENT.c.story_id)
        .join(EVIDENCES, EVIDENCES.c.statement_id == STATEMENT.c.id)
        .join(ANNOTATION, ANNOTATION.c.id == EVIDENCES.c.annotation_id)
        .join(ARTICLE, ARTICLE.c.id == ANNOTATION.c.article_id)
        .where(ARTICLE.c.uid == article_id)
    )
    groups: dict[Key, Records] = {}
    _fill(connection, _arms(Entity.STORY, STORY.c.id.in_(citing)), groups)
    return groups


def read_with_sources(connection: Connection, stories: Iterable[str]) -> dict[Key, Records]:
    """Return stories and the articles that they rest on, as groups."""
    wanted = list(stories)
    cited = (
        select(ANNOTATION.c.article_id)
        .join(EVIDENCES, EVIDENCES.c.annotation_id == ANNOTATION.c.id)
        .join(STATEMENT, STATEMENT.c.id == EVIDENCES.c.statement_id)
        .join(STORY, STORY.c.id == STATEMENT.c.story_id)
        .where(STORY.c.uid.in_(wanted), STATEMENT.c.deleted_at.is_(None))
    )
    groups: dict[Key, Records] = {(Entity.STORY, uid): {} for uid in wanted}
    arms = _arms(Entity.STORY, STORY.c.uid.in_(wanted))
    arms += _arms(Entity.ARTICLE, ARTICLE.c.id.in_(cited))
    _fill(connection, arms, groups)
    return groups


def _arms(entity: Entity, which: ColumnElement[bool]) -> list[Select[Any]]:
    """Return the parts of the query for roots of one kind and for what is in them."""
    table = MAPPINGS[entity].table
    ids = select(table.c.id).where(which)
    arms = [_arm(entity, which)]
    match entity:
        case Entity.STORY:
            arms += [_arm(Entity.STATEMENT, STATEMENT.c.story_id.in_(ids)), _links(ids)]
        case Entity.ARTICLE:
            arms.append(_arm(Entity.ANNOTATION, ANNOTATION.c.article_id.in_(ids)))
        case Entity.BRIEF:
            live = select(SECTION.c.id).where(
                SECTION.c.brief_id.in_(ids), SECTION.c.deleted_at.is_(None)
            )
            arms.append(_arm(Entity.SECTION, SECTION.c.brief_id.in_(ids)))
            arms.append(_arm(Entity.LINK, LINK.c.section_id.in_(live)))
        case _:
            pass
    return arms


def _arm(entity: Entity, which: ColumnElement[bool]) -> Select[Any]:
    mapping = MAPPINGS[entity]
    base = select_of(entity).where(which, mapping.table.c.deleted_at.is_(None))
    fields = [
        type_coerce(column, _RAW).label(f"c{at}")
        for at, column in enumerate(base.selected_columns[3:])
    ]
    return base.with_only_columns(
        literal(_ENTITIES.index(entity)).label("kind"),
        mapping.table.c.id.label("id"),
        literal(0).label("position"),
        mapping.table.c.uid.label("uid"),
        *fields,
        *_padding(len(fields)),
    )


def _links(stories: Select[Any]) -> Select[Any]:
    return (
        select(
            literal(_EVIDENCE).label("kind"),
            EVIDENCES.c.statement_id.label("id"),
            EVIDENCES.c.position.label("position"),
            ANNOTATION.c.uid.label("uid"),
            type_coerce(EVIDENCES.c.stance, _RAW).label("c0"),
            *_padding(1),
        )
        .join(ANNOTATION, ANNOTATION.c.id == EVIDENCES.c.annotation_id)
        .join(STATEMENT, STATEMENT.c.id == EVIDENCES.c.statement_id)
        .where(STATEMENT.c.story_id.in_(stories), STATEMENT.c.deleted_at.is_(None))
    )


def _padding(filled: int) -> list[Any]:
    return [null().label(f"c{at}") for at in range(filled, _WIDTH)]


def _fill(connection: Connection, arms: list[Select[Any]], groups: dict[Key, Records]) -> None:
    """Put what the query finds into the groups of its roots, oldest first."""
    if not arms:
        return
    found = union_all(*arms).subquery()
    rows = connection.execute(
        select(found).order_by(found.c.kind, found.c.id, found.c.position)
    ).all()
    statements: dict[int, Fields] = {}
    briefs: dict[str, str] = {}  # the brief of each section
    for row in rows:
        if row.kind == _EVIDENCE:
            wellformed.check_stance(row[4])
            statements[row.id][EVIDENCE].append([row.uid, row[4]])
            continue
        entity = _ENTITIES[row.kind]
        fields = _fields(entity, row)
        if entity is Entity.STATEMENT:
            fields[EVIDENCE] = []
            statements[row.id] = fields
        groups.setdefault(_root(entity, row.uid, fields, briefs), {})[entity, row.uid] = fields


def _root(entity: Entity, uid: str, fields: Fields, briefs: dict[str, str]) -> Key:
    """Return the root of a record; the sections of a brief come before its links."""
    match entity:
        case Entity.LINK:
            return Entity.BRIEF, briefs[fields["section"]]
        case Entity.SECTION:
            briefs[uid] = fields["brief"]
            return Entity.BRIEF, fields["brief"]
        case Entity.STATEMENT:
            return Entity.STORY, fields["story"]
        case Entity.ANNOTATION:
            return Entity.ARTICLE, fields["article"]
        case _:
            return entity, uid


def _fields(entity: Entity, row: Row[Any]) -> Fields:
    fields = {}
    for at, (name, process) in enumerate(_columns(entity), 4):
        value = row[at]
        fields[name] = value if process is None or value is None else process(value)
    wellformed.check(entity, fields)
    return fields


@cache
def _columns(entity: Entity) -> tuple[tuple[str, Process | None], ...]:
    """Return the fields of a kind and what makes each of a raw value: JSON, a boolean."""
    table = MAPPINGS[entity].table
    sqlite: Any = dialect()
    return tuple(
        (
            column.name,
            None
            if column.refers is not None
            else table.c[column.column].type.dialect_impl(sqlite).result_processor(sqlite, None),
        )
        for column in MAPPINGS[entity].columns
    )
