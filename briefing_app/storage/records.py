"""Read rows as the records that the desk edits: a story, a brief or an article with what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from briefing_app.domain.record import Entity, Fields, Key, Records
from briefing_app.storage import wellformed
from briefing_app.storage.grouping import read_citing, read_groups, read_with_sources
from briefing_app.storage.mapping import (
    EVIDENCE,
    MAPPINGS,
    fields_of,
    select_of,
)
from briefing_app.storage.schema import (
    ANNOTATION,
    BRIEF,
    EVIDENCES,
    LINK,
    SECTION,
    STORY,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from sqlalchemy import ColumnElement, Connection

    Reader = Callable[[Connection, list[str], dict[Key, Records]], None]

_BATCH = 500


class StoredRecords:
    """The records of a library as they are on disk."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def group(self, root: Key) -> Records:
        """Return one root with all that is in it; see `groups`."""
        return self.groups((root,))[root]

    def groups(self, roots: Iterable[Key]) -> dict[Key, Records]:
        """Return each root with all that is in it, the trash left out; empty if there is none.

        A story has statements, a brief sections and links, an article annotations. All roots of a
        kind are read together.
        """
        wanted, groups = list(roots), dict[Key, Records]()
        with self._read() as connection:
            for at in range(0, len(wanted), _BATCH):
                groups |= read_groups(connection, wanted[at : at + _BATCH])
        return groups

    def citing(self, article_id: str) -> dict[Key, Records]:
        """Return the stories that rest on passages of an article, each with all that is in it."""
        with self._read() as connection:
            return read_citing(connection, article_id)

    def with_sources(self, stories: Iterable[str]) -> dict[Key, Records]:
        """Return stories and the articles that they rest on, each with all that is in it."""
        wanted, groups = list(stories), dict[Key, Records]()
        with self._read() as connection:
            for at in range(0, len(wanted), _BATCH):
                groups |= read_with_sources(connection, wanted[at : at + _BATCH])
        return groups

    def trashed(self, keys: Iterable[Key]) -> Records:
        """Return those of some records that lie in the trash."""
        return self._some(tuple(keys), trashed=True)

    def wherever(self, keys: Iterable[Key]) -> Records:
        """Return some records, whether they are live or lie in the trash."""
        return self._some(tuple(keys), trashed=None)

    def values(self, entity: Entity, field: str, uids: Iterable[str]) -> dict[str, Any]:
        """Return one field of those of some records that are live, in no order."""
        table = MAPPINGS[entity].table
        column = table.c[MAPPINGS[entity].column(field).column]
        given = list(uids)
        found: dict[str, Any] = {}
        with self._read() as connection:
            for at in range(0, len(given), _BATCH):
                query = select(table.c.uid, column).where(
                    table.c.uid.in_(given[at : at + _BATCH]), table.c.deleted_at.is_(None)
                )
                rows: Any = connection.execute(query)
                found.update((uid, value) for uid, value in rows)
        return found

    def briefs_with(self, story_id: str) -> tuple[str, ...]:
        """Return the ids of the live briefs with a place for a story, the newest first."""
        query = (
            select(BRIEF.c.uid)
            .group_by(BRIEF.c.id)
            .join(SECTION, SECTION.c.brief_id == BRIEF.c.id)
            .join(LINK, LINK.c.section_id == SECTION.c.id)
            .join(STORY, STORY.c.id == LINK.c.story_id)
            .where(
                STORY.c.uid == story_id,
                *(rows.c.deleted_at.is_(None) for rows in (BRIEF, SECTION, LINK)),
            )
            .order_by(BRIEF.c.id.desc())
        )
        with self._read() as connection:
            return tuple(connection.execute(query).scalars())

    def one(self, key: Key) -> tuple[Fields, bool] | None:
        """Return a record and whether it lies in the trash; None if it never was."""
        entity, uid = key
        column = MAPPINGS[entity].table.c.uid
        with self._read() as connection:
            for trashed in (False, True):
                if found := read_records(connection, entity, column == uid, trashed=trashed):
                    return found[key], trashed
        return None

    def _some(self, keys: tuple[Key, ...], *, trashed: bool | None) -> Records:
        found: Records = {}
        with self._read() as connection:
            for entity, mapping in MAPPINGS.items():
                uids = [uid for kind, uid in keys if kind is entity]
                column = mapping.table.c.uid
                for at in range(0, len(uids), _BATCH):
                    some = column.in_(uids[at : at + _BATCH])
                    found |= read_records(connection, entity, some, trashed=trashed)
        return found


def read_records(
    connection: Connection,
    entity: Entity,
    *where: ColumnElement[bool],
    trashed: bool | None = False,
) -> Records:
    """Return the live (or the trashed, or all) rows that a condition holds for, oldest first."""
    table = MAPPINGS[entity].table
    deleted = table.c.deleted_at
    query = select_of(entity).where(*where).order_by(table.c.id)
    if trashed is not None:
        query = query.where(deleted.is_not(None) if trashed else deleted.is_(None))
    rows = connection.execute(query).mappings().all()
    records: Records = {(entity, row["uid"]): fields_of(entity, row) for row in rows}
    if entity is Entity.STATEMENT:
        add_evidence(connection, {row["id"]: records[entity, row["uid"]] for row in rows})
    return records


def add_evidence(connection: Connection, statements: dict[int, Fields]) -> None:
    """Add what statements rest on to their fields, which are given by local id."""
    for fields in statements.values():
        fields[EVIDENCE] = []
    ids = list(statements)
    for at in range(0, len(ids), _BATCH):  # SQLite takes some ten thousand values, not any number
        query = (
            select(EVIDENCES.c.statement_id, ANNOTATION.c.uid, EVIDENCES.c.stance)
            .join(ANNOTATION, ANNOTATION.c.id == EVIDENCES.c.annotation_id)
            .where(EVIDENCES.c.statement_id.in_(ids[at : at + _BATCH]))
            .order_by(EVIDENCES.c.statement_id, EVIDENCES.c.position)
        )
        links: Any = connection.execute(query)
        for statement, annotation, stance in links:
            wellformed.check_stance(stance)
            statements[statement][EVIDENCE].append([annotation, stance])
