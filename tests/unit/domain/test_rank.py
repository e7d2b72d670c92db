"""Ranks: text that sorts, with room between any two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain import rank


@given(st.lists(st.integers(0, 2**16), max_size=80))
def test_rows_put_anywhere_keep_their_order(places):
    ranks = []
    for place in places:
        at = place % (len(ranks) + 1)
        before = ranks[at - 1] if at else ""
        after = ranks[at] if at < len(ranks) else ""
        ranks.insert(at, rank.between(before, after))
        assert ranks[at][-1] != "0"
    assert ranks == sorted(set(ranks))


@given(st.integers(1, 3000))
def test_a_growing_list_keeps_its_order_and_its_ranks_short(count):
    ranks = []
    for _ in range(count):
        ranks.append(rank.append(ranks[-1] if ranks else ""))
    assert ranks == sorted(set(ranks))
    assert len(ranks[-1]) <= count // 35 + 1


@given(st.text("0123456789abcdefghijklmnopqrstuvwxyz", max_size=8))
def test_append_is_behind_any_rank(last):
    assert rank.append(last) > last


def test_there_is_always_room_in_front():
    first = rank.append("")
    for _ in range(100):
        front = rank.between("", first)
        assert front < first
        first = front


@pytest.mark.parametrize(("before", "after"), [("b", "a"), ("a", "a")])
def test_neighbours_in_the_wrong_order_are_refused(before, after):
    with pytest.raises(ValueError, match="no rank between"):
        rank.between(before, after)
