"""One person, one window: files come in, points are made, a PDF goes out, and all is undone."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from briefing_app.domain.statement import Part
from tests.e2e.window import papers
from tests.e2e.window.person import ALT, CTRL, MAIN, SHIFT, name_a_file, words_of

Key = Qt.Key


def test_from_files_to_the_pdf_and_back_again(person, tmp_path):
    files = papers.lay_out(tmp_path / "papers")
    the_samples_are_there(person)
    drop_five_files_of_which_one_is_broken(person, files)
    import_through_the_dialog(person, tmp_path)
    paste_an_article(person)
    make_points_with_mouse_and_letters(person)
    follow_a_chip_to_its_passage_and_a_badge_back(person)
    write_in_the_composer(person)
    make_another_brief_with_two_stories(person)
    preview_export_and_read_the_pdf(person, tmp_path)
    undo_everything_and_redo_it(person)
    find_it_all_again(person)


def the_samples_are_there(person):
    person.until(lambda: len(person.titles()) == 1)
    person.until(lambda: person.reading().startswith("Abu Dhabi talks"))
    assert [len(person.rows(part)) for part in MAIN] == [1, 6, 5, 6]
    person.until_saved()
    person.before = person.written()


def drop_five_files_of_which_one_is_broken(person, files):
    person.drop(*files.values(), on=person.furniture.reader)
    person.until(lambda: person.strip.text() == "4 imported, 1 failed.")
    person.click(person.strip.show_results)
    results = person.start.desktop.imports.results
    person.until(results.isVisible)
    first = results.tree.topLevelItem(0).text(0)
    assert "broken.html" in first
    assert "empty" in first
    assert results.tree.topLevelItemCount() == 5
    results.close()
    person.click(person.strip.close_strip)
    # the story form has become a brief, and it is open
    person.until(lambda: person.composer.headline.text() == "Ferry service is cut")
    person.until(lambda: len(person.titles()) == 4)


def import_through_the_dialog(person, tmp_path):
    late = tmp_path / "late.txt"
    late.write_text("Snow closes the pass\n\nThe pass was closed at dawn. It opens on Friday.\n")
    with person.answering(lambda dialog: name_a_file(person, dialog, late)):
        person.keys((CTRL, Key.Key_O))
    person.until(lambda: person.reading() == "Snow closes the pass")
    person.until(lambda: len(person.titles()) == 5)


def paste_an_article(person):
    copied = QMimeData()
    copied.setHtml(
        "<p><b>Mill burns down</b></p><p>The paper mill burned down on Sunday. Nobody was hurt.</p>"
    )
    QGuiApplication.clipboard().setMimeData(copied)
    person.click(person.window.articles.list, QPoint(40, 40))
    person.keys((CTRL, Key.Key_V))
    person.until(lambda: len(person.titles()) == 6)
    person.until(lambda: "Mill burns down" in person.reading())
    QGuiApplication.clipboard().clear()  # a value of ours there is destroyed after Python: a crash


def make_points_with_mouse_and_letters(person):
    person.open_article("Grid failures in the north")
    for part, quote, press in (
        (Part.NARRATIVE, "Three transformers burned out within an hour.", Key.Key_S),
        (Part.KEY_POINTS, "A million people were without power on Friday night.", Key.Key_K),
        (Part.KEY_TAKEAWAYS, "Repairs will take six weeks.", Key.Key_T),
        (Part.IMPACT, "Trains stand still.", Key.Key_I),
    ):
        more = len(person.rows(part)) + 1
        person.select(quote)
        person.keys(press)
        person.until(lambda part=part, more=more: len(person.rows(part)) == more)
        assert quote in person.rows(part)
        assert person.chips(part)[person.rows(part).index(quote)].startswith("Energy")
    person.select("Hospitals run on generators.")
    person.keys(Key.Key_H)
    person.until(lambda: len(person.highlights()) == 5)
    assert [letter for letter, _ in person.highlights()] == ["K", "T", "S", "H", "I"]

    person.open_article("Central bank holds its rate")
    quote = "The minutes will be published in three weeks."
    person.select(quote)
    pop_up = person.furniture.reader._popup
    person.until(pop_up.isVisible)
    buttons = {each.role.letter: each for each in pop_up.children() if getattr(each, "role", None)}
    person.click(buttons["K"])
    person.until(lambda: person.rows(Part.KEY_POINTS)[-1] == quote)
    assert person.chips(Part.KEY_POINTS)[-1].endswith("¶4")
    person.until(lambda: not pop_up.isVisible() or not person.quote())


def follow_a_chip_to_its_passage_and_a_badge_back(person):
    at = person.rows(Part.KEY_POINTS).index("A million people were without power on Friday night.")
    card = person.composer.column.card(Part.KEY_POINTS)
    show(person, person.row(Part.KEY_POINTS, at))
    person.click(card.views()[at].chip)
    person.until(lambda: person.reading() == "Grid failures in the north")
    assert person.view.current.target.exact == person.rows(Part.KEY_POINTS)[at]
    # the letter in the margin leads back to the statement
    person.until(lambda: bool(person.view._badges))
    badge = next(each for each in person.view._badges if each.annotations[0].role.letter == "K")
    person.click(person.view.viewport(), badge.rect.center().toPoint())
    person.until(person.row(Part.KEY_POINTS, at).hasFocus)


def write_in_the_composer(person):
    points = person.rows(Part.KEY_POINTS)
    row = person.row(Part.KEY_POINTS, 0)
    show(person, row)
    person.click(row, QPoint(10, 8))
    person.keys(Key.Key_End)
    person.type(" So says the company")
    person.until(lambda: person.row(Part.KEY_POINTS, 0).text().endswith("So says the company"))
    person.keys(Key.Key_Return)
    person.until(lambda: len(person.rows(Part.KEY_POINTS)) == len(points) + 1)
    person.type("Mail comes by air")
    person.until(lambda: person.rows(Part.KEY_POINTS)[1] == "Mail comes by air")
    person.until_saved()
    # up, and by its handle down to the end
    person.keys((ALT, Key.Key_Up))
    person.until(lambda: person.rows(Part.KEY_POINTS)[0] == "Mail comes by air")
    views = person.composer.column.card(Part.KEY_POINTS).views()
    below = views[2].geometry().bottom() - views[0].geometry().top()
    person.drag(views[0], QPoint(20, 16), QPoint(20, below - 4))
    person.until(lambda: person.rows(Part.KEY_POINTS)[2] == "Mail comes by air")
    # an item of the impact analysis goes, by its menu
    food = person.rows(Part.IMPACT).index("Food prices rise.")
    show(person, person.row(Part.IMPACT, food))
    person.choose_at(person.row(Part.IMPACT, food), QPoint(10, 8), "Delete statement")
    person.until(lambda: "Food prices rise." not in person.rows(Part.IMPACT))
    # headline and as-of
    person.click(person.composer.headline)
    person.keys(Key.Key_End)
    person.type(" again")
    person.keys(Key.Key_Return)
    person.until(lambda: person.composer.headline.text() == "Ferry service is cut again")
    person.click(person.composer.as_of.line)
    person.keys((CTRL, Key.Key_A))
    person.type("2026-01-25 06:30 UTC")
    person.keys(Key.Key_Return)
    person.until(lambda: story(person).as_of is not None and story(person).as_of.time is not None)
    assert story(person).as_of.date.isoformat() == "2026-01-25"
    person.until_saved()


def make_another_brief_with_two_stories(person):
    with person.answering(lambda dialog: title(person, dialog, "Evening brief")):
        person.keys((CTRL, Key.Key_N))
    person.until(person.composer.headline.hasFocus)
    person.type("The mill")
    person.click(person.composer.column.card(Part.NARRATIVE)._add)
    person.type("It burned down.")
    person.keys((CTRL | SHIFT, Key.Key_N))
    person.until(lambda: person.composer.header.story_button.text() == "STORY 2 OF 2")
    person.type("The pass")
    person.until(lambda: person.composer.headline.text() == "The pass")
    person.choose(person.composer.header.story_button, "Move story up")
    person.until(lambda: person.composer.header.story_button.text() == "STORY 1 OF 2")
    person.choose(person.composer.header.brief_button, "Ferry service")
    person.until(lambda: person.composer.headline.text() == "Ferry service is cut again")


def preview_export_and_read_the_pdf(person, tmp_path):
    made = []
    person.start.desktop.output.preview.made.connect(made.append)
    person.keys(Key.Key_F8)
    person.until(lambda: bool(made) and person.furniture.preview.is_drawn())
    assert person.furniture.preview.sheets.count == made[-1].pages
    path = tmp_path / "ferry.pdf"
    with person.answering(lambda dialog: name_a_file(person, dialog, path)):
        person.keys((CTRL, Key.Key_E))
    person.until(path.exists)
    person.until(lambda: said(person, "Exported") is not None)
    assert "ferry.pdf" in words_of(said(person, "Exported"))
    said(person, "Exported").close()
    assert digest(path.read_bytes()) == digest(made[-1].data)
    person.keys(Key.Key_F8)
    text = words_of_pdf(path)
    for part in MAIN:
        for row in person.rows(part):
            assert squeezed(row) in text, row
    for number, source in ((1, "Grid failures in the north"), (2, "Central bank holds its rate")):
        assert re.search(rf"Sources.*{number}\W*{re.escape(squeezed(source))}", text) or re.search(
            rf"Sources.*\b{number}\b.*{re.escape(squeezed(source))}", text
        ), text


def undo_everything_and_redo_it(person):
    after = person.written()
    names = []
    while person.window.actions_["undo"].isEnabled():
        words = person.menu_words("undo")
        assert re.fullmatch(r"Undo \w[\w ]+", words), words
        names.append(words.removeprefix("Undo "))
        person.keys((CTRL, Key.Key_Z))
        person.until(lambda w=words: person.menu_words("redo") == "Redo " + w.removeprefix("Undo "))
    assert names[-1] == "add samples"
    for name in ("add key point", "add takeaway", "add impact", "add story text", "highlight"):
        assert name in names
    for name in ("typing", "move row", "delete row", "edit headline", "change date", "new brief"):
        assert name in names, names
    person.until_saved()
    assert person.services.desk.briefs() == ()
    assert person.services.articles.counts().all == 0
    for name in reversed(names):
        assert person.menu_words("redo") == f"Redo {name}"
        person.keys((CTRL | SHIFT, Key.Key_Z))
        person.until(lambda n=name: person.menu_words("undo") == f"Undo {n}")
    assert not person.window.actions_["redo"].isEnabled()
    person.choose(person.composer.header.brief_button, "Ferry service")
    person.until(lambda: person.composer.headline.text() == "Ferry service is cut again")
    assert person.written() == after
    person.until_saved()


def find_it_all_again(person):
    """Open the library anew, and follow each source of the story to the words it rests on."""
    after, brief = person.written(), person.start.desktop.composer.brief
    person.close_program()
    person.open_program()
    person.until(lambda: person.start.desktop.composer.brief == brief)
    assert person.written() == after
    statements = story(person).statements
    cited = [each for each in statements if each.evidence]
    assert len(cited) == 5
    for each in cited:
        (link,) = each.evidence
        annotation = person.services.reading.annotation(link.annotation)
        version = person.services.articles.version(annotation.article)
        assert annotation.target.exact == each.text
        assert version.body.text[annotation.target.start : annotation.target.end] == each.text
        (use,) = person.services.reading.uses(annotation.id)
        assert use.statement == each.id


# what a hand does in several places


def show(person, row):
    """Scroll a row of the composer into sight, as the wheel does."""
    person.composer.column.ensureWidgetVisible(row, 0, 40)


def title(person, dialog, words):
    person.keys((CTRL, Key.Key_A))
    person.type(words)
    person.keys(Key.Key_Return)
    assert not dialog.isVisible()


def story(person):
    return person.services.desk.story(person.start.desktop.composer.story)


def said(person, heading):
    boxes = person.window.findChildren(QDialog)
    return next(
        (each for each in boxes if each.isVisible() and each.windowTitle() == heading), None
    )


def digest(data):
    return hashlib.sha256(data).hexdigest()


def squeezed(text):
    return " ".join(text.split())


def words_of_pdf(path):
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed")
    run = subprocess.run([tool, "-raw", path, "-"], capture_output=True, check=True)
    return squeezed(run.stdout.decode())
