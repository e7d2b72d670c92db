"""What a reader does with mouse and keyboard, in a window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QTextDocument
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from briefing_app.domain.annotation import AnchorState, Role
from briefing_app.domain.article import BlockKind, SpanKind
from briefing_app.gui import theme, tokens
from tests.gui.reader import samples
from tests.gui.reader.conftest import BODY

SHIFT = Qt.KeyboardModifier.ShiftModifier


def spot(view, offset):
    """Return where a code point is on the viewport."""
    cursor = view.textCursor()
    cursor.setPosition(view._page.places.document(offset, offset + 1)[0])
    return view.cursorRect(cursor).center()


def drag(qtbot, view, start, end, held=Qt.KeyboardModifier.NoModifier):
    """Select with the mouse from one code point to another."""
    at = view.viewport()
    qtbot.mousePress(at, Qt.MouseButton.LeftButton, pos=spot(view, start))
    qtbot.mouseMove(at, spot(view, (start + end) // 2))
    qtbot.mouseMove(at, spot(view, end))
    qtbot.mouseRelease(at, Qt.MouseButton.LeftButton, held, pos=spot(view, end))


def test_a_passage_selected_with_the_mouse_becomes_a_key_point(reading, body, qtbot):
    start = body.text.index("left a million")
    drag(qtbot, reading.view, start, start + 14)

    with qtbot.waitSignal(reading.annotate_requested, timeout=1000) as asked:
        qtbot.keyClick(reading.view, Qt.Key.Key_K)

    assert body.text[asked.args[0] : asked.args[1]] == "left a million"
    assert asked.args[2] == "key-point"


def test_a_passage_selected_with_the_keyboard_becomes_a_takeaway(reading, body, qtbot):
    qtbot.keyClick(reading.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    while reading.view.textCursor().position() < reading.view._page.places.runs[0].position:
        qtbot.keyClick(reading.view, Qt.Key.Key_Down)
    qtbot.keyClick(reading.view, Qt.Key.Key_Home)
    for _ in range(2):
        qtbot.keyClick(reading.view, Qt.Key.Key_Right, SHIFT | Qt.KeyboardModifier.ControlModifier)

    with qtbot.waitSignal(reading.annotate_requested, timeout=1000) as asked:
        qtbot.keyClick(reading.view, Qt.Key.Key_T)

    assert body.text[asked.args[0] : asked.args[1]] == "Grid failures"
    assert reading.view.cursorWidth() > 0


def test_the_blanks_around_a_passage_are_not_part_of_it(reading, choose, body, qtbot):
    choose(" Repairs take six weeks. ".rstrip())

    with qtbot.waitSignal(reading.annotate_requested, timeout=1000) as asked:
        qtbot.keyClick(reading.view, Qt.Key.Key_S)

    assert body.text[asked.args[0] : asked.args[1]] == "Repairs take six weeks."


def test_shift_and_the_letter_ask_for_another_target(reading, choose, qtbot):
    start, end = choose("Hospitals")
    asked = []
    reading.annotate_requested.connect(lambda *args: asked.append(args))

    with qtbot.waitSignal(reading.annotate_elsewhere_requested, timeout=1000) as elsewhere:
        qtbot.keyClick(reading.view, Qt.Key.Key_K, SHIFT)

    assert elsewhere.args == [start, end, "key-point"]
    assert asked == []


def test_without_a_selection_a_letter_asks_for_nothing(reading, qtbot):
    with qtbot.assertNotEmitted(reading.annotate_requested):
        qtbot.keyClick(reading.view, Qt.Key.Key_K)


@pytest.mark.parametrize(
    ("key", "state"), [("E", "archived"), ("R", "reading"), ("U", "new"), ("B", "brief")]
)
def test_triage_keys_say_where_the_article_goes(key, state, reading, qtbot):
    with qtbot.waitSignal(reading.triage_requested, timeout=1000) as asked:
        qtbot.keyClick(reading.view, key)

    assert asked.args == [state]


def test_g_and_a_click_ask_for_another_story(reading, qtbot):
    with qtbot.waitSignal(reading.target_pick_requested, timeout=1000):
        qtbot.keyClick(reading.view, Qt.Key.Key_G)
    reading.show_target("3 Grid failures")
    assert "3 Grid failures" in reading._bar._target.accessibleName()
    with qtbot.waitSignal(reading.target_pick_requested, timeout=1000):
        qtbot.mouseClick(reading._bar._target, Qt.MouseButton.LeftButton)


def test_full_stop_and_comma_step_through_the_highlights(reading, qtbot):
    stepped = []
    for key in (".", ".", ".", ".", ",", ","):
        qtbot.keyClick(reading.view, key)
        stepped.append(reading.view.current.id)

    assert stepped == ["first", "second", "far", "first", "far", "second"]


def test_delete_asks_for_the_current_highlight_only(reading, qtbot):
    with qtbot.assertNotEmitted(reading.delete_requested):
        qtbot.keyClick(reading.view, Qt.Key.Key_Delete)
    qtbot.keyClick(reading.view, ".")

    with qtbot.waitSignal(reading.delete_requested, timeout=1000) as asked:
        qtbot.keyClick(reading.view, Qt.Key.Key_Delete)

    assert asked.args == ["first"]


def test_a_letter_gives_the_current_highlight_another_role(reading, qtbot):
    qtbot.keyClick(reading.view, ".")

    with qtbot.waitSignal(reading.role_change_requested, timeout=1000) as asked:
        qtbot.keyClick(reading.view, Qt.Key.Key_T)
    with qtbot.assertNotEmitted(reading.role_change_requested):
        qtbot.keyClick(reading.view, Qt.Key.Key_K)

    assert asked.args == ["first", "takeaway"]


def test_escape_lets_go_of_the_selection_then_of_the_highlight(reading, choose, qtbot):
    choose("Hospitals")
    qtbot.keyClick(reading.view, Qt.Key.Key_Escape)
    assert not reading.view.textCursor().hasSelection()

    qtbot.keyClick(reading.view, ".")
    qtbot.keyClick(reading.view, Qt.Key.Key_Escape)
    assert reading.view.current is None


def test_a_click_on_a_highlight_makes_it_the_current_one(reading, marks, qtbot):
    at = spot(reading.view, marks[0].target.start + 4)
    qtbot.mouseClick(reading.view.viewport(), Qt.MouseButton.LeftButton, pos=at)

    assert reading.view.current.id == "first"
    assert reading._popup.isVisible()


def test_a_badge_goes_to_the_statement(reading, qtbot):
    reading.grab()
    badge = next(one for one in reading.view._badges if one.annotations[0].id == "first")

    with qtbot.waitSignal(reading.highlight_activated, timeout=1000) as asked:
        qtbot.mouseClick(
            reading.view.viewport(), Qt.MouseButton.LeftButton, pos=badge.rect.center().toPoint()
        )

    assert asked.args == ["first"]


def test_badges_on_one_line_do_not_overlap(pane, qtbot):
    built = samples.paragraphs("one two three four five", "six")
    marks = tuple(
        samples.mark(built, quote, role)
        for quote, role in (
            ("one", Role.STORY),
            ("two", Role.KEY_POINT),
            ("three", Role.IMPACT),
            ("four", Role.HIGHLIGHT),
            ("six", Role.TAKEAWAY),
        )
    )
    pane.show_article(samples.article(), samples.version(built), marks, {})
    pane.grab()
    badges = pane.view._badges

    assert sorted(badge.text for badge in badges) == ["+3", "S", "T"]
    for number, badge in enumerate(badges):
        assert not any(badge.rect.intersects(other.rect) for other in badges[number + 1 :])
        assert 0 <= badge.rect.left() < badge.rect.right() < pane.view.text_edges()[0]


def test_other_highlights_leave_document_scroll_selection_and_caret(reading, choose, marks, body):
    view = reading.view
    choose("Paragraph 20 says")
    view.verticalScrollBar().setValue(180)
    document, before = view.document(), (view.textCursor().anchor(), view.textCursor().position())
    fresh = samples.mark(body, "Hospitals have", Role.TAKEAWAY, name="fresh")

    reading.show_annotations((*marks[1:], fresh), {})

    assert view.document() is document
    assert view.verticalScrollBar().value() == 180
    assert (view.textCursor().anchor(), view.textCursor().position()) == before
    assert [one.id for one in view.annotations] == ["second", "fresh", "far"]


def test_a_selection_that_became_a_highlight_is_let_go(reading, choose, marks, body):
    choose("Hospitals have generators.")
    fresh = samples.mark(body, "Hospitals have generators.", name="fresh")

    reading.show_annotations((*marks, fresh), {})

    assert not reading.view.textCursor().hasSelection()
    assert not reading._popup.isVisible()


def test_the_tint_is_the_roles(reading, marks):
    view = reading.view
    cursor = view.textCursor()
    colours = []
    for mark in marks:
        cursor.setPosition(view._page.places.document(mark.target.start, mark.target.end)[1])
        colours.append(cursor.charFormat().background().color().name().upper())

    assert colours == [tokens.LIGHT.tint[mark.role] for mark in marks]


def test_revealed_a_passage_stands_in_the_upper_third(reading, qtbot):
    assert reading.reveal("far")

    view = reading.view
    top = view.cursorRect(view.textCursor()).top()
    assert 0 < top < view.viewport().height() / 3
    assert view._flashed == "far"
    qtbot.waitUntil(lambda: view._flashed == "", timeout=4000)
    assert not reading.reveal("gone")


def test_the_popup_offers_the_roles_and_keeps_the_selection(reading, choose, qtbot):
    start, end = choose("Hospitals have generators.")
    assert reading._popup.isVisible()
    button = next(
        one for one in reading._popup.children() if getattr(one, "role", 0) is Role.IMPACT
    )

    with qtbot.waitSignal(reading.annotate_requested, timeout=1000) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert asked.args == [start, end, "impact"]
    assert reading.view.hasFocus()
    assert reading.view.chosen() == (start, end)


def test_the_popup_is_reached_and_left_with_the_keyboard(reading, choose, qtbot):
    start, end = choose("Hospitals have generators.")
    qtbot.keyClick(reading.view, Qt.Key.Key_Tab)
    focused = reading.window().focusWidget()
    assert reading._popup.isAncestorOf(focused)

    with qtbot.waitSignal(reading.annotate_requested, timeout=1000) as asked:
        qtbot.keyClick(focused, Qt.Key.Key_Space)
    assert asked.args == [start, end, "story"]

    qtbot.keyClick(reading.view, Qt.Key.Key_Tab)
    qtbot.keyClick(reading.window().focusWidget(), Qt.Key.Key_Escape)
    assert not reading._popup.isVisible()
    assert reading.view.hasFocus()


@pytest.mark.parametrize(
    "quote", ["Grid failures", "Officials expect rolling outages until March."]
)
def test_the_popup_stays_inside_the_pane(reading, choose, quote):
    for width in (760, 480):
        reading.resize(width, 400)
        choose("Hospitals")
        choose(quote)
        assert reading._popup.isVisible()
        assert reading.view.rect().adjusted(0, -20, 0, 20).contains(reading._popup.geometry())


def test_the_popup_goes_when_the_focus_leaves(reading, choose):
    field = QLineEdit(reading)
    field.show()
    choose("Hospitals")
    assert reading._popup.isVisible()

    field.setFocus()

    assert not reading._popup.isVisible()


def test_a_comment_on_a_passage_is_kept_with_a_key(reading, choose, qtbot):
    start, end = choose("Hospitals")
    reading._popup.comment_chosen.emit()
    field = reading._note.field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "who says so?")
    with qtbot.waitSignal(reading.comment_passage_requested, timeout=1000) as asked:
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [start, end, "who says so?"]
    assert reading.view.hasFocus()
    assert not reading._note.isVisible()


def test_a_comment_on_a_highlight_is_kept_when_it_is_left(reading, qtbot):
    qtbot.keyClick(reading.view, ".")
    name = reading.view.current.id
    qtbot.keyClick(reading.view, "c")
    qtbot.waitUntil(reading._note.field.hasFocus)
    qtbot.keyClicks(reading._note.field, "check this")
    with qtbot.waitSignal(reading.comment_requested, timeout=1000) as asked:
        reading.view.setFocus()
    assert asked.args == [name, "check this"]


def test_escape_leaves_a_comment_as_it_was(reading, qtbot):
    qtbot.keyClick(reading.view, ".")
    qtbot.keyClick(reading.view, "c")
    qtbot.waitUntil(reading._note.field.hasFocus)
    qtbot.keyClicks(reading._note.field, "never mind")
    with qtbot.assertNotEmitted(reading.comment_requested):
        qtbot.keyClick(reading._note.field, Qt.Key.Key_Escape)
        qtbot.waitUntil(reading.view.hasFocus)


def test_a_comment_without_a_word_marks_nothing(reading, choose, qtbot):
    choose("Hospitals")
    qtbot.keyClick(reading.view, "c")
    qtbot.waitUntil(reading._note.field.hasFocus)
    with qtbot.assertNotEmitted(reading.comment_passage_requested):
        reading.view.setFocus()


def test_a_selection_drawn_with_the_mouse_takes_whole_words(reading, qtbot):
    start = BODY.text.index("ospitals have gener")
    drag(qtbot, reading.view, start, start + len("ospitals have gener"))
    assert BODY.text[slice(*reading.view.chosen())] == "Hospitals have generators"


def test_with_alt_held_a_selection_stays_as_it_was_drawn(reading, qtbot):
    start = BODY.text.index("ospitals have gener")
    drag(
        qtbot,
        reading.view,
        start,
        start + len("ospitals have gener"),
        Qt.KeyboardModifier.AltModifier,
    )
    assert BODY.text[slice(*reading.view.chosen())] == "ospitals have gener"


def test_the_list_says_each_highlight_aloud(reading, qtbot):
    qtbot.mouseClick(reading._bar._count, Qt.MouseButton.LeftButton)
    rows = reading._list._list
    spoken = [rows.item(number).data(Qt.ItemDataRole.AccessibleTextRole) for number in range(3)]

    assert spoken == [
        "Key point, paragraph 1: a million people. A point.",
        "Impact, paragraph 2: rolling outages. not yet in a brief",
        "Highlight, paragraph 30: Paragraph 30 says. not yet in a brief",
    ]
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert reading.view.current.id == "far"
    assert not reading._list.isVisible()
    assert reading.view.hasFocus()


def test_the_menu_asks_as_the_keys_do(reading, choose, qtbot):
    start, end = choose("Hospitals have")
    menu = reading.menu(QPoint(5, 5))
    action = next(one for one in menu.actions() if one.data() == "impact")

    with qtbot.waitSignal(reading.annotate_requested, timeout=1000) as asked:
        action.trigger()

    assert asked.args == [start, end, "impact"]


def test_what_is_copied_is_the_canonical_text(reading, choose):
    choose("\U0001f600 left a million people")

    copied = reading.view.createMimeDataFromSelection()

    assert copied.text() == "\U0001f600 left a million people"
    assert not copied.hasHtml()


@pytest.mark.parametrize(
    ("target", "asked"),
    [
        ("https://example.org/a", ["https://example.org/a"]),
        ("mailto:desk@example.org", ["mailto:desk@example.org"]),
        ("file:///etc/passwd", []),
        ("javascript:alert(1)", []),
        ("//host/share", []),
        ("data:text/html,x", []),
    ],
)
def test_a_link_is_asked_for_and_never_opened(target, asked, pane, qtbot):
    built = samples.body(
        (BlockKind.PARAGRAPH, "Read it here."), spans=((SpanKind.LINK, 8, 12, target),)
    )
    pane.show_article(samples.article(url=""), samples.version(built), (), {})
    requested, document = [], pane.view.document()
    pane.link_requested.connect(requested.append)

    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(pane.view, 9))

    assert requested == asked
    assert pane.view.document() is document


def test_no_file_and_no_host_is_ever_loaded(reading, tmp_path):
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"secret")
    kind = QTextDocument.ResourceType.ImageResource.value

    for address in (picture.as_uri(), "//host/share/a.png", "http://example.org/a.png", "asset:1"):
        assert reading.view.loadResource(kind, QUrl(address)) is None
        assert not reading.view.document().resource(kind, QUrl(address))


def test_hostile_text_is_shown_as_it_is(pane):
    text = "<b>bold</b> <img src=file:///etc/passwd> &amp; \ufffc \0"
    pane.show_article(
        samples.article(title="<h1>Title</h1>"), samples.version(samples.paragraphs(text)), (), {}
    )

    shown = pane.view.document().toPlainText()
    assert "<b>bold</b> <img src=file:///etc/passwd> &amp;" in shown
    assert "<h1>Title</h1>" in shown


def test_an_empty_reader_says_what_to_do(pane):
    pane.clear()
    assert "Select an article on the left" in words(pane)
    pane.show_nothing(imported=False)
    assert "Drop files here, or Ctrl+O" in words(pane)


def words(pane):
    return " ".join(label.text() for label in pane._empty.findChildren(QLabel))


def test_a_switch_of_the_theme_keeps_the_place_and_the_selection(reading, choose, qapp, marks):
    choose("Paragraph 20 says")
    view = reading.view
    view.verticalScrollBar().setValue(200)
    before = view.chosen()
    try:
        theme.apply(qapp, tokens.DARK)
        cursor = view.textCursor()
        cursor.setPosition(view._ranges["first"][1])
        assert cursor.charFormat().background().color().name().upper() == tokens.DARK.tint.key_point
        assert view.chosen() == before
        assert abs(view.verticalScrollBar().value() - 200) < 30
    finally:
        theme.apply(qapp, tokens.LIGHT)


def test_an_article_from_right_to_left_has_its_letters_on_the_right(pane):
    built = samples.paragraphs(
        "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645"
    )
    mark = samples.mark(built, built.text[:5])
    pane.show_article(samples.article(direction="rtl"), samples.version(built), (mark,), {})
    pane.grab()

    (badge,) = pane.view._badges
    assert badge.rect.left() > pane.view.text_edges()[1]


def test_the_measure_stays_and_the_text_stands_in_the_middle(reading):
    reading.resize(1400, 700)
    left, right = reading.view.text_edges()
    area = reading.view.viewport().geometry()

    assert abs((right - left) - tokens.TEXT_MEASURE) <= 12
    assert abs(area.center().x() - reading.width() / 2) <= 12


def test_the_line_of_the_target_stays_in_sight(reading):
    under_title = reading._bar.y()
    reading.view.verticalScrollBar().setValue(300)

    assert under_title > 60
    assert reading._bar.y() == 0
    assert reading._bar.isVisible()


def test_an_orphaned_highlight_is_not_shown(pane, body):
    lost = replace(samples.mark(body, "Hospitals"), state=AnchorState.ORPHANED)
    pane.show_article(samples.article(), samples.version(body), (lost,), {})

    assert pane.view.annotations == ()


def test_everything_that_takes_the_focus_has_a_name(reading, choose, qtbot):
    choose("Hospitals")
    reading.show_highlights()
    nameless = [
        widget
        for widget in reading.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]

    assert nameless == []
