"""What is known of the library itself: whether it may be written to, and how large it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from briefing_app.errors import Remark


class Obstacle(StrEnum):
    """Why a library may only be read."""

    FOLDER = "folder"  # its folder or file may not be written to
    NEWER = "newer"  # a newer version of the program made it


@dataclass(frozen=True, slots=True)
class ReadOnly:
    """Why a library may only be read, in words and what to do about it."""

    obstacle: Obstacle
    reason: Remark
    hint: Remark


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """What can be told of a library.

    Units: sizes in bytes, instants in milliseconds since 1970 UTC (0: never).
    """

    folder: Path
    revision: str
    journal: str  # how SQLite keeps a commit whole: "wal" or "delete"
    articles: int
    annotations: int
    stories: int
    briefs: int
    changes: int
    created: int
    changed: int
    database: int
    originals: int
    backups: int
