"""Print the bytes of a PDF on paper, in bands: a whole A4 page at 1200 dpi would be 557 MB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QPoint, QRect, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from briefing_app.errors import QT_TRANSLATE_NOOP, ExportFailure

if TYPE_CHECKING:
    from briefing_app.gui.pages import Pages, PageSize
    from briefing_app.progress import Progress

DPI = 600  # at most
BAND = 512  # rows of pixels at a time


def printer_for(size: PageSize) -> QPrinter:
    """Return a printer that is set to the paper of a document's first page, without margins."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    wide = size.width > size.height
    points = QSizeF(min(size.width, size.height), max(size.width, size.height))
    paper = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(paper, turned, QMarginsF()))
    printer.setFullPage(True)
    printer.setResolution(min(DPI, printer.resolution()))
    return printer


def print_pages(progress: Progress, pages: Pages, document: int, printer: QPrinter) -> int:
    """Print the chosen pages of a document and return how many they were; a job.

    Raises: ExportFailure if the printer does not begin or go on; Cancelled.
    """
    sizes = pages.sizes(document).result()
    chosen = _chosen(printer, len(sizes))
    painter = QPainter()
    if not painter.begin(printer):
        raise ExportFailure(
            QT_TRANSLATE_NOOP("errors", "The printer did not take the brief."),
            hint=QT_TRANSLATE_NOOP("errors", "Check that it is on, or print the exported PDF."),
        )
    try:
        for done, page in enumerate(chosen):
            progress.step(done, len(chosen))
            if done and not printer.newPage():
                raise ExportFailure(
                    QT_TRANSLATE_NOOP("errors", "The printer stopped after page {page}."),
                    page=chosen[done - 1] + 1,
                )
            _print_page(progress, pages, (document, page, sizes[page]), painter, printer)
    finally:
        painter.end()
    return len(chosen)


def _print_page(
    progress: Progress,
    pages: Pages,
    sheet: tuple[int, int, PageSize],
    painter: QPainter,
    printer: QPrinter,
) -> None:
    document, page, size = sheet
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    scale = min(printer.resolution() / 72, paper.width() / size.width, paper.height() / size.height)
    width, height = round(size.width * scale), round(size.height * scale)
    for top in range(0, height, BAND):
        progress.check()
        band = QRect(0, top, width, min(BAND, height - top))
        painter.drawImage(QPoint(0, top), pages.band(document, page, scale, band).result())


def _chosen(printer: QPrinter, count: int) -> tuple[int, ...]:
    """Return the pages that the user chose, from 0, in the order of printing."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    chosen = tuple(range(max(1, first) - 1, min(count, last)))
    backwards = printer.pageOrder() == QPrinter.PageOrder.LastPageFirst
    return tuple(reversed(chosen)) if backwards else chosen
