import pytest
from PySide6.QtWidgets import QWidget

from briefing_app.gui.panes import Panes, usual_widths


@pytest.mark.parametrize(
    ("width", "expected"),
    [(1440, (300, 700, 440)), (1920, (300, 1180, 440)), (1024, (236, 460, 328))],
)
def test_the_panes_suit_the_window(width, expected):
    assert usual_widths(width) == expected


@pytest.fixture
def panes(qtbot):
    panes = Panes(QWidget())
    qtbot.addWidget(panes)
    panes.resize(1440, 600)
    panes.show()
    qtbot.waitUntil(lambda: panes.windowHandle().isExposed())
    return panes


def test_they_follow_the_window_until_the_user_moves_one(panes):
    assert panes.sizes_to_keep() == ()
    panes.resize(1920, 600)
    assert abs(sum(panes.sizes()) - 1918) <= 2
    assert panes.sizes()[0] == 300
    panes.moveSplitter(360, 1)
    panes.resize(1440, 600)
    assert panes.sizes_to_keep()[0] == 360


def test_what_the_panes_are_given_is_shown_when_there_is_something_in_it(panes):
    reader, preview, composer = QWidget(), QWidget(), QWidget()
    panes.furnish((reader, preview), composer)
    assert not reader.isVisible()
    panes.uncover()
    assert reader.isVisible()
    assert composer.isVisible()
    panes.middle.setCurrentWidget(preview)
    panes.uncover()
    assert preview.isVisible()


def test_remembered_widths_are_taken_back(panes):
    panes.take_sizes((280, 718, 440))
    assert panes.sizes_to_keep()[0] == 280
    panes.take_sizes((1, 2))
    assert panes.sizes_to_keep()[0] == 280
