"""Tags, collections, sorting and many articles at once, in the window."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu, QMessageBox

from briefing_app.domain.annotation import Role
from briefing_app.domain.article import State
from briefing_app.domain.change import Action
from briefing_app.domain.story import edit_statement
from briefing_app.gui.dialogs.alltags import AllTagsDialog
from briefing_app.gui.dialogs.name import NameDialog
from briefing_app.gui.gathering import deeds as deeds_module
from briefing_app.gui.gathering.picker import Picker
from tests.dialogs import in_next


@pytest.fixture
def full(room, tmp_path):
    """A window over some articles; each title begins with another letter."""
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    for letter in "BACED":
        text = f"{letter} report\n\nWhat {letter} has to say stands in this paragraph."
        (incoming / f"{letter}.txt").write_text(text)
    room.desktop.imports.bring_in((incoming,))
    room.wait(room.furniture.strip.close_strip.isVisible)
    room.wait(lambda: len(room.titles()) == 6 and room.desktop.articles.listing is not None)
    room.services.history.refresh()
    return room


def choose(room, *titles):
    places = [room.titles().index(title) for title in titles]
    room.list.clearSelection()
    for at in places:
        room.list.selectionModel().select(
            room.list.rows.index(at, 0), room.list.selectionModel().SelectionFlag.Select
        )
    assert room.window.articles.count_chosen() == len(titles)


def ids_of(room, *titles):
    rows = room.list.rows
    return tuple(rows.row(room.titles().index(title)).id for title in titles)


def tags(room, title):
    (uid,) = ids_of(room, title)
    return room.services.articles.article(uid).tags


def test_tags_are_put_on_several_articles_in_one_dialog_and_one_step(full, qtbot):
    choose(full, "A report", "B report")

    def tag(dialog):
        for name in ("energy", "peace talks"):
            qtbot.keyClicks(dialog.line, name)
            qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
        qtbot.keyClick(dialog.line, Qt.Key.Key_Return)

    in_next(full.window, Picker, tag)
    full.do("tag-article")
    assert tags(full, "A report") == tags(full, "B report") == ("energy", "peace talks")
    full.wait(
        lambda: [tag for tag, _ in full.window.articles.tags._tags] == ["energy", "peace talks"]
    )
    full.do("undo")
    assert tags(full, "A report") == ()


def test_what_only_some_have_stays_as_it_is(full, qtbot):
    full.services.collecting.tag(ids_of(full, "A report"), ("aid",))
    full.services.collecting.tag(ids_of(full, "A report", "B report"), ("grid",))
    full.wait(full.window.articles.tags.isVisible)
    choose(full, "A report", "B report")

    def tag(dialog):
        states = {
            dialog.list.item(n).text().split()[0]: dialog.list.item(n).checkState()
            for n in range(dialog.list.count())
        }
        assert states["aid"] is Qt.CheckState.PartiallyChecked
        assert states["grid"] is Qt.CheckState.Checked
        qtbot.keyClicks(dialog.line, "grid")
        qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
        qtbot.keyClick(dialog.line, Qt.Key.Key_Return)

    in_next(full.window, Picker, tag)
    full.do("tag-article")
    assert (tags(full, "A report"), tags(full, "B report")) == (("aid",), ())


def test_a_click_on_a_tag_filters_the_list_and_another_takes_that_back(full, qtbot):
    full.services.collecting.tag(ids_of(full, "A report"), ("peace talks",))
    bar = full.window.articles.tags
    full.wait(bar.isVisible)
    bar._chips[0].click()
    assert full.window.articles.filter.text() == 'tag:"peace talks" '
    full.wait(lambda: full.titles() == ["A report"])
    assert bar._chips[0].isChecked()
    bar._chips[0].click()
    full.wait(lambda: len(full.titles()) == 6)


def test_a_tag_is_renamed_everywhere(full):
    full.services.collecting.tag(ids_of(full, "A report", "B report"), ("aid",))
    full.wait(lambda: full.desktop.gathering._tags == (("aid", 2),))

    def rename(dialog):
        dialog.list.setCurrentRow(0)
        in_next(full.window, NameDialog, name)
        dialog.rename.click()
        full.wait(lambda: dialog._tags == (("help", 2),))
        dialog.reject()

    def name(dialog):
        dialog.line.setText("help")
        dialog.accept()

    in_next(full.window, AllTagsDialog, rename)
    full.do("tags")
    assert tags(full, "A report") == ("help",)


def test_a_collection_is_made_filled_by_dropping_and_shown(full, qtbot):
    def name(dialog):
        dialog.line.setText("Power grid")
        dialog.accept()

    in_next(full.window, NameDialog, name)
    full.do("new-collection")
    shelves = full.window.articles.shelves
    full.wait(lambda: shelves.count() == 7)
    shelf = shelves.item(6).data(0x0100).name
    choose(full, "A report", "C report")
    shelves.articles_dropped.emit(shelf)
    full.wait(lambda: shelves.item(6).data(0x0100).count == 2)
    shelves.choose(shelf)
    full.wait(lambda: full.titles() == ["C report", "A report"])
    choose(full, "A report")
    menu = QMenu()
    full.desktop.gathering.fill_menu(menu)
    out = next(one for one in menu.actions() if "Take out" in one.text())
    out.trigger()
    assert full.titles() == ["C report"]
    full.wait(lambda: shelves.item(6).data(0x0100).count == 1)
    full.do("undo")
    full.wait(lambda: full.titles() == ["C report", "A report"])


def test_collections_are_renamed_moved_and_deleted_from_the_keyboard(full, qtbot):
    made = [full.services.collecting.new_collection(name) for name in ("One", "Two")]
    shelves = full.window.articles.shelves
    full.wait(lambda: shelves.count() == 8)
    names = lambda: [shelves.item(n).text() for n in range(6, shelves.count())]  # noqa: E731 (short)
    shelves.choose(f"collection:{made[1].id}")
    qtbot.keyClick(shelves, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    full.wait(lambda: names() == ["Two", "One"])

    def name(dialog):
        dialog.line.setText("Second")
        dialog.accept()

    in_next(full.window, NameDialog, name)
    qtbot.keyClick(shelves, Qt.Key.Key_F2)
    full.wait(lambda: names() == ["Second", "One"])
    qtbot.keyClick(shelves, Qt.Key.Key_Delete)
    full.wait(lambda: names() == ["One"])
    assert shelves.shelf() == "inbox"


def test_the_list_is_sorted_and_stays_so(full):
    head = full.window.articles.head
    by_title = next(one for one in head.menu.actions() if one.data() == "title")
    by_title.trigger()
    full.wait(lambda: [one[0] for one in full.titles() if one.endswith(" report")] == list("ABCDE"))
    assert "By title" in head.button.text()
    assert full.settings.now.sort == "title"


def test_the_menu_says_how_many_articles_it_is_about(full):
    choose(full, "A report", "B report", "C report")
    menu = QMenu()
    full.window.articles._fill_menu(menu)
    words = [one.text().partition("\t")[0] for one in menu.actions()]
    assert "Archive 3 articles" in words
    assert "Delete 3 articles" in words
    next(one for one in menu.actions() if one.text().startswith("Archive")).trigger()
    full.wait(lambda: len(full.titles()) == 3)


def test_many_articles_are_changed_and_taken_back_as_long_work(full, monkeypatch):
    monkeypatch.setattr(deeds_module, "FEW", 2)
    monkeypatch.setattr("briefing_app.services.many.FEW", 2)
    choose(full, "A report", "B report", "C report", "D report")
    full.window.articles.press_letter("E")
    full.wait(lambda: len(full.titles()) == 2)
    full.services.history.refresh()
    assert full.services.articles.counts().archived == 4
    full.do("undo")
    full.wait(lambda: len(full.titles()) == 6)
    full.do("redo")
    full.wait(lambda: len(full.titles()) == 2)


def test_a_mass_deletion_is_backed_up_first(full, monkeypatch):
    monkeypatch.setattr(deeds_module, "SAFE", 2)
    monkeypatch.setattr("briefing_app.services.many.FEW", 2)
    choose(full, "A report", "B report", "C report")
    full.do("delete-article")
    full.wait(lambda: len(full.titles()) == 3)
    assert [one.reason.value for one in full.services.upkeep.backups()][:1] == ["before-delete"]
    full.do("undo")
    full.wait(lambda: len(full.titles()) == 6)


def test_an_article_that_gets_its_first_highlight_comes_to_the_highlights(full):
    full.window.articles.shelves.choose("annotated")
    full.wait(lambda: len(full.titles()) == 1)
    full.window.articles.shelves.choose("inbox")
    full.wait(lambda: len(full.titles()) == 6)
    (uid,) = ids_of(full, "A report")
    full.window.articles.shelves.choose("annotated")
    full.wait(lambda: len(full.titles()) == 1)
    full.services.reading.annotate(uid, 0, 4, Role.HIGHLIGHT)
    full.wait(lambda: len(full.titles()) == 2)


def test_deleting_many_asks_first_with_their_number(full, monkeypatch):
    monkeypatch.setattr(deeds_module, "ASKED", 2)
    choose(full, "A report", "B report", "C report")
    said = []

    def stay(box):
        said.append(box.text())
        box.button(QMessageBox.StandardButton.Cancel).click()

    def go(box):
        next(one for one in box.buttons() if "Delete" in one.text()).click()

    in_next(full.window, QMessageBox, stay)
    full.do("delete-article")
    assert (said, len(full.titles())) == (["Delete 3 articles?"], 6)
    in_next(full.window, QMessageBox, go)
    full.do("delete-article")
    full.wait(lambda: len(full.titles()) == 3)


def test_typing_in_a_story_does_not_read_the_list(full):
    full.wait(lambda: not full.services.history.pending)
    full.qtbot.wait(600)  # what was stored before has been read
    listed = []
    full.desktop.articles.listed.connect(lambda: listed.append(1))
    story = full.desktop.composer.story
    row = full.services.desk.story(story).statements[0]
    full.services.desk.edit_story(
        Action.EDIT_STATEMENT,
        story,
        partial(edit_statement, statement_id=row.id, text="Typed."),
    )
    full.services.history.flush()
    full.qtbot.wait(300)
    assert listed == []


def test_a_new_article_does_not_move_what_is_seen(full, tmp_path):
    choose(full, "A report")
    before = full.list.chosen()
    (tmp_path / "z.txt").write_text("Z report\n\nIt came late.")
    full.desktop.imports.bring_in((tmp_path / "z.txt",))
    full.wait(lambda: len(full.titles()) == 7)
    assert full.list.chosen() == before


def test_the_menu_of_a_collection_opens_on_a_right_click(full, qtbot):
    made = full.services.collecting.new_collection("One")
    shelves = full.window.articles.shelves
    full.wait(lambda: shelves.count() == 7)
    asked = []
    shelves.menu_wanted.disconnect()
    shelves.menu_wanted.connect(lambda name, where: asked.append((name, type(where))))
    place = shelves.visualItemRect(shelves.item(6)).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, shelves.viewport().mapToGlobal(place)
    )
    shelves.contextMenuEvent(event)
    assert asked == [(f"collection:{made.id}", QPoint)]


def test_archiving_keeps_its_state(full):
    choose(full, "B report")
    (uid,) = full.list.chosen()
    full.window.articles.press_letter("E")
    assert full.services.articles.article(uid).state is State.ARCHIVED
