"""A record as a library holds it: with its times, and with what it was before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing_app.domain.record import Fields, Key

Past = dict[str, tuple[str, ...]]  # of each group of fields, the marks of its former values


@dataclass(frozen=True, slots=True)
class Entry:
    """A record and its times; `trashed` is None for a live one, `past` as in `domain/past`.

    Units: milliseconds since 1970 UTC.
    """

    key: Key
    fields: Fields
    created: int
    updated: int
    trashed: int | None = None
    past: Past = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return the UUID of the record."""
        return self.key[1]


@dataclass(frozen=True, slots=True)
class Gone:
    """A record that was taken out of its story or brief; `past` ends with its last values."""

    key: Key
    past: Past
