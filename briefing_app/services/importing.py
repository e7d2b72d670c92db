"""Bring files, pages and pastes into the library: parsed by workers, stored by the writer."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from briefing_app.domain.article import Intake
from briefing_app.domain.change import Action
from briefing_app.domain.record import Entity
from briefing_app.errors import (
    QT_TRANSLATE_NOOP,
    BriefingError,
    Cancelled,
    NotFound,
    StorageFailure,
    remarks_of,
)
from briefing_app.importers.base import HOLDING, Document, Imported, ImportedArticle, stem
from briefing_app.importers.pool import WORKERS
from briefing_app.services import intake
from briefing_app.services.ahead import failed, in_order, known, read_all, result_of
from briefing_app.services.batch import Batch, Found, Kept, Outcome, Read, Ready
from briefing_app.services.findings import nothing_inside
from briefing_app.services.incoming import (
    Coming,
    Files,
    Incoming,
    Unreadable,
    document_of,
    documents_of,
    pasted,
)
from briefing_app.services.running import Running
from briefing_app.services.samestories import brief_of
from briefing_app.services.unread import unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from briefing_app.domain.article import Original
    from briefing_app.domain.change import Change, Origin
    from briefing_app.domain.record import Records
    from briefing_app.progress import Progress
    from briefing_app.services.history import History
    from briefing_app.services.recognising import Reader
    from briefing_app.storage.known import KnownArticle, Seen
    from briefing_app.storage.library import Library
    from briefing_app.storage.parcels import Parcel

__all__ = [
    "Document",
    "Files",
    "Imported",
    "ImportedArticle",
    "Importing",
    "Incoming",
    "Outcome",
    "Unreadable",
    "document_of",
    "documents_of",
    "pasted",
    "read_all",
    "read_document",
]


def read_document(document: Document, pool: Reader, progress: Progress) -> Imported:
    """Return what the importer of its format makes of a document, without a library.

    Raises: UnreadableSource, Cancelled.
    """
    return pool.read(document, progress)


class Importing:
    """Brings documents into one library. Runs on any thread but the front's own in a window."""

    def __init__(self, pool: Reader, library: Library, history: History, origin: Origin) -> None:
        self._pool = pool
        self._known = library.known
        self._records = library.records
        self._writer = library.writer
        self._history = history
        self._origin = origin
        self._new_id = history.new_id
        self._now = history.now
        self._running = Running()

    def read(self, document: Document, progress: Progress) -> Imported:
        """Return what is in a document, without keeping it. Raises: UnreadableSource, Cancelled."""
        return read_document(document, self._pool, progress)

    def warm(self, progress: Progress) -> None:
        """Get ready for the first page; it is slow to load what reads one. Raises: Cancelled."""
        with self._running.one(progress) as running:
            self._pool.warm(running)

    def bring_in(
        self,
        documents: Iterable[Incoming],
        progress: Progress,
        *,
        brief_id: str = "",
        only_new: bool = False,
        again: bool = False,
        on_outcome: Callable[[Outcome], None] | None = None,
        on_read: Callable[[Document, Imported], None] = lambda _document, _imported: None,
    ) -> tuple[Outcome, ...]:
        """Import documents; stories become a brief of their own, or go into the one named.

        One that cannot be read is named with the reason, and the others are imported all the same.
        With `only_new` an article whose address is known stays as it is, be it in the trash. `again`
        reads what is there byte by byte, too: something inside it may have failed. `on_outcome` is
        called on this thread when a document is on disk, `on_read` when it was read. What came in is
        one step of undo, and stays when the user stops the rest.
        Raises: Cancelled, StorageFailure.
        """
        self._writer.check()
        self._writer.flush()  # what was just deleted is not there already
        coming = Coming(documents)
        batch = Batch(self._new_id, on_outcome, coming.is_single, only_new)
        progress.step(0, coming.total)

        def read(one: Document) -> Read | Outcome:
            return self._read(one, batch.originals[id(one)], running)

        def begin(some: Sequence[Incoming]) -> Iterator[Future[Read | Outcome]]:
            there = self._there(batch, some, again=again)
            for one in some:
                if isinstance(one, Unreadable):
                    yield failed(one.error)
                elif same := there.get(batch.originals[id(one)].digest):
                    yield known(Outcome(one.name, "duplicate", article=same[0], title=same[1]))
                else:
                    yield threads.submit(read, one)

        def store() -> None:
            self._store_waiting(batch)

        with (
            self._running.one(progress) as running,
            ThreadPoolExecutor(WORKERS, "import") as threads,
            closing(in_order(coming, begin, store)) as results,
        ):
            try:
                for done, (one, reading) in enumerate(results, 1):
                    result = result_of(reading)
                    running.check()
                    self._keep(batch, one, result, brief_id)
                    if isinstance(one, Document) and isinstance(result, Read):
                        on_read(one, result.imported)
                        coming.put_next(one, result.imported.children)
                    running.step(done, coming.total, one.name)
            except Cancelled:
                store()
                raise
            store()
        return tuple(batch.outcomes)

    def close(self) -> None:
        """Stop what is coming in, as `Cancelled`, and wait until it has stopped."""
        self._running.stop()

    def _there(
        self, batch: Batch, some: Sequence[Incoming], *, again: bool
    ) -> dict[str, tuple[str, str]]:
        """Return the articles that some documents are, byte by byte: these are not read again.

        What was fetched is, for what it names may still be wanted; and so is what may hold other
        files, for an import may have been stopped between a mail and what is attached to it.
        """
        made = {id(one): intake.original_of(one) for one in some if isinstance(one, Document)}
        batch.originals |= made
        if again:
            return {}
        return self._known.by_originals(
            {
                made[id(one)].digest
                for one in some
                if isinstance(one, Document) and one.retrieved is None
            },
            but=HOLDING,
        )

    def _read(self, document: Document, original: Original, progress: Progress) -> Read:
        """Read a document and make what is in it ready to be stored, on a thread of its own."""
        imported = self._pool.read(document, progress)
        return Read(
            imported,
            tuple(
                Ready(each, intake.text_digest(each), self._writer.pack(each.body, each.pictures))
                for each in imported.articles
            ),
            self._writer.pack(None, (original,) if imported.articles else ()),
        )

    def _keep(
        self, batch: Batch, one: Incoming, result: Read | BriefingError | Outcome, brief_id: str
    ) -> None:
        original = batch.originals.pop(id(one), None)
        if isinstance(result, Outcome):
            self._add(batch, result)
        elif isinstance(result, BriefingError):
            self._add(batch, _failed(one.name, result))
        elif isinstance(one, Document) and original is not None:
            try:
                if result.imported.stories:
                    self._store_waiting(batch)
                    kept = self._keep_stories(batch, one, result.imported, brief_id, original)
                    self._add(batch, replace(kept, remarks=result.imported.warnings))
            except StorageFailure:
                raise
            except BriefingError as error:
                self._add(batch, _failed(one.name, error))
                return
            if len(result.articles) > 1:
                self._store_waiting(batch)  # so that several lie in the library if any does
            for at, ready in enumerate(result.articles):
                self._keep_article(batch, Found(one, result, original, ready, first=at == 0))
            if not (result.articles or result.imported.stories):
                self._keep_nothing(batch, one.name, result.imported)

    def _keep_nothing(self, batch: Batch, name: str, found: Imported) -> None:
        """Tell of a file without a text of its own; one that only holds files needs no words."""
        if found.links:
            links = unread(found.links, self._known)
            remarks = found.warnings
            self._add(
                batch, Outcome(name, "listed", title=found.title, remarks=remarks, links=links)
            )
        elif not found.children:
            self._add(batch, _failed(name, nothing_inside(found)))
        elif found.warnings:
            self._add(batch, Outcome(name, "failed", reasons=found.warnings))

    def _add(self, batch: Batch, outcome: Outcome) -> None:
        """Put an outcome in line behind the articles that are not stored yet, or tell it at once."""
        if batch.line:
            batch.add(outcome)
        else:
            batch.tell((outcome,))

    def _keep_article(self, batch: Batch, found: Found) -> None:
        """Put an article into the batch, which is stored first if it may hold the same one."""
        if batch.is_full(awaited=self._writer.is_awaited) or found.marks & batch.marks:
            self._store_waiting(batch)
        batch.add(found)

    def _look(self, batch: Batch) -> list[Kept | Outcome]:
        """Return what the articles in line come in as, or which ones there already say the same."""
        found = [one for one in batch.line if isinstance(one, Found)]
        names = {one.name: intake.address(one.ready.article) != "" for one in found}
        seen = self._known.look(
            texts={one.said for one in found} - {""},
            addresses={name for name, is_address in names.items() if is_address},
            titles={name for name, is_address in names.items() if not is_address},
        )
        batch.since = seen.newest
        taken = self._known.taken(names) if batch.only_new else frozenset()
        return [
            self._come_in(one, seen, taken) if isinstance(one, Found) else one for one in batch.line
        ]

    def _come_in(self, found: Found, seen: Seen, taken: frozenset[str]) -> Kept | Outcome:
        """Return what an article comes in as, or which one that was seen says the same."""
        name, article = found.document.name, found.ready.article
        there = Outcome(name, "duplicate", title=article.title)
        if found.first:
            imported = found.read.imported
            links = unread(imported.links, self._known) if imported.links else ()
            there = replace(there, remarks=imported.warnings, links=links)
        if same := seen.texts.get(found.said):
            return replace(there, article=same[0], title=same[1])
        if found.name in taken:
            return there
        try:
            former, records = self._former(found) if found.name in seen.named else (None, {})
            version = intake.version_of(
                article,
                found.document,
                found.read.imported.format,
                article_id=former.article if former else self._new_id(),
                version_id=self._new_id(),
                now=dt.datetime.fromtimestamp(self._now() / 1000, dt.UTC),
                digests=(found.original.digest, found.ready.said),
            )
            outcome = replace(there, status="new", article=version.article)
            made = Intake(version, (found.original, *article.pictures))
            if former is None:
                return Kept(found, outcome, intake.new_article(article, version), made)
            changes = intake.new_version(former, records, version, article.origins)
        except StorageFailure:
            raise
        except BriefingError as error:
            return _failed(name, error)
        return Kept(found, replace(outcome, status="version", title=former.title), changes, made)

    def _former(self, found: Found) -> tuple[KnownArticle | None, Records]:
        """Return the article that has another version coming in, with its records."""
        article = found.ready.article
        look = self._known.at_address if intake.address(article) else self._known.with_title
        former = next((one for one in look(found.name) if intake.is_same(article, one)), None)
        if former is None:
            return None, {}
        self._writer.flush()  # passages that were just marked
        records = self._records.group((Entity.ARTICLE, former.article))
        if (Entity.ARTICLE, former.article) not in records:
            return None, {}  # it was deleted just now
        return former, records

    def _keep_stories(
        self,
        batch: Batch,
        document: Document,
        imported: Imported,
        brief_id: str,
        original: Original,
    ) -> Outcome:
        while (kept := self._try_stories(batch, document, imported, brief_id, original)) is None:
            pass  # another process has brought something in: perhaps these very stories
        return kept

    def _try_stories(
        self,
        batch: Batch,
        document: Document,
        imported: Imported,
        brief_id: str,
        original: Original,
    ) -> Outcome | None:
        self._writer.flush()
        batch.since = self._known.newest()
        title = imported.title or (
            imported.stories[0].headline if len(imported.stories) == 1 else stem(document.name)
        )
        if there := brief_of(imported.stories, brief_id, self._known, self._records):
            return Outcome(document.name, "duplicate", brief=there, title=title)
        if not brief_id:
            brief_id, changes = intake.new_brief(imported.stories, title, self._new_id)
        else:
            records = self._records.group((Entity.BRIEF, brief_id))
            if (Entity.BRIEF, brief_id) not in records:
                raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such brief."))
            changes = intake.more_stories(brief_id, records, imported.stories, self._new_id)
        made = (Intake(None, (original,)),)
        if not self._store(batch, Action.IMPORT_STORIES, changes, title, made):
            return None
        return Outcome(document.name, "new", brief=brief_id, title=title)

    def _store_waiting(self, batch: Batch) -> None:
        """Store the articles in line in one transaction, then tell what became of them."""
        if not batch.line:
            return
        line = self._look(batch)
        while kept := [one for one in line if isinstance(one, Kept)]:
            changes = tuple(chain.from_iterable(one.changes for one in kept))
            made = tuple(one.intake for one in kept)
            parcels = tuple(one.found.parcel for one in kept)
            title = kept[0].outcome.title
            if self._store(batch, Action.IMPORT_ARTICLE, changes, title, made, parcels=parcels):
                break
            # another process has brought something in: perhaps one of these very articles
            line = self._look(batch)
        batch.tell(line)

    def _store(
        self,
        batch: Batch,
        action: Action,
        changes: tuple[Change, ...],
        subject: str,
        made: tuple[Intake, ...],
        *,
        parcels: tuple[Parcel, ...] = (),
    ) -> bool:
        """Store some documents; False if somebody brought anything in since they were looked for."""
        while True:
            change_set = batch.next(action, changes, subject, self._origin, self._now())
            if self._writer.take_in(change_set, made, batch.since, parcels=parcels) is not None:
                break
            if self._known.overtaken(batch.since):
                return False
            batch.end(action)  # undo has taken back what came in so far
        batch.stored(change_set)
        self._history.adopt(change_set)
        return True


def _failed(name: str, error: BriefingError) -> Outcome:
    return Outcome(name, "failed", reasons=remarks_of(error))
