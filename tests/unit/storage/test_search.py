"""The index of a library: what it finds, in what order, whatever part of it holds the entry."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
import time
import unicodedata
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_app.domain.article import State
from briefing_app.domain.articlelist import ArticleQuery, Order
from briefing_app.domain.moment import parse_iso
from briefing_app.domain.query import parse
from briefing_app.domain.snippet import Marking
from briefing_app.errors import Cancelled
from briefing_app.progress import NoProgress
from briefing_app.storage import index, schema, search
from briefing_app.storage.connection import writing_engine
from briefing_app.storage.index import PARTS
from briefing_app.storage.writer import FILE
from tests.unit.making import article_of, body_of, store


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Keep the index in parts of four articles."""
    monkeypatch.setattr(schema, "PART", 4)


def _found(services, query, **how):
    return [hit.title for hit in services.searching.find(query, **how) if hit.kind == "article"]


def _listed(services, query, order=Order.ADDED):
    asked = ArticleQuery("all", query, order=order)
    titles, before = [], ""
    while page := services.articles.page(asked, before, 3):
        titles += [row.title for row in page]
        before = page[-1].id
    listing = services.articles.listing(asked)
    assert [row.title for row in services.articles.rows(listing)] == titles
    return titles


def test_hits_come_newest_first_from_all_parts(services, receive):
    receive(*[(f"A{n}", "ferry" if n % 3 else "bus") for n in range(11)])
    newest_first = [f"A{n}" for n in range(10, -1, -1) if n % 3]
    assert _found(services, "ferry") == newest_first
    assert _found(services, "ferry", limit=3) == newest_first[:3]
    assert _found(services, "fer*") == newest_first
    assert _listed(services, "ferry") == newest_first


def test_a_list_in_another_order_is_narrowed_too(services, receive):
    receive(*[(title, "ferry" if title != "E" else "bus") for title in "CADBEF"])
    assert _listed(services, "ferry", Order.TITLE) == ["A", "B", "C", "D", "F"]
    assert _listed(services, "-bus -x*", Order.TITLE) == []
    assert _listed(services, "state:new -bus", Order.TITLE) == ["A", "B", "C", "D", "F"]


@pytest.fixture
def various(services, receive):
    """Two articles of each kind, the later ones in another part of the index."""
    for number in (1, 2):
        known = (
            ("Herald", {"source": "The Herald"}),
            ("Tagged", {"tags": ("Foreign Policy",)}),
            ("German", {"language": "de-AT"}),
            ("May", {"published": parse_iso("2026-05-01T23:30:00-11:00")}),
            ("June", {"published": parse_iso("2026-06-01")}),
        )
        for name, fields in known:
            (uid,) = receive((f"{name} {number}", "The ferry."), **fields)
            if number == 2:
                services.articles.set_state((uid,), State.READING)
    services.history.flush()
    return services


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("source:herald", ["Herald"]),
        ('source:"the herald"', ["Herald"]),
        ("herald ferry", ["Herald"]),
        ("source:ferry", []),
        ("title:tagged", ["Tagged"]),
        ("title:ferry", []),
        ('tag:"foreign policy"', ["Tagged"]),
        ("tag:FOREI*", ["Tagged"]),
        ("tag:foreign", []),
        ("lang:de", ["German"]),
        ("lang:de-at", ["German"]),
        ("lang:d", None),
        ("after:2026-05-01", ["June", "May"]),
        ("after:2026-05-02", ["June"]),
        ("before:2026-05-02", ["May"]),
        ("before:2026-05-01", []),
        ("after:2026-05 before:2026-06", ["May"]),
        ("-after:2026-05-02", ["May", "German", "Tagged", "Herald"]),
        ("-tag:foreign*", ["June", "May", "German", "Herald"]),
        ("-title:tagged ferry", ["June", "May", "German", "Herald"]),
        ("-lang:de -source:herald after:2000 ferry", ["June", "May"]),
        ("after:2000 -herald", ["June", "May"]),
        ("added:today", ["June", "May", "German", "Tagged", "Herald"]),
        ("added:2000", []),
        ("befor:2026 tag:forei*", ["Tagged"]),
    ],
)
@pytest.mark.parametrize("word", ["", " ferry ", " fer*", " -bus"])
def test_fields_narrow_what_is_found(various, query, names, word):
    if names is None:
        assert various.searching.asked(query).problem is not None
        return
    expected = [f"{name} {number}" for number in (2, 1) for name in names]
    assert _found(various, query + word) == expected
    assert _listed(various, query + word) == expected
    assert sorted(_listed(various, query + word, Order.NEWEST)) == sorted(expected)


def test_a_state_narrows_what_is_found(various):
    assert len(_found(various, "state:reading ferry")) == 5
    assert _found(various, "state:reading title:may") == ["May 2"]
    assert _found(various, "-state:reading title:may") == ["May 1"]


def test_what_lies_in_the_trash_is_not_found(services, receive):
    kept, gone = receive(("Kept", "ferry"), ("Gone", "ferry"))
    services.articles.delete((gone,))
    services.history.flush()
    assert _found(services, "ferry") == ["Kept"]
    assert _found(services, "ferry", best=True) == ["Kept"]
    assert services.searching.count("ferry") == 1
    services.history.undo()
    services.history.flush()
    assert _found(services, "ferry") == ["Gone", "Kept"]
    assert kept


def test_only_the_current_version_is_found(services, receive, new_id):
    (uid,) = receive(("Ferry", "The old wording."))
    old = services.articles.article(uid)
    newer, intake = article_of(new_id, "Ferry", body_of("The new wording."), article_id=uid)
    store(services, (), ((replace(old, version=newer.version), intake),))
    services.history.refresh()
    assert _found(services, "new wording") == ["Ferry"]
    assert _found(services, "old") == []


def test_the_best_match_has_the_word_in_its_title(services, receive):
    receive(("About ferries", "x " * 50), ("Other", "ferries " + "x " * 300), ("Third", "ferries"))
    assert _found(services, "ferries ") == ["Third", "Other", "About ferries"]
    assert _found(services, "ferries ", best=True)[0] == "About ferries"
    assert _found(services, "tag:x ", best=True) == []


def test_counting_stops(services, receive):
    services.searching.most = 4
    receive(*[(f"A{n}", "ferry") for n in range(7)])
    assert services.searching.count("ferry") == 5
    assert services.searching.count("title:a3 ferry") == 1
    assert services.searching.count("") == 0
    assert services.searching.count("befor:x") == 0


class _Stopping(NoProgress):
    """Says after some looks that nobody waits any more."""

    def __init__(self, looks):
        self.looks = looks

    def check(self):
        self.looks -= 1
        if self.looks < 0:
            raise Cancelled


def test_a_search_that_nobody_waits_for_ends_in_the_middle(services, receive, monkeypatch):
    monkeypatch.setattr("briefing_app.storage.finding._STEPS", 1)
    receive(*[(f"A{n}", "ferry") for n in range(7)])
    with pytest.raises(Cancelled):
        services.searching.find("ferry", progress=_Stopping(20))
    assert len(services.searching.find("ferry", progress=_Stopping(10**6))) == 7


_WORDS = st.sampled_from(
    ["ferry", "ferries", "fern", "bus", "café", "Łódź", "北京", "京", "state-of"]
)
_TEXTS = st.lists(st.lists(_WORDS, max_size=4).map(" ".join), min_size=1, max_size=9)
_ASKED = st.one_of(
    _WORDS,
    st.sampled_from(["fer*", "caf*", '"ferry bus"', "title:ferry", "lodz", "北", "CAFE"]),
)
_QUERIES = st.lists(
    st.tuples(st.sampled_from(["", "", "-"]), _ASKED).map("".join), min_size=1, max_size=3
).map(lambda parts: " ".join(parts) + " ")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_TEXTS, _QUERIES)
def test_the_index_and_the_marks_mean_the_same_by_a_query(services, receive, texts, query):
    tag = f"run{time.monotonic_ns()}"
    receive(*[(text or "Untitled", "body", text) for text in texts], tags=(tag,))
    asked = parse(query, dt.date(2026, 1, 1))
    expected = [
        text or "Untitled"
        for text in reversed(texts)
        if Marking(asked.wanted).fit(text) and not Marking(asked.unwanted).touch(text)
    ]
    assert _found(services, f"{query} tag:{tag} ") == expected


_LETTERS = {"ł": "l", "ß": "ss", "ё": "е"}
_LATIN = ("ferry", "Ferries", "fern", "cafe", "Café", "Cafe\u0301", "Łódź", "Straße", "strasse")
_OTHERS = ("Ёлка", "елка", "Київ", "київський", "北京", "京", "Αθήνα", "state-of", "’s")
_SAID = st.sampled_from([*_LATIN, *_OTHERS])
_WORDINGS = st.lists(_SAID, max_size=4).map(" ".join)
_WISHES = st.one_of(
    _SAID,
    st.sampled_from(["fer*", "київ*", '"ferry 北京"', "title:café", "елк*", '"京"', "title:fer*"]),
    st.sampled_from(["tag:rare", "tag:common", "tag:co*", "state:reading", "after:2025"]),
)
_NARROWED = st.lists(
    st.tuples(st.sampled_from(["", "", "-"]), _WISHES).map("".join), min_size=1, max_size=4
).map(lambda parts: " ".join(parts) + " ")


@pytest.fixture
def narrow(monkeypatch, few):
    """Have another number of articles taken for few."""
    monkeypatch.setattr(search, "FEW", few)
    monkeypatch.setattr(search, "MORE", few)


def _tokens(text):
    """Return the words of a text by a way of its own: decomposed, without marks, in small letters."""
    apart = unicodedata.normalize("NFKD", text).lower()
    plain = "".join(one for one in apart if not unicodedata.combining(one))
    plain = "".join(_LETTERS.get(one, one) for one in plain)
    plain = re.sub("([\u4e00-\u9fff])", r" \1 ", plain)
    return re.findall(r"[^\W_]+", plain)


def _stands(term, *texts):
    """Tell whether a term stands in one of some texts; so does one without letters."""
    words = _tokens(term.text)
    for text in texts:
        there = _tokens(text)
        for at in range(len(there) - len(words) + 1):
            *firsts, last = there[at : at + len(words)] or [""]
            if firsts == words[:-1] and (
                last == words[-1] or (term.begun and last.startswith(words[-1]))
            ):
                return True
    return False


def _is_meant(row, query):
    """Tell by a plain scan whether an article is what a query asks for."""
    title, text, tags, state, year = row
    for term in query.terms:
        texts = (title,) if term.field else (title, text)
        if _stands(term, *texts) == term.without:
            return False
    for limit in query.limits:
        match limit.field.value:
            case "tag":
                held = any(
                    tag.startswith(limit.value) if limit.begun else tag == limit.value
                    for tag in tags
                )
            case "state":
                held = state == limit.value
            case _:
                held = year >= limit.since.year
        if held == limit.without:
            return False
    return True


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(_WORDINGS, _WORDINGS, st.integers(0, 9)), min_size=1, max_size=14),
    st.lists(_NARROWED, min_size=4, max_size=4),
    st.sets(st.integers(0, 13), max_size=4),
)
@pytest.mark.parametrize("few", [0, 2, 5000])
@pytest.mark.usefixtures("narrow")
def test_what_is_found_is_what_a_plain_scan_finds(services, receive, rows, queries, gone):
    """Whichever way a field is asked, with holes in the parts, newest first and in other orders."""
    everything = services.articles.listing(ArticleQuery("all"))
    services.articles.delete(services.articles.ids(everything))
    services.history.flush()
    services.trash.empty(NoProgress())
    known, ids = [], []
    for title, text, number in rows:
        tags = ("common",) if number else ("common", "rare")
        year = 2024 + number % 2
        (uid,) = receive((title, text), tags=tags, published=parse_iso(f"{year}-05-01"))
        state = State.READING if number == 5 else State.NEW
        if state is State.READING:
            services.articles.set_state((uid,), state)
        known.append((title, text, tags, state.value, year))
        ids.append(uid)
    out = {number for number in gone if number < len(ids)}
    services.articles.delete([ids[number] for number in out])
    services.history.flush()
    for text in queries:
        query = parse(text, dt.date(2026, 1, 1))
        expected = [
            ids[number]
            for number in range(len(ids) - 1, -1, -1)
            if number not in out and not query.is_hopeless and _is_meant(known[number], query)
        ]
        hits = services.searching.find(text, 60)
        assert [hit.id for hit in hits if hit.kind == "article"] == expected
        best = services.searching.find(text, 60, best=True)
        assert sorted(hit.id for hit in best if hit.kind == "article") == sorted(expected)
        listing = services.articles.listing(ArticleQuery("all", text, order=Order.TITLE))
        assert sorted(row.id for row in services.articles.rows(listing)) == sorted(expected)


def _parts(folder):
    """Check every part of the index, and return which articles it holds."""
    with closing(sqlite3.connect(folder / FILE)) as raw:
        found = raw.execute("SELECT name FROM sqlite_master WHERE name GLOB ?", (PARTS,)).fetchall()
        for (name,) in found:
            raw.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
        return {
            name: [row for (row,) in raw.execute(f"SELECT id FROM {name}_docsize ORDER BY id")]
            for (name,) in sorted(found)
        }


def test_each_part_holds_its_own_articles_whatever_is_edited(services, receive, folder):
    ids = receive(*[(f"A{n}", "ferry") for n in range(9)])
    services.articles.edit(ids[1], lambda old: replace(old, title="Boat"))
    services.articles.edit(ids[8], lambda old: replace(old, title="Boat too"))
    services.history.undo()
    services.history.flush()
    assert _parts(folder) == {
        "article_fts_0000": [1, 2, 3],
        "article_fts_0001": [4, 5, 6, 7],
        "article_fts_0002": [8, 9],
    }
    assert _found(services, "title:boat") == ["Boat"]
    assert _found(services, "title:a1") == []
    assert _found(services, "title:a8") == ["A8"]


def test_a_part_is_packed_bit_by_bit_while_the_next_one_fills(services, receive, folder):
    for number in range(6):
        receive((f"A{number}", "ferry " * 3000))
    with closing(sqlite3.connect(folder / FILE)) as plain:
        segments = plain.execute(
            "SELECT count(DISTINCT id >> 37) FROM article_fts_0000_data WHERE id >> 37 > 0"
        ).fetchone()
        plain.execute("INSERT INTO article_fts_0000 (article_fts_0000) VALUES ('integrity-check')")
    assert segments == (1,)
    assert _found(services, "ferry") == [f"A{number}" for number in (5, 4, 3, 2, 1, 0)]


def test_an_index_that_is_made_anew_finds_the_same(services, receive, folder):
    receive(*[(f"A{n}", "ferry" if n % 2 else "bus") for n in range(9)])
    before = (_found(services, "ferry"), _parts(folder))
    engine = writing_engine(folder / FILE)
    with engine.connect() as connection, connection.begin():
        index.rebuild(connection)
    engine.dispose()
    assert (_found(services, "ferry"), _parts(folder)) == before


def test_only_the_parts_that_are_needed_are_read(services, receive, monkeypatch):
    monkeypatch.setattr("briefing_app.storage.finding._STEPS", 1)
    receive(*[(f"A{n}", "ferry") for n in range(40)])
    assert _steps(services, "ferry", 50) - _steps(services, "ferry", 1) > 500


def _steps(services, query, most):
    """Count how often a search is asked whether it is still wanted: once for a few steps of SQLite."""
    looks = _Counting()
    services.searching.most = most
    assert services.searching.count(query, progress=looks)
    return looks.looks


class _Counting(NoProgress):
    looks = 0

    def check(self):
        self.looks += 1
