"""A library of each released revision is still opened, with all that was in it."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest

from briefing_app.domain.annotation import Role
from briefing_app.domain.article import State
from briefing_app.domain.change import Origin
from briefing_app.services.articles import ArticleQuery
from briefing_app.storage import schema

RELEASED = Path(__file__).parent / "released"
HARBOUR = "272c3382-1207-4824-857a-76d4a7805116"


@pytest.fixture(params=sorted(path.name[:4] for path in RELEASED.glob("*.sqlite3.gz")))
def released(request, folder):
    folder.mkdir()
    packed = (RELEASED / f"{request.param}.sqlite3.gz").read_bytes()
    (folder / "library.sqlite3").write_bytes(gzip.decompress(packed))
    return request.param


def test_a_released_library_is_brought_up_to_date(released, folder, open_again):
    open_again()
    with sqlite3.connect(folder / "library.sqlite3") as file:
        found = file.execute("SELECT version_num FROM alembic_version").fetchone()
        assert found == (schema.REVISION,)
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    file.close()
    assert released


@pytest.mark.usefixtures("released")
def test_a_released_library_keeps_all_that_was_in_it(open_again):
    services = open_again()
    (row,) = services.articles.page(ArticleQuery("all"))
    assert (row.id, row.title, row.annotated, row.in_brief) == (
        HARBOUR,
        "Harbour opens its second quay",
        2,
        True,
    )
    article = services.articles.article(HARBOUR)
    assert (article.source, article.state, article.collections) == ("Harbour News", State.NEW, ())
    assert "the port said" in services.articles.version(HARBOUR).body.text
    point, mark = services.reading.annotations(HARBOUR)
    assert (point.target.exact, point.role, point.comment) == (
        "three weeks late",
        Role.KEY_POINT,
        "ask the port",
    )
    assert mark.target.exact == "港口周二开放了第二个码头。"
    assert [brief.stories for brief in services.desk.briefs()] == [1, 1]


@pytest.mark.usefixtures("released")
def test_the_index_of_a_released_library_is_made_anew(open_again):
    search = open_again().searching
    assert [hit.id for hit in search.find("причал") if hit.kind == "article"] == [HARBOUR]
    assert [hit.id for hit in search.find("港口") if hit.kind == "article"] == [HARBOUR]


@pytest.mark.usefixtures("released")
def test_what_was_done_in_a_released_library_can_still_be_undone(open_again):
    services = open_again(Origin.COMMAND)
    assert services.history.undo() is not None  # the article that was deleted last
    services.history.flush()
    assert len(services.articles.page(ArticleQuery("all"))) == 2
