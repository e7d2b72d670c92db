"""The commands as `QAction`s.

Single letters are shown in the menu but act through `gui/keys`: by the key, not by the character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from briefing_app.errors import QT_TRANSLATE_NOOP
from briefing_app.gui.commands import COMMANDS
from briefing_app.gui.icons import icon
from briefing_app.gui.menus import MENUS, Command

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QMenuBar


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
        self.show_steps("", "")

    def __getitem__(self, name: str) -> QAction:
        return self._all[name]

    def all(self) -> tuple[QAction, ...]:
        """Return every command, in the order of the menus."""
        return tuple(self._all.values())

    def allow(self, there: frozenset[str], why_not: str = "") -> None:
        """Enable what can be done with what is there: "library", "article", "brief", "writable".

        `why_not` is what the tool tip of an edit says where the library takes none.
        """
        for name, action in self._all.items():
            if name not in ("undo", "redo"):
                needed = self._needs[name].split()
                action.setEnabled(there.issuperset(needed))
                barred = bool(why_not) and "writable" in needed
                action.setToolTip(f"{hint(action)}\n{why_not}" if barred else hint(action))

    def show_steps(self, undo: str, redo: str) -> None:
        """Name what undo takes back and redo brings again; an empty text is nothing."""
        for name, verb, step in (
            ("undo", words(QT_TRANSLATE_NOOP("actions", "Undo")), undo),
            ("redo", words(QT_TRANSLATE_NOOP("actions", "Redo")), redo),
        ):
            action = self._all[name]
            action.setEnabled(bool(step))
            action.setText(f"{verb} {step}" if step else verb)
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
