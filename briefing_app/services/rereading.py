"""Read an original again as another encoding: what the program took it for can be wrong.

The bytes as received stay what they are. What is read anew is a new version, with the passages carried
over; what the user has corrected of the article stays.
"""

from __future__ import annotations

import codecs
import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import EDITED, Article, Intake
from briefing_app.domain.change import Action, Change, ChangeSet, Op
from briefing_app.domain.record import Entity, Key, Records, article_from, article_records
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound, Refused
from briefing_app.importers.base import Document
from briefing_app.services import intake

if TYPE_CHECKING:
    from briefing_app.domain.article import ArticleVersion
    from briefing_app.importers.base import ImportedArticle
    from briefing_app.progress import Progress
    from briefing_app.services.articles import Articles
    from briefing_app.services.history import History
    from briefing_app.services.importing import Importing
    from briefing_app.storage.library import Library

# What texts come in, the likeliest first in each group; the names are those that people know.
ENCODINGS = (
    *("UTF-8", "UTF-16"),
    *("Windows-1252", "ISO-8859-15", "Windows-1250", "ISO-8859-2", "Windows-1257"),
    *("Windows-1251", "KOI8-U", "KOI8-R", "CP866", "ISO-8859-5"),
    *("Windows-1253", "Windows-1254", "Windows-1255", "Windows-1256"),
    *("GB18030", "Big5", "Shift_JIS", "EUC-JP", "EUC-KR", "TIS-620"),
)
_TEXTUAL = {
    "Web page": ".html",
    "Markdown": ".md",
    "Plain text": ".txt",
}  # by the name of the importer
_READ = ("title", "authors", "source", "published", "language", "direction", "page")
_SAMPLE, _BEFORE = 2000, 60  # bytes of a sample, and of those before the first that is not ASCII


@dataclass(frozen=True, slots=True)
class _Former:
    article: str
    version: str
    text: str


class Rereading:
    """Reads originals again. `read_again` and `sample` may run on any thread."""

    def __init__(
        self, library: Library, history: History, articles: Articles, importing: Importing
    ) -> None:
        self._records = library.records
        self._writer = library.writer
        self._history = history
        self._articles = articles
        self._importing = importing

    def sample(self, article_id: str) -> bytes:
        """Return some bytes of the original of an article's text, from where they can be told apart.

        Raises: NotFound, Refused if it is no text.
        """
        article, _ = self._article(article_id)
        _, _, data = self._original(article)
        first = next((at for at, byte in enumerate(data) if byte > 0x7F), 0)
        return data[max(0, first - _BEFORE) :][:_SAMPLE]

    def read_again(self, article_id: str, encoding: str, progress: Progress) -> None:
        """Make a version of what the original says in an encoding, in one step of undo.

        Raises: NotFound, Refused, UnreadableSource, StorageFailure, Cancelled.
        """
        self._writer.check()
        self._writer.flush()
        article, records = self._article(article_id)
        old, suffix, data = self._original(article)
        # with its mark in front, a text in UTF-8 is taken for nothing else
        marked = data.decode(encoding, "replace").lstrip("\ufeff").encode("utf-8-sig", "replace")
        document = Document(f"original{suffix}", marked, url=article.url, retrieved=old.retrieved)
        imported = self._importing.read(document, progress)
        if len(imported.articles) != 1:
            raise Refused(
                QT_TRANSLATE_NOOP(
                    "errors", "The original of “{title}” does not hold one article alone."
                ),
                title=article.title,
            )
        (found,) = imported.articles
        if found.body.text == old.body.text:
            raise Refused(
                QT_TRANSLATE_NOOP("errors", "Read as {encoding}, the text is the same."),
                encoding=encoding,
            )
        progress.check()
        now = self._history.now()
        version = intake.version_of(
            found,
            document,
            imported.format,
            article_id=article_id,
            version_id=self._history.new_id(),
            now=dt.datetime.fromtimestamp(now / 1000, dt.UTC),
            digests=(old.original, intake.text_digest(found)),
        )
        known = _Former(article_id, old.id, old.body.text)
        changes = (
            *(c for c in intake.new_version(known, records, version) if c.field != "origins"),
            *_corrections(article, found, encoding),
        )
        change_set = ChangeSet(
            *(self._history.new_id(), now, self._history.origin),
            *(Action.IMPORT_ARTICLE, changes, article.title),
        )
        self._writer.take_in(change_set, (Intake(version, found.pictures),), checked=True)
        self._history.adopt(change_set)

    def _article(self, article_id: str) -> tuple[Article, Records]:
        key: Key = (Entity.ARTICLE, article_id)
        records = self._records.group(key)
        if key not in records:
            raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such article."))
        return article_from(article_id, records[key]), records

    def _original(self, article: Article) -> tuple[ArticleVersion, str, bytes]:
        """Return the current version, the ending of its kind of file, and its original."""
        version = self._articles.stored_version(article.version)
        suffix = next(
            (end for name, end in _TEXTUAL.items() if version.importer.startswith(name)), ""
        )
        data = self._articles.original(version.original) if version.original else None
        if data is None:
            raise NotFound(
                QT_TRANSLATE_NOOP("errors", "The original of “{title}” is not there any more."),
                title=article.title,
            )
        if not suffix:
            raise Refused(
                QT_TRANSLATE_NOOP(
                    "errors", "The original of “{title}” says itself how it is to be read."
                ),
                hint=QT_TRANSLATE_NOOP(
                    "errors",
                    "Only web pages, Markdown and plain text can be read as something else.",
                ),
                title=article.title,
            )
        return version, suffix, data


def text_in(sample: bytes, encoding: str) -> str:
    """Return what some bytes say in an encoding, and a mark for each that says nothing in it."""
    return codecs.decode(sample, encoding, "replace").strip("\ufeff")


def _corrections(article: Article, found: ImportedArticle, encoding: str) -> tuple[Change, ...]:
    """Return what the new reading says of the article, but for what the user has corrected."""
    origins = dict(article.origins)
    mine = {name for name, origin in origins.items() if origin == EDITED}
    given = {name: value for name in _READ if name not in mine and (value := getattr(found, name))}
    said = {name: origin for name, origin in found.origins if name not in mine}
    kept = ((name, EDITED) for name in mine)
    origins_now = (*said.items(), *kept, ("encoding", encoding))
    after = replace(article, **given, origins=origins_now)
    before_fields = article_records(article)[Entity.ARTICLE, article.id]
    fields = article_records(after)[Entity.ARTICLE, article.id]
    return tuple(
        Change(Entity.ARTICLE, article.id, Op.SET, name, before_fields[name], value)
        for name, value in fields.items()
        if before_fields[name] != value
    )
