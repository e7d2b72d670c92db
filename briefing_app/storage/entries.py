"""Read rows of a kind a page at a time, so that a library of any size can be gone through.

Shape: each function gets a connection; all that is read with one is one state of the library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from briefing_app.domain.entry import Entry
from briefing_app.domain.record import Entity
from briefing_app.storage.kept import live
from briefing_app.storage.mapping import MAPPINGS, fields_of, select_of
from briefing_app.storage.records import add_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select

PAGE = 200  # rows that are held at a time


def count(connection: Connection, entity: Entity) -> int:
    """Return how many rows of a kind are not in the trash."""
    table = MAPPINGS[entity].table
    query = select(func.count()).select_from(table).where(table.c.deleted_at.is_(None))
    return connection.execute(query).scalar_one()


def id_of(entity: Entity, uid: str) -> ScalarSelect[int]:
    """Return the query of a row's local id."""
    table = MAPPINGS[entity].table
    return select(table.c.id).where(table.c.uid == uid).scalar_subquery()


def by_uid(connection: Connection, entity: Entity) -> Iterator[list[Entry]]:
    """Go through the live rows of a kind in the order of their UUIDs, page by page."""
    table = MAPPINGS[entity].table
    query = (
        _select(entity)
        .where(table.c.deleted_at.is_(None), *live(entity))
        .order_by(table.c.uid)
        .limit(PAGE)
    )
    after = ""
    while found := _read(connection, entity, query.where(table.c.uid > after)):
        yield found
        after = found[-1].id


def in_order(
    connection: Connection, entity: Entity, *where: ColumnElement[bool]
) -> Iterator[list[Entry]]:
    """Go through rows of a kind, trashed ones as well, as they came in: the oldest first."""
    table = MAPPINGS[entity].table
    last = -1
    while True:
        ids = select(table.c.id).where(table.c.id > last, *where).order_by(table.c.id).limit(PAGE)
        page = list(connection.execute(ids).scalars())
        if not page:
            return
        query = _select(entity).where(table.c.id.in_(page)).order_by(table.c.id)
        yield _read(connection, entity, query)
        last = page[-1]


def some(connection: Connection, entity: Entity, uids: Iterable[str]) -> dict[str, Entry]:
    """Return those of some rows that there are, live or trashed, by UUID."""
    table = MAPPINGS[entity].table
    wanted = list(dict.fromkeys(uids))
    found: dict[str, Entry] = {}
    for at in range(0, len(wanted), PAGE):
        query = _select(entity).where(table.c.uid.in_(wanted[at : at + PAGE])).order_by(table.c.id)
        found |= {entry.id: entry for entry in _read(connection, entity, query)}
    return found


def _select(entity: Entity) -> Select[Any]:
    table = MAPPINGS[entity].table
    return select_of(entity).add_columns(table.c.created, table.c.updated)


def _read(connection: Connection, entity: Entity, query: Select[Any]) -> list[Entry]:
    rows = connection.execute(query).mappings().all()
    fields = {row["id"]: fields_of(entity, row) for row in rows}
    if entity is Entity.STATEMENT:
        add_evidence(connection, fields)
    return [
        Entry(
            (entity, row["uid"]),
            fields[row["id"]],
            row["created"],
            row["updated"],
            row["deleted_at"],
        )
        for row in rows
    ]
