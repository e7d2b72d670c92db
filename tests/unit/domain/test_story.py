"""The edits of a story."""

from __future__ import annotations

import pytest

from briefing_app.domain.statement import Evidence, Kind, Part, Stance, usual_kind
from briefing_app.domain.story import (
    Story,
    add_statement,
    edit_statement,
    join_with_previous,
    move_statement,
    one_line,
    remove_statement,
    set_evidence,
    set_kind,
    split_statement,
)
from briefing_app.errors import NotFound


def story_of(*rows):
    story = Story("story", "Headline")
    for number, (part, kind, text) in enumerate(rows):
        story = add_statement(story, f"s{number}", part, text, kind=kind)
    return story


def texts(story, part):
    return [statement.text for statement in story.part(part)]


@pytest.fixture
def points():
    return story_of(*[(Part.KEY_POINTS, None, text) for text in "abc"])


def test_the_usual_kind_is_a_paragraph_in_the_story_and_an_item_elsewhere():
    assert usual_kind(Part.NARRATIVE) is Kind.PARAGRAPH
    assert {usual_kind(part) for part in Part if part is not Part.NARRATIVE} == {Kind.ITEM}


def test_parts_stand_in_print_order_whatever_was_added_first():
    story = story_of(
        (Part.IMPACT, None, "i"), (Part.NARRATIVE, None, "n"), (Part.KEY_POINTS, None, "k")
    )
    assert [statement.text for statement in story.statements] == ["n", "k", "i"]


def test_a_statement_is_added_at_a_place_and_a_place_out_of_range_is_the_nearest(points):
    assert texts(add_statement(points, "x", Part.KEY_POINTS, "x", at=1), Part.KEY_POINTS) == [
        "a", "x", "b", "c",
    ]  # fmt: skip
    assert (
        texts(add_statement(points, "x", Part.KEY_POINTS, "x", at=99), Part.KEY_POINTS)[-1] == "x"
    )
    assert texts(add_statement(points, "x", Part.KEY_POINTS, "x", at=-5), Part.KEY_POINTS)[0] == "x"


def test_an_impact_item_goes_behind_the_last_item_so_the_closing_stays_last():
    story = story_of(
        (Part.IMPACT, Kind.PARAGRAPH, "lead"),
        (Part.IMPACT, Kind.ITEM, "item"),
        (Part.IMPACT, Kind.PARAGRAPH, "closing"),
    )
    more = add_statement(story, "x", Part.IMPACT, "new")
    assert texts(more, Part.IMPACT) == ["lead", "item", "new", "closing"]
    closing = add_statement(story, "x", Part.IMPACT, "more", kind=Kind.PARAGRAPH)
    assert texts(closing, Part.IMPACT) == ["lead", "item", "closing", "more"]


def test_the_first_impact_item_goes_behind_the_lead():
    story = story_of((Part.IMPACT, Kind.PARAGRAPH, "lead"))
    assert texts(add_statement(story, "x", Part.IMPACT, "item"), Part.IMPACT) == ["lead", "item"]


def test_an_edit_leaves_all_else_as_it_was(points):
    edited = edit_statement(points, "s1", "B")
    assert texts(edited, Part.KEY_POINTS) == ["a", "B", "c"]
    assert edit_statement(edited, "s1", "b") == points
    assert points.statement("s1").text == "b"


def test_kind_and_evidence_can_be_set(points):
    links = (Evidence("n1"), Evidence("n2", Stance.CONTRADICTS))
    story = set_evidence(set_kind(points, "s0", Kind.PARAGRAPH), "s0", links)
    assert story.statement("s0").kind is Kind.PARAGRAPH
    assert story.statement("s0").evidence == links


@pytest.mark.parametrize(
    ("moving", "to", "order"),
    [("s0", 1, "bac"), ("s0", 2, "bca"), ("s2", 0, "cab"), ("s1", -3, "bac"), ("s1", 9, "acb")],
)
def test_a_statement_is_moved_to_a_place_counted_after_it_was_lifted_out(points, moving, to, order):
    moved = move_statement(points, moving, to)
    assert "".join(texts(moved, Part.KEY_POINTS)) == order
    others = [s.rank for s in moved.statements if s.id != moving]
    assert others == [s.rank for s in points.statements if s.id != moving]


def test_a_move_to_where_it_is_changes_nothing(points):
    assert move_statement(points, "s1", 1) is points


def test_a_move_to_another_part_takes_that_parts_kind(points):
    moved = move_statement(points, "s1", 0, Part.NARRATIVE)
    assert moved.statement("s1").part is Part.NARRATIVE
    assert moved.statement("s1").kind is Kind.PARAGRAPH
    assert texts(moved, Part.KEY_POINTS) == ["a", "c"]


def test_a_split_makes_two_rows_and_the_evidence_stays_with_the_first(points):
    story = set_evidence(edit_statement(points, "s1", "one two"), "s1", (Evidence("n"),))
    cut = split_statement(story, "s1", "new", 4)
    assert texts(cut, Part.KEY_POINTS) == ["a", "one", "two", "c"]
    assert cut.statement("s1").evidence == (Evidence("n"),)
    assert cut.statement("new").evidence == ()


def test_a_join_puts_text_and_evidence_behind_the_row_before(points):
    story = set_evidence(points, "s0", (Evidence("n1"),))
    story = set_evidence(story, "s1", (Evidence("n1", Stance.CONTEXT), Evidence("n2")))
    joined = join_with_previous(story, "s1")
    assert texts(joined, Part.KEY_POINTS) == ["a b", "c"]
    assert joined.statement("s0").evidence == (Evidence("n1"), Evidence("n2"))


def test_the_first_row_of_a_part_has_nothing_to_join(points):
    assert join_with_previous(points, "s0") is points


def test_an_empty_row_joins_without_a_blank(points):
    joined = join_with_previous(edit_statement(points, "s1", ""), "s1")
    assert texts(joined, Part.KEY_POINTS) == ["a", "c"]


def test_a_removed_statement_is_gone(points):
    assert texts(remove_statement(points, "s1"), Part.KEY_POINTS) == ["a", "c"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda s: edit_statement(s, "x", ""),
        lambda s: set_kind(s, "x", Kind.ITEM),
        lambda s: set_evidence(s, "x", ()),
        lambda s: move_statement(s, "x", 0),
        lambda s: remove_statement(s, "x"),
        lambda s: join_with_previous(s, "x"),
        lambda s: split_statement(s, "x", "y", 0),
    ],
)
def test_an_edit_of_a_statement_that_is_gone_is_told(points, edit):
    with pytest.raises(NotFound):
        edit(points)


def test_a_text_of_many_lines_becomes_one():
    assert one_line(" a \r\n\n b\rc ") == "a b c"
    assert one_line("a\u2028b\x0cc") == "a\u2028b\x0cc"
