"""Write many changes of one kind with one statement: a step may be about 100,000 articles."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, update

from briefing_app.domain.change import Op
from briefing_app.domain.record import Entity
from briefing_app.errors import QT_TRANSLATE_NOOP, Refused
from briefing_app.storage import lookup
from briefing_app.storage.mapping import EVIDENCE, MAPPINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import ColumnElement, Connection

    from briefing_app.domain.change import Change


def runs(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Return changes in their order, neighbours together that can be written together."""
    for _, run in groupby(changes, key=lambda one: (one.entity, one.op, one.field)):
        together = list(run)
        if can_be_written(together[0]) and len({change.id for change in together}) == len(together):
            yield together
        else:
            yield from ([change] for change in together)


def can_be_written(change: Change) -> bool:
    """Tell whether a change is one value of a row, or the row's way into the trash or out of it."""
    if change.op is not Op.SET:
        return change.op in (Op.TRASH, Op.RESTORE)
    if change.field == EVIDENCE:
        return False
    return MAPPINGS[change.entity].column(change.field).refers is None


def write(connection: Connection, run: list[Change], at: int) -> None:
    """Write changes of one kind. Raises: Refused if one of them does not fit any more."""
    first = run[0]
    table = MAPPINGS[first.entity].table
    uid = bindparam("p_uid", type_=table.c.uid.type)
    values: dict[str, Any] = {"version": table.c.version + 1, "updated": at}
    if first.op is Op.SET:
        values |= _new_values(first)
        if first.entity is Entity.ARTICLE and first.field in lookup.FIELDS:
            lookup.replace_all(connection, first.field, {one.id: one.new for one in run})
    else:
        values["deleted_at"] = at if first.op is Op.TRASH else None
    query = update(table).where(table.c.uid == uid, *_as_before(first)).values(values)
    done = connection.execute(query, [_row(change) for change in run])
    if done.rowcount != len(run):
        raise Refused(
            QT_TRANSLATE_NOOP(
                "errors", "Some of these were changed elsewhere since, so all were left alone."
            )
        )


def _new_values(change: Change) -> dict[str, Any]:
    mapping = MAPPINGS[change.entity]
    column = mapping.column(change.field)
    values: dict[str, Any] = {
        column.column: bindparam("p_new", type_=mapping.table.c[column.column].type)
    }
    if column.key:
        values[column.key] = bindparam("p_key")
    return values


def _as_before(change: Change) -> list[ColumnElement[bool]]:
    """Return what has to hold of a row before a change of this kind."""
    mapping = MAPPINGS[change.entity]
    live = mapping.table.c.deleted_at.is_(None)
    if change.op is Op.RESTORE:
        return [~live]
    if change.op is Op.TRASH:
        return [live]
    column = mapping.table.c[mapping.column(change.field).column]
    return [live, column.is_(bindparam("p_old", type_=column.type))]


def _row(change: Change) -> dict[str, Any]:
    row: dict[str, Any] = {"p_uid": change.id}
    if change.op is not Op.SET:
        return row
    column = MAPPINGS[change.entity].column(change.field)
    row["p_new"] = change.new
    if column.key:
        row["p_key"] = column.key_of(change.new)
    row["p_old"] = change.old
    return row
