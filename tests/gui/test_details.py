"""What is known of an article: each field says where it came from, and can be corrected."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from briefing_app.domain.moment import Moment
from briefing_app.gui.dialogs.details import DetailsDialog
from briefing_app.gui.reader.origins import NAMES, origin_of, told
from tests.gui.reader import samples

ORIGINS = (
    ("title", "og:title"),
    ("source", "you"),
    ("language", "langid"),
    ("text", "little text"),
)


def article(**fields):
    return samples.article(origins=ORIGINS, authors=("A. Writer", "Smith, B."), **fields)


@pytest.fixture
def dialog(qtbot):
    dialog = DetailsDialog(article())
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def saved(dialog, qtbot):
    with qtbot.waitSignal(dialog.saved) as asked:
        dialog.save.click()
    return asked.args[0](article())


def test_each_field_says_where_it_came_from(dialog):
    assert dialog.origins["title"].text() == "from og:title"
    assert dialog.origins["source"].text() == "edited by you"
    assert dialog.origins["language"].text() == "guessed from the text"
    assert dialog.origins["authors"].isHidden()
    assert origin_of(article(), "page") == ""
    assert told(article(), "title", "authors", "source") == (
        "Title: from og:title\nOutlet: edited by you"
    )


def test_what_was_changed_is_corrected_and_nothing_else(dialog, qtbot):
    dialog.fields["title"].setText("  Another \n title ")
    dialog.fields["authors"].setText("Smith, B.; ; C. Writer")

    after = saved(dialog, qtbot)

    assert (after.title, after.authors) == ("Another title", ("Smith, B.", "C. Writer"))
    assert after.published == article().published
    assert not dialog.isVisible()


def test_nothing_that_was_changed_is_no_correction(dialog, qtbot):
    with qtbot.assertNotEmitted(dialog.saved):
        dialog.save.click()
    assert not dialog.isVisible()


def test_a_date_is_read_or_the_dialog_says_how_to_write_it(dialog, qtbot):
    dialog.fields["published"].setText("last week")
    with qtbot.assertNotEmitted(dialog.saved):
        dialog.save.click()
    assert dialog.problem.isVisible()
    assert dialog.isVisible()

    dialog.fields["published"].setText("2026-03-01")
    assert saved(dialog, qtbot).published == Moment(dt.date(2026, 3, 1))


def test_a_date_can_be_taken_away_and_a_title_cannot(dialog, qtbot):
    dialog.fields["title"].clear()
    dialog.save.click()
    assert dialog.problem.isVisible()

    dialog.fields["title"].setText("Talks resume")
    dialog.fields["published"].clear()
    assert saved(dialog, qtbot).published is None


def test_a_library_that_takes_no_edits_only_shows(qtbot):
    dialog = DetailsDialog(article(), writable=False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.save.isVisible()
    assert all(line.isReadOnly() for line in dialog.fields.values())


def test_everything_that_takes_the_focus_has_a_name(dialog):
    assert set(dialog.fields) == set(NAMES)
    nameless = [
        widget
        for widget in dialog.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []
