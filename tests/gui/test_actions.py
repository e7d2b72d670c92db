from collections import Counter

from PySide6.QtWidgets import QMenuBar

from briefing_app.domain.change import Action
from briefing_app.gui import actions
from briefing_app.gui.actions import Actions
from briefing_app.gui.commands import COMMANDS
from briefing_app.gui.undowords import DONE, name


def test_every_code_has_words():
    assert set(DONE) == set(Action)


def test_no_two_commands_share_a_key():
    keys = Counter(key for command in COMMANDS for key in (*command.keys, command.letter) if key)
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_command_stands_in_a_menu(qapp, qtbot):
    bar = QMenuBar()
    qtbot.addWidget(bar)
    every = Actions(bar)
    menus = every.fill(bar)
    shown = [action for menu in menus.values() for action in menu.actions()]
    assert [action.objectName() for action in shown if not action.isSeparator()] == [
        command.name for command in COMMANDS
    ]


def test_undo_names_what_it_undoes(qapp, qtbot):
    bar = QMenuBar()
    qtbot.addWidget(bar)
    every = Actions(bar)
    every.show_steps(name((Action.ADD_KEY_POINT, "A headline")), name(None))
    assert every["undo"].text() == "Undo add key point"
    assert every["undo"].isEnabled()
    assert not every["redo"].isEnabled()
    every.show_steps("", name((Action.DELETE_BRIEF, "")))
    assert every["redo"].text() == "Redo delete brief"
    assert every["undo"].text() == "Undo"


def test_what_needs_a_library_waits_for_one(qapp, qtbot):
    bar = QMenuBar()
    qtbot.addWidget(bar)
    every = Actions(bar)
    assert not every["import"].isEnabled()
    assert every["theme-dark"].isEnabled()
    every.allow(frozenset({"library", "writable"}))
    assert every["import"].isEnabled()
    assert not every["archive"].isEnabled()


def test_a_hint_says_the_keys(qapp, qtbot):
    bar = QMenuBar()
    qtbot.addWidget(bar)
    every = Actions(bar)
    assert actions.hint(every["import"]) == "Import files… (Ctrl+O)"
    assert actions.hint(every["archive"]) == "Archive (E)"


def test_what_writes_waits_for_a_library_that_takes_edits_and_says_why(qapp, qtbot):
    bar = QMenuBar()
    qtbot.addWidget(bar)
    every = Actions(bar)
    every.allow(frozenset({"library", "article", "brief"}), "It is read-only.")
    for each in ("import", "archive", "delete-article", "new-brief", "delete-brief"):
        assert not every[each].isEnabled()
        assert every[each].toolTip().endswith("\nIt is read-only.")
    for each in ("export", "print", "preview", "filter"):
        assert every[each].isEnabled()
        assert "read-only" not in every[each].toolTip()
