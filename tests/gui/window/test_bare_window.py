"""The window before there is a library."""

import base64
import subprocess
import sys

import pytest
from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QPixmap, QRegion
from PySide6.QtWidgets import QAbstractButton, QWidget

from briefing_app.gui import theme, tokens
from briefing_app.gui.appearance import Appearance
from briefing_app.gui.articles.shelf import ShelfNames
from briefing_app.gui.articles.shelves import Shelves
from briefing_app.gui.furniture import Furniture
from briefing_app.gui.jobs import JobRunner
from briefing_app.gui.main_window import MainWindow, usual_size
from briefing_app.settings import Settings
from tests.dragging import entering


@pytest.fixture
def settings(tmp_path):
    settings = Settings(tmp_path / "settings.toml")
    settings.change(theme="light")
    return settings


@pytest.fixture
def window(qapp, qtbot, settings):
    appearance = Appearance(qapp, settings)
    runner = JobRunner(qapp)
    window = MainWindow(settings, appearance)
    window.furniture = Furniture(window, settings, appearance, runner)
    window.panes.uncover()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.windowHandle().isExposed())
    yield window
    runner.stop()
    window.furniture.pages.stop()
    window.close()
    appearance.deleteLater()
    theme.apply(qapp, tokens.LIGHT)


def test_it_paints_before_anything_is_opened(qapp, qtbot, settings):
    window = MainWindow(settings, Appearance(qapp, settings))
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()


def test_the_first_paint_does_without_what_is_slow_to_load(tmp_path):
    """PySide makes all enumerations of a class at its first use: 14 ms for `Qt`, 5 for `QStyle`."""
    code = """
import sys
from pathlib import Path
from PySide6 import QtCore, QtWidgets
from briefing_app.gui import run
from briefing_app.settings import Settings

class Stop(run.Start):
    def _begin(self):
        late = [name for module in (QtCore, QtWidgets) for name in vars(module)]
        print(sorted({"Qt", "QStyle", "QAbstractItemView"} & set(late)))
        print(sorted({"briefing_app.domain", "sqlalchemy", "reportlab"} & set(sys.modules)))
        self._app.quit()

run.Start = Stop
settings = Settings(Path(sys.argv[1], "settings.toml"))
sys.exit(run.run((), lambda: None, settings, Path(sys.argv[1]), lambda: None))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (done.stdout.split("\n")[:2], done.returncode) == (["[]", "[]"], 0), done.stderr


def test_what_is_painted_first_is_the_list_that_follows(qapp, qtbot):
    theme.apply(qapp, tokens.LIGHT)
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        qapp.setLayoutDirection(direction)
        names, shelves = ShelfNames(), Shelves()
        for widget in (names, shelves):
            qtbot.addWidget(widget)
            widget.setFixedWidth(300)
        ground = QPixmap(300, names.height())
        ground.fill(QColor(tokens.LIGHT.sunken))
        names.render(ground, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
        assert ground.toImage() == shelves.grab().toImage()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_tab_goes_from_the_shelves_to_the_filter(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.articles.shelves.hasFocus()
    qtbot.keyClick(window.articles.shelves, Qt.Key.Key_Tab)
    assert window.articles.filter.hasFocus()
    qtbot.keyClick(window.articles.filter, Qt.Key.Key_Backtab)
    assert window.articles.shelves.hasFocus()


def test_a_click_on_a_button_leaves_the_keyboard_where_it_is(window, qtbot):
    window.actions_.allow(frozenset({"brief"}))
    window.articles.filter.setFocus()
    for button in window.toolbar.findChildren(QAbstractButton):
        assert not button.focusPolicy() & Qt.FocusPolicy.ClickFocus & ~Qt.FocusPolicy.TabFocus or (
            button is window.toolbar.search
        ), button.accessibleName()


def test_the_theme_button_switches_and_is_remembered(window, settings):
    assert theme.current() is tokens.LIGHT
    window.toolbar.theme_toggled.emit()
    assert theme.current() is tokens.DARK
    assert window.actions_["theme-dark"].isChecked()
    assert Settings(settings.path).now.theme == "dark"
    window.actions_["theme-light"].trigger()
    assert theme.current() is tokens.LIGHT


def test_where_it_stood_is_remembered(window, settings, qapp, qtbot):
    window.resize(900, 640)
    window.panes.moveSplitter(260, 1)
    window.actions_["articles"].trigger()
    window.close()
    again = MainWindow(Settings(settings.path), window._appearance)
    qtbot.addWidget(again)
    assert again.height() == 640  # a window is never put back wider than the screen
    assert not again.actions_["articles"].isChecked()
    assert again.articles.isHidden()


@pytest.mark.parametrize("geometry", ["", "nonsense", base64.b64encode(b"xx").decode()])
def test_a_place_that_cannot_be_read_is_no_harm(qapp, qtbot, settings, geometry):
    settings.change(geometry=geometry)
    window = MainWindow(settings, Appearance(qapp, settings))
    qtbot.addWidget(window)
    wanted = usual_size(window.screen().availableSize()).expandedTo(window.minimumSize())
    assert window.size() == wanted


@pytest.mark.parametrize(
    ("screen", "size"),
    [((1920, 1040), (1440, 900)), ((1440, 900), (1424, 852)), ((1366, 728), (1350, 680))],
)
def test_the_first_window_fits_the_screen_with_its_frame(screen, size):
    assert usual_size(QSize(*screen)) == QSize(*size)


def test_f6_goes_round_the_panes_and_back(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    furniture = window.furniture
    window.articles.focus_list()
    places = []
    for _ in range(3):
        window.actions_["next-pane"].trigger()
        places.append(pane_of(window, furniture))
    assert places == ["composer", "articles", "composer"]  # without an article nothing to read
    window.actions_["previous-pane"].trigger()
    assert pane_of(window, furniture) == "articles"


def test_the_search_box_opens_with_its_key(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.furniture.box.isVisible()


@pytest.mark.parametrize("size", [(1024, 700), (1440, 900), (1920, 1080)])
def test_nothing_is_wider_than_its_place(window, qtbot, size):
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    assert sum(window.panes.sizes()) <= size[0]
    for part in (
        window.toolbar,
        window.articles,
        window.furniture.reader,
        window.furniture.composer,
    ):
        assert part.minimumSizeHint().width() <= part.width(), part


def test_a_file_is_not_welcome_before_the_library_is_open(window):
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/tmp/a.txt")])
    event = entering(QPoint(5, 5), files)
    event.ignore()
    window.dragEnterEvent(event)
    assert not event.isAccepted()
    window.actions_.allow(frozenset({"library", "writable"}))
    window.dragEnterEvent(event)
    assert event.isAccepted()


def pane_of(window, furniture):
    focus = window.focusWidget()
    for name, pane in (
        ("articles", window.articles),
        ("reader", furniture.reader),
        ("composer", furniture.composer),
    ):
        if pane.isAncestorOf(focus):
            return name
    return str(focus)
