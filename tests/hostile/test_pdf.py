"""Each PDF that means harm is answered, and the next one is read."""

from __future__ import annotations

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers.base import Document
from briefing_app.importers.pdf.split import proposal
from briefing_app.importers.pool import Pool
from briefing_app.progress import NoProgress
from tests.hostile import pdf

PLAIN = "A few plain words to be read."


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    pool = Pool(log=tmp_path_factory.mktemp("log") / "worker.log")
    yield pool
    pool.close()


def read(pool, data):
    return pool.read(Document("a.pdf", data), NoProgress())


def text(pool, data):
    return read(pool, data).articles[0].body.text


@pytest.mark.parametrize(
    "make",
    [
        pdf.ascii_bomb,
        pdf.broken_xref,
        pdf.outline_loop,
        pdf.lines_everywhere,
        pdf.long_metadata,
        pdf.with_action,
    ],
)
def test_what_can_be_read_is_read(pool, make):
    assert PLAIN in text(pool, make())


@pytest.mark.parametrize(
    "make",
    [
        pdf.flate_bomb,
        pdf.form_loop,
        pdf.no_end,
        pdf.page_loop,
        pdf.deep_pages,
        pdf.cut_off,
        pdf.strange_numbers,
        pdf.form_bomb,
        pdf.letters_everywhere,
        pdf.letters_in_one_place,
        pdf.mapping_bomb,
        pdf.nested_arrays,
        pdf.random_bytes,
    ],
)
def test_the_rest_gets_a_text_or_a_reason_and_the_next_file_is_read(pool, make):
    try:
        answer = text(pool, make())
    except UnreadableSource as error:
        answer = str(error)
    assert answer
    assert PLAIN in text(pool, pdf.one_page(pdf.WORDS))


def test_more_pages_than_are_read_are_told(pool):
    with pytest.raises(UnreadableSource, match="2001 pages, and at most 2000"):
        read(pool, pdf.many_pages())


def test_a_title_is_cleaned_and_cut(pool):
    title = read(pool, pdf.long_metadata()).articles[0].title
    assert len(title) <= 300
    assert "\u202e" not in title


def test_an_outline_that_follows_itself_ends():
    assert proposal(pdf.outline_loop(), NoProgress()) == ()
