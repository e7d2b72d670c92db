import pytest
from PySide6.QtCore import Qt

from briefing_app.gui.preview.pane import PreviewPane, PreviewWindow


@pytest.fixture
def pane(qtbot, pages):
    pane = PreviewPane(pages)
    qtbot.addWidget(pane)
    pane.resize(640, 800)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def show(qtbot, pane, data):
    pane.show_pdf(data)
    qtbot.waitUntil(pane.is_drawn)


def test_the_pages_stand_there_and_are_counted(qtbot, pane, pdf):
    show(qtbot, pane, pdf)
    assert pane.sheets.count == 2
    assert pane.words.text() == "PREVIEW  ·  PAGE 1 OF 2"
    middle = pane.sheets.viewport().grab().toImage()
    shades = [middle.pixelColor(x, y).lightness() for x in range(50, 500) for y in range(50, 300)]
    assert min(shades) < 60
    assert shades.count(255) > len(shades) / 2


def test_the_sheet_fits_the_width_of_the_view_also_after_a_resize(qtbot, pane, pdf):
    show(qtbot, pane, pdf)
    narrow = pane.sheets.factor
    pane.resize(900, 800)
    qtbot.waitUntil(lambda: pane.sheets.factor > narrow)
    assert pane.sheets._places()[0].width() == pane.sheets.viewport().width() - 32


def test_natural_size_is_96_dots_an_inch(qtbot, pane, pdf):
    show(qtbot, pane, pdf)
    qtbot.mouseClick(pane.natural, Qt.MouseButton.LeftButton)
    assert pane.natural.text() == "100 %"
    assert pane.sheets._places()[0].width() == pytest.approx(794, abs=1)
    assert not pane.fit.isChecked()
    qtbot.mouseClick(pane.fit, Qt.MouseButton.LeftButton)
    assert pane.fit.isChecked()


def test_a_new_pdf_keeps_the_place_and_leaves_no_blank(qtbot, pane, book, pdf):
    show(qtbot, pane, book)
    bar = pane.sheets.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qtbot.waitUntil(pane.is_drawn)
    place, page = bar.value(), pane.sheets.page
    assert page > 5
    pane.show_pdf(book)
    assert pane.sheets._pictures  # the old ones, until the new ones are drawn
    qtbot.waitUntil(pane.is_drawn)
    assert (bar.value(), pane.sheets.page) == (place, page)
    show(qtbot, pane, pdf)
    assert pane.sheets.count == 2


def test_only_pages_near_those_in_sight_are_drawn(qtbot, pane, book):
    show(qtbot, pane, book)
    assert len(pane.sheets._pictures) <= 2
    qtbot.keyClick(pane.sheets, Qt.Key.Key_End)
    qtbot.waitUntil(pane.is_drawn)
    assert pane.sheets.page == pane.sheets.count
    assert min(pane.sheets._pictures) > 10


def test_an_error_is_said_in_words_and_goes_with_the_next_pages(qtbot, pane, pdf):
    pane.show_error("There is no style “x”.")
    assert pane.fault.isVisible()
    show(qtbot, pane, pdf)
    assert not pane.fault.isVisible()
    pane.show_pdf(b"nonsense")
    qtbot.waitUntil(pane.fault.isVisible)
    assert "cannot be shown" in pane.fault.text()
    assert pane.sheets.count == 2


def test_warnings_stand_below_the_pages(qtbot, pane, pdf):
    pane.show_pdf(pdf, ("The character “漢” is missing.",))
    assert pane.warning.isVisible()
    assert "漢" in pane.warning.text()


def test_the_buttons_ask(qtbot, pane):
    names = {
        "Print…": pane.print_requested,
        "Export PDF…": pane.export_requested,
        "Close the preview": pane.close_requested,
    }
    for button in pane.findChildren(type(pane.fit)):
        if button.accessibleName() in names:
            with qtbot.waitSignal(names.pop(button.accessibleName())):
                qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not names


def test_the_preview_in_its_own_window_closes_with_escape(qtbot, pages, pdf):
    window = PreviewWindow(pages)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    show(qtbot, window.pane, pdf)
    with qtbot.waitSignal(window.closed):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
