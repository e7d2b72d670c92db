"""Letters go by the key that is pressed, not by the character that a layout writes with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from briefing_app.gui import keys

# (what the layout writes on the key, X keycode, PC scan code, macOS key code), by the letter meant
UKRAINIAN = {"K": "Л", "S": "І", "T": "Е", "I": "Ш", "H": "Р", "E": "У", "R": "К", "G": "П"}
GREEK = {"K": "Κ", "S": "Σ", "T": "Τ", "I": "Ι", "H": "Η", "E": "Ε", "R": "Ρ", "G": "Γ"}
ARABIC = {"K": "ن", "S": "س", "T": "ف", "I": "ه", "H": "ا", "E": "ث", "R": "ق", "G": "ل"}
EVDEV = {"K": 37, "S": 31, "T": 20, "I": 23, "H": 35, "E": 18, "R": 19, "G": 34}
MAC = {"K": 0x28, "S": 0x01, "T": 0x11, "I": 0x22, "H": 0x04, "E": 0x0E, "R": 0x0F, "G": 0x05}
LAYOUTS = {"ukrainian": UKRAINIAN, "greek": GREEK, "arabic": ARABIC}
CASES = [(name, meant) for name in LAYOUTS for meant in UKRAINIAN]


@pytest.mark.parametrize(("layout", "meant"), CASES)
def test_a_letter_of_another_script_counts_by_its_key(layout, meant):
    key = ord(LAYOUTS[layout][meant])

    assert keys.meant(key, EVDEV[meant] + 8, 0x6CC, "xcb") == meant
    assert keys.meant(key, EVDEV[meant] + 8, 0x6CC, "wayland") == meant
    assert keys.meant(key, EVDEV[meant], ord(meant), "windows") == meant
    assert keys.meant(key, EVDEV[meant], 0, "windows") == meant
    assert keys.meant(key, 1, MAC[meant], "cocoa") == meant


def test_a_latin_letter_counts_as_it_is_wherever_it_stands():
    # on Dvorak, K is on the key that is V elsewhere
    assert keys.meant(Qt.Key.Key_K, 47 + 8, 0, "xcb") == "K"


@pytest.mark.parametrize("key", [Qt.Key.Key_Egrave, Qt.Key.Key_Left, Qt.Key.Key_Dead_Acute, 0x31])
def test_what_is_no_letter_of_another_script_is_no_letter_of_ours(key):
    # on the layout Bépo, è stands on the key that is T elsewhere
    assert keys.meant(key, EVDEV["T"] + 8, 0, "xcb") == ""


def test_the_turkish_i_with_a_dot_is_an_i():
    assert keys.meant(0x130, 48, 0, "xcb") == "I"


def test_two_letters_on_one_key_count_by_the_key():
    # lam-alef, on the key of B; Qt has no key for it
    assert keys.meant(0, 48 + 8, 0, "xcb") == "B"


def press(widget, key, scan, modifiers=Qt.KeyboardModifier.NoModifier, text=""):
    """Send a key as a layout sends it, with its place on the keyboard."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, scan, 0, 0, text))


@pytest.mark.parametrize(("layout", "meant"), [case for case in CASES if case[1] in "KSTIH"])
def test_the_keys_of_a_layout_make_points(layout, meant, reading, choose, qtbot):
    start, end = choose("Hospitals have generators.")
    written = LAYOUTS[layout][meant]
    roles = {"K": "key-point", "S": "story", "T": "takeaway", "I": "impact", "H": "highlight"}

    with qtbot.waitSignal(reading.annotate_requested, timeout=1000) as asked:
        press(reading.view, ord(written), EVDEV[meant] + 8, text=written.lower())

    assert asked.args == [start, end, roles[meant]]


@pytest.mark.parametrize("written", ["K", *(layout["K"] for layout in LAYOUTS.values())])
def test_ctrl_k_is_never_swallowed(written, reading, choose, qtbot):
    choose("Hospitals")
    asked = []
    reading.annotate_requested.connect(lambda *args: asked.append(args))
    override = QKeyEvent(
        QEvent.Type.ShortcutOverride, ord(written), Qt.KeyboardModifier.ControlModifier, 45, 0, 0
    )
    override.ignore()
    QApplication.sendEvent(reading.view, override)
    event = QKeyEvent(
        QEvent.Type.KeyPress, ord(written), Qt.KeyboardModifier.ControlModifier, 45, 0, 0
    )
    QApplication.sendEvent(reading.view, event)

    assert not override.isAccepted()
    assert asked == []


def test_ctrl_k_reaches_the_windows_shortcut(reading, choose, qtbot):
    choose("Hospitals")
    shortcut = QShortcut(QKeySequence("Ctrl+K"), reading)

    with qtbot.waitSignal(shortcut.activated, timeout=1000):
        qtbot.keyClick(reading.view, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)


def test_a_bare_letter_is_the_readers_even_if_a_menu_has_it(reading, choose, qtbot):
    choose("Hospitals")
    shortcut, taken = QShortcut(QKeySequence("K"), reading), []
    shortcut.activated.connect(lambda: taken.append(True))

    with qtbot.waitSignal(reading.annotate_requested, timeout=1000):
        qtbot.keyClick(reading.view, Qt.Key.Key_K)

    assert taken == []
