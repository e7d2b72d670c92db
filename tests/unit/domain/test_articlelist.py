"""Lists by their places, and what articles are sorted by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.articlelist import KEY, Listing, runs, sorting_key

tokens = st.lists(st.integers(1, 60), unique=True, max_size=40)


def falling(found):
    return Listing(sorted(found, reverse=True), falls=True)


@given(tokens, tokens, st.sets(st.integers(0, 39)))
def test_places_are_carried_to_another_list(before, after, chosen):
    for make in (Listing, falling):
        old, new = make(before), make(after)
        places = sorted(at for at in chosen if at < len(old))
        wanted = {old.tokens[at] for at in places}
        carried = [at for run in old.carried(runs(places), new) for at in run]
        assert {new.tokens[at] for at in carried} == wanted & set(new.tokens)
        assert carried == sorted(carried)
        moved = old.moved(places, new)
        assert {old.tokens[a]: new.tokens[b] for a, b in moved.items()} == {
            token: token for token in wanted & set(new.tokens)
        }


@given(tokens, st.sets(st.integers(0, 39)))
def test_places_are_taken_out_and_taken_together(found, chosen):
    listing = Listing(found)
    places = runs(sorted(at for at in chosen if at < len(found)))
    kept = [token for at, token in enumerate(found) if at not in chosen]
    assert list(listing.without(places).tokens) == kept
    assert sorted([*kept, *listing.at(places).tokens]) == sorted(found)


@given(tokens)
def test_an_article_is_found_in_its_list(found):
    for listing in (Listing(found), falling(found)):
        assert [listing.place(token) for token in listing.tokens] == list(range(len(found)))
        assert listing.place(61) == -1


def test_neighbours_are_one_run():
    assert runs([0, 1, 2, 5, 7, 8]) == (range(3), range(5, 6), range(7, 9))
    assert runs([]) == ()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("“Élan” is  back", "elan” is back"),
        ("  The Economist", "the economist"),
        ("ЇЖАК", "їжак"),
        ("中国新闻", "中国新闻"),
        ("…", "…"),
        ("", ""),
    ],
)
def test_titles_are_sorted_without_case_accents_and_quotation_marks(text, key):
    assert sorting_key(text) == key
    assert len(sorting_key("x" * 100_000)) == KEY
