"""The language of the search box."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.domain.query import PIECES, Field, Limit, Query, Term, parse

TODAY = dt.date(2026, 3, 10)


def _day(text):
    return dt.date.fromisoformat(text)


def _read(text) -> Query:
    return parse(text, TODAY)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("ferry strike ", [Term("ferry"), Term("strike")]),
        ("ferry strike", [Term("ferry"), Term("strike", begun=True)]),
        ("ferry st", [Term("ferry"), Term("st")]),
        ("ferr* x", [Term("ferr", begun=True), Term("x")]),
        ('"first light" x', [Term("first light"), Term("x")]),
        ('"first light"', [Term("first light")]),
        ('"first lig', [Term("first lig", begun=True)]),
        ('"first lig"* x', [Term("first lig", begun=True), Term("x")]),
        ("“first light” x", [Term("first light"), Term("x")]),
        ("«перше світло» x", [Term("перше світло"), Term("x")]),
        ("ferry -strike", [Term("ferry"), Term("strike", without=True)]),
        ('ferry -"first light"', [Term("ferry"), Term("first light", without=True)]),
        ("ferry -strik*", [Term("ferry"), Term("strik", begun=True, without=True)]),
        ("ferry - strike ", [Term("ferry"), Term("strike")]),
        ("state-of-the-art ", [Term("state-of-the-art")]),
        ("title:ferry x", [Term("ferry", field=Field.TITLE), Term("x")]),
        ("TITLE: ferry x", [Term("ferry", field=Field.TITLE), Term("x")]),
        ('title:"first light"', [Term("first light", field=Field.TITLE)]),
        ("title:ferr", [Term("ferr", begun=True, field=Field.TITLE)]),
        ('-title:"x y" z', [Term("x y", without=True, field=Field.TITLE), Term("z")]),
        ('source:"The Herald"', [Term("The Herald", field=Field.SOURCE)]),
        ("北京", [Term("北京")]),
        ("北京* ", [Term("北京")]),
    ],
)
def test_words_and_phrases_are_read(text, terms):
    assert list(_read(text).terms) == terms
    assert _read(text).problem is None


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("tag:Sport", Limit(Field.TAG, "sport")),
        ('tag:"Foreign Policy"', Limit(Field.TAG, "foreign policy")),
        ("tag:spo*", Limit(Field.TAG, "spo", begun=True)),
        ("-tag:sport", Limit(Field.TAG, "sport", without=True)),
        ("state:new", Limit(Field.STATE, "new")),
        ("state:Arch", Limit(Field.STATE, "archived")),
        ("lang:UK", Limit(Field.LANG, "uk")),
        ("lang:zh_Hant", Limit(Field.LANG, "zh-hant")),
        ("after:2026-01-31", Limit(Field.AFTER, since=_day("2026-01-31"))),
        ("after: 2026-01", Limit(Field.AFTER, since=_day("2026-01-01"))),
        ("before:2026", Limit(Field.BEFORE, until=_day("2026-01-01"))),
        ("before:today", Limit(Field.BEFORE, until=TODAY)),
        ("after:yesterday", Limit(Field.AFTER, since=_day("2026-03-09"))),
        ("after:7d", Limit(Field.AFTER, since=_day("2026-03-03"))),
        ("added:today", Limit(Field.ADDED, since=TODAY, until=_day("2026-03-11"))),
        ("added:yesterday", Limit(Field.ADDED, since=_day("2026-03-09"), until=TODAY)),
        ("added:7d", Limit(Field.ADDED, since=_day("2026-03-03"))),
        ("added:2025-12", Limit(Field.ADDED, since=_day("2025-12-01"), until=_day("2026-01-01"))),
        ("added:2025", Limit(Field.ADDED, since=_day("2025-01-01"), until=_day("2026-01-01"))),
        ("added:9999-12-31", Limit(Field.ADDED, since=_day("9999-12-31"))),
    ],
)
def test_fields_are_read(text, limit):
    query = _read(text)
    assert query.limits == (limit,)
    assert query.terms == ()
    assert query.problem is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("https://example.org/a:b ", "https://example.org/a:b"),
        ("10:30 ", "10:30"),
        ("www.example.org:80 ", "www.example.org:80"),
        ("a:b ", "a:b"),
        ("hello:) ", "hello:)"),
        ("Київ:столиця ", "Київ:столиця"),
    ],
)
def test_an_address_or_a_time_is_no_field(text, words):
    assert _read(text) == Query(text, (Term(words),))


def test_a_headline_with_a_colon_is_words():
    assert [term.text for term in _read("Ukraine: what next").terms] == ["Ukraine:", "what", "next"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("befor:2026", "“befor:” is not a field; the fields are title:, source:, tag:, after:"),
        ("after:2026-13-01", "“2026-13-01” is not a date; write 2026-01-31"),
        ("added:soon", "“soon” is not a date"),
        ("before:999999d", "“999999d” is not a date"),
        ("state:read", None),
        ("state:unread", "“unread” is not a state; the states are new, reading, archived."),
        ("lang:german!", "“german!” is not the code of a language"),
        ("title:", "A word has to follow “title:”."),
        ("title: tag:x", "A word has to follow “title:”."),
        ("after: ", "A day has to follow “after:”"),
        ("fe* ferry", "“fe*” is too short for a beginning"),
        ("-ferry", "There are only words to leave out"),
        ("&", "There is no letter or digit to look for in “&”."),
        ("-", "There is no letter or digit"),
        ("x " * (PIECES + 1), "only the first 24 are looked for"),
    ],
)
def test_a_wrong_query_explains_itself(text, said):
    problem = _read(text).problem
    assert (problem is None) if said is None else (said in str(problem))


def test_what_is_right_in_a_wrong_query_is_still_asked():
    query = _read("befor:2026 ferry after:x title:strike ")
    assert query.terms == (Term("ferry"), Term("strike", field=Field.TITLE))
    assert "befor:" in str(query.problem)
    assert not query.is_hopeless


def test_a_beginning_that_is_too_short_is_looked_for_as_a_word():
    assert _read("fe* ferry ").terms == (Term("fe"), Term("ferry"))
    assert _read("title:fe* ").terms == (Term("fe", field=Field.TITLE),)


@pytest.mark.parametrize(
    ("text", "blank", "hopeless"),
    [("", True, False), ("  ", True, False), ("x", False, False), ("-x", False, True),
     ("-tag:x", False, False), ("befor:2", False, True), ("!", False, True)],
)  # fmt: skip
def test_a_query_tells_whether_it_asks_for_something(text, blank, hopeless):
    query = _read(text)
    assert (query.is_blank, query.is_hopeless) == (blank, hopeless)


_HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(["title:", "after:", "added:", "state:", "lang:", "tag:", "-", '"', "*", " ",
                         ":", "“", "0000", "2026-02-30", "7d", "999999d", "\0", "\ud800", "北", "é"]),
        st.text(st.characters(exclude_categories=()), max_size=6),
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(_HOSTILE, st.dates())
def test_no_input_fails_and_one_that_asks_nothing_says_why(text, today):
    query = parse(text, today)
    assert query.text == text
    assert query.is_blank or not query.is_hopeless or query.problem is not None
    assert all(any(letter.isalnum() for letter in term.text) for term in query.terms)
