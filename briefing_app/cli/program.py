"""What the composition root lends to a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from briefing_app.errors import BriefingError
    from briefing_app.services.exporting import Exporting
    from briefing_app.services.importing import Imported, Incoming
    from briefing_app.services.suite import Services
    from briefing_app.services.upkeep import Upkeep

    Result = tuple[Incoming, Imported | BriefingError]


class OpenLibrary(Protocol):
    """Opens the library of a folder for as long as a block runs."""

    def __call__(self, folder: Path, *, make: bool = True) -> AbstractContextManager[Services]:
        """Return the block; with `make` an absent or empty folder becomes a library."""
        ...


@dataclass(frozen=True, slots=True)
class Program:
    """The parts of the program; each is loaded when it is first asked for.

    `library` opens a library for as long as the block runs, and makes the folder if there is none;
    when the block ends, all edits are on disk. `upkeep` needs no open library. `look_after` makes the
    backup of the day of each library that the command wrote to. `read` reads documents without a
    library. The last two are for the self-test: they try all migrations on a new file, and the window
    on a PDF.
    """

    library: OpenLibrary
    upkeep: Callable[[Path], Upkeep]
    look_after: Callable[[], None]
    exporting: Callable[[], Exporting]
    read: Callable[[Iterable[Incoming]], Iterator[Result]]
    try_migrations: Callable[[Path], None]
    try_window: Callable[[bytes], None]
