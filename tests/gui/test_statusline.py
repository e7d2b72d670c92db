"""The words at the foot of the window."""

import pytest
from PySide6.QtCore import Qt

from briefing_app.gui.statusline import StatusLine


@pytest.fixture
def status(qtbot):
    status = StatusLine()
    qtbot.addWidget(status)
    return status


@pytest.mark.parametrize(
    ("words", "pages", "text"),
    [
        (0, None, ""),
        (0, 1, "1 page"),
        (1, 1, "1 word · 1 page"),
        (434, None, "434 words"),
        (434, 2, "434 words · 2 pages"),
    ],
)
def test_one_is_one_and_nothing_is_not_said(status, words, pages, text):
    status.show_size(words, pages)
    assert status._pages.text() == text


@pytest.mark.parametrize(
    ("count", "text"), [(None, ""), (0, "0 highlights"), (1, "1 highlight"), (2, "2 highlights")]
)
def test_highlights_are_counted(status, count, text):
    status.show_highlights(count)
    assert status._counts.text() == text


def test_a_single_edit_that_is_not_saved_is_one(status):
    status.show_trouble(1)
    assert status._saved.text() == "1 edit is not saved"


def test_a_press_on_a_way_out_counts_though_the_press_itself_brings_another_edit(status, qtbot):
    """The press takes the keyboard from a row, which then tells its text: one more edit waits."""
    status.resize(900, 30)
    status.show()
    status.show_trouble(1)
    pressed = []
    status.elsewhere.clicked.connect(lambda: pressed.append(True))
    status.elsewhere.pressed.connect(lambda: status.show_trouble(2))
    qtbot.mouseClick(status.elsewhere, Qt.MouseButton.LeftButton)
    assert pressed == [True]


def test_a_library_that_does_not_come_leaves_what_was_said(status):
    status.show_trouble(2)
    status.show_opening()
    assert (status.saved_text(), status.retry.isHidden()) == ("Opening the library…", True)
    status.show_again()
    assert (status.saved_text(), status.retry.isHidden()) == ("2 edits are not saved", False)
