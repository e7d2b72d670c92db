"""What the library says of itself: where it lies, whether it may be written to, how much it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.paths import library_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing_app.domain.library import LibraryFacts, ReadOnly


class About:
    """Knows the folder of the open library and asks the disk for the rest."""

    def __init__(
        self,
        folder: Path,
        read_only: ReadOnly | None,
        facts: Callable[[], LibraryFacts],
        room: Callable[[], int],
        cloud: Callable[[], str],
    ) -> None:
        self.folder = folder
        self.read_only = read_only
        self.facts = facts  # reads the folder: not for the window's thread
        self.room = room  # bytes that are free where the library lies
        self.cloud = cloud  # the service that keeps the folder in step, or an empty string

    @property
    def name(self) -> str:
        """What the library is called."""
        return library_name(self.folder)
