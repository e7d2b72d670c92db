"""One text that several outlets print: found by what it says, whatever happens to the articles."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import Engine, event

from briefing_app.domain.erasure import Why, Wish
from briefing_app.domain.record import Entity
from briefing_app.errors import NotFound
from briefing_app.progress import NoProgress
from briefing_app.storage.checking import check
from briefing_app.storage.repairing import repair
from tests.unit.domain.test_likeness import prose
from tests.unit.making import article_of, body_of, store

WIRE = [prose(seed, 60) for seed in range(5)]
COPY = ["Another lead, written in a hurry by the night desk.", *WIRE[1:]]
SHORT = WIRE[:4]


def sql(folder, query):
    with closing(sqlite3.connect(folder / "library.sqlite3")) as raw:
        found = raw.execute(query).fetchall()
        raw.commit()
        return found


@pytest.fixture
def printed(services, receive):
    """Three outlets that print one text, and an article of the same words that is another."""
    ids = receive(("Ports closed", *WIRE), source="Reuters")
    ids += receive(("Ice shuts ports", *COPY), source="The Herald")
    ids += receive(("Ships wait", *SHORT), source="Kurier")
    receive(("Something else", prose(99)), source="Reuters")
    return ids


def like(services, article):
    services.history.flush()
    return [one.id for one in services.clusters.of(article).others]


def test_the_others_are_found_from_each_of_them(services, printed):
    for one in printed:
        assert set(like(services, one)) == set(printed) - {one}
    cluster = services.clusters.of(printed[0])
    assert cluster.sources == 3
    assert {(one.title, one.source) for one in cluster.others} == {
        ("Ice shuts ports", "The Herald"),
        ("Ships wait", "Kurier"),
    }
    scores = [one.likeness for one in cluster.others]
    assert scores == sorted(scores, reverse=True)


def test_an_article_alone_has_no_others(services, receive):
    (alone,) = receive(("Alone", *WIRE), source="Reuters")
    assert like(services, alone) == []
    with pytest.raises(NotFound):
        services.clusters.of("nobody")


def test_an_outlet_that_prints_it_twice_is_one_source(services, receive):
    first, _ = receive(("A", *WIRE), ("B", *COPY), source="Reuters")
    receive(("C", *SHORT), source="reuters ")
    services.history.flush()
    assert services.clusters.of(first).sources == 1


def test_what_lies_in_the_trash_is_left_out_until_it_comes_back(services, printed):
    services.articles.delete(printed[1:2])
    assert like(services, printed[0]) == [printed[2]]
    services.history.undo()
    assert set(like(services, printed[0])) == set(printed[1:])


def test_only_what_an_article_says_now_counts(services, printed, new_id):
    article = services.articles.article(printed[1])
    other, intake = article_of(
        lambda: f"9{new_id()[1:]}", article.title, body_of(prose(77)), article_id=article.id
    )
    store(services, (), ((replace(article, version=other.version), intake),))
    services.history.refresh()
    assert like(services, printed[0]) == [printed[2]]
    services.history.undo()
    assert set(like(services, printed[0])) == set(printed[1:])


def test_what_is_erased_leaves_no_key_behind(services, printed, folder):
    services.erasing.erase(
        Wish(keys=((Entity.ARTICLE, printed[1]),)), Why.LICENCE, NoProgress(), purge=False
    )
    assert like(services, printed[0]) == [printed[2]]
    assert sql(folder, "SELECT count(*) FROM sketch") == [(3,)]
    assert sql(folder, "SELECT count(DISTINCT version_id) FROM sketch_band") == [(3,)]


def test_the_like_of_an_article_are_asked_for_in_three_questions(services, printed):
    services.history.flush()
    services.articles.article(printed[0])
    asked = []

    def count(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        services.clusters.of(printed[0])
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert len([one for one in asked if "SELECT" in one]) <= 3


def test_it_is_looked_up_and_not_searched_through(services, printed, folder):
    services.history.flush()
    plan = sql(
        folder,
        "EXPLAIN QUERY PLAN SELECT b.version_id FROM json_each('[1]') k CROSS JOIN sketch_band b "
        "ON b.part = 0 AND b.band = k.value",
    )
    assert "SEARCH b USING PRIMARY KEY (part=? AND band=?)" in plan[-1][-1]


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM sketch WHERE version_id = 1",
        "DELETE FROM sketch_band WHERE version_id = 1",
        "UPDATE sketch SET known = (SELECT known FROM sketch WHERE version_id = 4)",
        "INSERT INTO sketch_band VALUES (0, 7, 99)",
    ],
)
def test_what_is_known_wrongly_is_told_and_made_anew(services, printed, folder, harm):
    services.close()
    before = sql(folder, "SELECT * FROM sketch_band"), sql(folder, "SELECT * FROM sketch")
    assert check(folder, NoProgress()).findings == ()
    sql(folder, harm)
    (finding,) = check(folder, NoProgress()).findings
    assert "looked up by something wrong" in str(finding.remark)
    repair(folder, NoProgress())
    assert check(folder, NoProgress()).findings == ()
    after = sql(folder, "SELECT * FROM sketch_band"), sql(folder, "SELECT * FROM sketch")
    assert after == before


def test_the_digest_of_a_library_knows_nothing_of_it(services, printed, folder):
    services.history.flush()
    before = services.digest()
    sql(folder, "DELETE FROM sketch")
    sql(folder, "DELETE FROM sketch_band")
    assert services.digest() == before
