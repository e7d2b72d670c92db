"""A PDF file opened within limits, and all of its pages read."""

from __future__ import annotations

import ctypes
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers.pdf.drawn import lost_of
from briefing_app.importers.pdf.glyphs import sheets
from briefing_app.importers.pdf.page import Page, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfDocument, PdfPage

    from briefing_app.progress import Progress

MOST_PAGES = 2_000
MOST_LETTERS = 10_000_000  # of a document; a result is at most 20 MB
_MOST_NOTES, _MOST_FILES = 1_000, 100
_PROTECTED = 4  # FPDF_ERR_PASSWORD
_FIELDS = ("Title", "Author", "CreationDate")


@dataclass(frozen=True, slots=True)
class Papers:
    """All pages of a document, what it says of itself, and which of them could not be read.

    `pictures` are the numbers of pages that show something and hold no text, `blank` those of pages
    that show nothing; `lost` are fonts without which some text cannot be read; `files` are names of
    files inside.
    """

    pages: tuple[Page, ...]
    said: dict[str, str]
    language: str = ""
    broken: tuple[int, ...] = ()
    pictures: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    lost: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Return how many pages there are, those that could not be read included."""
        return len(self.pages) + len(self.broken)


@contextmanager
def opened(data: bytes) -> Iterator[PdfDocument]:
    """Open a document for as long as the block runs.

    Raises: UnreadableSource if it is protected by a password, damaged, or has too many pages.
    """
    import pypdfium2  # noqa: PLC0415 (170 ms that only a PDF is worth)

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _locked() if getattr(error, "err_code", 0) == _PROTECTED else damaged() from error
    with closing(document):
        if len(document) > MOST_PAGES:
            raise UnreadableSource(
                QT_TRANSLATE_NOOP(
                    "errors", "It has {pages} pages, and at most {limit} pages are read."
                ),
                hint=QT_TRANSLATE_NOOP("errors", "Print the pages that matter into a file."),
                pages=len(document),
                limit=MOST_PAGES,
            )
        if len(document) == 0:
            raise damaged()
        yield document


def papers(document: PdfDocument, progress: Progress) -> Papers:
    """Read all pages. A page that cannot be read is left out, and named.

    Raises: UnreadableSource if there is more text than is kept, Cancelled.
    """
    import pypdfium2.raw as pdfium  # noqa: PLC0415 (loaded by whoever opened the document)
    from pypdfium2 import PdfiumError  # noqa: PLC0415 (the same)

    pages: list[Page] = []
    broken: list[int] = []
    pictures: list[int] = []
    blank: list[int] = []
    lost: set[str] = set()
    letters = 0
    for at in range(len(document)):
        progress.check()
        progress.step(at, len(document))
        try:
            sheet = page_at(document, at)
        except PdfiumError:
            broken.append(at + 1)
            continue
        with closing(sheet):
            found = sheets(sheet)
            page = page_of(at + 1, found, sheet.get_size())
            lost |= lost_of(pdfium, sheet, found[0].fonts if found else frozenset())
            if not page.letters:
                shown = pdfium.FPDFPage_CountObjects(sheet.raw) > 0
                (pictures if shown else blank).append(at + 1)
        letters += page.letters
        if letters > MOST_LETTERS:
            raise UnreadableSource(
                QT_TRANSLATE_NOOP("errors", "It holds more than {limit} characters of text."),
                limit=MOST_LETTERS,
            )
        pages.append(page)
    return Papers(
        tuple(pages),
        _said(document),
        _language(document),
        tuple(broken),
        tuple(pictures),
        tuple(blank),
        tuple(sorted(lost)),
        _files(document),
    )


def page_at(document: PdfDocument, at: int) -> PdfPage:
    """Return a page, counted from 0, with what was filled in or typed on it as part of its text.

    Raises: PdfiumError.
    """
    import pypdfium2.raw as pdfium  # noqa: PLC0415 (loaded by whoever opened the document)

    page = document[at]
    written = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT)
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, number)
        kind = pdfium.FPDFAnnot_GetSubtype(note) if note else -1
        pdfium.FPDFPage_CloseAnnot(note)
        if kind in written:
            break
    else:
        return page
    flat = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    if flat != pdfium.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[at]


def _files(document: PdfDocument) -> tuple[str, ...]:
    """Return the names of the files inside."""
    count = min(document.count_attachments(), _MOST_FILES)
    names = (clean_line(document.get_attachment(at).get_name()) for at in range(count))
    return tuple(name for name in names if name)


def _said(document: PdfDocument) -> dict[str, str]:
    found = {}
    for name in _FIELDS:
        try:
            found[name] = document.get_metadata_value(name)[:1000]
        except UnicodeDecodeError:
            continue
    return found


def _language(document: PdfDocument) -> str:
    import pypdfium2.raw as pdfium  # noqa: PLC0415 (loaded by whoever opened the document)

    size = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
    if not 2 < size <= 100:
        return ""
    buffer: Any = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _locked() -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "It is protected by a password."),
        hint=QT_TRANSLATE_NOOP(
            "errors", "Open it with the password, save a copy without, and import that."
        ),
    )


def damaged() -> UnreadableSource:
    """Return what to say of a file of which nothing can be read."""
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "This PDF is damaged: no page of it can be read."),
        hint=QT_TRANSLATE_NOOP(
            "errors", "Download it again, or open it in a PDF viewer and print it into a new file."
        ),
    )
