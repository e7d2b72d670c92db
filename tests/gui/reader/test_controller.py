"""The reader with a library behind it: keys make points, and whatever is edited is shown."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from briefing_app.app import open_library
from briefing_app.domain.annotation import Role
from briefing_app.domain.article import Article, ArticleVersion, BlockKind, Intake, Original
from briefing_app.domain.change import Action, Origin
from briefing_app.domain.story import edit_statement
from briefing_app.gui.jobs import JobRunner
from briefing_app.gui.reader.controller import ReaderController
from briefing_app.settings import Settings
from tests.gui.reader import painted, samples
from tests.unit.making import store as store_articles

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def services(tmp_path):
    services = open_library(tmp_path / "Test.briefinglib", Origin.WINDOW)
    yield services
    services.close()


@pytest.fixture
def receive(services):
    """Return a function that stores an article of a body and returns its id."""

    def store(body, title="Talks resume", pictures=()):
        data = (title + body.text).encode()
        original = Original(hashlib.sha256(data).hexdigest(), "text/plain", data)
        made = samples.version(body)
        version = ArticleVersion(
            str(uuid.uuid4()),
            str(uuid.uuid4()),
            body,
            original.digest,
            hashlib.sha256(body.text.encode()).hexdigest(),
            made.importer,
            made.retrieved,
        )
        article = Article(version.article, title, version.id, retrieved=made.retrieved)
        store_articles(services, ((article, Intake(version, (original, *pictures))),))
        services.history.refresh()
        return article.id

    return store


class Work:
    """A reader at work: select a quote and press a key, as a user does."""

    def __init__(self, pane, services, controller, qtbot):
        self.pane, self.view, self.services = pane, pane.view, services
        self.controller, self._qtbot = controller, qtbot

    def choose(self, quote):
        text = self.services.articles.version(self.controller.article).body.text
        start = text.index(quote)
        self.view.choose_passage(start, start + len(quote))

    def press(self, *keys):
        for key in keys:
            self._qtbot.keyClick(self.view, key)

    def marks(self):
        return self.services.reading.annotations(self.controller.article)


@pytest.fixture
def controller(pane, services, tmp_path, qapp):
    runner = JobRunner(qapp)
    settings = Settings(tmp_path / "settings.toml")
    controller = ReaderController(pane, services, runner, settings)
    yield controller
    controller.close()
    runner.stop()


@pytest.fixture
def work(pane, services, controller, qtbot):
    return Work(pane, services, controller, qtbot)


@pytest.fixture
def reader(work, receive, body, qtbot):
    """Return a reader with an article of the library open and the keys going to it."""
    work.controller.open_article(receive(body))
    work.pane.activateWindow()
    work.view.setFocus()
    qtbot.waitUntil(work.view.hasFocus)
    return work


@pytest.fixture
def story(services):
    brief = services.desk.new_brief("Morning brief")
    return services.desk.new_story(brief.id, "Grid failures")


def test_k_makes_a_highlight_and_a_key_point_that_rests_on_it(reader, story):
    reader.controller.show_target(story.id, "1 Grid failures")
    reader.choose("left a million people without power")

    reader.press(Qt.Key.Key_K)

    (mark,) = reader.marks()
    (statement,) = reader.services.desk.story(story.id).statements
    assert statement.text == "left a million people without power"
    assert [link.annotation for link in statement.evidence] == [mark.id]
    assert [one.id for one in reader.view.annotations] == [mark.id]
    assert reader.view.uses_of(mark.id) == ("Grid failures: left a million people without power",)
    assert not reader.view.textCursor().hasSelection()


def test_an_undo_takes_the_tint_away_and_a_redo_brings_it_back(reader, story):
    reader.controller.show_target(story.id, "1 Grid failures")
    reader.choose("Hospitals have generators.")
    reader.press(Qt.Key.Key_I)

    reader.services.history.undo()
    assert reader.view.annotations == ()
    reader.services.history.redo()
    (mark,) = reader.view.annotations
    assert mark.role is Role.IMPACT
    assert reader.view.uses_of(mark.id)


def test_without_a_story_a_passage_is_kept_with_its_role(reader):
    reader.controller.show_target("", "")
    reader.choose("Hospitals have generators.")

    reader.press(Qt.Key.Key_T)

    (mark,) = reader.view.annotations
    assert mark.role is Role.TAKEAWAY
    assert reader.view.uses_of(mark.id) == ()
    assert reader.services.desk.briefs() == ()


def test_what_a_statement_says_is_followed(reader, story):
    reader.controller.show_target(story.id, "1 Grid failures")
    reader.choose("Hospitals have generators.")
    reader.press(Qt.Key.Key_K)
    (statement,) = reader.services.desk.story(story.id).statements
    (mark,) = reader.view.annotations

    reader.services.desk.edit_story(
        Action.EDIT_STATEMENT, story.id, lambda one: edit_statement(one, statement.id, "They cope.")
    )

    assert reader.view.uses_of(mark.id) == ("Grid failures: They cope.",)


def test_what_was_made_before_is_shown_when_the_article_is_opened_again(reader, story, receive):
    first = reader.controller.article
    reader.controller.show_target(story.id, "1 Grid failures")
    reader.choose("Hospitals have generators.")
    reader.press(Qt.Key.Key_K)
    reader.controller.open_article(receive(samples.paragraphs("Another article.", "Without any.")))
    assert reader.view.annotations == ()

    reader.controller.open_article(first)

    (mark,) = reader.view.annotations
    assert reader.view.uses_of(mark.id) == ("Grid failures: Hospitals have generators.",)


def test_a_letter_on_a_highlight_gives_it_another_role_and_delete_deletes_it(reader):
    reader.choose("Hospitals have generators.")
    reader.press(Qt.Key.Key_H)
    reader.press(Qt.Key.Key_Comma)
    reader.press(Qt.Key.Key_S)
    assert [one.role for one in reader.marks()] == [Role.STORY]

    reader.press(Qt.Key.Key_Delete)

    assert reader.marks() == ()
    assert reader.view.annotations == ()


def test_shift_and_a_letter_ask_where_to_and_make_nothing_yet(reader, qtbot):
    reader.choose("Hospitals")

    with qtbot.waitSignal(reader.controller.target_once_asked, timeout=1000):
        qtbot.keyClick(reader.view, Qt.Key.Key_K, SHIFT)

    assert reader.marks() == ()


def test_a_passage_of_another_article_is_revealed_in_it(reader, receive):
    first = reader.controller.article
    made = reader.services.reading.annotate(first, 0, 13, Role.HIGHLIGHT)
    other = receive(samples.paragraphs("Another article.", "Without any."))
    reader.controller.open_article(other)

    assert reader.controller.reveal(made.annotation)

    assert reader.controller.article == first
    assert reader.view.current.id == made.annotation


def test_a_deleted_article_leaves_the_reader(reader):
    reader.services.articles.delete((reader.controller.article,))

    assert reader.controller.article == ""
    assert reader.pane._stack.currentWidget() is reader.pane._empty


def test_a_picture_that_is_in_the_library_is_shown(work, receive, qtbot):
    data = painted.picture(300, 200, "#2060c0")
    picture = Original(painted.digest(data), "image/png", data)
    body = samples.body(
        (BlockKind.PARAGRAPH, "One."), (BlockKind.IMAGE, "", {"asset": picture.digest})
    )
    work.controller.open_article(receive(body, pictures=(picture,)))

    def blue():
        seen = work.view.viewport().grab().toImage()
        middle = round(work.view.text_edges()[0]) + 150
        return any(
            seen.pixelColor(middle, y).name() == "#2060c0" for y in range(0, seen.height(), 9)
        )

    qtbot.waitUntil(blue)


def test_a_block_is_put_in_with_a_key_and_taken_back_with_undo(work, receive, qtbot):
    body = samples.body(
        (BlockKind.PARAGRAPH, "Menu", {"included": False}), (BlockKind.PARAGRAPH, "The ferry.")
    )
    work.controller.open_article(receive(body))
    work.view.setFocus()
    work.press(Qt.Key.Key_L)
    work.view.choose_passage(0, 4)
    work.press(Qt.Key.Key_X)
    assert work.services.history.next_undo[0] is Action.PUT_BLOCK_IN
    assert work.view.shows_blocks

    work.press(Qt.Key.Key_L)
    assert "Menu" in work.view.toPlainText()
    work.services.history.undo()
    assert "Menu" not in work.view.toPlainText()


def test_a_text_that_was_found_right_is_not_doubted_again(work, receive):
    body = samples.paragraphs("Short.")
    article = receive(body)
    work.services.articles.edit(
        article, lambda one: replace(one, origins=(("text", "little text"), ("title", "h1")))
    )
    work.controller.open_article(article)
    assert work.pane.strips.doubt.isVisible()

    work.pane.strips.doubt.first.click()

    assert not work.pane.strips.doubt.isVisible()
    assert work.services.articles.article(article).origins == (("title", "h1"),)
    work.services.history.undo()
    assert work.pane.strips.doubt.isVisible()


def test_an_article_that_is_corrected_elsewhere_shows_it(work, receive):
    article = receive(samples.paragraphs("The ferry was late."))
    work.controller.open_article(article)
    work.services.articles.edit(article, lambda one: replace(one, title="Another title"))
    assert "Another title" in work.view.toPlainText()


def test_who_else_prints_the_text_is_said_behind_and_opened_from_there(
    reader, receive, body, qtbot
):
    origins = reader.pane._bar.origins
    receive(body, "Talks & more")
    first = reader.controller.article

    qtbot.waitUntil(origins.isVisible)

    assert origins.text().strip() == "2 articles, 1 origin"  # neither names an outlet
    (action,) = origins.menu().actions()
    assert "Talks && more" in action.text()
    with qtbot.waitSignal(reader.controller.article_wanted) as asked:
        action.trigger()
    assert asked.args != [first]
    reader.controller.open_article(asked.args[0])
    assert not origins.isVisible()  # until it is known of this one
    qtbot.waitUntil(origins.isVisible)


def test_a_text_that_nobody_else_prints_has_no_button(reader, receive, body, qtbot):
    origins = reader.pane._bar.origins
    other = receive(body, "The same")
    qtbot.waitUntil(origins.isVisible)

    reader.services.articles.delete((other,))
    reader.services.history.flush()

    qtbot.waitUntil(lambda: not origins.isVisible())
