"""Read which searches the user saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from briefing_app.storage.schema import SEARCH

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection


class Saved:
    """The saved searches of a library as they are on disk; any thread may ask."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def ids(self) -> tuple[str, ...]:
        """Return their ids, in no order."""
        query = select(SEARCH.c.uid).where(SEARCH.c.deleted_at.is_(None))
        with self._read() as connection:
            return tuple(connection.execute(query).scalars())
