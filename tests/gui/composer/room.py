"""A composer on a real library, in a window with undo and redo."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow

from briefing_app.assets import seed
from briefing_app.domain import storytext
from briefing_app.domain.statement import Part
from briefing_app.gui.composer.controller import ComposerController
from briefing_app.gui.composer.pane import ComposerPane


class Desk:
    """A window with a composer over a library that holds the sample in one brief."""

    def __init__(self, qtbot, services, settings):
        self.qtbot = qtbot
        self.services = services
        self.settings = settings
        texts = storytext.read(next(seed().glob("*.txt")).read_bytes())
        self.brief = services.desk.add_stories(None, texts, "Morning brief").id
        self.pane = ComposerPane()
        self.controller = ComposerController(self.pane, services, settings)
        self.window = QMainWindow()
        self.window.setCentralWidget(self.pane)
        for keys, do in (("Ctrl+Z", self.controller.undo), ("Ctrl+Shift+Z", self.controller.redo)):
            action = QAction(self.window)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(do)
            self.window.addAction(action)
        qtbot.addWidget(self.window)
        self.window.resize(440, 1700)
        self.controller.open_last()
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def story(self):
        return self.services.desk.story(self.controller.story)

    def points(self):
        return [each.text for each in self.story.part(Part.KEY_POINTS)]

    def row(self, at, part=Part.KEY_POINTS):
        return self.pane.column.card(part).views()[at].row

    def focus(self, at, part=Part.KEY_POINTS, caret=999):
        row = self.row(at, part)
        row.setFocus()
        row.place_caret(caret)
        self.qtbot.waitUntil(row.hasFocus)
        return row

    def type(self, words):
        self.qtbot.keyClicks(QApplication.focusWidget(), words)

    def press(self, key, held=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(QApplication.focusWidget(), key, held)
