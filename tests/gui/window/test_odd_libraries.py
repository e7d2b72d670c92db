"""The window over libraries that are out of the ordinary: endless titles, damaged texts."""

from __future__ import annotations

from sqlalchemy import update

from briefing_app.domain.annotation import Role
from briefing_app.storage.connection import writing_engine
from briefing_app.storage.schema import BODY
from briefing_app.storage.writer import FILE
from tests.dialogs import press_in_next
from tests.unit.making import article_of, body_of, store

LONG = "An endless title, word for word. " * 3031


def bring_in(room, title, text):
    article, intake = article_of(room.services.history.new_id, title, body_of(text))
    store(room.services, ((article, intake),))
    room.services.history.refresh()
    room.wait(lambda: any(shown.startswith(title[:200]) for shown in room.titles()))
    return article.id


def test_a_title_like_a_book_is_listed_opened_and_undone_by_a_short_name(room):
    article = bring_in(room, LONG, "The strike ended at dawn.")
    room.desktop.reader.open_article(article)
    room.window.grab()
    made = room.services.reading.annotate(
        article, 4, 10, Role.KEY_POINT, story_id=room.desktop.composer.story
    )
    story = room.services.desk.new_story(room.desktop.composer.brief, LONG)
    room.desktop.composer.open_story(story.id)
    room.window.grab()
    assert room.services.reading.annotation(made.annotation)
    assert len(room.window.windowTitle()) < 300
    assert len(room.window.actions_["undo"].text()) < 300
    room.do("undo")
    room.do("undo")
    assert room.services.reading.annotations(article) == ()
    room.do("redo")
    room.do("redo")
    room.window.grab()
    assert room.services.desk.story(story.id).headline == LONG


def test_an_article_with_a_damaged_text_is_told_and_not_shown_and_the_window_goes_on(
    room, tmp_path
):
    bad = bring_in(room, "Damaged", "The strike ended at dawn.")
    good = bring_in(room, "Sound", "The ferry sails.")
    room.services.history.flush()
    engine = writing_engine(tmp_path / "Test.briefinglib" / FILE)
    with engine.begin() as connection:
        connection.execute(update(BODY).values(text="Somebody else's words."))
    engine.dispose()
    said = press_in_next(room.window)
    room.desktop.reader.open_article(bad)
    room.wait(lambda: said)
    assert said[0] == "The text of “Damaged” is damaged in the library, so it is not shown."
    assert "import its file again" in said[1]
    assert room.desktop.reader.article == ""
    assert "Somebody else's words" not in room.view.toPlainText()
    room.services.articles.delete([bad, good])
    room.wait(lambda: "Damaged" not in room.titles())
