"""Small facts about stories and briefs that no record holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from briefing_app.domain.record import Entity, Key
from briefing_app.storage.schema import (
    BRIEF,
    CHANGE,
    LINK,
    SECTION,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, ScalarSelect, Table


@dataclass(frozen=True, slots=True, order=True)
class Touched:
    """The number of a last change, which tells the order, and when that was by the clock of the time.

    Units: milliseconds since 1970 UTC.
    """

    number: int
    at: int


class Facts:
    """What the desk asks of the disk beside records."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def briefs(self) -> dict[str, Touched]:
        """Return the ids of all briefs, and when each or its places were changed last."""
        query = (
            select(
                BRIEF.c.uid,
                BRIEF.c.updated,
                func.max(LINK.c.updated),
                _newest(BRIEF),
                func.max(_newest(LINK)),
            )
            .outerjoin(SECTION, SECTION.c.brief_id == BRIEF.c.id)
            .outerjoin(LINK, LINK.c.section_id == SECTION.c.id)
            .where(BRIEF.c.deleted_at.is_(None))
            .group_by(BRIEF.c.id)
            .order_by(BRIEF.c.id.desc())
        )
        with self._read() as connection:
            return {
                row[0]: Touched(max(row[3] or 0, row[4] or 0), max(row[1], row[2] or 0))
                for row in connection.execute(query)
            }

    def worked_on(self, limit: int) -> tuple[Key, ...]:
        """Return the stories and statements of the newest changes, newest first."""
        kinds = (Entity.STORY.value, Entity.STATEMENT.value)
        query = (
            select(CHANGE.c.entity, CHANGE.c.uid)
            .where(CHANGE.c.entity.in_(kinds))
            .order_by(CHANGE.c.seq.desc())
            .limit(limit)
        )
        with self._read() as connection:
            rows = connection.execute(query).all()
            return tuple(dict.fromkeys((Entity(row[0]), row[1]) for row in rows))


def _newest(table: Table) -> ScalarSelect[int]:
    """Return the number of the newest change of a row; a clock that was set back does not move it."""
    return (
        select(func.max(CHANGE.c.seq))
        .where(CHANGE.c.uid == table.c.uid)
        .correlate(table)
        .scalar_subquery()
    )
