"""Highlights that overlap are painted so that each stays visible."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.annotation import AnchorState, Annotation, Role, Target
from briefing_app.gui.reader.marks import Tint, in_order, paragraph, tints
from tests.gui.reader import samples


def marked(start, end, role, name="x"):
    return Annotation(name, "a", Target("v", start, end, "x" * (end - start)), role)


def test_an_inner_highlight_lies_on_an_outer_one():
    outer, inner = marked(0, 10, Role.STORY), marked(3, 5, Role.IMPACT)

    assert tints((outer, inner)) == (
        Tint(0, 3, Role.STORY),
        Tint(3, 5, Role.IMPACT),
        Tint(5, 10, Role.STORY),
    )


def test_an_orphaned_highlight_is_not_painted():
    lost = replace(marked(0, 4, Role.STORY), state=AnchorState.ORPHANED)

    assert tints(in_order((lost,))) == ()
    assert in_order((lost,)) == ()


ranges = st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(list(Role)))


@given(st.lists(ranges, max_size=8))
def test_every_letter_has_the_tint_of_the_highlight_that_began_last(parts):
    marks = tuple(
        marked(start, start + length, role, f"{number:02}")
        for number, (start, length, role) in enumerate(parts)
    )
    painted = {}
    for tint in tints(in_order(marks)):
        for offset in range(tint.start, tint.end):
            assert offset not in painted
            painted[offset] = tint.role

    expected = {}
    for one in in_order(marks):
        for offset in range(one.target.start, one.target.end):
            expected[offset] = one.role
    assert painted == expected


def test_paragraphs_are_counted_as_they_are_read():
    built = samples.paragraphs("One.", "Two.", "Three.")

    assert [paragraph(built, offset) for offset in (0, 4, 5, 10)] == [1, 1, 2, 3]
