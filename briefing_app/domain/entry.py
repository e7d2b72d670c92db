"""A record as a library holds it: with when it was made, changed and trashed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing_app.domain.record import Fields, Key


@dataclass(frozen=True, slots=True)
class Entry:
    """A record and its times; `trashed` is None for a live one.

    Units: milliseconds since 1970 UTC.
    """

    key: Key
    fields: Fields
    created: int
    updated: int
    trashed: int | None = None

    @property
    def id(self) -> str:
        """Return the UUID of the record."""
        return self.key[1]
