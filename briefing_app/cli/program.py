"""What the composition root lends to a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from briefing_app.services.exporting import Exporting
    from briefing_app.services.suite import Services


@dataclass(frozen=True, slots=True)
class Program:
    """The parts of the program; each is loaded when it is first asked for.

    `library` opens a library for as long as the block runs, and makes the folder if there is none;
    when the block ends, all edits are on disk.
    """

    library: Callable[[Path], AbstractContextManager[Services]]
    exporting: Callable[[], Exporting]
