"""Each picture that was made to do harm gets its answer from a worker that lives on."""

from __future__ import annotations

import pytest

from briefing_app.errors import PicturesOnly, UnreadableSource
from briefing_app.importers.base import Document
from briefing_app.importers.pool import Pool
from briefing_app.progress import NoProgress
from tests.hostile import pictures


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    pool = Pool(log=tmp_path_factory.mktemp("log") / "worker.log")
    yield pool
    pool.close()


def answer(pool, data):
    """Have a picture looked at and drawn; return what is said of it."""
    with pytest.raises(UnreadableSource) as caught:
        pool.read(Document("a.png", data), NoProgress())
    if not isinstance(caught.value, PicturesOnly):
        return str(caught.value)
    try:
        _, drawn = pool.ask("sheet", Document("a.png", data), {"at": 0}, NoProgress())
    except UnreadableSource as error:
        return str(error)
    return drawn


def test_a_picture_beyond_all_bounds_is_refused(pool):
    assert "too large" in answer(pool, pictures.beyond())


def test_a_large_one_is_made_smaller(pool):
    drawn = answer(pool, pictures.wide_open())
    assert drawn.startswith(b"P5 ")
    assert len(drawn) < 25_000_000


@pytest.mark.parametrize("make", [pictures.circle, pictures.cut])
def test_one_that_is_broken_has_an_answer_and_the_next_is_read(pool, make):
    assert answer(pool, make())
    assert pool.read(Document("a.txt", b"Title\n\nfine"), NoProgress()).articles
