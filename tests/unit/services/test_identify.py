"""Ids as they are typed."""

from __future__ import annotations

import pytest

from briefing_app.domain.record import Entity
from briefing_app.errors import NotFound


@pytest.fixture
def brief(services):
    made = services.desk.new_brief("Brief")
    services.history.flush()
    return made


def test_a_whole_id_and_its_first_six_characters_are_the_same(services, brief):
    resolve = services.identify.resolve
    assert resolve(Entity.BRIEF, brief.id) == brief.id
    assert resolve(Entity.BRIEF, f" {brief.id[:6].upper()} ") == brief.id


def test_five_characters_are_too_short(services, brief):
    with pytest.raises(NotFound, match="too short"):
        services.identify.resolve(Entity.BRIEF, brief.id[:5])


def test_an_unknown_id_is_named(services, brief):
    with pytest.raises(NotFound, match="There is no story “" + brief.id):
        services.identify.resolve(Entity.STORY, brief.id)


def test_a_beginning_that_two_things_share_is_ambiguous(services, receive):
    receive(("A", "a"), *[(f"Article {number}", "x") for number in range(10)])
    with pytest.raises(NotFound, match="More than one"):
        services.identify.resolve(Entity.ARTICLE, "000000")


@pytest.mark.parametrize("typed", ["%%%%%%", "______", "'; drop", "\0" * 6])
def test_signs_have_no_meaning_in_an_id(services, brief, typed):
    with pytest.raises(NotFound):
        services.identify.resolve(Entity.BRIEF, typed)


def test_a_deleted_brief_has_no_id_any_more(services, brief):
    services.desk.delete_brief(brief.id)
    services.history.flush()
    with pytest.raises(NotFound):
        services.identify.resolve(Entity.BRIEF, brief.id)
