"""The work on bundles; apart from `bundling`, as it loads what only this work needs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing_app.domain.merge import Verdict
from briefing_app.exporters.bundle import BundleWriter
from briefing_app.importers.bundle import looks_like_bundle, open_bundle
from briefing_app.services.bundling import SHOWN, Bundled, Received
from briefing_app.services.comparing import Comparing
from briefing_app.services.exporting import writing
from briefing_app.services.packing import pack
from briefing_app.services.unpacking import Unpacking

if TYPE_CHECKING:
    from pathlib import Path

    from briefing_app.domain.bundle import Manifest
    from briefing_app.domain.record import Entity
    from briefing_app.progress import Progress
    from briefing_app.services.bundling import Choice, Line
    from briefing_app.services.history import History
    from briefing_app.services.settling import Step
    from briefing_app.storage.library import Library


class BundleWork:
    """What `Bundling` has done, in a job or in a command."""

    def is_bundle(self, path: Path) -> bool:
        """Tell whether a file claims to be a bundle."""
        return looks_like_bundle(path)

    def write(self, library: Library, path: Path, choice: Choice, progress: Progress) -> Bundled:
        """Write a bundle."""
        with library.snapshots.take() as now, writing(path) as file:
            manifest = pack(now, BundleWriter(file), choice, progress)
            return Bundled(path, file.tell(), manifest.counts)

    def preview(self, library: Library, path: Path, progress: Progress) -> Received:
        """Compare a bundle with a library."""
        with open_bundle(path) as reader:
            reader.verify(_Part(progress, 0, 3))
            Comparing(reader, library.snapshots).check(_Part(progress, 1, 3))
            report = _Report(reader.manifest)
            part = _Part(progress, 2, 3)
            for step in Comparing(reader, library.snapshots).steps():
                part.check()
                report.add(step, part)
            return report.done()

    def take_in(
        self, library: Library, history: History, path: Path, progress: Progress
    ) -> Received:
        """Take a bundle into a library, after all of it was checked."""
        with open_bundle(path) as reader:
            reader.verify(_Part(progress, 0, 3))
            checked = Comparing(reader, library.snapshots)
            checked.check(_Part(progress, 1, 3))
            library.writer.flush()
            report = _Report(reader.manifest)
            part = _Part(progress, 2, 3)
            for step in Unpacking(reader, library, history, checked.named).take_in(part):
                report.add(step, part)
            return report.done()


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
        progress.step(self._seen, self.manifest.things)

    def done(self) -> Received:
        """Return what was counted."""
        counts = {kind: dict(found) for kind, found in self._counts.items()}
        return Received(self.manifest, counts, tuple([*self._first, *self._others][:SHOWN]))


def _note(lines: list[Line], line: Line) -> None:
    if len(lines) < SHOWN:
        lines.append(line)


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
