"""Bring files, pages and pastes into the library: parsed by workers, stored by the writer."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal

from briefing_app.domain.article import Intake
from briefing_app.domain.change import Action, ChangeSet, subject_of
from briefing_app.domain.record import Entity, story_from
from briefing_app.domain.storytext import text_of
from briefing_app.errors import (
    QT_TRANSLATE_NOOP,
    BriefingError,
    NotFound,
    Remark,
    StorageFailure,
    remarks_of,
)
from briefing_app.importers.base import Document, Imported, ImportedArticle, stem
from briefing_app.importers.pool import WORKERS
from briefing_app.services import intake
from briefing_app.services.ahead import begin_reading, in_order, read_all
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
    from collections.abc import Callable, Iterable, Iterator

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

Status = Literal["new", "version", "duplicate", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document; `article` or `brief` is the id of what it is in the library.

    `reasons` say why it failed, `remarks` what the user should know of one that did not.
    """

    name: str
    status: Status
    article: str = ""
    brief: str = ""
    title: str = ""
    reasons: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def reason(self) -> str:
        """Return the reasons in English."""
        return " ".join(map(str, self.reasons))


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
        self._writer.check()
        total = len(documents) if isinstance(documents, Files | tuple | list) else 0
        first = list(islice(coming := iter(documents), 2))
        batch = _Batch(self._new_id, single=len(first) < 2)
        outcomes: list[Outcome] = []
        progress.step(0, total)

        def begin(one: Incoming) -> Started | Outcome:
            return self._there(one) or begin_reading(one, self._pool, running, threads)

        with (
            self._running.one(progress) as running,
            ThreadPoolExecutor(WORKERS, "import") as threads,
            closing(in_order(chain(first, coming), begin)) as results,
        ):
            for done, (one, result) in enumerate(results, 1):
                running.check()
                for outcome in self._keep(batch, one, result, brief_id):
                    outcomes.append(outcome)
                    if on_outcome:
                        on_outcome(outcome)
                running.step(done, total, one.name)
        return tuple(outcomes)

    def close(self) -> None:
        """Stop what is coming in, as `Cancelled`, and wait until it has stopped."""
        self._running.stop()

    def _there(self, one: Incoming) -> Outcome | None:
        """Return the outcome of a document whose very bytes are in the library: not read again."""
        if isinstance(one, Unreadable):
            return None
        same = self._known.by_original(intake.digest(one.data))
        return Outcome(one.name, "duplicate", article=same[0], title=same[1]) if same else None

    def _keep(
        self,
        batch: _Batch,
        one: Incoming,
        result: Imported | BriefingError | Outcome,
        brief_id: str,
    ) -> Iterator[Outcome]:
        if isinstance(result, Outcome):
            yield result
        elif isinstance(one, Unreadable):
            yield _failed(one, one.error)
        elif isinstance(result, BriefingError):
            yield _failed(one, result)
        else:
            try:
                if result.stories:
                    kept = self._keep_stories(batch, one, result, brief_id)
                    yield replace(kept, remarks=result.warnings)
                for article in result.articles:
                    kept = self._keep_article(batch, one, result.format, article)
                    yield replace(kept, remarks=result.warnings)
            except StorageFailure:
                raise
            except BriefingError as error:
                yield _failed(one, error)

    def _keep_article(
        self, batch: _Batch, document: Document, format_: str, article: ImportedArticle
    ) -> Outcome:
        while (kept := self._try_article(batch, document, format_, article)) is None:
            pass  # another process has brought something in: perhaps this very article
        return kept

    def _try_article(
        self, batch: _Batch, document: Document, format_: str, article: ImportedArticle
    ) -> Outcome | None:
        since = self._known.newest()
        same = self._known.by_original(intake.digest(document.data)) or self._known.by_text(
            intake.text_digest(article)
        )
        if same:
            return Outcome(document.name, "duplicate", article=same[0], title=same[1])
        where = intake.address(article)
        candidates = (
            self._known.at_address(where) if where else self._known.with_title(article.title)
        )
        known = next((one for one in candidates if intake.is_same(article, one)), None)
        version = intake.version_of(
            article,
            document,
            format_,
            article_id=known.article if known else self._new_id(),
            version_id=self._new_id(),
            now=dt.datetime.fromtimestamp(self._now() / 1000, dt.UTC),
        )
        made = Intake(version, (intake.original_of(document),))
        if known is None:
            changes = intake.new_article(article, version)
            if not self._store(
                batch, Action.IMPORT_ARTICLE, changes, article.title, made, since=since
            ):
                return None
            return Outcome(document.name, "new", article=version.article, title=article.title)
        self._writer.flush()  # passages that were just marked
        records = self._records.group((Entity.ARTICLE, known.article))
        changes = intake.new_version(known, records, version)
        if not self._store(batch, Action.IMPORT_ARTICLE, changes, known.title, made, since=since):
            return None
        return Outcome(document.name, "version", article=known.article, title=known.title)

    def _keep_stories(
        self, batch: _Batch, document: Document, imported: Imported, brief_id: str
    ) -> Outcome:
        while (kept := self._try_stories(batch, document, imported, brief_id)) is None:
            pass  # another process has brought something in: perhaps these very stories
        return kept

    def _try_stories(
        self, batch: _Batch, document: Document, imported: Imported, brief_id: str
    ) -> Outcome | None:
        self._writer.flush()
        since = self._known.newest()
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
        made = Intake(None, (intake.original_of(document),))
        if not self._store(batch, Action.IMPORT_STORIES, changes, title, made, since=since):
            return None
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

    def _store(
        self,
        batch: _Batch,
        action: Action,
        changes: tuple[Change, ...],
        subject: str,
        made: Intake,
        *,
        since: int,
    ) -> bool:
        """Store one document; False if somebody brought anything in since it was looked for."""
        while True:
            change_set = batch.next(action, changes, subject, self._origin, self._now())
            if self._writer.take_in(change_set, (made,), since) is not None:
                break
            if self._known.overtaken(since):
                return False
            batch.end(action)  # undo has taken back what came in so far
        batch.stored(change_set)
        self._history.adopt(change_set)
        return True


@dataclass(slots=True)
class _Batch:
    """The steps of undo that one import makes: one for its articles, one for its stories."""

    new_id: Callable[[], str]
    single: bool
    heads: dict[Action, ChangeSet] = field(default_factory=dict)

    def next(
        self, action: Action, changes: tuple[Change, ...], subject: str, origin: Origin, now: int
    ) -> ChangeSet:
        """Return the set for one document: more of the step that its action has begun."""
        if head := self.heads.get(action):
            return ChangeSet(head.id, head.made_at, origin, action, changes, head.subject)
        return ChangeSet(
            self.new_id(), now, origin, action, changes, subject_of(subject) if self.single else ""
        )

    def stored(self, change_set: ChangeSet) -> None:
        """Note that a set is on disk."""
        self.heads.setdefault(change_set.action, replace(change_set, changes=()))

    def end(self, action: Action) -> None:
        """Begin another step with the next document."""
        self.heads.pop(action, None)


def _failed(one: Incoming, error: BriefingError) -> Outcome:
    return Outcome(one.name, "failed", reasons=remarks_of(error))
