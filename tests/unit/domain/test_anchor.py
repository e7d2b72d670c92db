"""Passages are found again after their article has changed, or are orphaned; never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.anchor import find_again, move
from briefing_app.domain.annotation import AnchorState, Annotation, Role, select

SENTENCES = [
    "The last ferry left on Tuesday evening, before the strait froze over from shore to shore.",
    "Operators expect that the northern route stays closed for at least two weeks, they said.",
    "Three thousand commuters now travel by bus across the long bridge, which adds two hours.",
    "The ministry has promised a discount on tickets, but has not said how large it will be.",
    "Fishermen in the south said on Monday that they had seen no ice at all this winter.",
    "A spokesman declined to say whether the army would help to keep the harbour open.",
]
TEXT = "\n".join(SENTENCES)


def again(quote, new, old=TEXT):
    start = old.index(quote)
    found = find_again(old, new, start, start + len(quote))
    return None if found is None else new[slice(*found)]


@pytest.mark.parametrize("quote", [SENTENCES[2], "northern route", "ice", "adds two hours"])
@pytest.mark.parametrize(
    "new",
    [
        "A new lead that was not there before.\n" + TEXT,
        "\n".join([SENTENCES[0], "Something between.", *SENTENCES[1:]]),
        TEXT.replace("Tuesday evening", "Wednesday morning"),
        "\n".join(SENTENCES[1:]),
        TEXT + "\nAnd a last word.",
    ],
    ids=["lead", "insert", "edit", "cut", "end"],
)
def test_an_unchanged_passage_is_found_wherever_it_went(quote, new):
    assert again(quote, new) == quote


def test_a_passage_that_was_edited_a_little_is_found():
    new = TEXT.replace("Three thousand commuters now travel", "Some 3000 commuters now travel")
    assert again(SENTENCES[2], new).endswith("across the long bridge, which adds two hours.")


def test_paragraphs_that_changed_places_are_followed():
    assert again(SENTENCES[4], "\n".join([*SENTENCES[3:], *SENTENCES[:3]])) == SENTENCES[4]


@pytest.mark.parametrize("quote", [SENTENCES[3], "promised a discount on tickets", "discount"])
def test_a_passage_that_is_gone_is_orphaned(quote):
    assert again(quote, "\n".join(s for s in SENTENCES if s != SENTENCES[3])) is None


def test_a_short_word_is_not_taken_for_the_same_word_elsewhere():
    old = "The board will meet.\n" + TEXT + "\nThe cost is high."
    new = TEXT + "\nThe cost is high, and the board of a ship creaks."
    assert again("board", new, old) is None


def test_a_moved_annotation_says_so_and_an_orphan_keeps_its_words():
    start = TEXT.index(SENTENCES[2])
    target = select("v1", TEXT, start, start + len(SENTENCES[2]))
    annotation = Annotation("a", "b", target, Role.KEY_POINT)

    same = move(annotation, "v2", TEXT, "Lead.\n" + TEXT)
    edited = move(annotation, "v2", TEXT, TEXT.replace("long bridge", "old bridge"))
    gone = move(annotation, "v2", TEXT, "Nothing of it is left here.")

    assert (same.state, same.target.version, same.target.start) == (
        AnchorState.ANCHORED,
        "v2",
        start + 6,
    )
    assert (edited.state, "old bridge" in edited.target.exact) == (AnchorState.MOVED, True)
    assert (gone.state, gone.target) == (AnchorState.ORPHANED, target)


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40), st.data())
def test_what_is_found_is_always_a_range_of_the_new_text(old, new, data):
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    found = find_again(old, new, start, end)
    assert found is None or 0 <= found[0] <= found[1] <= len(new)
