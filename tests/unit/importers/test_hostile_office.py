"""Office documents and archives that were made to do harm, through the program's own workers."""

from __future__ import annotations

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers.base import Document
from briefing_app.importers.pool import Pool
from briefing_app.progress import NoProgress
from tests.hostile import office


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    pool = Pool(log=tmp_path_factory.mktemp("log") / "worker.log")
    yield pool
    pool.close()


@pytest.fixture(scope="module")
def files():
    return office.files()


NAMES = (
    "bomb.docx", "bomb.odt", "bomb.zip", "lying.zip", "wide.zip", "crowd.zip", "bomb-in.zip",
    "deep.zip", "outside.zip", "locked.zip", "locked.docx", "laughs.docx", "laughs.odt",
    "laughs16.docx", "quadratic.docx", "outside.odt", "nested.docx", "nested.odt", "lists.odt",
    "tables.docx", "paragraphs.docx", "paragraphs.odt", "words.rtf",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_is_answered_with_a_sentence(pool, files, name):
    with pytest.raises(UnreadableSource) as caught:
        pool.read(Document(name, files[name]), NoProgress())
    assert str(caught.value).endswith(".")
    assert "Error" not in str(caught.value)
    assert "root:" not in str(caught.value)


def test_none_is_forgotten(files):
    assert set(NAMES) == set(files)


@pytest.mark.parametrize("name", sorted(office.bearable()))
def test_what_only_looks_bad_is_read_or_refused_and_the_next_file_is_read(pool, name):
    try:
        pool.read(Document(name, office.bearable()[name]), NoProgress())
    except UnreadableSource as error:
        said = str(error)
    else:
        said = "read."
    assert said.endswith(".")
    found = pool.read(Document("a.txt", b"Title\n\nfine"), NoProgress())
    assert found.articles[0].body.text == "fine"
