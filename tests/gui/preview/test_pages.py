import threading

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter


def darkest(image: QImage) -> int:
    return min(
        image.pixelColor(x, y).lightness()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


def test_a_document_tells_the_size_of_its_pages(qtbot, pages, pdf):
    with qtbot.waitSignal(pages.opened) as caught:
        number = pages.open(pdf)
    assert caught.args[0] == number
    sizes = caught.args[1]
    assert len(sizes) == 2
    assert sizes[0].width == pytest.approx(595.28, abs=0.5)
    assert sizes[0].height == pytest.approx(841.89, abs=0.5)


def test_a_page_comes_at_the_scale_that_was_asked_for_and_has_ink(qtbot, pages, pdf):
    number = pages.open(pdf)
    with qtbot.waitSignal(pages.rendered) as caught:
        pages.render(number, 0, 1.5)
    picture = caught.args[0]
    assert (picture.document, picture.page, picture.scale) == (number, 0, 1.5)
    assert picture.image.width() == pytest.approx(595.28 * 1.5, abs=1)
    assert picture.image.pixelColor(2, 2).name() == "#ffffff"
    assert darkest(picture.image) < 60


def test_bands_put_together_are_the_page(qtbot, pages, pdf):
    number = pages.open(pdf)
    with qtbot.waitSignal(pages.rendered) as caught:
        pages.render(number, 0, 1.0)
    whole = caught.args[0].image
    together = QImage(whole.size(), QImage.Format.Format_RGB32)
    painter = QPainter(together)
    for top in range(0, whole.height(), 100):
        height = min(100, whole.height() - top)
        band = pages.band(number, 0, 1.0, QRect(0, top, whole.width(), height)).result()
        painter.drawImage(0, top, band)
    painter.end()
    pairs = zip(bytes(together.constBits()), bytes(whole.constBits()), strict=True)
    assert max(abs(a - b) for a, b in pairs) <= 1  # a hairline at an edge may round by one shade


def test_what_is_no_pdf_is_said(qtbot, pages):
    with qtbot.waitSignal(pages.failed) as caught:
        number = pages.open(b"not a PDF")
    assert caught.args[0] == number
    assert caught.args[1]


def test_three_threads_at_once_are_served_one_after_the_other(pages, pdf):
    number = pages.open(pdf)
    images = []

    def ask():
        images.extend(
            pages.band(number, 0, 1.0, QRect(0, top, 595, 80)).result() for top in range(0, 800, 80)
        )

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(images) == 30


def test_a_document_that_was_closed_is_passed_over(qtbot, pages, pdf):
    first, second = pages.open(pdf), pages.open(pdf)
    pages.forget(first)
    pages.render(first, 0, 1.0)
    with qtbot.waitSignal(pages.rendered) as caught:
        pages.render(second, 0, 1.0)
    assert caught.args[0].document == second
