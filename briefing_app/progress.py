"""How long work reports and stops."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Handed to every piece of long work. Both methods may be called from any thread."""

    def step(self, done: int, total: int, note: str = "") -> None:
        """Report that `done` of `total` units are finished; `total` 0 means unknown."""
        ...

    def check(self) -> None:
        """Give the user a chance to stop. Raises: Cancelled."""
        ...


class NoProgress:
    """For callers that do not watch: commands and tests."""

    def step(self, done: int, total: int, note: str = "") -> None:
        """Do nothing."""

    def check(self) -> None:
        """Never stop."""
