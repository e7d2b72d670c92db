"""Find rows by the beginning of their UUID."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from briefing_app.storage.mapping import (
    MAPPINGS,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from briefing_app.domain.record import Entity

_LAST = "~"  # behind all that a UUID holds


class Names:
    """The UUIDs of a library."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def beginning_with(
        self, entity: Entity, prefix: str, limit: int, *, trashed: bool = False
    ) -> tuple[str, ...]:
        """Return the live rows of a kind whose UUID begins so; `trashed` takes in the trash, too."""
        table = MAPPINGS[entity].table
        query = (
            select(table.c.uid)
            .where(table.c.uid >= prefix, table.c.uid < prefix + _LAST)
            .order_by(table.c.uid)
            .limit(limit)
        )
        if not trashed:
            query = query.where(table.c.deleted_at.is_(None))
        with self._read() as connection:
            return tuple(connection.execute(query).scalars())
