"""Bundles: a library, a brief or a story as one file in open formats, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from briefing_app.domain.bundle import Holds, Manifest
from briefing_app.domain.merge import Clash, Verdict
from briefing_app.services.running import Running

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing_app.domain.record import Entity
    from briefing_app.progress import Progress
    from briefing_app.services.history import History
    from briefing_app.storage.library import Library

__all__ = [
    "Bundled",
    "Bundling",
    "Choice",
    "Clash",
    "Holds",
    "Line",
    "Received",
    "Verdict",
]

SHOWN = 1000  # lines of a report; what is the same, or new, need not be read one by one


@dataclass(frozen=True, slots=True)
class Choice:
    """What a bundle is to hold: all, or the brief or story `id` with what it cites.

    `private` adds comments and tags to a brief or a story, `originals` the files that the articles
    were made from; a whole library always has both.
    """

    holds: Holds = Holds.LIBRARY
    id: str = ""
    private: bool = False
    originals: bool = False


@dataclass(frozen=True, slots=True)
class Bundled:
    """A bundle that was written: its size in bytes, and how many things of each kind it holds."""

    path: Path
    size: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one thing in a bundle; `title` is what a user calls it."""

    kind: Entity
    id: str
    title: str
    verdict: Verdict
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """What a bundle brings, or has brought: how many of each kind, and what is to be looked at.

    `lines` are all conflicts and what stays in the trash, then what else changed, at most 1,000.
    """

    manifest: Manifest
    counts: dict[Entity, dict[Verdict, int]]
    lines: tuple[Line, ...]

    def count(self, *verdicts: Verdict) -> int:
        """Return how many things have one of some verdicts."""
        return sum(of.get(verdict, 0) for of in self.counts.values() for verdict in verdicts)


class Work(Protocol):
    """What is done for `Bundling`; see `services/bundlework`."""

    def is_bundle(self, path: Path, /) -> bool:
        """Tell whether a file claims to be a bundle."""
        ...

    def write(self, library: Library, path: Path, choice: Choice, progress: Progress, /) -> Bundled:
        """Write a bundle."""
        ...

    def preview(self, library: Library, path: Path, progress: Progress, /) -> Received:
        """Compare a bundle with a library."""
        ...

    def take_in(
        self, library: Library, history: History, path: Path, progress: Progress, /
    ) -> Received:
        """Take a bundle into a library, after all of it was checked."""
        ...


class Bundling:
    """Makes bundles of one library and takes others into it. Any thread may call.

    `work` loads what does it; it is called when a bundle is first asked for.
    """

    def __init__(self, library: Library, history: History, work: Callable[[], Work]) -> None:
        self._library = library
        self._history = history
        self._work = work
        self._running = Running()

    def bundle(self, path: Path, choice: Choice, progress: Progress) -> Bundled:
        """Write a bundle, whole or not at all.

        Raises: NotFound, ExportFailure, StorageFailure, Cancelled.
        """
        self._library.writer.flush()
        with self._running.one(progress) as running:
            return self._work().write(self._library, path, choice, running)

    def is_bundle(self, path: Path) -> bool:
        """Tell whether a file claims to be a bundle."""
        return self._work().is_bundle(path)

    def preview(self, path: Path, progress: Progress) -> Received:
        """Return what a bundle would bring, without bringing it; all of it is checked.

        Raises: UnreadableSource that names what is damaged, StorageFailure, Cancelled.
        """
        self._library.writer.flush()
        with self._running.one(progress) as running:
            return self._work().preview(self._library, path, running)

    def unbundle(self, path: Path, progress: Progress) -> Received:
        """Take a bundle in, as one step of undo; one that is damaged brings nothing.

        Raises: UnreadableSource that names what is damaged, StorageFailure, Cancelled; what came in
        before the user stopped it stays, and is one step of undo.
        """
        with self._running.one(progress) as running:
            return self._work().take_in(self._library, self._history, path, running)

    def close(self) -> None:
        """Stop what runs, as `Cancelled`, and wait until it has stopped."""
        self._running.stop()
