import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from briefing_app.gui.keys import letter

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def press(key, text, modifiers=NONE, scan=0):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, 0, 0, text)


@pytest.mark.parametrize(
    ("key", "text", "scan", "expected"),
    [
        (Qt.Key.Key_K, "k", 45, "K"),
        (Qt.Key.Key_E, "e", 40, "E"),  # Dvorak: E stands where QWERTY has D
        (0x041B, "л", 45, "K"),  # Ukrainian
        (0x0423, "\u0443", 26, "E"),
        (0x039A, "κ", 45, "K"),  # Greek
        (0x0646, "ن", 45, "K"),  # Arabic
    ],
)
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="scan codes of X11 and Wayland")
def test_a_key_is_its_letter_on_every_layout(key, text, scan, expected):
    assert letter(press(key, text, scan=scan)) == expected
    assert letter(press(key, text.upper(), SHIFT, scan)) == expected


@pytest.mark.parametrize("modifiers", [CTRL, ALT, CTRL | SHIFT])
def test_a_letter_never_swallows_a_shortcut(modifiers):
    assert letter(press(Qt.Key.Key_K, "k", modifiers, 45)) == ""
    assert letter(press(0x041B, "л", modifiers, 45)) == ""


def test_other_keys_are_no_letters():
    assert letter(press(Qt.Key.Key_Return, "\r", scan=36)) == ""
    assert letter(press(Qt.Key.Key_1, "1", scan=10)) == ""
