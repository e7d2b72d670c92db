"""The versions of an article: list them, split one off, join two articles.

An import decides by address, title and text whether something is the same article, and can be wrong
either way. Both corrections are one step that undo takes back; a row of a story keeps pointing to the
passages that it rests on, wherever these go.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.domain.anchor import move
from briefing_app.domain.annotation import AnchorState
from briefing_app.domain.article import Article, BlockKind
from briefing_app.domain.change import Action, Change, ChangeSet, Op, diff
from briefing_app.domain.record import (
    Entity,
    Key,
    Records,
    annotation_from,
    annotation_records,
    article_from,
    article_records,
    version_records,
)
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound, Refused, UnreadableSource
from briefing_app.importers.base import Document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from briefing_app.domain.annotation import Annotation
    from briefing_app.domain.article import ArticleVersion
    from briefing_app.importers.base import ImportedArticle
    from briefing_app.progress import Progress
    from briefing_app.services.articles import Articles
    from briefing_app.services.history import History
    from briefing_app.services.importing import Importing
    from briefing_app.storage.records import StoredRecords
    from briefing_app.storage.versions import StoredVersions, VersionHead

MOST = 50  # articles that can be one: more are chosen by mistake
_LONGEST = 200  # code points of a title that is made of a text


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of an article. `more` is by how many words it is longer than the one before it.

    `original` is the SHA-256 of its original, empty where that is gone; `size` is in bytes.
    """

    id: str
    retrieved: dt.datetime
    importer: str
    words: int
    more: int | None
    highlights: int
    original: str
    media_type: str
    size: int
    current: bool


@dataclass(frozen=True, slots=True)
class Correction:
    """A step that is ready to be made; `article` is what to show then."""

    action: Action
    changes: tuple[Change, ...]
    subject: str
    article: str


class Versions:
    """Lists, splits and joins. All but `make` read what is on disk, and may run on any thread."""

    def __init__(
        self,
        history: History,
        articles: Articles,
        importing: Importing,
        stored: StoredVersions,
        records: StoredRecords,
    ) -> None:
        self._history = history
        self._articles = articles
        self._importing = importing
        self._stored = stored
        self._records = records

    def of(self, article_id: str) -> tuple[VersionRow, ...]:
        """Return the versions of an article, the one that came in last first. Raises: NotFound."""
        current = self._article(article_id)[0].version
        heads = self._stored.of(article_id)
        olders: tuple[VersionHead | None, ...] = (*heads[1:], None)
        return tuple(
            VersionRow(
                head.id,
                head.retrieved,
                head.importer,
                head.words,
                head.words - older.words if older else None,
                head.highlights,
                head.original,
                head.media_type,
                head.size,
                head.id == current,
            )
            for head, older in zip(heads, olders, strict=True)
        )

    def title(self, article_id: str) -> str:
        """Return the title of an article. Raises: NotFound."""
        return self._article(article_id)[0].title

    def split(self, article_id: str, version_id: str, progress: Progress) -> Correction:
        """Make a version, the current one by default, an article of its own, with its passages.

        What had only been carried over to it goes back to the version before. Its title and source
        are what its original says of them; it stands at the same address.
        Raises: NotFound, Refused if it is the only version, StorageFailure, Cancelled.
        """
        self._history.wait()
        article, records = self._article(article_id)
        version_id = version_id or article.version
        heads = self._stored.of(article_id)
        if version_id not in {head.id for head in heads}:
            raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such version of an article."))
        if len(heads) < 2:
            raise Refused(
                QT_TRANSLATE_NOOP(
                    "errors", "“{title}” has one version only: there is none to part."
                ),
                title=article.title,
            )
        version = self._articles.stored_version(version_id)
        known = self._read_again(version, progress)
        left = article
        if article.version == version_id:
            former = next(head for head in heads if head.id != version_id)
            left = replace(article, version=former.id, retrieved=former.retrieved)
        made = _parted(article, version, known, self._history.new_id())
        after = dict(records) | article_records(left)
        marked = self._stored.marked_since(version_id)
        for annotation in _annotations(records):
            there = annotation.target.version == version_id
            if there and (annotation.id in marked or article.version != version_id):
                taken = replace(annotation, article=made.id, state=AnchorState.ANCHORED)
                after |= annotation_records(taken)
            elif there:
                progress.check()
                after |= annotation_records(self._carry(annotation, left.version))
            elif (
                annotation.target.version == left.version
            ):  # what was lost on the way is there again
                after |= annotation_records(replace(annotation, state=AnchorState.ANCHORED))
        changes = (
            *diff({}, article_records(made)),
            *diff(version_records(version_id, article_id), version_records(version_id, made.id)),
            *(change for change in diff(records, after) if change.op is Op.SET),
        )
        return Correction(Action.SPLIT_ARTICLE, changes, made.title, made.id)

    def join(self, keep_id: str, other_ids: Iterable[str], progress: Progress) -> Correction:
        """Make one article of several: versions and passages of the others go to the first.

        The version retrieved last is the current one; passages are looked for in it, and stay in
        their own version where it does not hold them. Tags and collections are united, and what is
        not known of the first is taken from the others.
        Raises: NotFound, Refused, StorageFailure, Cancelled.
        """
        self._history.wait()
        ids = [uid for uid in dict.fromkeys(other_ids) if uid != keep_id]
        if not ids:
            raise Refused(QT_TRANSLATE_NOOP("errors", "Choose two articles or more."))
        if len(ids) >= MOST:
            raise Refused(
                QT_TRANSLATE_NOOP("errors", "{count} articles are too many to be one."),
                hint=QT_TRANSLATE_NOOP("errors", "Choose those that are the same."),
                count=len(ids) + 1,
            )
        keep, kept = self._article(keep_id)
        others = [self._article(uid) for uid in ids]
        before: Records = dict(kept)
        joined = keep
        for other, records in others:
            before |= records
            joined = _united(joined, other)
        newest = max(
            (self._articles.stored_version(one.version) for one in (keep, *(o for o, _ in others))),
            key=lambda version: (version.retrieved, version.article == keep_id),
        )
        joined = replace(joined, version=newest.id, retrieved=newest.retrieved)
        after: Records = dict(article_records(joined))
        for annotation in _annotations(before):
            progress.check()
            moved = replace(annotation, article=keep_id)
            if annotation.target.version != newest.id:
                moved = self._carry(moved, newest.id)
            after |= annotation_records(moved)
        versions: list[Change] = []
        for other, _ in others:
            for head in self._stored.of(other.id):
                versions += diff(
                    version_records(head.id, other.id), version_records(head.id, keep_id)
                )
        changes = (*versions, *diff(before, after))
        return Correction(Action.JOIN_ARTICLES, changes, keep.title, keep_id)

    def make(self, correction: Correction) -> ChangeSet | None:
        """Make a step that was got ready, on the front's own thread.

        Raises: Refused if something of it was changed meanwhile.
        """
        self._history.refresh()
        self._history.held.load(change.key for change in correction.changes)
        return self._history.commit(correction.action, correction.changes, correction.subject)

    def _article(self, article_id: str) -> tuple[Article, Records]:
        key: Key = (Entity.ARTICLE, article_id)
        records = self._records.group(key)
        if key not in records:
            raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such article."))
        return article_from(article_id, records[key]), records

    def _carry(self, annotation: Annotation, to: str) -> Annotation:
        old = self._articles.stored_version(annotation.target.version).body.text
        return move(annotation, to, old, self._articles.stored_version(to).body.text)

    def _read_again(self, version: ArticleVersion, progress: Progress) -> ImportedArticle | None:
        """Return what the original of a version says of it; None if it cannot be had any more."""
        data = self._articles.original(version.original) if version.original else None
        if data is None:
            return None
        try:
            imported = self._importing.read(Document("original", data), progress)
        except UnreadableSource:
            return None
        return next((one for one in imported.articles if one.body.text == version.body.text), None)


def _annotations(records: Records) -> list[Annotation]:
    return [
        annotation_from(uid, fields)
        for (entity, uid), fields in records.items()
        if entity is Entity.ANNOTATION
    ]


def _parted(
    article: Article, version: ArticleVersion, known: ImportedArticle | None, uid: str
) -> Article:
    """Return the article that a version becomes: what is known of it, else what is likely."""
    made = Article(
        id=uid,
        title=_title_of(version) or article.title,
        version=version.id,
        source=article.source,
        url=article.url,
        canonical_url=article.canonical_url,
        retrieved=version.retrieved,
        language=article.language,
        direction=article.direction,
    )
    if known is None:
        return made
    return replace(
        made,
        title=known.title or made.title,
        authors=known.authors,
        source=known.source or made.source,
        published=known.published,
        language=known.language or made.language,
        direction=known.direction,
        page=known.page,
        origins=known.origins,
    )


def _title_of(version: ArticleVersion) -> str:
    """Return the first heading of a text, or an empty string."""
    body = version.shown
    for block in body.blocks:
        if block.kind is BlockKind.HEADING and block.included:
            return " ".join(body.text[block.start : block.end].split())[:_LONGEST]
    return ""


def _united(keep: Article, other: Article) -> Article:
    return replace(
        keep,
        tags=tuple(dict.fromkeys((*keep.tags, *other.tags))),
        collections=tuple(dict.fromkeys((*keep.collections, *other.collections))),
        authors=keep.authors or other.authors,
        source=keep.source or other.source,
        url=keep.url or other.url,
        canonical_url=keep.canonical_url or other.canonical_url,
        published=keep.published or other.published,
        language=keep.language or other.language,
        page=keep.page or other.page,
    )
