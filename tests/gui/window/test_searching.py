"""The search box over a library: its language, its marks, what can be done with what it finds."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.gui.window.test_desktop import bring_in


@pytest.fixture
def found(room, tmp_path):
    """A window with three articles about ferries, and its search box open."""
    bring_in(room, tmp_path, "Ferry one", "Ferry two", "Ferry three")
    room.do("search")
    return room.furniture.box


def ask(room, text):
    """Type something anew, and wait for the answer."""
    room.furniture.box.field.clear()
    room.qtbot.keyClicks(room.furniture.box.field, text)
    room.wait(lambda: room.furniture.finder._job is None)
    return [row.title for row in room.furniture.box.finds() if row.kind == "article"]


def test_what_was_asked_for_is_marked(room, found):
    assert sorted(ask(room, "title:ferr")) == ["Ferry one", "Ferry three", "Ferry two"]
    row = found.finds()[0]
    assert [row.title[start:end] for start, end in row.title_marks] == ["Ferry"]
    ask(room, "paragraph")
    row = found.finds()[0]
    assert [row.snippet[start:end] for start, end in row.snippet_marks] == ["paragraph"]


def test_a_wrong_query_is_explained_below_the_field(room, found):
    assert len(ask(room, "title:ferry befor:2026")) == 3
    assert "“befor:” is not a field" in found.problem.text()
    assert found.problem.isVisible()
    ask(room, "title:ferry ")
    assert not found.problem.isVisible()


def test_the_articles_are_counted(room, found):
    ask(room, "title:ferry")
    assert found.foot.count.text() == "3 articles"
    room.furniture.box.foot.most = room.services.searching.most = 2
    ask(room, "title:ferry ")
    room.wait(lambda: found.foot.count.text() == "2+ articles")


def test_the_best_match_comes_first_when_it_is_asked_for(room, found):
    assert ask(room, "ferry two") == ["Ferry two"]
    room.qtbot.keyClick(found.field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert found.foot.best.isChecked()
    room.wait(lambda: room.furniture.finder._job is None)
    assert sorted(ask(room, "ferry paragraph")) == ["Ferry one", "Ferry three", "Ferry two"]


def test_typing_on_asks_only_for_the_last_text(room, found):
    room.qtbot.keyClicks(found.field, "ferry")
    found.field.setText("title:two")
    room.wait(lambda: room.furniture.finder._job is None)
    assert [row.title for row in found.finds()] == ["Ferry two"]


def test_the_buttons_are_reached_by_tab_and_the_box_stays(room, found):
    ask(room, "title:ferry")
    room.qtbot.keyClick(found.field, Qt.Key.Key_Tab)
    assert found.foot.best.hasFocus()
    assert found.isVisible()
    room.qtbot.keyClick(found.foot.best, Qt.Key.Key_Escape)
    assert not found.isVisible()
