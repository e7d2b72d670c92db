"""The whole window over a real library, as `gui/run` puts it together."""

from __future__ import annotations

import pytest

from briefing_app.app import open_library
from briefing_app.domain.change import Origin
from briefing_app.gui import fonts, theme, tokens
from briefing_app.gui.appearance import Appearance
from briefing_app.gui.desktop import Desktop
from briefing_app.gui.doors import Doors
from briefing_app.gui.furniture import Furniture
from briefing_app.gui.jobs import JobRunner
from briefing_app.gui.main_window import MainWindow
from briefing_app.settings import Settings


class Room:
    """A window at work, and what a user does in it."""

    def __init__(self, qapp, qtbot, folder):
        self.qtbot = qtbot
        self.settings = Settings(folder / "settings.toml")
        self.settings.change(theme="light")
        self.appearance = Appearance(qapp, self.settings)
        self.runner = JobRunner(qapp)
        self.services = open_library(folder / "Test.briefinglib", Origin.WINDOW)
        self.window = MainWindow(self.settings, self.appearance)
        self.furniture = Furniture(self.window, self.settings, self.appearance, self.runner)
        self.doors = Doors(self.window, self.settings)
        self.window.show()
        qtbot.waitUntil(lambda: self.window.windowHandle().isExposed())
        self.desktop = Desktop(
            self.window, self.furniture, self.services, self.runner, self.settings
        )
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        qtbot.waitUntil(self.furniture.composer.isVisible)

    @property
    def list(self):
        return self.window.articles.list

    @property
    def view(self):
        return self.furniture.reader.view

    @property
    def story(self):
        return self.services.desk.story(self.desktop.composer.story)

    def do(self, name):
        self.window.actions_[name].trigger()

    def wait(self, ready, timeout=20_000):
        self.qtbot.waitUntil(lambda: bool(ready()), timeout=timeout)

    def wait_for_samples(self):
        self.wait(lambda: self.desktop.reader.article and self.list.chosen())

    def titles(self):
        rows = self.list.rows
        return [rows.row(at).title for at in range(rows.rowCount())]

    def select(self, quote):
        """Select a passage of the open article as the caret does."""
        text = self.services.articles.version(self.desktop.reader.article).body.text
        start = text.index(quote)
        place = self.view._page.places.document(start, start + len(quote))
        cursor = self.view.textCursor()
        cursor.setPosition(place[0])
        cursor.setPosition(place[1], cursor.MoveMode.KeepAnchor)
        self.view.setFocus()
        self.view.setTextCursor(cursor)

    def leave(self):
        assert self.desktop.may_close()
        self.runner.stop()
        self.furniture.pages.stop()
        self.window.close()
        self.services.close()
        self.window.deleteLater()
        self.appearance.deleteLater()


@pytest.fixture
def open_room(qapp, qtbot, tmp_path):
    """Return a function that opens the window on the library of this test."""
    fonts.register()
    rooms = []

    def enter():
        rooms.append(Room(qapp, qtbot, tmp_path))
        return rooms[-1]

    yield enter
    for room in rooms:
        if room.runner is not None:
            room.leave()
    theme.apply(qapp, tokens.LIGHT)


@pytest.fixture
def room(open_room):
    room = open_room()
    room.wait_for_samples()
    return room
