"""Single letters as commands, by the key and not by the character.

On a Latin layout the letter on the key counts, so Dvorak and AZERTY work as they are labelled. On any
other layout (Ukrainian, Greek, Arabic) the letter counts that stands in that place on QWERTY.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ROWS = ((16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM"))
# Source: the set-1 scan codes of PC keyboards; X11 and Wayland count them from 8
_PC = {first + at: letter for first, row in _ROWS for at, letter in enumerate(row)}
# Source: HIToolbox/Events.h, kVK_ANSI_A and the following
_MAC = dict(
    zip(
        (
            0,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            11,
            12,
            13,
            14,
            15,
            16,
            17,
            31,
            32,
            34,
            35,
            37,
            38,
            40,
            45,
            46,
        ),
        "ASDFHGZXCVBQWERYTOUIPLJKNM",
        strict=True,
    )
)


def letter(event: QKeyEvent) -> str:
    """Return the letter A to Z of a key pressed alone or with Shift, or an empty string."""
    held = event.modifiers() & ~(
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    )
    if held != Qt.KeyboardModifier.NoModifier:
        return ""
    key = event.key()
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        return chr(key)
    text = event.text()
    if not text or not text[0].isalpha():
        return ""
    if sys.platform == "darwin":
        return _MAC.get(event.nativeVirtualKey(), "")
    return _PC.get(event.nativeScanCode() - (0 if sys.platform == "win32" else 8), "")
