"""Feeds, lists and exports made to do harm, through the real workers: each has its answer."""

from __future__ import annotations

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers.base import Document
from briefing_app.importers.pool import Pool
from briefing_app.progress import NoProgress
from tests.hostile import feeds

FILES = {name: (data, word) for name, data, word in feeds.files()}


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    pool = Pool(log=tmp_path_factory.mktemp("log") / "worker.log")
    yield pool
    pool.close()


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_has_its_answer(pool, name):
    data, word = FILES[name]
    try:
        found = pool.read(Document(name, data), NoProgress())
        said = " ".join(map(str, found.warnings))
        assert "root:" not in repr(found)[:100_000]
    except UnreadableSource as error:
        said = str(error)
        assert "more than 20 seconds" not in said
        assert "damaged (" not in said
    assert word in said
