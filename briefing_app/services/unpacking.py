"""From a bundle into a library: what was found to change is written, batch by batch, as one step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import Intake, Original, Placed
from briefing_app.domain.change import Action, ChangeSet, subject_of
from briefing_app.errors import QT_TRANSLATE_NOOP, Refused
from briefing_app.services.comparing import Comparing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing_app.domain.article import ArticleVersion
    from briefing_app.domain.bundle import Listed
    from briefing_app.domain.change import Change
    from briefing_app.importers.bundle import BundleReader
    from briefing_app.progress import Progress
    from briefing_app.services.history import History
    from briefing_app.services.settling import Step
    from briefing_app.storage.library import Library

_CHANGES = 1000  # in one transaction, about
_BYTES = 8 * 1024 * 1024  # of texts and originals that are held at a time, about


class Unpacking:
    """Takes one bundle into a library."""

    def __init__(
        self, reader: BundleReader, library: Library, history: History, named: set[str]
    ) -> None:
        self._reader = reader
        self._named = named  # what versions name comes with them, or was erased with them
        self._library = library
        self._history = history
        self._listed: dict[str, Listed] = {one.digest: one for one in reader.originals()}
        self._head = ChangeSet(
            history.new_id(),
            history.now(),
            history.origin,
            Action.UNBUNDLE,
            (),
            subject_of(reader.manifest.title),
        )
        self._changes: list[Change] = []
        self._intakes: list[Intake] = []
        self._size = 0

    def take_in(self, progress: Progress) -> Iterator[Step]:
        """Write all that is new; each step is handed on when it is made.

        Raises: UnreadableSource, StorageFailure, Cancelled, Refused if it is undone meanwhile. What
        came in until then is one step of undo.
        """
        for step in Comparing(self._reader, self._library.snapshots).steps():
            progress.check()
            for read in step.versions:
                self._bring(read())
            self._changes += step.changes
            if len(self._changes) >= _CHANGES or self._size >= _BYTES:
                self._store()
            yield step
        self._store()
        for originals in self._left():
            progress.check()
            self._intakes += originals
            self._store()

    def _bring(self, version: ArticleVersion) -> None:
        names = {version.original, *(block.asset for block in version.body.blocks)} - {""}
        coming = [self._listed[name] for name in sorted(names) if name in self._listed]
        if version.original and version.original not in self._listed:
            with self._library.snapshots.take() as now:
                if not now.holds_originals([version.original]):
                    version = replace(version, original="")
        intake = self._intake(version, coming)
        self._intakes.append(intake)
        self._size += len(version.body.text) + sum(len(o.data) for o in intake.originals)

    def _intake(self, version: ArticleVersion | None, coming: Iterable[Listed]) -> Intake:
        held: list[Original] = []
        placed: list[Placed] = []
        for one in coming:
            pieces = self._reader.original(one.digest)
            if self._library.originals.stand_apart(one.size):
                self._library.originals.place(one.digest, pieces)
                placed.append(Placed(one.digest, one.media_type, one.size))
            else:
                held.append(Original(one.digest, one.media_type, b"".join(pieces)))
        return Intake(version, tuple(held), tuple(placed))

    def _left(self) -> Iterator[list[Intake]]:
        """Go through the originals that came with no version: files of stories."""
        digests = [one for one in self._listed if one not in self._named]
        for at in range(0, len(digests), 50):
            some = digests[at : at + 50]
            with self._library.snapshots.take() as now:
                missing = set(some) - now.holds_originals(some)
            if missing:
                yield [self._intake(None, [self._listed[one]]) for one in sorted(missing)]

    def _store(self) -> None:
        """Write a batch; the batches have one head, and are one step of undo."""
        changes, intakes = tuple(self._changes), tuple(self._intakes)
        self._changes, self._intakes, self._size = [], [], 0
        if not changes and not intakes:
            return
        made = replace(self._head, changes=changes)
        if self._library.writer.take_in(made, intakes) is None:
            raise Refused(
                QT_TRANSLATE_NOOP("errors", "The bundle was taken back while it still came in.")
            )
        # what the views must ask for again; a whole library of values would fill the memory
        told = tuple(replace(change, old=None, new=None) for change in changes)
        if told:
            self._history.adopt(replace(made, changes=told))
