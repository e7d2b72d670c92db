"""Which letter a key stands for, whatever the keyboard layout writes with it.

A user with a Ukrainian, Greek or Arabic layout presses the key that is marked K and means K, though
Qt reports the letter of the layout. The rule: a Latin letter counts as it is (so AZERTY and Dvorak
are served by their own letters); a letter of another script counts by the place of its key. Source:
nativeScanCode is the X keycode (evdev + 8) under X11 and Wayland and the PC scan code on Windows;
on Windows nativeVirtualKey is the layout's own Latin letter; on macOS it is the place of the key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

# PC scan codes, which evdev shares: two rows of letters, and the two marks that step
_PC = (
    dict(zip(range(0x10, 0x1A), "QWERTYUIOP", strict=True))
    | dict(zip(range(0x1E, 0x27), "ASDFGHJKL", strict=True))
    | dict(zip(range(0x2C, 0x35), "ZXCVBNM,.", strict=True))
)
_EVDEV_TO_X = 8
# Source: Carbon HIToolbox/Events.h, kVK_ANSI_*
_MAC = {
    0x00: "A", 0x0B: "B", 0x08: "C", 0x02: "D", 0x0E: "E", 0x03: "F", 0x05: "G", 0x04: "H",
    0x22: "I", 0x26: "J", 0x28: "K", 0x25: "L", 0x2E: "M", 0x2D: "N", 0x1F: "O", 0x23: "P",
    0x0C: "Q", 0x0F: "R", 0x01: "S", 0x11: "T", 0x20: "U", 0x09: "V", 0x0D: "W", 0x07: "X",
    0x10: "Y", 0x06: "Z", 0x2B: ",", 0x2F: ".",
}  # fmt: skip
_DOTTED_I = 0x130  # the Turkish capital of i
_LAST_LATIN = 0x24F
_HARMLESS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


def letter(event: QKeyEvent) -> str:
    """Return the letter A to Z of a key pressed alone or with Shift, or an empty string."""
    found = pressed(event)
    return found if found.isalpha() else ""


def pressed(event: QKeyEvent) -> str:
    """Return the letter, comma or full stop of a key pressed alone or with Shift, or nothing."""
    held = event.modifiers() & ~_HARMLESS
    if held not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        return ""
    return meant(
        event.key(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        QGuiApplication.platformName(),
    )


def meant(key: int, scan: int, virtual: int, platform: str) -> str:
    """Return the letter for what Qt reports of a key on a platform ("xcb", "windows", "cocoa")."""
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z or key in (Qt.Key.Key_Comma, Qt.Key.Key_Period):
        return chr(key)
    if key == _DOTTED_I:
        return "I"
    if not _of_another_script(key):
        return ""
    if platform == "windows":
        return chr(virtual) if ord("A") <= virtual <= ord("Z") else _PC.get(scan, "")
    if platform == "cocoa":
        return _MAC.get(virtual, "")
    return _PC.get(scan - _EVDEV_TO_X, "")


def _of_another_script(key: int) -> bool:
    # a key of its own name (arrows, dead accents) is beyond Unicode, and so never a letter; Qt knows
    # no key for the Arabic lam-alef, which is two letters on one key
    return _LAST_LATIN < key < Qt.Key.Key_Escape or key in (0, Qt.Key.Key_unknown)
