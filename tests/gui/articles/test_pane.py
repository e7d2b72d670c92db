import datetime as dt

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor, QKeyEvent
from PySide6.QtWidgets import QApplication

from briefing_app.domain.article import ArticleRow, State
from briefing_app.gui import theme, tokens
from briefing_app.gui.articles.delegate import RowDelegate
from briefing_app.gui.articles.head import ListHead
from briefing_app.gui.articles.list import RowList
from briefing_app.gui.articles.model import KEPT
from briefing_app.gui.articles.pane import ArticlesPane
from briefing_app.gui.articles.rows import LONGEST, Row, article_row
from briefing_app.gui.articles.shelves import Shelves
from briefing_app.gui.articles.tagbar import TagBar
from briefing_app.gui.empty import EmptyState


def rows(count, first=0):
    return tuple(
        Row(
            f"a{n}",
            "Reuters",
            f"Title number {n} that needs two lines to be read",
            "Excerpt",
            "New",
        )
        for n in range(first, first + count)
    )


@pytest.fixture
def pane(qapp, qtbot):
    theme.apply(qapp, tokens.LIGHT)
    pane = ArticlesPane()
    pane.furnish(Shelves(), TagBar(), ListHead(), RowList(), EmptyState())
    pane.resize(300, 700)
    qtbot.addWidget(pane)
    pane.show()
    qtbot.waitUntil(lambda: pane.windowHandle().isExposed())
    return pane


def heard(signal):
    calls = []
    signal.connect(lambda *args: calls.append(args))
    return calls


def press(widget, key, text, scan=0):
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, scan, 0, 0, text)
        QApplication.sendEvent(widget, event)


def test_a_click_opens_the_article(pane, qtbot):
    pane.show_rows(rows(5))
    opened = heard(pane.article_picked)
    place = pane.list.visualRect(pane.list.rows.index(1, 0)).center()
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [("a1",)]


def test_the_arrows_go_through_the_list(pane, qtbot):
    pane.show_rows(rows(5))
    pane.list.choose("a1")
    opened = heard(pane.article_picked)
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    assert opened == [("a2",)]


def test_home_and_end_go_to_the_first_and_the_last_row(pane, qtbot):
    pane.show_rows(rows(5))
    pane.list.choose("a2")
    opened = heard(pane.article_picked)
    qtbot.keyClick(pane.list, Qt.Key.Key_End)
    qtbot.keyClick(pane.list, Qt.Key.Key_Home)
    assert opened == [("a4",), ("a0",)]


def test_enter_goes_on_to_the_reader(pane, qtbot):
    pane.show_rows(rows(3))
    pane.list.choose("a2")
    entered = heard(pane.article_entered)
    qtbot.keyClick(pane.list, Qt.Key.Key_Return)
    assert entered == [("a2",)]


@pytest.mark.parametrize(
    ("key", "text", "scan", "pressed"),
    [
        (Qt.Key.Key_E, "e", 26, "E"),
        (Qt.Key.Key_R, "r", 27, "R"),
        (Qt.Key.Key_U, "u", 30, "U"),
        (0x0423, "\u0443", 26, "E"),  # the key E of a Ukrainian keyboard
        (0x041A, "к", 27, "R"),
    ],
)
def test_triage_goes_by_the_key(pane, key, text, scan, pressed):
    pane.show_rows(rows(5))
    pane.list.choose("a1")
    asked = heard(pane.letter_pressed)
    press(pane.list, key, text, scan)
    assert (pane.chosen(), asked) == (("a1",), [(pressed,)])


def test_triage_works_on_many_at_once(pane, qtbot):
    pane.show_rows(rows(5))
    pane.list.choose("a1")
    asked, opened = heard(pane.letter_pressed), heard(pane.article_picked)
    qtbot.keyClick(pane.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(pane.list, Qt.Key.Key_E, "e", 26)
    assert (pane.chosen(), asked) == (("a1", "a2"), [("E",)])
    assert opened == []


def test_control_k_is_left_to_the_window(pane, qtbot):
    pane.show_rows(rows(2))
    pane.list.choose("a0")
    pressed = heard(pane.list.letter_pressed)
    qtbot.keyClick(pane.list, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []


def test_showing_the_same_rows_again_opens_nothing_and_keeps_the_choice(pane):
    pane.show_rows(rows(5))
    pane.list.choose("a3")
    opened = heard(pane.article_picked)
    pane.show_rows(rows(7))
    assert pane.list.chosen() == ("a3",)
    assert opened == []


def test_rows_that_are_seen_and_not_here_are_asked_for(pane, qtbot):
    wanted = heard(pane.rows_wanted)
    pane.show_rows(rows(100), 100_000)
    assert pane.list.verticalScrollBar().maximum() > 99_000 * tokens.LIST_ROW
    pane.list.scrollTo(pane.list.rows.index(50_000, 0))
    qtbot.waitUntil(lambda: bool(wanted))
    first, last = wanted[-1]
    assert first <= 50_000 <= last < first + 20
    pane.list.rows.put(first, rows(last - first + 1, first))
    assert pane.list.rows.row(50_000).id == "a50000"


def test_a_row_that_is_not_here_yet_opens_when_it_comes(pane, qtbot):
    pane.show_rows(rows(100), 5_000)
    opened = heard(pane.article_picked)
    qtbot.keyClick(pane.list, Qt.Key.Key_End)
    assert (pane.list.count_chosen(), opened) == (1, [])
    pane.list.rows.put(4_990, rows(10, 4_990))
    assert opened == [("a4999",)]


def test_all_of_a_long_list_can_be_chosen_at_once(pane, qtbot):
    pane.show_rows(rows(100), 100_000)
    qtbot.keyClick(pane.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert pane.list.chosen_places() == (range(100_000),)
    assert pane.count_chosen() == 100_000
    assert pane.head.count.text() == "100,000 chosen"


def test_rows_far_from_what_is_seen_are_let_go(pane):
    pane.show_rows(rows(100), 100_000)
    for first in range(1_000, 40_000, 100):
        pane.list.rows.put(first, rows(100, first))
    assert len(pane.list.rows.here()) <= KEPT
    assert pane.list.rows.row(39_999).id == "a39999"
    assert pane.list.rows.place("a5") == -1


def test_a_list_that_changed_keeps_what_is_chosen_and_what_is_seen(pane, qtbot):
    pane.show_rows(rows(300))
    pane.list.choose("a150")
    opened = heard(pane.article_picked)
    top = pane.list.rowAt(5)
    seen = pane.list.rows.row(top).id
    moved = {at: at + 3 for at in range(300)}
    pane.list.rearrange(303, moved, (range(153, 154),), still=True)
    assert pane.list.chosen() == ("a150",)
    assert pane.list.rows.row(pane.list.rowAt(5)).id == seen
    assert opened == []


def test_rows_that_leave_take_their_places_with_them(pane):
    pane.show_rows(rows(10))
    pane.list.choose("a7")
    pane.list.rows.drop((range(2, 4), range(9, 10)))
    assert [pane.list.rows.row(at).id for at in range(7)] == [
        *("a0", "a1", "a4", "a5", "a6", "a7", "a8"),
    ]
    assert pane.list.chosen() == ("a7",)


def test_a_title_of_100_000_characters_is_painted_by_its_beginning(qapp):
    row = article_row(
        ArticleRow("a", "word " * 20_000, "x" * 5_000, None, State.NEW, "", 0, 0, False),
        dt.date(2026, 1, 26),
    )
    assert len(row.title) <= LONGEST + 1
    assert len(row.head) <= LONGEST + 4


def test_an_empty_inbox_says_what_to_do(pane, qtbot):
    pane.show_rows(())
    imports, samples = heard(pane.import_requested), heard(pane.samples_requested)
    assert pane.empty.isVisible()
    first, second = pane.empty.buttons()
    assert (first.text(), second.text()) == ("Import files…", "Try the sample brief")
    first.click()
    second.click()
    assert (len(imports), len(samples)) == (1, 1)


def test_no_match_offers_to_clear_the_filter(pane, qtbot):
    asked = heard(pane.query_changed)
    qtbot.keyClicks(pane.filter, "zebra")
    qtbot.waitUntil(lambda: ("inbox", "zebra") in asked)
    pane.show_rows(())
    button = pane.empty.buttons()[0]
    assert button.text() == "Clear the filter"
    button.click()
    qtbot.waitUntil(lambda: asked[-1] == ("inbox", ""))


def test_escape_clears_the_filter(pane, qtbot):
    qtbot.keyClicks(pane.filter, "zebra")
    qtbot.keyClick(pane.filter, Qt.Key.Key_Escape)
    assert pane.filter.text() == ""


def test_another_shelf_is_another_question(pane, qtbot):
    asked = heard(pane.query_changed)
    pane.shelves.setFocus()
    qtbot.keyClick(pane.shelves, Qt.Key.Key_Down)
    assert asked == [("reading", "")]


def test_the_list_mirrors(pane, qtbot):
    pane.show_rows(rows(2))
    pane.list.choose("a0")
    straight = pane.list.grab().toImage()
    pane.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    turned = pane.list.grab().toImage()
    accent = tokens.LIGHT.accent
    assert bar(straight, accent) < straight.width() / 2 < bar(turned, accent)


def bar(image, colour):
    """Find the accent bar of the chosen row: the first column that is solid for ten pixels."""
    scale = image.devicePixelRatio()
    for x in range(image.width()):
        column = [image.pixelColor(x, round(scale * y)).name().upper() for y in range(30, 60)]
        if column.count(colour) > 20:
            return x
    raise AssertionError("no bar")


def test_a_long_list_is_as_fast_as_a_short_one(pane, qtbot):
    pane.show_rows(rows(100_000))
    pane.list.scrollToBottom()
    assert pane.list.rowAt(pane.list.viewport().height() - 10) == 99_999
    assert pane.list.rowHeight(50_000) == tokens.LIST_ROW


def test_scrolling_paints_only_what_comes_into_sight(pane, monkeypatch):
    pane.show_rows(rows(200))
    QApplication.processEvents()
    painted = []
    paint = RowDelegate._row

    def counted(self, painter, option, row, *rest):
        painted.append(row.id)
        paint(self, painter, option, row, *rest)

    monkeypatch.setattr(RowDelegate, "_row", counted)
    bar = pane.list.verticalScrollBar()
    aside = pane.window().frameGeometry().bottomRight() + QPoint(60, 60)
    QCursor.setPos(aside)  # the row under the mouse has a tint of its own, and is painted for it
    QApplication.processEvents()
    for _ in range(3):  # the first time, what was shown just now is painted, too
        painted.clear()
        bar.setValue(bar.value() + 72)
        QApplication.processEvents()
    assert 0 < len(painted) <= 2
