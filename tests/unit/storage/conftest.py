"""Libraries with originals that lie in files of their own."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from briefing_app.domain.article import Intake, Original
from tests.unit.making import article_of, body_of, store


@pytest.fixture
def receive_file(services, new_id):
    """Return a function that brings an article in whose original is a large file."""

    def bring_in(title, *, seed=b"page "):
        data = seed * (1_200_000 // len(seed))
        original = Original(hashlib.sha256(data).hexdigest(), "application/pdf", data)
        article, intake = article_of(new_id, title, body_of(f"The text of {title}."))
        version = replace(intake.version, original=original.digest)
        store(services, ((article, Intake(version, (original,))),), subject="Import")
        services.history.refresh()
        return article.id, original.digest

    return bring_in
