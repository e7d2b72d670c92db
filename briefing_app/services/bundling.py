"""Bundles: a library, a brief or a story as one file in open formats, and back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing_app.domain.bundle import Holds, Manifest
from briefing_app.domain.merge import Clash, Verdict
from briefing_app.exporters.bundle import BundleWriter
from briefing_app.importers.bundle import looks_like_bundle, open_bundle
from briefing_app.services.comparing import Comparing, Line
from briefing_app.services.exporting import writing
from briefing_app.services.packing import Choice, pack
from briefing_app.services.running import Running
from briefing_app.services.unpacking import Unpacking

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefing_app.domain.record import Entity
    from briefing_app.progress import Progress
    from briefing_app.services.comparing import Step
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
class Bundled:
    """A bundle that was written: its size in bytes, and how many things of each kind it holds."""

    path: Path
    size: int
    counts: dict[str, int]


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


class Bundling:
    """Makes bundles of one library and takes others into it. Any thread may call."""

    def __init__(self, library: Library, history: History) -> None:
        self._library = library
        self._history = history
        self._running = Running()

    def bundle(self, path: Path, choice: Choice, progress: Progress) -> Bundled:
        """Write a bundle, whole or not at all.

        Raises: NotFound, ExportFailure, StorageFailure, Cancelled.
        """
        self._library.writer.flush()
        with self._running.one(progress) as running, writing(path) as file:
            writer = BundleWriter(file)
            try:
                with self._library.snapshots.take() as now:
                    manifest = pack(now, writer, choice, running)
            finally:
                writer.close()
            size = file.tell()
        return Bundled(path, size, manifest.counts)

    def is_bundle(self, path: Path) -> bool:
        """Tell whether a file claims to be a bundle."""
        return looks_like_bundle(path)

    def preview(self, path: Path, progress: Progress) -> Received:
        """Return what a bundle would bring, without bringing it; all of it is checked.

        Raises: UnreadableSource that names what is damaged, StorageFailure, Cancelled.
        """
        self._library.writer.flush()
        with self._running.one(progress) as running, open_bundle(path) as reader:
            reader.verify(_Part(running, 0, 2))
            report = _Report(reader.manifest)
            part = _Part(running, 1, 2)
            for step in Comparing(reader, self._library.snapshots).steps():
                part.check()
                for read in step.versions:
                    read()
                report.add(step, part)
            for _ in reader.originals():
                part.check()
            return report.done()

    def unbundle(self, path: Path, progress: Progress) -> Received:
        """Take a bundle in, as one step of undo; one that is damaged brings nothing.

        Raises: UnreadableSource that names what is damaged, StorageFailure, Cancelled; what came in
        before the user stopped it stays, and is one step of undo.
        """
        with self._running.one(progress) as running:
            self.preview(path, _Part(running, 0, 2))
            with open_bundle(path) as reader:
                report = _Report(reader.manifest)
                part = _Part(running, 1, 2)
                for step in Unpacking(reader, self._library, self._history).take_in(part):
                    report.add(step, part)
                return report.done()

    def close(self) -> None:
        """Stop what runs, as `Cancelled`, and wait until it has stopped."""
        self._running.stop()


@dataclass(slots=True)
class _Report:
    """Counts what becomes of the things in a bundle."""

    manifest: Manifest
    _counts: dict[Entity, Counter[Verdict]] = field(default_factory=dict)
    _first: list[Line] = field(default_factory=list)
    _others: list[Line] = field(default_factory=list)
    _seen: int = 0

    def add(self, step: Step, progress: Progress) -> None:
        """Note a step."""
        for line in step.lines:
            self._counts.setdefault(line.kind, Counter())[line.verdict] += 1
            self._seen += 1
            if line.verdict in (Verdict.CONFLICT, Verdict.TRASHED):
                _note(self._first, line)
            elif line.verdict is not Verdict.SAME:
                _note(self._others, line)
        progress.step(self._seen, _total(self.manifest))

    def done(self) -> Received:
        """Return what was counted."""
        counts = {kind: dict(found) for kind, found in self._counts.items()}
        return Received(self.manifest, counts, tuple([*self._first, *self._others][:SHOWN]))


def _note(lines: list[Line], line: Line) -> None:
    if len(lines) < SHOWN:
        lines.append(line)


def _total(manifest: Manifest) -> int:
    kinds: Iterable[str] = manifest.counts.keys() - {"versions", "originals"}
    return sum(manifest.counts[kind] for kind in kinds)


class _Part:
    """One of the parts of a piece of work, which all go the same way on one bar."""

    _STEPS = 1000

    def __init__(self, progress: Progress, part: int, parts: int) -> None:
        self._progress = progress
        self._part = part
        self._parts = parts
        self.check = progress.check

    def step(self, done: int, total: int, note: str = "") -> None:
        """Report within the part."""
        share = min(1.0, done / total) if total else 0.0
        at = int((self._part + share) * self._STEPS)
        self._progress.step(at, self._parts * self._STEPS, note)
