"""Erasing for good: what is asked, what would go with it, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from briefing_app.domain.change import Origin
    from briefing_app.domain.record import Key


class Why(StrEnum):
    """Why something was erased: all that the journal keeps of it beside the time.

    There are no free words, for these would say again what was to be forgotten.
    """

    ASKED = "asked"
    LICENCE = "licence"  # it may no longer be kept
    MISTAKE = "mistake"  # it should never have come in
    CONFIDENTIAL = "confidential"  # it must not lie here
    TRASH = "trash"  # its days in the trash are over, or the trash was emptied


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be erased: articles, highlights, stories and briefs, or the originals of articles.

    `statements` says that the rows of stories go as well that rest on nothing but what is erased;
    otherwise they keep their words and lose the quotation.
    """

    keys: tuple[Key, ...] = ()
    originals: tuple[str, ...] = ()
    statements: bool = False


@dataclass(frozen=True, slots=True)
class Doom:
    """What would go for good, so that the user can say yes to it.

    `names` are the titles of what was asked for. `rows` rest on it, in `stories` of these headlines;
    `sole` of them rest on nothing else. `editions` are the published ones that keep their quotation.
    `quoting` counts rows, headlines and titles that stay and hold the title or a quotation word for
    word. Units: `size` is bytes of originals.
    """

    names: tuple[str, ...]
    articles: int = 0
    versions: int = 0
    highlights: int = 0
    originals: int = 0
    size: int = 0
    rows: int = 0
    sole: int = 0
    stories: tuple[str, ...] = ()
    briefs: tuple[str, ...] = ()
    own_stories: int = 0
    own_briefs: int = 0
    editions: tuple[str, ...] = ()
    quoting: int = 0


@dataclass(frozen=True, slots=True)
class Deed:
    """Who erases, when and why: the head of its entry in the journal.

    Units: `made_at` is milliseconds since 1970 UTC.
    """

    set_id: str
    made_at: int
    origin: Origin
    why: Why


@dataclass(frozen=True, slots=True)
class Erased:
    """What came of erasing. `tidied` is False where another program still reads the old state.

    `backups` are those that were purged, `kept` those that still hold it.
    """

    records: int
    originals: int
    tidied: bool
    backups: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()
