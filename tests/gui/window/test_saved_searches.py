"""Saved searches at the left, and a filter that explains itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.gui.window.test_desktop import bring_in


@pytest.fixture
def stocked(room, tmp_path):
    bring_in(room, tmp_path, "Ferry one", "Ferry two", "Bus three")
    return room


def shelves(room):
    there = room.window.articles.shelves
    return [there.item(at).text() for at in range(there.count()) if there.item(at).text()]


def saved(room, name, query):
    """Save a search, and wait until it stands among the shelves."""
    made = room.services.searches.save(name, query)
    room.wait(lambda: name in shelves(room))
    return made


def test_a_search_that_is_picked_stands_in_the_filter(stocked):
    made = saved(stocked, "Ferries", "title:ferry -one")
    stocked.window.articles.shelves.choose(f"search:{made.id}")
    assert stocked.window.articles.text().strip() == "title:ferry -one"
    stocked.wait(lambda: stocked.titles() == ["Ferry two"])
    stocked.window.articles.shelves.choose("inbox")
    stocked.wait(lambda: "Bus three" in stocked.titles())
    assert stocked.window.articles.text() == ""


def test_a_saved_search_goes_and_comes_back(stocked):
    made = saved(stocked, "Ferries", "ferry")
    stocked.window.articles.shelves.choose(f"search:{made.id}")
    stocked.qtbot.keyClick(stocked.window.articles.shelves, Qt.Key.Key_Delete)
    stocked.wait(lambda: "Ferries" not in shelves(stocked))
    assert stocked.window.articles.shelf() == "inbox"
    stocked.do("undo")
    stocked.wait(lambda: "Ferries" in shelves(stocked))


def test_what_the_box_found_is_shown_in_the_list(stocked):
    stocked.do("search")
    box = stocked.furniture.box
    stocked.qtbot.keyClicks(box.field, "title:ferry")
    stocked.wait(lambda: stocked.furniture.finder._job is None and box.foot.all.isEnabled())
    stocked.qtbot.keyClick(box.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not box.isVisible()
    assert "title:ferry" in shelves(stocked)
    stocked.wait(lambda: sorted(stocked.titles()) == ["Ferry one", "Ferry two"])


def test_the_filter_explains_a_wrong_query(stocked):
    pane = stocked.window.articles
    pane.filter.setText("befor:2026 title:ferry ")
    stocked.wait(lambda: sorted(stocked.titles()) == ["Ferry one", "Ferry two"])
    assert "“befor:” is not a field" in pane.problem.text()
    assert pane.problem.isVisible()
    pane.filter.setText("title:bus ")
    stocked.wait(lambda: stocked.titles() == ["Bus three"])
    assert not pane.problem.isVisible()
