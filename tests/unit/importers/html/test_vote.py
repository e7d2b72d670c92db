"""The vote on the blocks of a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing_app.importers.html.title import choose_title
from briefing_app.importers.html.vote import ballot, choose, tokens

A = "the last ferry left on tuesday evening before the strait froze"
B = "operators expect that the northern route stays closed for two weeks"
C = "commuters travel by bus across the long bridge every single day"
MENU = "home world sport weather"


def vote(texts, *voices, title="", tag="p", linked=0.0):
    return choose([ballot(tag, text, linked) for text in texts], voices, title).included


def test_what_the_voters_agree_on_is_the_article():
    assert vote([MENU, A, B, C], f"{A}\n{B}\n{C}", f"{A}\n{B}\n{C}") == (False, True, True, True)


def test_one_that_claims_another_part_of_the_page_is_outvoted():
    voices = (f"{A}\n{B}", f"{A}\n{B}", MENU)
    assert vote([MENU, A, B, C], *voices) == (False, True, True, False)


def test_a_sentence_that_stands_twice_on_the_page_is_taken_once_and_from_the_run():
    assert vote([A, MENU * 5, A, B, C], f"{A}\n{B}\n{C}") == (False, False, True, True, True)


def test_with_no_claim_at_all_it_is_the_whole_page():
    assert vote([A, B], "", "something else that is nowhere") == (True, True)


def test_main_headings_that_repeat_the_title_are_out():
    blocks = [ballot("h1", "Ice closes the route", 0), ballot("p", A, 0)]
    assert choose(
        blocks, [f"Ice closes the route\n{A}"], "Ice closes the route | News"
    ).included == (
        False,
        True,
    )


def test_a_line_that_is_all_links_is_out_where_it_is_a_small_part():
    blocks = [ballot("p", text, linked) for text, linked in ((A, 0), (B, 0), (C, 0), (MENU, 1.0))]
    assert choose(blocks, [f"{A}\n{B}\n{C}\n{MENU}"], "").included == (True, True, True, False)


def test_a_list_of_links_stays_where_it_is_the_article():
    blocks = [ballot("p", text, 1.0) for text in (A, B, C)]
    assert choose(blocks, [f"{A}\n{B}\n{C}"], "").included == (True, True, True)


def test_characters_are_words_where_no_blanks_are_written():
    assert tokens("海峡 BBC news") == ["海", "峡", "BBC", "news"]


TEXTS = st.lists(st.text(st.sampled_from("ab \n"), max_size=12), max_size=6)


@given(TEXTS, TEXTS)
def test_any_vote_has_an_answer_for_each_block(texts, voices):
    assert len(vote(texts, *voices)) == len(texts)


def test_the_title_is_what_two_systems_agree_on():
    known = [
        ("og:title", "Ice!"),
        ("first heading", "Ice closes the route"),
        ("page title", "Ice closes the route | Times"),
    ]
    assert choose_title(known, "Times") == ("Ice closes the route", "first heading")


def test_the_sites_name_is_cut_off_at_either_end():
    assert (
        choose_title([("page title", "Ice closes in - Strait Times")], "The Strait Times")[0]
        == "Ice closes in"
    )
    assert choose_title([("page title", "Times: Ice closes in")], "Times")[0] == "Ice closes in"
    assert choose_title([("page title", "War - and peace")], "Times")[0] == "War - and peace"


def test_the_sites_name_alone_is_the_last_resort():
    assert choose_title([("og:title", "Times"), ("first heading", "Ice")], "Times")[0] == "Ice"
    assert choose_title([("og:title", "Times")], "Times")[0] == "Times"
    assert choose_title([], "Times") == ("", "")


def test_voters_that_say_the_same_agree_wholly_and_one_alone_on_nothing():
    blocks = [ballot("p", text, 0.0) for text in (A, B, C)]
    assert choose(blocks, [f"{A}\n{B}", f"{A}\n{B}", ""], "").agreement == 1.0
    assert choose(blocks, [f"{A}\n{B}"], "").agreement == 0.0
    assert choose(blocks, [], "").agreement == 0.0


def test_voters_that_are_apart_agree_little():
    blocks = [ballot("p", text, 0.0) for text in (A, B, C)]
    assert 0 < choose(blocks, [A, f"{A}\n{B}\n{C}"], "").agreement < 0.65
