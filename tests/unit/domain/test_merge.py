"""What becomes of a record that two libraries hold: field by field, the same on both sides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.change import Op
from briefing_app.domain.entry import Entry, Gone
from briefing_app.domain.merge import (
    Clash,
    Verdict,
    copy_of_statement,
    create,
    merge,
    take_out,
    undo_deletion,
)
from briefing_app.domain.past import mark, marks
from briefing_app.domain.record import Entity

STATEMENT = {
    "story": "s",
    "part": "impact",
    "kind": "item",
    "text": "one",
    "rank": "m",
    "evidence": [],
}
ROW = Entry((Entity.STATEMENT, "1"), STATEMENT, 1, 10)


def with_(entry, updated=None, **fields):
    """Return an entry after an edit, which it remembers."""
    past = dict(entry.past)
    for group, value in marks(entry.key, entry.fields).items():
        names = {"place": ("part", "kind", "rank")}.get(group, (group,))
        if any(name in fields for name in names):
            past[group] = (*past.get(group, ()), value)
    made = {**entry.fields, **fields}
    return replace(entry, fields=made, past=past, updated=updated or entry.updated + 1)


def after(mine, merged):
    """Return the fields of a record once the changes are made."""
    fields = dict(mine.fields)
    for change in merged.changes:
        if change.op is Op.SET:
            assert fields[change.field] == change.old
            fields[change.field] = change.new
    return fields


def test_what_is_the_same_changes_nothing():
    assert merge(ROW, ROW).verdict is Verdict.SAME
    assert merge(ROW, ROW).changes == ()


def test_an_edit_of_the_other_side_is_taken_and_one_of_this_side_stays():
    edited = with_(ROW, text="two")
    taken = merge(ROW, edited)
    assert (taken.verdict, after(ROW, taken)) == (Verdict.NEWER, edited.fields)
    kept = merge(edited, ROW)
    assert (kept.verdict, kept.changes) == (Verdict.OLDER, ())


def test_edits_of_two_fields_come_together():
    mine, theirs = with_(ROW, text="two"), with_(ROW, part="key-points", rank="a")
    for one, other in ((mine, theirs), (theirs, mine)):
        merged = merge(one, other)
        assert merged.verdict is Verdict.NEWER
        assert after(one, merged) == {**mine.fields, "part": "key-points", "rank": "a"}


def test_of_two_edits_the_later_one_stands_and_the_other_is_in_the_journal():
    mine, theirs = with_(ROW, 20, text="mine"), with_(ROW, 30, text="theirs")
    for one, other in ((mine, theirs), (theirs, mine)):
        merged = merge(one, other)
        assert merged.verdict is Verdict.CONFLICT
        assert merged.clashes == (Clash("text", "theirs", "mine"),)
        assert after(one, merged)["text"] == "theirs"
        told = {change.old for change in merged.changes} | {c.new for c in merged.changes}
        assert told == {"mine", "theirs"}


def test_the_text_that_lost_its_place_is_the_same_statement_on_both_sides():
    mine, theirs = with_(ROW, 20, text="mine"), with_(ROW, 30, text="theirs")
    uid, fields = copy_of_statement(mine, theirs)
    assert (uid, fields) == copy_of_statement(theirs, mine)
    assert fields["text"] == "mine"
    assert "m" < fields["rank"] < "n"
    assert fields["rank"][-1] != "0"


def test_passages_of_both_are_united_and_comments_joined():
    mine, theirs = (
        with_(ROW, 20, evidence=[["a", "supports"]]),
        with_(ROW, 30, evidence=[["b", "context"]]),
    )
    for one, other in ((mine, theirs), (theirs, mine)):
        assert after(one, merge(one, other))["evidence"] == [["b", "context"], ["a", "supports"]]
    target = {"version": "v", "start": 0, "end": 1, "exact": "x", "prefix": "", "suffix": ""}
    fields = {
        "article": "a",
        **target,
        "role": "highlight",
        "comment": "",
        "tags": [],
        "state": "anchored",
    }
    passage = Entry((Entity.ANNOTATION, "1"), fields, 1, 10)
    mine, theirs = with_(passage, 20, comment="mine"), with_(passage, 30, comment="theirs")
    for one, other in ((mine, theirs), (theirs, mine)):
        assert after(one, merge(one, other))["comment"] == "theirs\n\nmine"


def test_a_value_that_came_back_is_newer_than_the_one_between():
    between = with_(ROW, text="two")
    back = with_(between, text="one")
    assert merge(between, back).verdict is Verdict.NEWER
    assert merge(back, between).verdict is Verdict.OLDER


def test_what_was_held_back_is_left_alone():
    theirs = replace(ROW, fields={n: v for n, v in STATEMENT.items() if n != "text"})
    assert merge(with_(ROW, text="mine"), theirs).changes == ()


def test_what_was_deleted_here_stays_so_unless_it_was_edited_there_since():
    trashed = replace(ROW, trashed=50)
    assert merge(trashed, ROW).verdict is Verdict.TRASHED
    merged = merge(trashed, with_(ROW, text="two"))
    assert merged.verdict is Verdict.NEWER
    assert [change.op for change in merged.changes] == [Op.RESTORE, Op.SET]
    assert merge(trashed, replace(ROW, trashed=60)).verdict is Verdict.SAME


def test_what_was_taken_out_there_goes_if_it_was_known_as_it_is():
    def gone(entry):
        last = {
            group: (*entry.past.get(group, ()), value)
            for group, value in marks(entry.key, entry.fields).items()
        }
        return Gone(entry.key, last)

    assert [c.op for c in take_out(ROW, gone(ROW)).changes] == [Op.TRASH]
    assert [c.op for c in take_out(ROW, gone(with_(ROW, text="two"))).changes] == [Op.TRASH]
    assert take_out(with_(ROW, text="two"), gone(ROW)).verdict is Verdict.CONFLICT


def test_a_new_record_brings_its_times_and_its_past():
    theirs = with_(ROW, text="two")
    (made,) = create(theirs).changes
    assert (made.op, made.times, made.new) == (Op.CREATE, (1, 11), theirs.fields)
    assert made.old == {"text": [mark(ROW.key, ROW.fields, ("text",))]}
    assert [c.op for c in create(replace(ROW, trashed=5)).changes] == [Op.CREATE, Op.TRASH]


def test_what_undo_had_taken_back_comes_as_it_is_now():
    changes = undo_deletion(replace(ROW, trashed=5), with_(ROW, text="two")).changes
    assert [change.op for change in changes] == [Op.RESTORE, Op.SET]


@pytest.mark.parametrize("ties", [False, True])
@given(data=st.data())
def test_both_sides_always_come_to_the_same(ties, data):
    words = st.sampled_from("abc")
    edits = st.lists(
        st.sampled_from([("text", w) for w in "abc"] + [("rank", w) for w in "abc"]), max_size=5
    )
    common = with_(ROW, text=data.draw(words))
    sides = []
    for start in (20, 20 if ties else 40):
        side = common
        for at, (name, value) in enumerate(data.draw(edits)):
            if side.fields[name] != value:
                side = with_(side, start if ties else start + at, **{name: value})
        sides.append(side)
    one, two = sides
    assert after(one, merge(one, two)) == after(two, merge(two, one))
