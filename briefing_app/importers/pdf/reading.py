"""PDF documents: the text of their pages in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, PicturesOnly, Remark, UnreadableSource
from briefing_app.importers.base import Document, Imported, ImportedArticle, Importer, stem
from briefing_app.importers.body import Draft, body_of
from briefing_app.importers.direction import direction_of
from briefing_app.importers.limits import LARGEST_PDF
from briefing_app.importers.pdf import document as pdf
from briefing_app.importers.pdf.boxes import box_of
from briefing_app.importers.pdf.facts import Facts, facts_of, largest
from briefing_app.importers.pdf.furniture import repeated
from briefing_app.importers.pdf.joining import Words, continued
from briefing_app.importers.pdf.kinds import Style, drafts, style_of
from briefing_app.importers.pdf.page import boxes_of
from briefing_app.importers.pdf.paragraphs import Paragraph, paragraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing_app.importers.pdf.document import Papers
    from briefing_app.importers.pdf.lines import Line
    from briefing_app.importers.pdf.page import Page
    from briefing_app.progress import Progress

LABEL = "PDF"
_HEAD = re.compile(rb"[\s\x00\xef\xbb\xbf]{0,1024}%PDF-\d")
_UNKNOWN = 0.2  # of the letters: where more stand for nothing, the text is not to be trusted
_MOST_NAMED = 20  # page numbers in a sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it was read: its paragraphs in order, and what is needed to make blocks of them.

    Those that go on in another column are not joined yet.
    """

    papers: Papers
    style: Style
    words: Words
    found: tuple[Paragraph, ...]
    facts: Facts


def reading(data: bytes, progress: Progress) -> Reading:
    """Read all of a PDF.

    Raises: UnreadableSource with the reason, Cancelled.
    """
    with pdf.opened(data) as document:
        papers = pdf.papers(document, progress)
    if not any(page.rows or page.aside for page in papers.pages):
        raise _no_text(papers)
    furniture = repeated(papers.pages)
    lines = [line for page in papers.pages for line in page.lines if id(line) not in furniture]
    style, words = style_of(lines), Words(lines)
    found: list[Paragraph] = []
    for page in papers.pages:
        progress.check()
        found.extend(_paragraphs(page, furniture, style.body))
    first = [one for one in found if one.page == found[0].page]
    return Reading(
        papers,
        style,
        words,
        tuple(found),
        facts_of(
            papers.said,
            papers.language,
            " ".join(one.text for one in first),
            largest(first, style.body),
        ),
    )


def article_of(
    read: Reading,
    found: Sequence[Paragraph],
    document: Document,
    titles: Sequence[tuple[str, str]],
) -> ImportedArticle:
    """Return the article of some paragraphs, with the first (title, origin) that has a title."""
    made = drafts(continued(found, read.style.body), read.style, read.words)
    chosen, origin = next(choice for choice in titles if choice[0])
    body = body_of(_without_title(made, chosen))
    kept = tuple(pair for pair in read.facts.origins if pair[0] != "title")
    return ImportedArticle(
        title=chosen,
        body=body,
        authors=read.facts.authors,
        published=read.facts.published,
        language=read.facts.language,
        direction=direction_of(body.included_text(), read.facts.language),
        url=document.url,
        origins=(("title", origin), *kept, ("direction", "text")),
    )


def remarks(read: Reading) -> tuple[Remark, ...]:
    """Return what was lost."""
    papers = read.papers
    said: list[Remark] = []
    if papers.broken:
        message = QT_TRANSLATE_NOOP("errors", "Damaged pages that could not be read: {pages}.")
        said.append(Remark(message, (("pages", _numbers(papers.broken)),)))
    if papers.pictures:
        message = QT_TRANSLATE_NOOP("errors", "Pages that are pictures, without a text: {pages}.")
        said.append(Remark(message, (("pages", _numbers(papers.pictures)),)))
    if papers.lost:
        message = QT_TRANSLATE_NOOP(
            "errors", "Some text is missing, as it needs fonts that this computer lacks: {fonts}."
        )
        said.append(Remark(message, (("fonts", ", ".join(papers.lost)),)))
    if papers.files:
        message = QT_TRANSLATE_NOOP("errors", "Files inside it were not read: {files}.")
        said.append(Remark(message, (("files", ", ".join(papers.files)),)))
    letters = sum(page.letters for page in papers.pages)
    if sum(page.unknown for page in papers.pages) > _UNKNOWN * letters:
        said.append(
            Remark(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "The file does not say what many of its letters are, so its text may be garbled.",
                )
            )
        )
    return tuple(said)


def _accepts(document: Document) -> bool:
    return bool(_HEAD.match(document.data[:2048]))


def _read(document: Document, progress: Progress) -> Imported:
    read = reading(document.data, progress)
    titles = (
        (read.facts.title, "document properties"),
        (largest(read.found, read.style.body), "largest text"),
        (stem(document.name), "file name"),
        (LABEL, "file name"),
    )
    article = article_of(read, read.found, document, titles)
    if not article.body.text:
        raise _no_text(read.papers)
    return Imported(LABEL, articles=(article,), warnings=remarks(read))


def _paragraphs(page: Page, furniture: frozenset[int], body: float) -> list[Paragraph]:
    """Return the paragraphs of a page: its head, its text, its foot, and what runs another way."""
    outer = [line for line in page.lines if id(line) in furniture]
    middle = page.height / 2
    inner = page.without(lambda line: id(line) in furniture)
    aside = [line for row in page.aside for line in row]
    parts = [
        [_furniture([line], page.number) for line in outer if line.base <= middle],
        paragraphs(boxes_of(inner), page.number, body),
        [_furniture([line], page.number) for line in outer if line.base > middle],
        [_furniture([line], page.number) for line in aside],
    ]
    return [one for part in parts for one in part]


def _furniture(lines: list[Line], number: int) -> Paragraph:
    box = box_of(lines)
    return Paragraph(lines, number, box.x0, box.x1, furniture=True)


def _without_title(made: Sequence[Draft], title: str) -> list[Draft]:
    """Return blocks in which the heading that repeats the title is left out."""
    left = list(made)
    wanted = _bare(title)
    for at, draft in enumerate(left[:12]):
        if draft.included and draft.kind is BlockKind.HEADING and _bare(draft.text) == wanted:
            left[at] = replace(draft, included=False)
            break
    return left


def _bare(text: str) -> str:
    return "".join(letter for letter in clean_line(text).casefold() if letter.isalnum())


def _numbers(pages: Sequence[int]) -> str:
    """Return page numbers as one writes them: 1, 3-5."""
    spans: list[list[int]] = []
    for page in pages:
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    words = [str(one) if one == two else f"{one}-{two}" for one, two in spans[:_MOST_NAMED]]
    return ", ".join(words) + ("\u2026" if len(spans) > _MOST_NAMED else "")


def _no_text(papers: Papers) -> UnreadableSource:
    if papers.broken and not papers.pages:
        return pdf.damaged()
    if papers.lost:
        return UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "Its text needs fonts that this computer lacks: {fonts}."),
            hint=QT_TRANSLATE_NOOP("errors", "Install them, and import the file again."),
            fonts=", ".join(papers.lost),
        )
    if not papers.pictures:
        return UnreadableSource(QT_TRANSLATE_NOOP("errors", "Its pages are empty."))
    return PicturesOnly(
        QT_TRANSLATE_NOOP("errors", "This PDF holds pictures of pages and no text."),
        hint=QT_TRANSLATE_NOOP(
            "errors",
            "With Tesseract installed, the text on them is read: install Tesseract, and import the "
            "file again.",
        ),
        sheets=papers.count,
    )


IMPORTER = Importer(
    LABEL, (".pdf",), ("application/pdf", "application/x-pdf"), _accepts, _read, LARGEST_PDF
)
