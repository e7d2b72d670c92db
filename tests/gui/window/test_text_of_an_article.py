"""The text of an article in the window: its blocks, its details, and how its bytes are read."""

from __future__ import annotations

from PySide6.QtCore import Qt

from briefing_app.domain.change import Action
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress

PORT = "Порт відкрив другий причал."
PAGE = (
    "<html><head><meta charset='windows-1252'><title>Harbour</title></head><body>"
    f"<h1>Harbour</h1><p>{PORT}</p><p>{'Ще одне речення про порт. ' * 30}</p></body></html>"
)


def bring_in(room, tmp_path):
    room.wait_for_samples()
    (outcome,) = room.services.importing.bring_in(
        [Document("port.html", PAGE.encode("cp1251"))], NoProgress()
    )
    room.services.history.refresh()
    room.desktop.articles.refresh()
    room.wait(lambda: "Harbour" in room.titles())
    room.desktop._open_article(outcome.article)
    room.wait(lambda: room.list.chosen() == (outcome.article,))
    return outcome.article


def test_a_text_that_reads_wrong_is_read_again_and_undo_takes_it_back(room, tmp_path, qtbot):
    article = bring_in(room, tmp_path)
    assert "причал" not in room.view.toPlainText()

    room.do("read-again")
    room.wait(lambda: room.desktop.care.versions.encodings)
    dialog = room.desktop.care.versions.encodings
    (item,) = dialog.list.findItems("Windows-1251", Qt.MatchFlag.MatchExactly)
    dialog.list.setCurrentItem(item)
    assert "Порт" in dialog.text.toPlainText()
    dialog.read.click()

    room.wait(lambda: "причал" in room.view.toPlainText())
    assert len(room.services.versions.of(article)) == 2
    room.do("undo")
    room.wait(lambda: "причал" not in room.view.toPlainText())


def test_details_are_corrected_from_the_menu(room, tmp_path):
    article = bring_in(room, tmp_path)
    room.do("article-details")
    dialog = room.desktop.details.dialog
    dialog.fields["source"].setText("Harbour News")
    dialog.save.click()

    assert room.services.articles.article(article).source == "Harbour News"
    assert "HARBOUR NEWS" in room.view.toPlainText()
    assert room.services.history.next_undo == (Action.EDIT_ARTICLE, "Harbour")
    room.do("article-details")
    assert room.desktop.details.dialog.origins["source"].text() == "edited by you"
    room.desktop.details.dialog.reject()


def test_the_menu_shows_what_was_left_out(room, tmp_path):
    bring_in(room, tmp_path)
    room.do("left-out")
    assert room.view.shows_blocks
    room.do("left-out")
    assert not room.view.shows_blocks
