"""The chip in a place that is too narrow for it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from briefing_app.gui.composer.chip import Chip, Cite

TWO = (Cite("a", "Kyiv Independent", "¶2", "One."), Cite("b", "Reuters", "¶5", "Two."))


def shown(qtbot, width):
    frame = QWidget()
    box = QHBoxLayout(frame)
    box.setContentsMargins(0, 0, 0, 0)
    chip = Chip()
    chip.show_cites(TWO)
    box.addWidget(chip)
    box.addStretch(1)
    frame.resize(width, 40)
    qtbot.addWidget(frame)
    with qtbot.waitExposed(frame):
        frame.show()
    return frame, chip


def test_it_is_as_wide_as_its_words_and_no_wider(qtbot):
    _frame, chip = shown(qtbot, 400)
    assert chip.width() == chip.sizeHint().width()
    assert chip.text().endswith("¶2  +1")


def test_the_name_of_the_outlet_gives_way_and_the_place_stays(qtbot):
    _frame, chip = shown(qtbot, 90)
    assert chip.width() <= 90
    assert chip.text().endswith("… ¶2  +1")
    assert chip.fontMetrics().horizontalAdvance(chip.text()) <= chip.width()


def test_the_name_comes_back_when_there_is_room_again(qtbot):
    frame, chip = shown(qtbot, 60)
    assert chip.text() == "¶2  +1"
    frame.resize(400, 40)
    qtbot.waitUntil(lambda: chip.text().startswith("Kyiv"))
