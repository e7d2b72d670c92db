"""The commands as `QAction`s, and the words for what can be undone.

Single letters are shown in
the menu but act through `gui/keys`, where they go by the key and not by the character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from briefing_app.domain.change import Action
from briefing_app.errors import QT_TRANSLATE_NOOP
from briefing_app.gui.commands import COMMANDS, MENUS, Command
from briefing_app.gui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QMenuBar


DONE = {
    Action.IMPORT_ARTICLE: QT_TRANSLATE_NOOP("actions", "import article"),
    Action.IMPORT_STORIES: QT_TRANSLATE_NOOP("actions", "import stories"),
    Action.EDIT_ARTICLE: QT_TRANSLATE_NOOP("actions", "edit article"),
    Action.OPEN_ARTICLE: QT_TRANSLATE_NOOP("actions", "open article"),
    Action.SET_STATE: QT_TRANSLATE_NOOP("actions", "mark article"),
    Action.DELETE_ARTICLE: QT_TRANSLATE_NOOP("actions", "delete article"),
    Action.ADD_HIGHLIGHT: QT_TRANSLATE_NOOP("actions", "highlight"),
    Action.ADD_STORY_TEXT: QT_TRANSLATE_NOOP("actions", "add story text"),
    Action.ADD_KEY_POINT: QT_TRANSLATE_NOOP("actions", "add key point"),
    Action.ADD_TAKEAWAY: QT_TRANSLATE_NOOP("actions", "add takeaway"),
    Action.ADD_IMPACT: QT_TRANSLATE_NOOP("actions", "add impact"),
    Action.SET_ROLE: QT_TRANSLATE_NOOP("actions", "change role"),
    Action.EDIT_COMMENT: QT_TRANSLATE_NOOP("actions", "edit comment"),
    Action.DELETE_HIGHLIGHT: QT_TRANSLATE_NOOP("actions", "delete highlight"),
    Action.NEW_BRIEF: QT_TRANSLATE_NOOP("actions", "new brief"),
    Action.EDIT_BRIEF: QT_TRANSLATE_NOOP("actions", "edit brief"),
    Action.DELETE_BRIEF: QT_TRANSLATE_NOOP("actions", "delete brief"),
    Action.ADD_STORY: QT_TRANSLATE_NOOP("actions", "add story"),
    Action.MOVE_STORY: QT_TRANSLATE_NOOP("actions", "move story"),
    Action.REMOVE_STORY: QT_TRANSLATE_NOOP("actions", "take story out"),
    Action.DELETE_STORY: QT_TRANSLATE_NOOP("actions", "delete story"),
    Action.EDIT_HEADLINE: QT_TRANSLATE_NOOP("actions", "edit headline"),
    Action.EDIT_AS_OF: QT_TRANSLATE_NOOP("actions", "change date"),
    Action.ADD_STATEMENT: QT_TRANSLATE_NOOP("actions", "add row"),
    Action.EDIT_STATEMENT: QT_TRANSLATE_NOOP("actions", "typing"),
    Action.MOVE_STATEMENT: QT_TRANSLATE_NOOP("actions", "move row"),
    Action.SPLIT_STATEMENT: QT_TRANSLATE_NOOP("actions", "split row"),
    Action.JOIN_STATEMENTS: QT_TRANSLATE_NOOP("actions", "join rows"),
    Action.DELETE_STATEMENT: QT_TRANSLATE_NOOP("actions", "delete row"),
    Action.PASTE_STATEMENTS: QT_TRANSLATE_NOOP("actions", "paste rows"),
    Action.LINK_EVIDENCE: QT_TRANSLATE_NOOP("actions", "link passage"),
    Action.UNLINK_EVIDENCE: QT_TRANSLATE_NOOP("actions", "unlink passage"),
    Action.ADD_SAMPLES: QT_TRANSLATE_NOOP("actions", "add samples"),
}


def words(text: str) -> str:
    """Return a text of these tables in the language of the window."""
    return QCoreApplication.translate("actions", text)


class Actions(QObject):
    """The commands as `QAction`s, by name."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all = {command.name: self._make(command) for command in COMMANDS}
        self._needs = {command.name: command.needs for command in COMMANDS}
        self.allow(frozenset())
        self.show_steps(None, None)

    def __getitem__(self, name: str) -> QAction:
        return self._all[name]

    def all(self) -> tuple[QAction, ...]:
        """Return every command, in the order of the menus."""
        return tuple(self._all.values())

    def allow(self, there: frozenset[str]) -> None:
        """Enable what can be done with what is there: "library", "article", "brief"."""
        for name, action in self._all.items():
            if name not in ("undo", "redo"):
                action.setEnabled(not self._needs[name] or self._needs[name] in there)

    def show_steps(self, undo: tuple[Action, str] | None, redo: tuple[Action, str] | None) -> None:
        """Name what undo takes back and redo brings again."""
        for name, verb, step in (
            ("undo", words(QT_TRANSLATE_NOOP("actions", "Undo")), undo),
            ("redo", words(QT_TRANSLATE_NOOP("actions", "Redo")), redo),
        ):
            action = self._all[name]
            action.setEnabled(step is not None)
            action.setText(f"{verb} {words(DONE[step[0]])}" if step else verb)
            action.setToolTip(hint(action))

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Put the commands into the menus and return these by name."""
        menus = {name: bar.addMenu(words(title)) for name, title in MENUS.items()}
        for command in COMMANDS:
            if command.rule:
                menus[command.menu].addSeparator()
            menus[command.menu].addAction(self._all[command.name])
        return menus

    def _make(self, command: Command) -> QAction:
        text = words(command.words)
        action = QAction(f"{text}\t{command.letter}" if command.letter else text, self)
        action.setObjectName(command.name)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setCheckable(command.checkable)
        if command.icon:
            action.setIcon(icon(command.icon))
            action.setProperty("icon-name", command.icon)
        action.setToolTip(hint(action))
        return action


def hint(action: QAction) -> str:
    """Return what a tool tip says: the words and the keys."""
    text, _, letter = action.text().partition("\t")
    keys = letter or action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({keys})" if keys else text
