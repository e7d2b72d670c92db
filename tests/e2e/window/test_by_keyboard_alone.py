"""The whole job without a mouse: every step goes through the window's keyboard."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from briefing_app.domain.statement import Part
from tests.e2e.window import papers
from tests.e2e.window.person import ALT, CTRL, SHIFT, name_a_file

Key = Qt.Key


def test_articles_become_a_pdf_without_a_mouse(person, tmp_path):
    files = papers.lay_out(tmp_path / "papers")
    person.until(lambda: person.reading().startswith("Abu Dhabi talks"))
    person.until_saved()
    bring_files_in(person, files)
    begin_a_brief(person)
    find_an_article_and_make_points(person)
    write_and_reorder(person)
    go_to_the_passage_and_back(person)
    choose_where_the_next_point_goes(person)
    take_back_and_bring_again(person)
    export(person, tmp_path / "out.pdf")


def test_f6_and_the_arrows_reach_every_pane(person):
    person.until(lambda: person.reading().startswith("Abu Dhabi talks"))
    person.until(lambda: pane(person) == "articles")
    person.keys(Key.Key_F6)
    assert pane(person) == "reader"
    person.keys(Key.Key_F6)
    assert pane(person) == "composer"
    person.keys(Key.Key_F6)
    assert pane(person) == "articles"
    person.keys((SHIFT, Key.Key_F6))
    assert pane(person) == "composer"
    # one stop a part, the arrows inside
    seen = [part_with_the_caret(person)]
    for _ in range(3):
        person.keys(Key.Key_Tab)
        seen.append(part_with_the_caret(person))
    assert seen == [Part.NARRATIVE, Part.KEY_POINTS, Part.KEY_TAKEAWAYS, Part.IMPACT]
    person.keys((SHIFT, Key.Key_F6))
    assert pane(person) == "reader"


def bring_files_in(person, files):
    wanted = [files[name] for name in ("note.txt", "report.md", "page.html", "broken.html")]
    with person.answering(lambda dialog: name_a_file(person, dialog, *wanted)):
        person.keys((CTRL, Key.Key_O))
    person.until(lambda: person.strip.text() == "3 imported, 1 failed.")
    run_command(person, "Results of")
    results = person.start.desktop.imports.results
    person.until(results.isActiveWindow)
    assert "broken.html" in results.tree.topLevelItem(0).text(0)
    person.keys(Key.Key_Escape)
    person.until(person.window.isActiveWindow)


def begin_a_brief(person):
    with person.answering(lambda dialog: answer(person, dialog, "Night brief")):
        person.keys((CTRL, Key.Key_N))
    person.until(person.composer.headline.hasFocus)
    person.type("The north without power")
    person.keys(Key.Key_Return)
    person.until(lambda: story(person).headline == "The north without power")


def find_an_article_and_make_points(person):
    find(person, "grid failures")
    person.until(lambda: person.reading() == "Grid failures in the north")
    assert pane(person) == "reader"
    assert person.furniture.reader._bar.isVisible()
    # the caret stands before the first word
    select_sentence(person, "A million people were without power on Friday night.")
    person.keys(Key.Key_K)
    person.until(lambda: len(person.rows(Part.KEY_POINTS)) == 1)
    select_sentence(person, "Repairs will take six weeks.")
    person.keys(Key.Key_T)
    person.until(lambda: len(person.rows(Part.KEY_TAKEAWAYS)) == 1)
    select_sentence(person, "Three transformers burned out within an hour.")
    person.keys(Key.Key_S)
    person.until(lambda: len(person.rows(Part.NARRATIVE)) == 1)
    select_sentence(person, "Trains stand still.")
    person.keys(Key.Key_I)
    person.until(lambda: person.rows(Part.IMPACT) == ["Trains stand still."])
    # steps through the highlights, and one more role for the last one
    person.keys(Key.Key_Period, Key.Key_Comma)
    assert person.view.current is not None
    # the same through the list of articles
    person.keys((SHIFT, Key.Key_F6))
    assert pane(person) == "articles"
    person.keys(Key.Key_Up, Key.Key_Down, Key.Key_Home)
    person.until(lambda: person.reading() == "Central bank holds its rate")
    person.keys(Key.Key_Return)
    person.until(lambda: pane(person) == "reader")
    select_sentence(person, "The minutes will be published in three weeks.")
    person.keys(Key.Key_K)
    person.until(lambda: len(person.rows(Part.KEY_POINTS)) == 2)
    person.until_saved()


def write_and_reorder(person):
    person.keys(Key.Key_F6)
    assert pane(person) == "composer"
    person.keys(Key.Key_Tab)
    person.until(lambda: part_with_the_caret(person) is Part.KEY_POINTS)
    person.keys(Key.Key_End, Key.Key_Return)
    person.type("No spare is to be had")
    person.until(lambda: "No spare is to be had" in person.rows(Part.KEY_POINTS))
    at = person.rows(Part.KEY_POINTS).index("No spare is to be had")
    person.keys((ALT, Key.Key_Up))
    person.until(
        lambda: (
            "No spare is to be had" in person.rows(Part.KEY_POINTS)[: max(at, 1)]
            and person.row(
                Part.KEY_POINTS, person.rows(Part.KEY_POINTS).index("No spare is to be had")
            ).hasFocus()
        )
    )
    person.until(lambda: person.rows(Part.KEY_POINTS)[at - 1] == "No spare is to be had")


def go_to_the_passage_and_back(person):
    person.keys(Key.Key_Down)
    quote = person.rows(Part.KEY_POINTS)[1]
    person.until(person.row(Part.KEY_POINTS, 1).hasFocus)
    person.keys((CTRL, Key.Key_Return))
    person.until(lambda: pane(person) == "reader")
    assert person.view.current.target.exact == quote
    # Enter goes back to the statement
    person.keys(Key.Key_Return)
    person.until(person.row(Part.KEY_POINTS, 1).hasFocus)


def choose_where_the_next_point_goes(person):
    person.keys((SHIFT, Key.Key_F6))
    assert pane(person) == "reader"
    person.keys(Key.Key_G)
    person.until(person.furniture.target.isVisible)
    person.type("ukraine")
    person.until(lambda: "Ukraine" in person.furniture.target.rows()[0].title)
    person.keys(Key.Key_Return)
    person.until(lambda: len(person.rows(Part.KEY_POINTS)) == 6)
    assert pane(person) == "reader"
    find(person, "harbour pilots")
    person.until(lambda: person.reading() == "Harbour pilots walk out")
    select_sentence(person, "Eleven ships wait in the roads.")
    person.keys(Key.Key_K)
    person.until(lambda: len(person.rows(Part.KEY_POINTS)) == 7)
    find(person, "north without power")
    person.until(lambda: len(person.rows(Part.KEY_POINTS)) == 3)


def take_back_and_bring_again(person):
    assert person.menu_words("undo") == "Undo add key point"
    person.keys((CTRL, Key.Key_Z))
    person.until(lambda: person.menu_words("redo") == "Redo add key point")
    person.keys((CTRL, Key.Key_Z))
    person.until(lambda: person.menu_words("redo") == "Redo move row")
    person.keys((CTRL, Key.Key_Y), (CTRL, Key.Key_Y))
    person.until(lambda: not person.window.actions_["redo"].isEnabled())


def export(person, path):
    made = []
    person.start.desktop.output.preview.made.connect(made.append)
    person.keys(Key.Key_F8)
    person.until(lambda: bool(made) and person.furniture.preview.is_drawn())
    with person.answering(lambda dialog: name_a_file(person, dialog, path)):
        person.keys((CTRL, Key.Key_E))
    person.until(path.exists)
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(made[-1].data).digest()
    person.until(lambda: said(person) is not None and said(person).isActiveWindow())
    person.keys(Key.Key_Escape)
    person.until(lambda: said(person) is None)


# what the keys do in several places


def run_command(person, words):
    find(person, words)


def find(person, words):
    """Open the search box, type, and take the first row when it is what was looked for."""
    person.keys((CTRL, Key.Key_K))
    person.until(person.furniture.box.field.hasFocus)
    person.type(words)
    first = words.split()[-1].casefold()
    person.until(
        lambda: (
            bool(person.furniture.box.rows())
            and first in person.furniture.box.rows()[0].title.casefold()
        )
    )
    person.keys(Key.Key_Return)
    person.until(lambda: not person.furniture.box.isVisible())


def select_sentence(person, sentence):
    """Walk with the arrows to a sentence and select it with Shift held."""
    view = person.view
    found = view.document().find(sentence)
    assert not found.isNull(), sentence
    start, end = found.selectionStart(), found.selectionEnd()
    person.until(view.hasFocus)
    steps = 0
    while view.textCursor().position() != start or view.textCursor().hasSelection():
        assert steps < 400, f"the caret does not get to: {sentence}"
        steps += 1
        here = view.textCursor().position()
        if abs(start - here) > 120:  # further than a line
            person.keys(Key.Key_Down if here < start else Key.Key_Up)
        else:
            person.keys(Key.Key_Right if here < start else Key.Key_Left)
    for _ in range(start, end):
        person.keys((SHIFT, Key.Key_Right))
    assert person.quote() == sentence


def answer(person, dialog, words):
    person.keys((CTRL, Key.Key_A))
    person.type(words)
    person.keys(Key.Key_Return)
    assert not dialog.isVisible()


def pane(person):
    focus = person.window.focusWidget()
    for name, each in (
        ("articles", person.window.articles),
        ("reader", person.furniture.reader),
        ("composer", person.composer),
    ):
        if each.isAncestorOf(focus):
            return name
    return str(focus)


def part_with_the_caret(person):
    statement = person.composer.focused_statement()
    return next((each.part for each in story(person).statements if each.id == statement), None)


def story(person):
    return person.services.desk.story(person.start.desktop.composer.story)


def said(person):
    boxes = person.window.findChildren(QDialog)
    heard = (each for each in boxes if each.isVisible() and each.windowTitle() == "Exported")
    return next(heard, None)
