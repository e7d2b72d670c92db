"""Answer the dialogs that come up in a window, and let none stand for ever.

A dialog has a loop of its own, which no time limit of a test ends. So what nobody answers is shut
after half a minute, and the test fails with the words that stood in it.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox

PATIENCE = 30_000  # ms; a busy machine is no failure
STEP = 20  # ms between two looks


def in_next(parent, kind, do):
    """Do something in the next dialog of a kind, whenever it comes up."""

    def look():
        found = QApplication.activeModalWidget()
        if isinstance(found, kind) and found.isVisible():
            timer.stop()
            timer.deleteLater()
            do(found)

    timer = QTimer(parent)
    timer.setInterval(STEP)
    timer.timeout.connect(look)
    timer.start()


def press_in_next(parent, choose=QMessageBox.defaultButton):
    """Read the next message box and press a button of it; return what will have been read.

    The list stays empty until then, and holds the box's text and its further words after.
    """
    said = []

    def press(box):
        said.extend((box.text(), box.informativeText()))
        (choose(box) or box.buttons()[0]).click()

    in_next(parent, QMessageBox, press)
    return said


class _Guard(QObject):
    """Shuts a dialog that nobody answers."""

    def __init__(self):
        super().__init__()
        self.left_standing = []
        self._seen = None
        self._looks = 0
        watch = QTimer(self)
        watch.setInterval(500)
        watch.timeout.connect(self._look)
        watch.start()

    def _look(self):
        box = QApplication.activeModalWidget()
        if box is None or box is not self._seen:
            self._seen, self._looks = box, 0
            return
        self._looks += 1
        if self._looks * 500 >= PATIENCE:
            words = [label.text() for label in box.findChildren(QLabel)]
            self.left_standing.append(f"{type(box).__name__}: {words}")
            box.done(0) if isinstance(box, QDialog) else box.close()


@pytest.fixture(autouse=True)
def _no_dialog_stands(request):
    """Fail a test in whose window a dialog waited for an answer in vain."""
    if "qapp" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("qapp")
    guard = _Guard()
    yield
    guard.deleteLater()
    if guard.left_standing:
        pytest.fail(f"left standing: {guard.left_standing}")
