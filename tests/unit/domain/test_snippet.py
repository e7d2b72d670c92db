"""Snippets: which part of a text is shown, and what is marked in it."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.folding import folded, searchable
from briefing_app.domain.query import Term, parse
from briefing_app.domain.snippet import AROUND, Marking

TODAY = dt.date(2026, 3, 10)


def _marked(query, text):
    """Return the text with its marks in brackets."""
    shown, at = "", 0
    for start, end in Marking(parse(query, TODAY).wanted).marks(text):
        shown += f"{text[at:start]}[{text[start:end]}]"
        at = end
    return shown + text[at:]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("ferry ", "A ferry, the Ferry; ferries.", "A [ferry], the [Ferry]; ferries."),
        ("ferr", "A ferry, the Ferry; ferries.", "A [ferry], the [Ferry]; [ferries]."),
        ("car ", "A scar, a car, a card", "A scar, a [car], a card"),
        ("cafe ", "Le café. Cafe\u0301!", "Le [café]. [Cafe\u0301]!"),
        ("café ", "the CAFE", "the [CAFE]"),
        ('"first light" ', "At first light, first-light.", "At [first light], [first-light]."),
        ("state-of-the-art ", "A state of the art", "A [state of the art]"),
        ("北京 ", "今天北京下雨了", "今天[北京]下雨了"),
        ("北京", "今天北京 北 京", "今天[北京] [北 京]"),
        ("京北 ", "今天北京下雨了", "今天北京下雨了"),
        ("київ ", "Місто Київ. Київський", "Місто [Київ]. Київський"),
        ("елка ", "Ёлка", "[Ёлка]"),
        ("мои ", "мой", "мой"),
        ("كتاب ", "هذا كِتَاب جديد", "هذا [كِتَاب] جديد"),
        ("احمد ", "قال أحمد", "قال [أحمد]"),
        ("strasse ", "Die Straße", "Die [Straße]"),
        ("strasse ", "Die Strasse, der Spaß", "Die [Strasse], der Spaß"),
        ("aesop ", "By Æsop, ÆSOP.", "By [Æsop], [ÆSOP]."),
        ("istanbul ", "İstanbul, the ferry", "[İstanbul], the ferry"),
        ("lodz ", "W Łodzi i Łódź", "W Łodzi i [Łódź]"),
        ("αθηνα ", "Η Αθήνα", "Η [Αθήνα]"),
        ("한국 ", "대한국민", "대[한국]민"),
        ("one two", "one two", "[one] [two]"),
        ("a_b ", "a b", "[a b]"),
    ],
)
def test_the_words_are_marked_whatever_their_script(query, text, marked):
    assert _marked(query, text) == marked


def test_a_snippet_shows_the_words_and_says_that_it_is_cut():
    shown = Marking((Term("ferry"),)).snippet("x " * 90 + "the ferry left " + "y " * 90)
    assert shown.text.startswith("… x")
    assert shown.text.endswith("y …")
    assert [shown.text[start:end] for start, end in shown.marks] == ["ferry"]
    assert len(shown.text) <= 2 * AROUND + 4


def test_a_snippet_shows_where_most_of_the_words_are():
    text = "A ferry. " + "x " * 200 + "The strike at the ferry. " + "y " * 200
    shown = Marking((Term("ferry"), Term("strike"))).snippet(text)
    assert "The strike at the ferry." in shown.text
    assert len(shown.marks) == 2


def test_a_snippet_of_a_text_without_the_word_is_its_beginning():
    shown = Marking((Term("nine"),)).snippet("One two\nthree.")
    assert (shown.text, shown.marks) == ("One two three.", ())


def test_an_accented_word_is_found_deep_in_a_text():
    shown = Marking((Term("lodz"),)).snippet("– " * 3000 + "w mieście Łódź dziś " + "x " * 90)
    assert "Łódź" in shown.text


def test_a_snippet_never_begins_with_an_accent():
    text = "e\u0301" * 200 + " ferry " + "e\u0301" * 200
    shown = Marking((Term("ferry"),)).snippet(text).text.removeprefix("… ").removesuffix(" …")
    assert not unicodedata.combining(shown[0])
    assert shown.endswith("\u0301")


@given(st.text(max_size=60))
def test_a_folded_text_has_a_character_for_each_character(text):
    assert len(folded(text)) == len(text)


_MIXED = st.lists(st.sampled_from([*"aAéÉßẞÆœΣσςİıйЁё. ’北", "e\u0301", "st"])).map("".join)


@given(st.one_of(st.text(max_size=60), _MIXED))
def test_each_character_is_folded_by_itself(text):
    assert folded(text) == "".join(folded(letter) for letter in text)


@given(_MIXED, _MIXED, st.booleans())
def test_an_accent_elsewhere_changes_nothing_of_what_is_marked(text, word, begun):
    """Texts with accents of their own are looked through in another way than the rest."""
    marking = Marking((Term(word, begun),))
    marked = marking.marks(f"{text} zz e\u0301")
    assert marking.marks(text) == tuple(mark for mark in marked if mark[1] <= len(text))


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60), st.text(max_size=30))
def test_marks_lie_in_the_text_and_never_touch(text, query):
    marking = Marking(parse(query, TODAY).wanted)
    shown = marking.snippet(text)
    edges = [edge for mark in shown.marks for edge in mark]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(shown.text) for edge in edges)


@given(st.text(max_size=40))
def test_what_is_searchable_stays_so(text):
    once = searchable(text)
    assert searchable(once).split() == once.split()
