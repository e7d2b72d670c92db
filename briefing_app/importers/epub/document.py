"""Books: each chapter is an article, or, if the book is short, all of it is one."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource
from briefing_app.importers import xml, zipped
from briefing_app.importers.base import Document, Imported, Importer
from briefing_app.importers.body import Piece, running
from briefing_app.importers.encoding import decode
from briefing_app.importers.epub import package
from briefing_app.importers.html.fragment import fragment_blocks
from briefing_app.importers.pictures import Album
from briefing_app.importers.written import article_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.importers.base import ImportedArticle
    from briefing_app.importers.body import Draft
    from briefing_app.importers.epub.package import Package
    from briefing_app.importers.zipped import Zip
    from briefing_app.progress import Progress

_LABEL = "EPUB book"
_TYPE = "application/epub+zip"
_CONTAINER = "META-INF/container.xml"
SHORT = 15_000  # code points; what has no more is read in one go
# a paragraph that is alone in its cell: to the walk through HTML it would make a layout of the table
_CELL = re.compile(
    r"(<t([dh])\b[^>]*+>)\s*+<p\b[^>]*+>((?:[^<]++|<(?!/?(?:p|div|t[drh]|table|[uo]l)\b))*+)</p>\s*+"
    r"(?=</t\2>)",
    re.IGNORECASE,
)
_RUBY = re.compile(r"<r([tp])\b[^>]*+>[^<]*+</r\1>", re.IGNORECASE)  # how a word is said
_PATH = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|bmp)", re.IGNORECASE)


@dataclass(slots=True)
class _Chapter:
    """A chapter while it is put together; `label` is what the contents call it."""

    label: str
    drafts: list[Draft] = field(default_factory=list)

    @property
    def length(self) -> int:
        return sum(len(draft.text) for draft in self.drafts)


def _accepts(document: Document) -> bool:
    if not zipped.looks_zipped(document.data):
        return False
    try:
        archive = zipped.open_zip(document.data)
        if "mimetype" in archive:
            return archive.read("mimetype")[:100].strip().startswith(_TYPE.encode())
    except UnreadableSource:
        return False
    return _CONTAINER in archive


def _read(document: Document, progress: Progress) -> Imported:
    archive = zipped.open_zip(document.data)
    book = package.read(archive)
    album = Album()
    warnings: list[Remark] = []
    chapters = [c for c in _chapters(archive, book, album, progress, warnings) if c.length]
    if not chapters:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "There is no text in it."),
            hint=QT_TRANSLATE_NOOP("errors", "Its pages may be pictures."),
        )
    if len(chapters) == 1 or sum(chapter.length for chapter in chapters) <= SHORT:
        drafts = [draft for chapter in chapters for draft in chapter.drafts]
        articles: tuple[ImportedArticle, ...] = (
            article_of(document, drafts, book.properties, album),
        )
    else:
        articles = tuple(
            _article(document, book, number, chapter, album)
            for number, chapter in enumerate(chapters, 1)
        )
    return Imported(_LABEL, articles=articles, warnings=(*warnings, *album.warnings))


def _chapters(
    archive: Zip, book: Package, album: Album, progress: Progress, warnings: list[Remark]
) -> Iterator[_Chapter]:
    """Return the chapters; a text that the contents do not name goes on with the one before."""
    chapter: _Chapter | None = None
    for name in book.texts:
        progress.check()
        label = book.labels.get(name, "")
        if chapter is None or label or not book.labels:
            if chapter is not None:
                yield chapter
            chapter = _Chapter(label)
        try:
            chapter.drafts += _drafts(archive, name, album)
        except zipped.TooMuch:
            raise
        except UnreadableSource:
            said = QT_TRANSLATE_NOOP("errors", "A part of it is damaged and was left out: {part}.")
            warnings.append(Remark(said, (("part", posixpath.basename(name)[:80]),)))
    if chapter is not None:
        yield chapter


def _drafts(archive: Zip, name: str, album: Album) -> list[Draft]:
    folder = posixpath.dirname(name)

    def picture(source: str) -> str:
        path = package.resolved(folder, source)
        try:
            return album.add(archive.read(path)) if path in archive else ""
        except zipped.TooMuch:
            raise
        except UnreadableSource:
            return ""

    data = archive.read(name)
    html = _RUBY.sub("", _CELL.sub(r"\1\3", decode(data).text))
    found, _ = fragment_blocks(html, picture=picture)
    if not any(draft.text for draft in found):
        found = [*_drawn(data), *found]
    return [
        replace(draft, alt="") if draft.alt and _PATH.fullmatch(draft.alt) else draft
        for draft in found
        if draft.kind is not BlockKind.IMAGE or draft.asset or not _PATH.fullmatch(draft.alt)
    ]


def _drawn(data: bytes) -> Iterator[Draft]:
    """Return the words of a page that is drawn, as those of comics and picture books are."""
    if b"<svg" not in data:
        return
    try:
        root = xml.parse(data, recover=True)
    except UnreadableSource:
        return
    for drawing in xml.named(root, "svg"):
        lines = (" ".join(text.itertext()) for text in xml.named(drawing, "text"))
        yield running(BlockKind.PARAGRAPH, [Piece(" ".join(lines))])


def _article(
    document: Document, book: Package, number: int, chapter: _Chapter, album: Album
) -> ImportedArticle:
    """Return a chapter as an article; its source is the book."""
    known = book.properties
    heading = any(draft.kind is BlockKind.HEADING for draft in chapter.drafts[:1])
    title = chapter.label or ("" if heading else f"{known.title or document.name} ({number})")
    article = article_of(
        document,
        chapter.drafts,
        replace(known, title="", source=known.title or known.source),
        album,
        shown=title,
        origin="contents" if chapter.label else "book",
    )
    return replace(article, url="")  # it is the book's: chapters are no versions of one another


IMPORTER = Importer(_LABEL, (".epub",), (_TYPE,), _accepts, _read)
