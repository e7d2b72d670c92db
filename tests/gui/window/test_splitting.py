"""Newsletters and PDFs are split in the window: the proposal first, then one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from tests.unit.services.test_splitting import TITLES, clip_book, newsletter


@pytest.fixture
def bring_in(room):
    """Return a function that brings a file in and opens it."""

    def bring(name, data):
        (outcome,) = room.services.importing.bring_in([Document(name, data)], NoProgress())
        room.services.history.refresh()
        room.desktop.articles.refresh()
        room.wait(lambda: outcome.title in room.titles())
        room.desktop._open_article(outcome.article)
        room.wait(lambda: room.list.chosen() == (outcome.article,))
        return outcome.article

    return bring


@pytest.fixture
def splitting(room):
    return room.desktop.care.splitting


def test_the_items_of_a_newsletter_are_chosen_made_and_taken_back(room, splitting, bring_in):
    bring_in("a.eml", newsletter())
    room.do("split-items")
    room.wait(lambda: splitting.items)
    dialog = splitting.items
    assert dialog.list.count() == 3
    assert dialog.list.item(0).text().split("\n")[0] == TITLES[0]
    dialog.none.click()
    assert not dialog.split.isEnabled()
    dialog.all.click()
    dialog.list.item(2).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.count.text() == "2 articles will be made"
    assert dialog.always.text() == "Always split newsletters of Morning Desk"
    dialog.archive.setChecked(False)
    dialog.always.setChecked(True)
    dialog.split.click()

    room.wait(lambda: set(TITLES[:2]) <= set(room.titles()))
    assert TITLES[2] not in room.titles()
    assert "The morning in brief, 1" in room.titles()
    assert room.settings.now.split_senders == ("morning desk",)
    assert room.window.actions_["undo"].text() == "Undo split into items"
    room.do("undo")
    room.wait(lambda: not set(TITLES) & set(room.titles()))


def test_items_that_are_there_already_are_not_ticked_and_a_sender_is_forgotten(
    room, splitting, bring_in
):
    mail = bring_in("a.eml", newsletter())
    room.settings.change(split_senders=("morning desk",))
    items = room.services.splitting.items(mail).items
    room.services.splitting.split_items(mail, items[:2], NoProgress())
    room.do("split-items")
    room.wait(lambda: splitting.items)
    dialog = splitting.items
    assert dialog.chosen() == items[2:]
    assert "Is there already" in dialog.list.item(0).text()
    assert dialog.always.isChecked()
    dialog.always.setChecked(False)
    dialog.split.click()
    room.wait(lambda: TITLES[2] in room.titles())
    assert room.settings.now.split_senders == ()


def test_the_parts_of_a_pdf_are_merged_parted_named_and_made(room, splitting, bring_in):
    book = bring_in("clips.pdf", clip_book(*TITLES))
    room.do("split-pages")
    room.wait(lambda: splitting.pages)
    dialog = splitting.pages
    rows = [(part.title, part.first, part.last) for part in dialog.parts()]
    assert rows == [(title, at, at) for at, title in enumerate(TITLES, 1)]

    dialog.table.selectRow(0)
    dialog.merge.click()
    assert [(part.first, part.last) for part in dialog.parts()] == [(1, 2), (3, 3)]
    dialog.table.item(0, 0).setText("Ice and tickets")
    dialog.table.item(1, 2).setData(Qt.ItemDataRole.EditRole, 9)
    assert not dialog.split.isEnabled()
    assert "Row 2" in dialog.note.text()
    dialog.table.item(1, 2).setData(Qt.ItemDataRole.EditRole, 3)
    dialog.split.click()

    room.wait(lambda: {"Ice and tickets", TITLES[2]} <= set(room.titles()))
    assert room.services.articles.article(book).state.value == "archived"
    room.do("undo")
    room.wait(lambda: "Ice and tickets" not in room.titles())


def test_parts_go_back_to_what_was_proposed(room, splitting, bring_in):
    bring_in("clips.pdf", clip_book(*TITLES))
    room.do("split-pages")
    room.wait(lambda: splitting.pages)
    dialog = splitting.pages
    proposed = dialog.parts()
    dialog.table.selectAll()
    dialog.merge.click()
    assert [(part.first, part.last) for part in dialog.parts()] == [(1, 3)]
    dialog.part.click()
    assert [(part.first, part.last) for part in dialog.parts()] == [(1, 2), (3, 3)]
    dialog.remove.click()
    assert len(dialog.parts()) == 1
    dialog.by_page.click()
    assert [part.first for part in dialog.parts()] == [1, 2, 3]
    dialog.proposal.click()
    assert dialog.parts() == proposed
    dialog.cancel.click()
    room.wait(lambda: splitting.pages is None)


def test_what_is_one_text_is_said_to_be_one(room, splitting, bring_in):
    told = []
    room.desktop.care.failed.disconnect(room.desktop._failed)
    room.desktop.care.failed.connect(told.append)
    bring_in("a.txt", b"Ice closes the route\n\nOne text, and no more than that.")
    room.do("split-items")
    room.wait(lambda: told)
    assert "one text" in str(told[0])
