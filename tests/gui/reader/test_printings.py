"""The button that says how many outlets print a text."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QWidget

from briefing_app.domain.cluster import Cluster, Like
from briefing_app.domain.moment import Moment
from briefing_app.gui.reader.printings import Origins


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def origins(parent):
    return Origins(parent)


def other(name, source, published=None):
    return Like(name, f"Title of {name}", source, published, 0.8)


def test_it_counts_outlets_and_lists_the_others(origins):
    day = Moment(dt.date(2026, 1, 25))
    origins.show_cluster(Cluster("Reuters", (other("a", "The Herald", day), other("b", "Kurier"))))
    assert origins.text().strip() == "3 sources, 1 origin"
    first, second = (action.text() for action in origins.menu().actions())
    assert all(word in first for word in ("Title of a", "The Herald", "25 Jan 2026"))
    assert "Kurier" in second


def test_an_outlet_that_prints_it_twice_is_said_in_articles(origins):
    origins.show_cluster(Cluster("Reuters", (other("a", "Reuters"),)))
    assert origins.text().strip() == "2 articles, 1 origin"


@pytest.mark.parametrize("cluster", [None, Cluster("Reuters", ())])
def test_without_others_it_is_hidden(origins, cluster):
    origins.show_cluster(cluster)
    assert origins.isHidden()


def test_a_long_title_is_cut(origins):
    origins.show_cluster(Cluster("", (Like("a", "Word " * 40, "X", None, 0.9),)))
    (action,) = origins.menu().actions()
    assert "\u2026" in action.text()
    assert len(action.text()) < 90
