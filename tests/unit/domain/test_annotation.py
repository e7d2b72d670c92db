"""Passages: what is selected, and where a quote stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.annotation import Role, occurrences, select
from briefing_app.domain.statement import Part


def test_each_role_has_a_letter_and_all_but_the_highlight_a_part():
    assert "".join(role.letter for role in Role) == "SKTIH"
    assert [role.part for role in Role] == [
        Part.NARRATIVE, Part.KEY_POINTS, Part.KEY_TAKEAWAYS, Part.IMPACT, None,
    ]  # fmt: skip


def test_a_selection_loses_the_blanks_at_its_ends():
    target = select("v", "one  two\n three", 3, 10)
    assert (target.start, target.end, target.exact) == (5, 8, "two")
    assert (target.prefix, target.suffix) == ("one  ", "\n three")


@given(st.text(max_size=60), st.integers(-5, 70), st.integers(-5, 70))
def test_a_selection_is_a_part_of_the_text_or_refused(text, start, end):
    try:
        target = select("v", text, start, end)
    except ValueError:
        assert not text[max(0, start) : max(0, end)].strip()
        return
    assert text[target.start : target.end] == target.exact == target.exact.strip()
    assert text[: target.start].endswith(target.prefix)
    assert text[target.end :].startswith(target.suffix)
    assert len(target.prefix) <= 32
    assert len(target.suffix) <= 32


def test_overlapping_places_of_a_quote_are_all_found():
    assert occurrences("aaa", "aa") == (0, 1)
    assert occurrences("abc", "x") == ()
    with pytest.raises(ValueError, match="everywhere"):
        occurrences("abc", "")
