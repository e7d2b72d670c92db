"""A passage and its place on the screen: whatever is selected comes back as the same passage."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from briefing_app.domain.annotation import Role
from briefing_app.domain.article import BlockKind
from briefing_app.gui import tokens
from briefing_app.gui.jobs import JobRunner
from briefing_app.gui.reader import page
from briefing_app.gui.reader.marks import Tint
from briefing_app.gui.reader.pictures import Pictures
from tests.gui.reader import painted, samples

PIECES = (
    "word",
    " ",
    "\u00e9",
    "e\u0301",
    "\U0001f600",
    "\U0001f469\u200d\U0001f467",
    "\U0001d518\U0001d52b",
    "\u0645\u0631\u062d\u0628\u0627",
    "\u0e44\u0e17\u0e22",
    "\u4e2d\u6587",
    "\ufffc",
    "\ufdd0",
)
PICTURE = painted.picture(30, 20)
HELD = painted.digest(PICTURE)
words = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
cells = st.lists(words, min_size=1, max_size=3).map("\t".join)
tables = st.lists(cells, min_size=1, max_size=3).map("\n".join)
code = st.lists(words, min_size=1, max_size=3).map("\n".join)


def kind_and_text(kind):
    text = {BlockKind.TABLE: tables, BlockKind.CODE: code}.get(kind, words)
    if kind in (BlockKind.IMAGE, BlockKind.RULE):
        text = st.just("")
    fields = st.fixed_dictionaries(
        {
            "included": st.sampled_from((True, True, True, False)),
            "level": st.integers(1, 3),
            "ordered": st.booleans(),
            "alt": words,
            "asset": st.sampled_from(("", HELD, "0" * 64))
            if kind is BlockKind.IMAGE
            else st.just(""),
        }
    )
    return st.tuples(st.just(kind), text, fields)


blocks = st.sampled_from(list(BlockKind)).flatmap(kind_and_text)
bodies = st.tuples(kind_and_text(BlockKind.TABLE), st.lists(blocks, max_size=7)).map(
    lambda parts: samples.body(parts[0], *parts[1])
)


def shown(built, *, title="", direction="ltr", painted=(), pictures=None):
    return page.build(
        samples.article(title=title, direction=direction),
        samples.version(built),
        painted,
        tokens.LIGHT,
        pictures=pictures,
    )


@pytest.fixture(scope="module")
def pictures(qapp):
    runner = JobRunner(qapp)
    yield Pictures({HELD: PICTURE}.get, runner)
    runner.stop()


def quiet(text):
    """Return the text as the document holds it."""
    return "".join("\N{REPLACEMENT CHARACTER}" if one in "\ufffc\ufdd0" else one for one in text)


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(built=bodies, data=st.data())
def test_any_range_that_is_selected_comes_back(qapp, pictures, built, data):
    made = shown(
        built,
        direction=data.draw(st.sampled_from(("ltr", "rtl"))),
        pictures=data.draw(st.sampled_from((None, pictures))),
    )
    runs = [run for run in made.places.runs if run.start < run.end]
    if not runs:
        return
    ends = st.sampled_from(runs).flatmap(lambda run: st.integers(run.start, run.end))
    start, end = sorted((data.draw(ends), data.draw(ends)))
    if start == end:
        return

    place = made.places.document(start, end)

    if place is None:  # the range begins at the end of one block and ends where the next begins
        assert not any(run.start < end and start < run.end for run in runs)
        return
    found = made.places.canonical(*place)
    assert found is not None
    # a range that begins or ends in the gap between two blocks snaps to what is shown of it
    covered = [
        (max(start, run.start), min(end, run.end))
        for run in runs
        if max(start, run.start) < min(end, run.end)
    ]
    assert found == (covered[0][0], covered[-1][1])
    assert made.places.canonical(place[1], place[0]) == found


@settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(built=bodies)
def test_each_run_stands_in_the_document_where_the_map_says(qapp, pictures, built):
    made = shown(built, pictures=pictures)
    cursor = QTextCursor(made.document)
    expected = []
    for block in built.blocks:
        if not block.included or block.kind in (BlockKind.IMAGE, BlockKind.RULE):
            continue
        text = built.text[block.start : block.end]
        expected += (
            [cell for line in text.split("\n") for cell in line.split("\t")]
            if block.kind is BlockKind.TABLE
            else [text]
        )

    found = []
    for run in made.places.runs:
        cursor.setPosition(run.position)
        cursor.setPosition(run.stop, QTextCursor.MoveMode.KeepAnchor)
        found.append(cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n"))
        for offset in range(run.start, run.end + 1):
            assert run.offset(run.place(offset)) == offset

    assert found == [quiet(text) for text in expected]


def test_a_position_inside_a_surrogate_pair_is_its_letter(qapp):
    made = shown(samples.paragraphs("a😀b"))
    (run,) = made.places.runs

    assert [run.offset(run.position + unit) for unit in range(5)] == [0, 1, 1, 2, 3]


def test_a_selection_of_the_head_alone_holds_no_text(qapp):
    made = shown(samples.paragraphs("One.", "Two."), title="A title")

    assert made.places.canonical(0, 5) is None
    assert made.places.canonical(0, made.document.characterCount() - 1) == (0, 9)


def test_a_selection_across_what_is_left_out_covers_it(qapp):
    built = samples.body(
        (BlockKind.PARAGRAPH, "One."),
        (BlockKind.PARAGRAPH, "Advertisement", {"included": False}),
        (BlockKind.PARAGRAPH, "Two."),
    )
    made = shown(built)

    assert "Advertisement" not in made.document.toPlainText()
    assert made.hidden == 1
    place = made.places.document(0, len(built.text))
    assert place is not None
    assert made.places.canonical(*place) == (0, len(built.text))
    assert made.places.document(6, 12) is None


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_combining_marks_count_as_code_points(qapp, form):
    text = unicodedata.normalize(form, "Kyïv é Ångström")
    made = shown(samples.paragraphs(text))

    assert made.places.canonical(*made.places.document(4, len(text))) == (4, len(text))


def test_a_repaint_leaves_the_document_as_a_new_build_would_make_it(qapp):
    built = samples.body(
        (BlockKind.TABLE, "a\tbb\nccc\tdddd"),
        (BlockKind.PARAGRAPH, "😀 some words, and some more"),
        (BlockKind.CODE, "one\ntwo"),
    )
    before = (Tint(0, 3, Role.STORY), Tint(14, 20, Role.IMPACT))
    after = (Tint(2, 18, Role.KEY_POINT), Tint(30, 44, Role.TAKEAWAY))
    made = shown(built, painted=before)
    page.repaint(made, before, after, tokens.LIGHT)

    assert backgrounds(made) == backgrounds(shown(built, painted=after))


def backgrounds(made):
    """Return the colour behind each code point of the text."""
    cursor = QTextCursor(made.document)
    colours = {}
    for run in made.places.runs:
        for offset in range(run.start, run.end):
            cursor.setPosition(run.place(offset + 1))
            brush = cursor.charFormat().background()
            colours[offset] = brush.color().name() if brush.style().value else ""
    return colours
