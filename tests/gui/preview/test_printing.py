from contextlib import closing

import pypdfium2
import pytest
from PySide6.QtCore import QRect
from PySide6.QtPrintSupport import QPrinter

from briefing_app.errors import Cancelled, ExportFailure
from briefing_app.gui.printing import DPI, print_pages, printer_for
from briefing_app.progress import NoProgress


@pytest.fixture
def printer(qtbot, pages, pdf, tmp_path):
    with qtbot.waitSignal(pages.opened) as caught:
        pages.open(pdf)
    printer = printer_for(caught.args[1][0])
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setResolution(150)
    printer.document = caught.args[0]
    return printer


def paper(path):
    """Return the sizes of the printed pages, and the first one in shades of grey."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        sizes = [document.get_page_size(at) for at in range(len(document))]
        with closing(document[0]) as page, closing(page.render(scale=1)) as bitmap:
            return sizes, bitmap.to_pil().convert("L")


def test_every_page_reaches_the_paper_whole_and_in_place(printer, pages, on_pdfium, tmp_path):
    assert print_pages(NoProgress(), pages, printer.document, printer) == 2
    sizes, printed = on_pdfium(paper, tmp_path / "paper.pdf")
    assert len(sizes) == 2
    assert sizes[0] == pytest.approx((595.3, 841.9), abs=1.5)
    original = pages.band(printer.document, 0, 1.0, QRect(0, 0, 595, 842)).result()
    dark = [
        (x, y) for x in range(595) for y in range(840) if original.pixelColor(x, y).lightness() < 90
    ]
    assert len(dark) > 500
    around = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    near = sum(
        min(printed.getpixel((min(594, x + dx), min(840, y + dy))) for dx, dy in around) < 190
        for x, y in dark
    )
    assert near / len(dark) > 0.98


def test_only_the_chosen_pages_are_printed(printer, pages, on_pdfium, tmp_path):
    printer.setFromTo(2, 2)
    assert print_pages(NoProgress(), pages, printer.document, printer) == 1
    sizes, _first = on_pdfium(paper, tmp_path / "paper.pdf")
    assert len(sizes) == 1


def test_the_resolution_is_never_above_600(printer, qtbot, pages, pdf):
    with qtbot.waitSignal(pages.opened) as caught:
        pages.open(pdf)
    assert printer_for(caught.args[1][0]).resolution() <= DPI


def test_printing_can_be_stopped(printer, pages):
    class Stopped(NoProgress):
        def check(self):
            raise Cancelled

    with pytest.raises(Cancelled):
        print_pages(Stopped(), pages, printer.document, printer)


def test_a_printer_that_does_not_begin_is_said(printer, pages, tmp_path):
    printer.setOutputFileName(str(tmp_path / "no" / "such" / "folder.pdf"))
    with pytest.raises(ExportFailure, match="did not take the brief"):
        print_pages(NoProgress(), pages, printer.document, printer)
