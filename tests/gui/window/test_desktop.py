"""What a user does in the window, over a real library."""

from PySide6.QtCore import QMetaMethod, QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from briefing_app.domain.annotation import Role
from briefing_app.domain.article import State
from briefing_app.domain.statement import Part
from briefing_app.services.articles import ArticleQuery
from briefing_app.settings import Settings
from tests.dialogs import press_in_next

SAMPLE = "Abu Dhabi talks: a second round is agreed while the strikes go on"
QUOTE = "Two days later the delegations were in Abu Dhabi."


def test_the_first_use_brings_a_brief_and_an_article_to_try(room):
    assert room.titles() == [SAMPLE]
    assert room.story.headline.startswith("Ukraine and Russia Agree")
    assert len(room.story.part(Part.KEY_POINTS)) == 6
    assert room.services.articles.counts().briefs == 1


def test_the_sample_brief_rests_on_the_sample_article(room):
    article = room.desktop.reader.article
    rows = [each for each in room.story.statements if each.part is not Part.NARRATIVE]
    assert sum(not each.evidence for each in rows) == 3
    for each in room.story.statements:
        for link in each.evidence:
            mark = room.services.reading.annotation(link.annotation)
            assert (mark.article, mark.role.part) == (article, each.part)
    assert room.window.actions_["undo"].text() == "Undo add samples"
    room.do("undo")
    assert room.services.desk.briefs() == ()
    room.wait(lambda: room.services.articles.counts().all == 0)
    room.do("redo")
    room.wait(lambda: room.titles() == [SAMPLE])


def test_a_cited_article_that_is_deleted_stays_the_source_of_its_statements(room):
    point = room.story.part(Part.KEY_POINTS)[0]
    room.list.pick(room.desktop.reader.article)
    room.do("delete-article")
    chip = room.furniture.composer.column.view(point.id).chip
    assert chip.text().startswith("Sample article")


def test_every_command_does_something(room):
    idle = [
        action.objectName()
        for action in room.window.actions_.all()
        if not action.isSignalConnected(QMetaMethod.fromSignal(action.triggered))
        and not action.isSignalConnected(QMetaMethod.fromSignal(action.toggled))
    ]
    assert idle == []


def test_the_samples_come_once(open_room):
    first = open_room()
    first.wait_for_samples()
    first.list.pick(first.desktop.reader.article)
    first.do("delete-article")
    first.wait(lambda: first.services.articles.counts().all == 0)
    first.leave()
    first.runner = None
    again = open_room()
    again.wait(again.window.articles.empty.isVisible)
    assert again.titles() == []


def test_where_one_was_is_on_disk_while_the_window_is_open(room):
    article, brief = room.desktop.reader.article, room.desktop.composer.brief

    def written():
        kept = Settings(room.settings.path).now
        return (kept.last_article, kept.last_brief) == (article, brief)

    room.wait(written)


def test_the_list_does_not_take_the_keyboard_from_somebody_who_began_elsewhere(open_room):
    room = open_room()
    room.do("next-pane")
    composer = room.furniture.composer
    assert composer.isAncestorOf(room.window.focusWidget())
    room.wait_for_samples()
    assert composer.isAncestorOf(room.window.focusWidget())


def test_k_makes_a_key_point_that_is_tied_to_its_passage(room):
    room.select(QUOTE)
    room.qtbot.keyClick(room.view, Qt.Key.Key_K)
    point = room.story.part(Part.KEY_POINTS)[-1]
    assert point.text == QUOTE
    [link] = point.evidence
    mark = room.services.reading.annotation(link.annotation)
    assert (mark.target.exact, mark.article) == (QUOTE, room.desktop.reader.article)
    assert room.furniture.composer.column.view(point.id) is not None
    assert room.window.actions_["undo"].text() == "Undo add key point"


def test_undo_and_redo_take_passage_and_point_together(room):
    before = room.services.reading.annotations(room.desktop.reader.article)
    room.select(QUOTE)
    room.qtbot.keyClick(room.view, Qt.Key.Key_T)
    room.do("undo")
    assert room.services.reading.annotations(room.desktop.reader.article) == before
    assert QUOTE not in [row.text for row in room.story.part(Part.KEY_TAKEAWAYS)]
    assert room.window.actions_["redo"].text() == "Redo add takeaway"
    room.do("redo")
    assert room.story.part(Part.KEY_TAKEAWAYS)[-1].text == QUOTE


def test_the_new_point_is_in_sight(room):
    room.window.resize(1000, 600)
    room.select(QUOTE)
    room.qtbot.keyClick(room.view, Qt.Key.Key_I)
    point = next(row for row in room.story.part(Part.IMPACT) if row.text == QUOTE)
    view = room.furniture.composer.column.view(point.id)
    room.wait(lambda: not view.visibleRegion().isEmpty())


def test_a_chip_goes_to_the_passage(room):
    room.select(QUOTE)
    room.qtbot.keyClick(room.view, Qt.Key.Key_K)
    [link] = room.story.part(Part.KEY_POINTS)[-1].evidence
    mark = room.services.reading.annotation(link.annotation)
    room.desktop.reader.show_nothing()
    room.furniture.composer.requests.chip_activated.emit(mark.id)
    assert room.desktop.reader.article == mark.article
    assert room.view.current.id == mark.id


def test_a_chip_of_a_deleted_article_says_so_and_leaves_the_open_one_alone(room):
    [link, *_] = next(each for each in room.story.statements if each.evidence).evidence
    QGuiApplication.clipboard().setText("Another article\n\nOne paragraph.")
    room.do("paste")
    room.wait(lambda: len(room.titles()) == 2)
    sample = room.services.reading.annotation(link.annotation).article
    [other] = [
        row.id for row in room.services.articles.page(ArticleQuery("all")) if row.id != sample
    ]
    room.services.articles.delete([sample])
    room.desktop.reader.open_article(other)
    said = press_in_next(room.window)
    room.furniture.composer.requests.chip_activated.emit(link.annotation)
    assert "has been deleted" in said[0]
    assert "undo the deletion" in said[1]
    assert room.desktop.reader.article == other


def test_a_chip_without_a_source_links_the_selected_passage(room):
    at = next(n for n, each in enumerate(room.story.part(Part.KEY_POINTS)) if not each.evidence)
    point = room.story.part(Part.KEY_POINTS)[at]
    view = room.furniture.composer.column.view(point.id)
    assert view.chip.text() == "no source yet"
    quote = "On January 22, President Volodymyr Zelenskyy and President Donald Trump met"
    room.select(quote)
    room.furniture.composer.bring_into_sight(point.id)
    room.qtbot.mouseClick(view.chip, Qt.MouseButton.LeftButton)
    [link] = room.story.part(Part.KEY_POINTS)[at].evidence
    mark = room.services.reading.annotation(link.annotation)
    assert (mark.target.exact, mark.role) == (quote, Role.KEY_POINT)
    assert view.chip.text() == "Sample article ¶8"
    assert room.window.actions_["undo"].text() == "Undo link passage"
    room.do("undo")
    assert view.chip.text() == "no source yet"
    assert mark.id not in {
        each.id for each in room.services.reading.annotations(room.desktop.reader.article)
    }


def test_control_l_in_a_row_links_the_current_highlight(room):
    room.view.setFocus()
    room.qtbot.keyClick(room.view, ".")
    mark = room.view.current
    assert mark is not None
    point = next(each for each in room.story.part(Part.KEY_TAKEAWAYS) if not each.evidence)
    row = room.furniture.composer.column.view(point.id).row
    row.setFocus()
    room.qtbot.keyClick(row, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    after = room.services.desk.story(room.story.id).statement(point.id)
    assert [link.annotation for link in after.evidence] == [mark.id]
    room.qtbot.keyClick(row, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert room.services.desk.story(room.story.id).statement(point.id) == after


def test_a_comment_is_written_beside_its_passage_and_undone(room):
    room.view.setFocus()
    room.qtbot.keyClick(room.view, ".")
    mark = room.view.current
    room.qtbot.keyClick(room.view, "c")
    field = room.furniture.reader._note.field
    room.wait(field.hasFocus)
    room.qtbot.keyClicks(field, "ask the embassy")
    room.qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert room.services.reading.annotation(mark.id).comment == "ask the embassy"
    assert room.window.actions_["undo"].text() == "Undo edit comment"
    room.do("undo")
    assert room.services.reading.annotation(mark.id).comment == ""


def test_what_was_done_is_saved_and_the_status_says_so(room):
    room.select(QUOTE)
    room.qtbot.keyClick(room.view, Qt.Key.Key_H)
    room.wait(lambda: room.window.status.saved_text().startswith("Saved "))
    assert room.services.history.pending == 0


def test_triage_moves_on_and_undo_brings_back(room, tmp_path):
    bring_in(room, tmp_path, "First report", "Second report")
    room.list.pick(row_id(room, "Second report"))
    room.list.setFocus()
    room.qtbot.keyClick(room.list, Qt.Key.Key_E)
    assert "Second report" not in room.titles()
    shown = room.services.articles.article(room.desktop.reader.article)
    assert shown.title != "Second report"
    room.do("undo")
    room.wait(lambda: "Second report" in room.titles())


def test_b_puts_the_article_into_the_brief_as_a_short_item(room, tmp_path):
    bring_in(room, tmp_path, "First report", "Second report")
    room.list.pick(row_id(room, "Second report"))
    room.list.setFocus()
    room.qtbot.keyClick(room.list, Qt.Key.Key_B)
    brief = room.services.desk.brief(room.desktop.composer.brief)
    link = list(brief.links())[-1]
    story = room.services.desk.story(link.story)
    assert (story.headline, link.short) == ("Second report", True)
    assert len(story.statements[0].evidence) == 1
    room.do("undo")
    assert link not in room.services.desk.brief(brief.id).links()


def test_an_opened_article_counts_as_reading_after_a_while(room, tmp_path):
    room.settings.change(reading_after=1)
    bring_in(room, tmp_path, "First report", "Second report")
    room.list.pick(row_id(room, "First report"))
    article = room.desktop.reader.article
    room.wait(lambda: room.services.articles.article(article).state is State.READING)


def test_one_broken_file_is_named_and_the_others_come_in(room, tmp_path):
    bring_in(room, tmp_path, "First report", "Second report", broken=True)
    assert {"First report", "Second report"} <= set(room.titles())
    assert room.furniture.strip.text() == "2 imported, 1 failed."
    room.do("import-results")
    first = room.desktop.imports.results.tree.topLevelItem(0).text(0)
    assert "broken.html" in first
    assert len(first.splitlines()[1]) > 10


def test_a_picture_that_is_pasted_is_answered(room):
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(0)
    QGuiApplication.clipboard().setImage(picture)
    room.do("paste")
    assert room.furniture.strip.text().startswith("A picture alone cannot be imported")
    QGuiApplication.clipboard().clear()


def test_a_text_is_pasted_as_an_article(room):
    QGuiApplication.clipboard().setText(
        "Pasted report\n\nIt says that something has happened today."
    )
    room.list.setFocus()
    room.do("paste")
    room.wait(lambda: "Pasted report" in room.titles())
    assert room.services.articles.article(room.desktop.reader.article).title == "Pasted report"


def test_what_is_dropped_comes_in(room, tmp_path):
    file = tmp_path / "dropped.txt"
    file.write_text("Dropped report\n\nA text that was dropped on the window.", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    room.window.dropped.emit(mime)
    room.wait(lambda: "Dropped report" in room.titles())


def test_the_search_box_finds_an_article_and_opens_it(room, tmp_path):
    bring_in(room, tmp_path, "Zebra crossing", "Second report")
    room.do("search")
    room.qtbot.keyClicks(room.furniture.box.field, "zebra")
    room.wait(lambda: [row.title for row in room.furniture.box.rows()] == ["Zebra crossing"])
    room.qtbot.keyClick(room.furniture.box.field, Qt.Key.Key_Return)
    shown = room.services.articles.article(room.desktop.reader.article)
    assert shown.title == "Zebra crossing"
    assert room.view.hasFocus()


def test_g_chooses_where_points_go(room):
    brief = room.desktop.composer.brief
    other = room.services.desk.new_story(brief, "Grid failures")
    room.do("pick-target")
    room.qtbot.keyClicks(room.furniture.target.field, "grid")
    room.qtbot.keyClick(room.furniture.target.field, Qt.Key.Key_Return)
    assert room.desktop.composer.story == other.id
    room.select(QUOTE)
    room.qtbot.keyClick(room.view, Qt.Key.Key_K)
    assert [row.text for row in room.services.desk.story(other.id).statements] == [QUOTE]


def test_shift_and_a_role_choose_the_story_for_one_point(room):
    before = room.desktop.composer.story
    other = room.services.desk.new_story(room.desktop.composer.brief, "Grid failures")
    room.select(QUOTE)
    room.qtbot.keyClick(room.view, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    room.qtbot.keyClicks(room.furniture.target.field, "grid")
    room.qtbot.keyClick(room.furniture.target.field, Qt.Key.Key_Return)
    assert [row.text for row in room.services.desk.story(other.id).statements] == [QUOTE]
    assert room.desktop.composer.story == before


def test_control_and_a_digit_open_a_story(room):
    first = room.desktop.composer.story
    other = room.services.desk.new_story(room.desktop.composer.brief, "Grid failures")
    room.qtbot.keyClick(room.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert room.desktop.composer.story == other.id
    room.qtbot.keyClick(room.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert room.desktop.composer.story == first


def test_the_preview_takes_the_place_of_the_reader_and_goes_again(room):
    room.do("preview")
    room.wait(room.furniture.preview.is_drawn)
    assert not room.view.isVisible()
    room.do("preview")
    assert room.view.isVisible()


def test_the_window_stays_alive_while_files_come_in(room, tmp_path):
    beats = []
    timer = QTimer(room.window)
    timer.timeout.connect(lambda: beats.append(room.furniture.strip.isVisible()))
    timer.start(5)
    bring_in(room, tmp_path, *(f"Report number {n}" for n in range(20)))
    assert len(room.titles()) == 21
    # one turn of the loop a file and more; how long the longest takes is measured in benchmarks
    assert beats.count(True) > 20


def bring_in(room, folder, *titles, broken=False):
    """Import a folder of texts, and wait until the list shows them."""
    incoming = folder / "incoming"
    incoming.mkdir()
    for title in titles:
        text = f"{title}\n\nWhat {title} has to say stands in this paragraph, and nowhere else."
        (incoming / f"{title}.txt").write_text(text, encoding="utf-8")
    if broken:
        (incoming / "broken.html").write_bytes(b"")
    room.desktop.imports.bring_in((incoming,))
    room.wait(room.furniture.strip.close_strip.isVisible)
    room.wait(lambda: set(titles) <= set(room.titles()))


def row_id(room, title):
    rows = room.list.rows
    return next(rows.row(at).id for at in range(rows.rowCount()) if rows.row(at).title == title)
