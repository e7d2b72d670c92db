import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from briefing_app.gui import theme, tokens
from briefing_app.gui.articles.list import RowList
from briefing_app.gui.articles.pane import ArticlesPane
from briefing_app.gui.articles.rows import Row
from briefing_app.gui.articles.shelves import Shelves
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
    pane.furnish(Shelves(), RowList(), EmptyState())
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
    pane.show_rows(rows(5), more=False)
    opened = heard(pane.article_picked)
    place = pane.list.visualRect(pane.list.rows.index(1, 0)).center()
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [("a1",)]


def test_the_arrows_go_through_the_list(pane, qtbot):
    pane.show_rows(rows(5), more=False)
    pane.list.choose("a1")
    opened = heard(pane.article_picked)
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    assert opened == [("a2",)]


def test_home_and_end_go_to_the_first_and_the_last_row(pane, qtbot):
    pane.show_rows(rows(5), more=False)
    pane.list.choose("a2")
    opened = heard(pane.article_picked)
    qtbot.keyClick(pane.list, Qt.Key.Key_End)
    qtbot.keyClick(pane.list, Qt.Key.Key_Home)
    assert opened == [("a4",), ("a0",)]


def test_enter_goes_on_to_the_reader(pane, qtbot):
    pane.show_rows(rows(3), more=False)
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
    pane.show_rows(rows(5), more=False)
    pane.list.choose("a1")
    asked = heard(pane.letter_pressed)
    press(pane.list, key, text, scan)
    assert asked == [(("a1",), pressed)]


def test_triage_works_on_many_at_once(pane, qtbot):
    pane.show_rows(rows(5), more=False)
    pane.list.choose("a1")
    asked, opened = heard(pane.letter_pressed), heard(pane.article_picked)
    qtbot.keyClick(pane.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(pane.list, Qt.Key.Key_E, "e", 26)
    assert asked == [(("a1", "a2"), "E")]
    assert opened == []


def test_control_k_is_left_to_the_window(pane, qtbot):
    pane.show_rows(rows(2), more=False)
    pane.list.choose("a0")
    pressed = heard(pane.list.letter_pressed)
    qtbot.keyClick(pane.list, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []


def test_showing_the_same_rows_again_opens_nothing_and_keeps_the_choice(pane):
    pane.show_rows(rows(5), more=False)
    pane.list.choose("a3")
    opened = heard(pane.article_picked)
    pane.show_rows(rows(7), more=False)
    assert pane.list.chosen() == ("a3",)
    assert opened == []


def test_the_next_page_is_asked_for_once(pane, qtbot):
    wanted = heard(pane.more_wanted)
    pane.show_rows(rows(100), more=True)
    pane.list.scrollToBottom()
    qtbot.waitUntil(lambda: bool(wanted))
    pane.list.scrollToBottom()
    assert wanted == [("a99",)]
    pane.append_rows(rows(20, 100), more=False)
    assert pane.list.rows.rowCount() == 120
    pane.list.scrollToBottom()
    assert wanted == [("a99",)]


def test_an_empty_inbox_says_what_to_do(pane, qtbot):
    pane.show_rows((), more=False)
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
    pane.show_rows((), more=False)
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
    pane.show_rows(rows(2), more=False)
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
    pane.show_rows(rows(100_000), more=False)
    pane.list.scrollToBottom()
    assert pane.list.rowAt(pane.list.viewport().height() - 10) == 99_999
    assert pane.list.rowHeight(50_000) == tokens.LIST_ROW
