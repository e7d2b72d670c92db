"""The words at the foot of the window."""

import pytest

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
