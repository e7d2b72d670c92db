"""Two libraries with the same digest hold the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from briefing_app.app import open_library
from briefing_app.domain.annotation import Role
from briefing_app.domain.article import State
from briefing_app.domain.change import Action, Origin
from briefing_app.domain.statement import Part
from briefing_app.domain.story import add_statement
from tests.unit.making import article_of, body_of, store


@pytest.fixture
def digest(services):
    """Return the digest of the library of this test as it is on disk."""

    def now():
        services.history.flush()
        return services.digest()

    return now


def test_an_empty_library_has_the_digest_of_every_empty_library(services, tmp_path):
    other = open_library(tmp_path / "Other.briefinglib", Origin.COMMAND)
    try:
        assert other.digest() == services.digest()
    finally:
        other.close()


def test_every_edit_gives_another_digest_and_its_undo_the_one_before(services, receive, digest):
    seen = [digest()]
    (article,) = receive(("A", "One two three.", "Four five six."))
    seen.append(digest())
    services.articles.edit(article, lambda a: replace(a, tags=("port",)))
    seen.append(digest())
    services.articles.set_state((article,), State.ARCHIVED)
    seen.append(digest())
    made = services.reading.annotate(article, 0, 7, Role.KEY_POINT, comment="ask")
    seen.append(digest())
    services.desk.edit_story(
        Action.ADD_STATEMENT,
        made.story,
        lambda s: add_statement(s, services.history.new_id(), Part.IMPACT, "New."),
    )
    seen.append(digest())
    services.desk.delete_brief(made.brief)
    seen.append(digest())
    assert len(set(seen)) == len(seen)
    for before in reversed(seen[:-1]):
        services.history.undo()
        assert digest() == before
    for after in seen[1:]:
        services.history.redo()
        assert digest() == after


def test_versions_tell_by_their_blocks_as_well_as_by_their_text(tmp_path):
    one = body_of("One two.", "Three.")
    two = replace(one, blocks=(replace(one.blocks[0], included=False), one.blocks[1]))
    digests = []
    for name, body in (("1", one), ("2", two), ("3", one)):
        ids = count(1)
        services = open_library(tmp_path / f"{name}.briefinglib", Origin.COMMAND)
        try:
            store(services, [article_of(lambda ids=ids: str(next(ids)), "A", body)])
            digests.append(services.digest())
        finally:
            services.close()
    assert digests[0] == digests[2] != digests[1]
