"""Bring files, pages and pastes into the library: parsed by workers, stored by the writer."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from briefing_app.domain.article import Intake
from briefing_app.domain.change import Action
from briefing_app.domain.record import Entity, story_from
from briefing_app.domain.storytext import text_of
from briefing_app.errors import (
    QT_TRANSLATE_NOOP,
    BriefingError,
    Cancelled,
    NotFound,
    StorageFailure,
    remarks_of,
)
from briefing_app.importers.base import Document, Imported, ImportedArticle, stem
from briefing_app.importers.pool import WORKERS
from briefing_app.services import intake
from briefing_app.services.ahead import begin_reading, in_order, read_all
from briefing_app.services.batch import Batch, Kept, Outcome
from briefing_app.services.incoming import (
    Files,
    Incoming,
    Unreadable,
    document_of,
    documents_of,
    pasted,
)
from briefing_app.services.running import Running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefing_app.domain.article import Original
    from briefing_app.domain.change import Change, Origin
    from briefing_app.importers.pool import Pool
    from briefing_app.progress import Progress
    from briefing_app.services.ahead import Started
    from briefing_app.services.history import History
    from briefing_app.storage.library import Library

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


def read_document(document: Document, pool: Pool, progress: Progress) -> Imported:
    """Return what the importer of its format makes of a document, without a library.

    Raises: UnreadableSource, Cancelled.
    """
    return pool.read(document, progress)


class Importing:
    """Brings documents into one library. Runs on any thread but the front's own in a window."""

    def __init__(self, pool: Pool, library: Library, history: History, origin: Origin) -> None:
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
        on_outcome: Callable[[Outcome], None] | None = None,
    ) -> tuple[Outcome, ...]:
        """Import documents; stories become a brief of their own, or go into the one named.

        One that cannot be read is named with the reason, and the others are imported all the same.
        `on_outcome` is called on this thread when a document is on disk. What came in is one step
        of undo, and stays when the user stops the rest.
        Raises: Cancelled, StorageFailure.
        """
        total = len(documents) if isinstance(documents, Files | tuple | list) else 0
        first = list(islice(coming := iter(documents), 2))
        batch = Batch(self._new_id, on_outcome, single=len(first) < 2)
        progress.step(0, total)

        def begin(one: Incoming) -> Started | Outcome:
            return self._there(batch, one) or begin_reading(one, self._pool, running, threads)

        def store() -> None:
            self._store_waiting(batch)

        with (
            self._running.one(progress) as running,
            ThreadPoolExecutor(WORKERS, "import") as threads,
            closing(in_order(chain(first, coming), begin, store)) as results,
        ):
            try:
                for done, (one, result) in enumerate(results, 1):
                    running.check()
                    self._keep(batch, one, result, brief_id)
                    running.step(done, total, one.name)
            except Cancelled:
                store()
                raise
            store()
        return tuple(batch.outcomes)

    def close(self) -> None:
        """Stop what is coming in, as `Cancelled`, and wait until it has stopped."""
        self._running.stop()

    def _there(self, batch: Batch, one: Incoming) -> Outcome | None:
        """Return the outcome of a document whose very bytes are in the library: not read again."""
        if isinstance(one, Unreadable):
            return None
        original = batch.originals[id(one)] = intake.original_of(one)
        same = self._known.by_original(original.digest)
        return Outcome(one.name, "duplicate", article=same[0], title=same[1]) if same else None

    def _keep(
        self,
        batch: Batch,
        one: Incoming,
        result: Imported | BriefingError | Outcome,
        brief_id: str,
    ) -> None:
        original = batch.originals.pop(id(one), None)
        if isinstance(result, Outcome):
            batch.add(result)
        elif isinstance(one, Unreadable):
            batch.add(_failed(one, one.error))
        elif isinstance(result, BriefingError):
            batch.add(_failed(one, result))
        elif original is not None:
            try:
                if result.stories:
                    self._store_waiting(batch)
                    kept = self._keep_stories(batch, one, result, brief_id, original)
                    batch.add(replace(kept, remarks=result.warnings))
                for article in result.articles:
                    self._keep_article(batch, one, result, article, original)
            except StorageFailure:
                raise
            except BriefingError as error:
                batch.add(_failed(one, error))

    def _keep_article(
        self,
        batch: Batch,
        document: Document,
        read: Imported,
        article: ImportedArticle,
        original: Original,
    ) -> None:
        """Put an article into the batch, which is stored first if it may hold the same one."""
        where = intake.address(article)
        said = intake.text_digest(article)
        marks = frozenset((original.digest, said, where or article.title))
        if batch.is_full or marks & batch.marks:
            self._store_waiting(batch)
        again = (
            original.digest in batch.came
        )  # the very bytes were looked for before they were read
        same = (again and self._known.by_original(original.digest)) or self._known.by_text(said)
        if same:
            batch.add(
                Outcome(document.name, "duplicate", same[0], title=same[1], remarks=read.warnings)
            )
            return
        candidates = (
            self._known.at_address(where) if where else self._known.with_title(article.title)
        )
        known = next((one for one in candidates if intake.is_same(article, one)), None)
        version = intake.version_of(
            article,
            document,
            read.format,
            article_id=known.article if known else self._new_id(),
            version_id=self._new_id(),
            now=dt.datetime.fromtimestamp(self._now() / 1000, dt.UTC),
            digests=(original.digest, said),
        )
        outcome = Outcome(
            document.name, "new", version.article, title=article.title, remarks=read.warnings
        )
        if known is None:
            changes = intake.new_article(article, version)
        else:
            self._writer.flush()  # passages that were just marked
            records = self._records.group((Entity.ARTICLE, known.article))
            changes = intake.new_version(known, records, version)
            outcome = replace(outcome, status="version", title=known.title)
        batch.wait(Kept(outcome, changes, Intake(version, (original,)), marks))

    def _keep_stories(
        self,
        batch: Batch,
        document: Document,
        imported: Imported,
        brief_id: str,
        original: Original,
    ) -> Outcome:
        self._writer.flush()
        title = imported.title or (
            imported.stories[0].headline if len(imported.stories) == 1 else stem(document.name)
        )
        if there := self._brief_of(imported, brief_id):
            return Outcome(document.name, "duplicate", brief=there, title=title)
        if not brief_id:
            brief_id, changes = intake.new_brief(imported.stories, title, self._new_id)
        else:
            records = self._records.group((Entity.BRIEF, brief_id))
            if (Entity.BRIEF, brief_id) not in records:
                raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such brief."))
            changes = intake.more_stories(brief_id, records, imported.stories, self._new_id)
        made = (Intake(None, (original,)),)
        self._store(batch, Action.IMPORT_STORIES, changes, title, made)
        return Outcome(document.name, "new", brief=brief_id, title=title)

    def _brief_of(self, imported: Imported, brief_id: str) -> str:
        """Return the brief that holds all these stories unchanged, or an empty string."""
        shared: set[str] | None = None
        for text in imported.stories:
            homes: set[str] = set()
            for uid in self._known.stories(text.headline):
                story = story_from(uid, self._records.group((Entity.STORY, uid)))
                if text_of(story) == text:
                    homes.update(self._records.briefs_with(uid))
            shared = homes if shared is None else shared & homes
            if not shared:
                return ""
        found = shared or set()
        if brief_id:
            return brief_id if brief_id in found else ""
        return max(found, default="")

    def _store_waiting(self, batch: Batch) -> None:
        """Store the articles of the batch in one transaction, then tell what became of them."""
        if batch.waiting:
            changes = tuple(chain.from_iterable(kept.changes for kept in batch.waiting))
            intakes = tuple(kept.intake for kept in batch.waiting)
            title = batch.waiting[0].outcome.title
            self._store(batch, Action.IMPORT_ARTICLE, changes, title, intakes)
        batch.tell()

    def _store(
        self,
        batch: Batch,
        action: Action,
        changes: tuple[Change, ...],
        subject: str,
        made: tuple[Intake, ...],
    ) -> None:
        while True:
            change_set = batch.next(action, changes, subject, self._origin, self._now())
            if self._writer.take_in(change_set, made) is not None:
                break
            batch.end(action)  # undo has taken back what came in so far
        batch.stored(change_set)
        self._history.adopt(change_set)


def _failed(one: Incoming, error: BriefingError) -> Outcome:
    return Outcome(one.name, "failed", reasons=remarks_of(error))
