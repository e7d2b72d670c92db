"""Compare records with the last word of the journal on each of their fields."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from briefing_app.storage.mapping import EVIDENCE, select_of
from briefing_app.storage.rows import fields_or_none

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from briefing_app.domain.record import Entity


def count_unlike(connection: Connection, entity: Entity) -> tuple[int, int]:
    """Compare the records of a kind with the newest changes of them.

    Shape: how many fields differ, and how many records make no sense.
    """
    query = (
        "SELECT uid, field, new, max(seq) FROM change "
        "WHERE entity = ? AND op = 'set' GROUP BY uid, field"
    )
    last: dict[str, dict[str, Any]] = {}
    for uid, field, new, _seq in connection.exec_driver_sql(query, (entity.value,)):
        if field != EVIDENCE:
            last.setdefault(uid, {})[field] = _value(new)
    gone: dict[str, str] = dict(
        connection.exec_driver_sql(
            "SELECT uid, op FROM (SELECT uid, op, max(seq) FROM change "
            "WHERE entity = ? AND op IN ('create', 'trash', 'restore') GROUP BY uid)",
            (entity.value,),
        ).all()
    )
    unlike = senseless = 0
    for row in connection.execute(select_of(entity)).mappings():
        fields = fields_or_none(entity, row)
        if fields is None:
            senseless += 1
            continue
        wanted = last.get(row["uid"], {})
        unlike += sum(fields[field] != value for field, value in wanted.items())
        if (op := gone.get(row["uid"])) is not None:
            unlike += (op == "trash") != (row["deleted_at"] is not None)
    return unlike, senseless


def _value(stored: str | int | None) -> Any:  # noqa: ANN401 (any JSON)
    """Return a value of the journal: SQLite keeps a number as one, not as JSON."""
    return json.loads(stored) if isinstance(stored, str) else stored
