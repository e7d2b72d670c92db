"""One file that is many articles: a newsletter and its items, a PDF and its parts.

What is proposed changes nothing. The articles that are made of what was chosen keep the whole file as
their one original; all of them come in one step, which undo takes back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import Intake, State
from briefing_app.domain.change import Action, Change, ChangeSet, Op, storable_text, subject_of
from briefing_app.domain.record import Entity, article_from
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound, Refused
from briefing_app.importers import newsletter
from briefing_app.importers.base import Document
from briefing_app.importers.items import NewsItem, news_items
from briefing_app.services import intake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing_app.domain.article import Article, ArticleVersion
    from briefing_app.importers.base import ImportedArticle
    from briefing_app.importers.pool import Pool
    from briefing_app.progress import Progress
    from briefing_app.services.articles import Articles
    from briefing_app.services.history import History
    from briefing_app.storage.library import Library

__all__ = ["Items", "NewsItem", "PagePart", "Pages", "Splitting", "by_pages"]

MOST = 2_000  # articles of one file
_PDF = b"%PDF-"
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Items:
    """What a newsletter may be split into; `there` are the links of articles that are there already.

    `sender` is what its sender is known by, and `name` what a person calls it.
    """

    items: tuple[NewsItem, ...]
    there: frozenset[str]
    sender: str
    name: str


@dataclass(frozen=True, slots=True)
class PagePart:
    """An article's pages in a PDF, both counted from 1; `origin` says where its title is from."""

    title: str
    first: int
    last: int
    origin: str = "by hand"


@dataclass(frozen=True, slots=True)
class Pages:
    """How a PDF may be split, and how many pages it has."""

    parts: tuple[PagePart, ...]
    count: int


class Splitting:
    """Proposes, and makes articles of what was chosen; any thread but the front's own may call."""

    def __init__(self, pool: Pool, library: Library, history: History, articles: Articles) -> None:
        self._pool = pool
        self._known = library.known
        self._records = library.records
        self._writer = library.writer
        self._history = history
        self._articles = articles

    def items(self, article_id: str) -> Items:
        """Return the items of a newsletter.

        Raises: NotFound; Refused if it is one text.
        """
        self._history.wait()
        article = self._article(article_id)
        items = news_items(self._articles.version_of(article.version).body)
        if not items:
            raise Refused(
                QT_TRANSLATE_NOOP("errors", "No items were found in “{title}”: it is one text."),
                title=article.title,
            )
        there = frozenset(
            item.link
            for item in items
            if item.link and self._known.at_address(newsletter.article_of(item).canonical_url)
        )
        sender = newsletter.sender_of(article.source, article.authors)
        name = article.source or next(iter(article.authors), "")
        return Items(items, there, sender, name)

    def split_items(
        self,
        article_id: str,
        items: Sequence[NewsItem],
        progress: Progress,
        *,
        archive: bool = False,
    ) -> tuple[str, ...]:
        """Make an article of each item and return their ids; the newsletter itself stays.

        Raises: NotFound, Refused, StorageFailure, Cancelled.
        """
        article = self._article(article_id)
        made = [
            newsletter.article_of(
                item,
                source=article.source,
                published=article.published,
                language=article.language,
            )
            for item in items
        ]
        return self._make(
            Action.SPLIT_ITEMS, article, made, "Newsletter item", progress, archive=archive
        )

    def pages(self, article_id: str, progress: Progress) -> Pages:
        """Return how a PDF may be split: by its outline, else by headlines, else as one part.

        Raises: NotFound; Refused if it is no PDF of several pages; UnreadableSource, Cancelled.
        """
        article = self._article(article_id)
        answer, _ = self._pool.ask("proposal", self._file(article), {}, progress)
        count = int(answer["pages"])
        if count < 2:
            raise Refused(
                QT_TRANSLATE_NOOP("errors", "“{title}” has one page only: there is none to part."),
                title=article.title,
            )
        parts = tuple(
            PagePart(str(title), int(first), int(last), str(origin))
            for title, first, last, origin in answer["parts"]
        )
        return Pages(parts or (PagePart(article.title, 1, count),), count)

    def split_pages(
        self,
        article_id: str,
        parts: Sequence[PagePart],
        progress: Progress,
        *,
        archive: bool = False,
    ) -> tuple[str, ...]:
        """Make an article of each part of a PDF and return their ids; the whole one stays.

        Raises: NotFound, Refused, UnreadableSource, StorageFailure, Cancelled.
        """
        article = self._article(article_id)
        wish = {"parts": [[part.title, part.first, part.last, part.origin] for part in parts]}
        imported = self._pool.ask_articles("split", self._file(article), wish, progress)
        made = [
            replace(
                one,
                source=one.source or article.source,
                authors=one.authors or article.authors,
                published=one.published or article.published,
                language=one.language or article.language,
            )
            for one in imported.articles
        ]
        return self._make(
            Action.SPLIT_PAGES, article, made, imported.format, progress, archive=archive
        )

    def _article(self, article_id: str) -> Article:
        key = (Entity.ARTICLE, article_id)
        fields = self._records.group(key).get(key)
        if fields is None:
            raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such article."))
        return article_from(article_id, fields)

    def _file(self, article: Article) -> Document:
        version = self._articles.version_of(article.version)
        data = self._articles.original(version.original) if version.original else None
        if data is None:
            raise NotFound(
                QT_TRANSLATE_NOOP("errors", "The original of “{title}” is not there any more."),
                title=article.title,
            )
        if _PDF not in data[:1024]:
            raise Refused(
                QT_TRANSLATE_NOOP("errors", "“{title}” is no PDF: it has no pages to part."),
                title=article.title,
            )
        return Document(f"{article.title}.pdf", data)

    def _archiving(self, article_id: str) -> tuple[Change, ...]:
        """Return what puts an article into the archive, as it stands on disk now."""
        self._writer.flush()
        old, new = self._article(article_id).state, State.ARCHIVED
        if old is new:
            return ()
        return (Change(Entity.ARTICLE, article_id, Op.SET, "state", old.value, new.value),)

    def _make(
        self,
        action: Action,
        article: Article,
        made: Sequence[ImportedArticle],
        format_: str,
        progress: Progress,
        *,
        archive: bool,
    ) -> tuple[str, ...]:
        if not made:
            raise Refused(QT_TRANSLATE_NOOP("errors", "Nothing was chosen."))
        if len(made) > MOST:
            raise Refused(
                QT_TRANSLATE_NOOP("errors", "{count} articles are too many to be of one file."),
                count=len(made),
            )
        history = self._history
        history.check()
        whole = self._articles.version_of(article.version)
        arrivals: list[Intake] = []
        changes: list[Change] = []
        for one in made:
            progress.check()
            version = _version(one, whole, format_, history.new_id(), history.new_id())
            arrivals.append(Intake(version, one.pictures))
            changes += intake.new_article(one, version)
        for attempt in range(1, _TRIES + 1):
            put_away = self._archiving(article.id) if archive else ()
            change_set = ChangeSet(
                history.new_id(),
                history.now(),
                history.origin,
                action,
                (*changes, *put_away),
                subject_of(storable_text(article.title)),
            )
            try:
                self._writer.take_in(change_set, tuple(arrivals), checked=True)
            except Refused:  # just now it was opened, and counts as being read
                if attempt == _TRIES:
                    raise
            else:
                break
        history.adopt(change_set)
        return tuple(one.version.article for one in arrivals if one.version)


def by_pages(count: int) -> tuple[PagePart, ...]:
    """Return a part for each page."""
    return tuple(PagePart("", page, page) for page in range(1, count + 1))


def _version(
    article: ImportedArticle, whole: ArticleVersion, format_: str, article_id: str, version_id: str
) -> ArticleVersion:
    """Return the version of a part: its own text, the original of the whole."""
    return intake.version_of(
        article,
        Document("", b"", retrieved=whole.retrieved),
        format_,
        article_id=article_id,
        version_id=version_id,
        now=whole.retrieved,
        digests=(whole.original, intake.text_digest(article)),
    )
