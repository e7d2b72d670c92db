"""History, trash, versions and erasing, as they are used in the window."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtWidgets import QFileDialog

from briefing_app.domain.annotation import Role
from briefing_app.domain.change import Action
from briefing_app.domain.record import Entity
from briefing_app.domain.story import edit_statement
from briefing_app.errors import NotFound
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from tests.unit.services.test_importing import PARAGRAPHS, page

MELT = "The ice is melting now, and the captain of the ferry has been told to get ready."


@pytest.fixture
def told(room):
    """What the window would say in a box."""
    errors = []
    room.desktop.care.failed.disconnect(room.desktop._failed)
    room.desktop.care.failed.connect(errors.append)
    return errors


@pytest.fixture
def article(room):
    """An article in two versions, open in the reader."""
    for data in (page(), page((*PARAGRAPHS, MELT))):
        (outcome,) = room.services.importing.bring_in([Document("a.html", data)], NoProgress())
        room.services.history.refresh()
    room.desktop.articles.refresh()
    room.wait(lambda: "Ice closes the route" in room.titles())
    room.desktop._open_article(outcome.article)
    room.wait(lambda: room.list.chosen() == (outcome.article,))
    return outcome.article


def write(room, text):
    story = room.story
    edit = partial(edit_statement, statement_id=story.statements[0].id, text=text)
    room.services.desk.edit_story(Action.EDIT_STATEMENT, story.id, edit)


def test_the_history_of_a_story_shows_what_changed_and_goes_back(room):
    before = room.story
    write(room, "Something else entirely, for once.")
    room.do("story-history")
    dialog = room.desktop.care.history.dialog
    room.wait(dialog.text.toPlainText)

    assert dialog.head.text() == "Typing"
    assert "Something else entirely" in dialog.text.toPlainText()
    assert "line-through" in dialog.text.toHtml()
    assert dialog.note.text() == "This is how it stands now."
    assert not dialog.restore.isEnabled()

    first = dialog.timeline.moments.index(dialog.timeline.moments.rowCount() - 1)
    dialog.timeline.setCurrentIndex(first)
    room.wait(dialog.restore.isEnabled)
    assert "Something else entirely" not in dialog.text.toPlainText()
    dialog.restore.click()

    assert room.story == before
    assert room.services.history.next_undo[0] is Action.RESTORE_STATE
    room.do("undo")
    assert room.story.statements[0].text == "Something else entirely, for once."


def test_the_history_of_a_brief_opens_its_stories(room):
    write(room, "Something else entirely, for once.")
    brief = room.services.desk.brief(room.desktop.composer.brief)
    room.services.desk.edit_brief(Action.EDIT_BRIEF, brief.id, partial(replace, title="Evening"))
    room.do("history")
    dialog = room.desktop.care.history.dialog
    room.wait(dialog.text.toPlainText)
    room.wait(lambda: dialog.head.text() == "Edit brief")

    assert "Evening" in dialog.text.toPlainText()
    assert "Something else entirely" not in dialog.text.toPlainText()
    from PySide6.QtCore import QUrl

    dialog.text.anchorClicked.emit(QUrl(room.story.id))
    assert "Something else entirely" in dialog.text.toPlainText()
    dialog.marks.setChecked(False)
    assert "underline" not in dialog.text.toHtml()
    dialog.close_button.click()


def test_what_was_thrown_away_comes_back_from_the_trash(room, article):
    room.do("delete-article")
    room.wait(lambda: room.desktop.reader.article != article)
    room.do("trash")
    dialog = room.desktop.care.trash.dialog
    room.wait(dialog.chosen)
    assert dialog.chosen() == ((Entity.ARTICLE, article),)
    assert "30 days left" in dialog.list.item(0).text()

    dialog.filter.setText("nothing of the kind")
    assert not dialog.chosen()
    assert not dialog.restore.isEnabled()
    dialog.filter.clear()
    dialog.restore.click()

    room.wait(lambda: room.desktop.reader.article == article)
    room.wait(lambda: not dialog.empty.isEnabled())
    assert "The trash is empty." in dialog.list.item(0).text()
    dialog.close_button.click()


def test_the_trash_is_emptied_when_the_user_means_it(room, article):
    room.do("delete-article")
    room.do("trash")
    dialog = room.desktop.care.trash.dialog
    room.wait(dialog.chosen)
    dialog.empty.click()
    room.wait(lambda: room.desktop.care.erasing.dialog)
    room.desktop.care.erasing.dialog.erase.click()

    room.wait(lambda: room.services.trash.rows() == ())
    with pytest.raises(NotFound):
        room.services.versions.of(article)


def test_an_article_is_erased_after_a_question_that_names_it(room, article):
    made = room.services.reading.annotate(article, 0, 14, Role.KEY_POINT)
    room.do("erase-article")
    room.wait(lambda: room.desktop.care.erasing.dialog)
    dialog = room.desktop.care.erasing.dialog
    from PySide6.QtWidgets import QLabel

    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Ice closes the route" in said
    assert "2 versions, 1 highlight, 2 originals" in said
    assert "1 row rests on it" in said
    assert dialog.rows.isVisible()
    assert not dialog.rows.isChecked()
    assert not dialog.backups.isVisible()
    dialog.cancel.click()
    assert room.services.articles.article(article).title == "Ice closes the route"

    room.do("erase-article")
    room.wait(lambda: room.desktop.care.erasing.dialog)
    room.desktop.care.erasing.dialog.erase.click()
    room.wait(lambda: not room.furniture.long_work.busy)
    room.wait(lambda: "Ice closes the route" not in room.titles())

    assert room.desktop.reader.article != article
    story = room.services.desk.story(made.story)
    assert story.statement(made.statement).evidence == ()


def test_an_older_version_is_read_and_nothing_is_marked_in_it(room, article):
    room.do("article-versions")
    dialog = room.desktop.care.versions.dialog
    room.wait(lambda: dialog.list.count() == 2)
    dialog.list.setCurrentRow(1)
    dialog.read.click()

    past = room.furniture.reader.past
    room.wait(past.isVisible)
    assert "You are reading the version of" in past.words.text()
    assert MELT not in room.view.toPlainText()
    before = len(room.services.reading.annotations(article))
    room.desktop.reader.annotate(0, 14, "key-point", "")
    assert len(room.services.reading.annotations(article)) == before

    past.back.click()
    assert not past.isVisible()
    assert MELT in room.view.toPlainText()


def test_a_new_version_of_the_open_article_is_shown_when_it_comes_in(room, article):
    new = page((*PARAGRAPHS, MELT, "And then it was spring."))
    room.services.importing.bring_in([Document("a.html", new)], NoProgress())
    room.services.history.refresh()
    room.wait(lambda: "And then it was spring." in room.view.toPlainText())


def test_it_is_not_the_same_article_and_then_it_is(room, article):
    room.do("not-same-article")
    room.wait(lambda: room.desktop.reader.article not in ("", article))
    other = room.desktop.reader.article
    room.wait(lambda: room.titles().count("Ice closes the route") == 2)
    assert MELT in room.view.toPlainText()
    assert MELT not in room.services.articles.version(article).body.text

    rows = room.list.rows
    room.list.choose("")
    room.list.selectAll()
    room.desktop.care.versions.join((article, other))
    room.wait(lambda: room.titles().count("Ice closes the route") == 1)
    assert room.desktop.reader.article == article
    assert rows.rowCount() == 2
    room.do("undo")
    room.wait(lambda: room.titles().count("Ice closes the route") == 2)


def test_an_original_is_saved_byte_for_byte(room, article, tmp_path, told):
    room.do("save-original")
    room.wait(lambda: room.window.findChild(QFileDialog))
    dialog = room.window.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("Ice closes the route.html")
    dialog.reject()
    file = tmp_path / "kept.html"
    original = room.services.articles.version(article).original
    room.desktop.care.versions.save_to(room.services.articles.original(original), str(file))
    assert file.read_bytes() == page((*PARAGRAPHS, MELT))
    assert told == []


def test_a_page_is_not_given_to_a_browser_and_a_text_is_opened_as_a_copy(room, article, told):
    opened = []
    room.desktop.care.versions._open = opened.append
    room.do("open-original")
    room.wait(lambda: told)
    assert "is not opened from here" in str(told[0])

    text = b"Notes: a title?\n\nJust some words of it, and some more."
    (outcome,) = room.services.importing.bring_in([Document("n.txt", text)], NoProgress())
    room.services.history.refresh()
    room.desktop.care.versions.open_original(outcome.article)
    room.wait(lambda: opened)
    (file,) = opened
    assert file.read_bytes() == text
    assert file.suffix == ".txt"
    assert not file.is_relative_to(room.services.about.folder)
    room.desktop.care.versions.close()
    assert not file.exists()
