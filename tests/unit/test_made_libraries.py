"""The made-up libraries that speed is measured with: what they hold, and that they come out equal."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

import pytest

from briefing_app.importers import markdown
from briefing_app.progress import NoProgress
from briefing_app.services.articles import ArticleQuery

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def libraries(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    import libraries

    yield libraries
    for name in ("libraries", "wording"):
        sys.modules.pop(name)


def dump(library):
    with closing(sqlite3.connect(library / "library.sqlite3")) as database:
        return list(database.iterdump())


def test_the_same_number_makes_the_same_rows(libraries, tmp_path):
    for name in ("One.briefinglib", "Other.briefinglib"):
        libraries.make(tmp_path / name, 40)

    lines = zip_longest(dump(tmp_path / "One.briefinglib"), dump(tmp_path / "Other.briefinglib"))
    assert [pair for pair in lines if pair[0] != pair[1]] == []


def test_a_made_library_is_one_to_work_in(libraries, tmp_path, open_again, folder):
    libraries.make(folder, 130)
    services = open_again()

    page = services.articles.page(ArticleQuery("all"), limit=200)
    assert len(page) == 130
    assert sum(row.annotated for row in page) > 0
    assert any(row.in_brief for row in page)
    rare = libraries.wording(129).title.split()[0]
    assert page[0] in services.articles.page(ArticleQuery("all", rare), limit=200)


def test_an_article_reads_the_same_as_its_file(libraries):
    for number in range(40):
        made_up = libraries.wording(number)
        read = markdown.IMPORTER.read(libraries.document_of(made_up), NoProgress())

        (article,) = read.articles
        meant = libraries.imported(made_up)
        assert article.title == meant.title
        assert article.body.text == meant.body.text
        assert article.published == meant.published
        assert article.authors == meant.authors


def test_texts_are_as_long_and_as_mixed_as_those_that_come_in(libraries):
    articles = [libraries.wording(number) for number in range(600)]

    size = sum(len(libraries.text_of(article).encode()) for article in articles) / 600
    assert 6500 < size < 7500
    assert 0.01 < sum(article.language == "zh" for article in articles) / 600 < 0.06
