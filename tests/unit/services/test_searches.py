"""Saved searches."""

from __future__ import annotations

import pytest

from briefing_app.errors import NotFound, Refused


def _saved(services):
    return [(search.name, search.query) for search in services.searches.all()]


def test_searches_are_kept_in_the_order_they_were_saved(services, open_again):
    services.searches.save("Ferries", "title:ferry")
    services.searches.save(" At  sea ", " ship* -ferry ")
    assert _saved(services) == [("Ferries", "title:ferry"), ("At sea", "ship* -ferry")]
    services.close()
    assert _saved(open_again()) == [("Ferries", "title:ferry"), ("At sea", "ship* -ferry")]


def test_saving_under_a_name_again_changes_the_query(services):
    first = services.searches.save("Ferries", "ferry")
    again = services.searches.save("Ferries", "ferr*")
    assert again.id == first.id
    assert _saved(services) == [("Ferries", "ferr*")]


def test_each_edit_can_be_undone_and_redone(services):
    made = services.searches.save("Ferries", "ferry")
    services.searches.rename(made.id, "Boats")
    services.searches.delete(made.id)
    assert _saved(services) == []
    seen = []
    while services.history.undo():
        seen.append(_saved(services))
    assert seen == [[("Boats", "ferry")], [("Ferries", "ferry")], []]
    while services.history.redo():
        pass
    assert _saved(services) == []


def test_a_search_without_a_name_or_without_words_is_refused(services):
    with pytest.raises(Refused, match="needs a name"):
        services.searches.save(" ", "ferry")
    with pytest.raises(Refused, match="nothing to search for"):
        services.searches.save("Ferries", "  ")
    with pytest.raises(NotFound):
        services.searches.rename("no such id", "Name")
