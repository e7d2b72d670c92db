"""What can be chosen about Tesseract and newsletters, once and for all."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt

from briefing_app.gui.dialogs.preferences import PreferencesDialog

ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def dialog(room):
    def show():
        made = PreferencesDialog(room.settings, room.appearance, room.runner, room.window)
        made.show()
        shown.append(made)
        return made

    shown = []
    yield show
    for one in shown:
        one.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program on Windows")
def test_languages_are_chosen_from_those_that_are_installed(room, dialog, tmp_path):
    program = tmp_path / "tesseract"
    program.write_text(
        "#!/bin/sh\nprintf 'Languages (3):\\neng\\nosd\\nukr\\n'\n", encoding="utf-8"
    )
    program.chmod(0o755)
    made = dialog()
    made.tesseract.setText(str(program))
    made.tesseract.editingFinished.emit()
    room.wait(lambda: made.languages.count() == 2)
    assert "(ukr)" in made.languages.item(1).text()
    made.languages.item(1).setCheckState(ON)
    assert room.settings.now.tesseract == str(program)
    assert room.settings.now.recognition == ("ukr",)

    made.tesseract.setText(str(tmp_path / "none"))
    made.tesseract.editingFinished.emit()
    room.wait(lambda: "was not found" in made.found.text())
    made.open_next.click()
    assert room.settings.now.recognition == ("ukr",)


def test_a_sender_of_newsletters_is_forgotten(room, dialog):
    room.settings.change(split_senders=("morning desk", "evening desk"))
    made = dialog()
    made.senders.item(0).setCheckState(OFF)
    assert room.settings.now.split_senders == ("evening desk",)
