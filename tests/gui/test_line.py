"""Keys of the window in its lines of text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from briefing_app.gui.articles.pane import ArticlesPane
from briefing_app.gui.composer.asof import AsOfField
from briefing_app.gui.line import Line


@pytest.mark.parametrize("make", [Line, AsOfField, ArticlesPane])
def test_control_e_is_left_to_the_window(qtbot, make):
    window = QMainWindow()
    qtbot.addWidget(window)
    export = QAction(window)
    export.setShortcut("Ctrl+E")
    window.addAction(export)
    part = make()
    window.setCentralWidget(part)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    (part if isinstance(part, Line) else part.findChildren(Line)[0]).setFocus()
    with qtbot.waitSignal(export.triggered):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
