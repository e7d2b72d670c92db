"""Libraries to test with: real folders, real SQLite files, clocks and ids that can be told."""

from __future__ import annotations

import itertools

import pytest

from briefing_app.app import open_library
from briefing_app.assets import seed
from briefing_app.domain.change import Origin
from tests.unit.making import article_of, body_of, store


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "Test.briefinglib"


@pytest.fixture
def open_again(folder):
    """Return a function that opens the library of this test, as often as it likes."""
    opened = []

    def open_it(origin=Origin.WINDOW):
        services = open_library(folder, origin)
        opened.append(services)
        return services

    yield open_it
    for services in opened:
        services.close()


@pytest.fixture
def services(open_again):
    return open_again()


@pytest.fixture
def seed_bytes():
    return next(seed().glob("*.txt")).read_bytes()


@pytest.fixture
def new_id():
    counter = itertools.count(1)
    return lambda: f"{next(counter):08d}-0000-4000-8000-000000000000"


@pytest.fixture
def receive(services, new_id):
    """Return a function that brings articles in, each a title and its paragraphs."""

    def bring_in(*articles, **known):
        made = tuple(
            article_of(new_id, title, body_of(*paragraphs), **known)
            for title, *paragraphs in articles
        )
        store(services, made, subject="Import")
        services.history.refresh()
        return tuple(article.id for article, _ in made)

    return bring_in
