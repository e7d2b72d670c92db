"""Every command of the window, in one table; and the words for what can be undone.

A command is a `QAction` with its place in the menu, its keys and its words. Single letters are shown in
the menu but act through `gui/keys`, where they go by the key and not by the character.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from briefing_app.domain.change import Action
from briefing_app.errors import QT_TRANSLATE_NOOP
from briefing_app.gui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QMenuBar


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `letter` is a single key that works in the articles and the reader."""

    name: str
    menu: str
    words: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    letter: str = ""
    needs: str = "library"  # what has to be there: "", "library", "article", "brief" or "story"
    checkable: bool = False
    rule: bool = False  # a line above it in the menu


FILE, EDIT, VIEW = "file", "edit", "view"
LIBRARY, BRIEF, HELP = "library", "brief", "help"

MENUS = {
    FILE: QT_TRANSLATE_NOOP("actions", "&File"),
    EDIT: QT_TRANSLATE_NOOP("actions", "&Edit"),
    VIEW: QT_TRANSLATE_NOOP("actions", "&View"),
    LIBRARY: QT_TRANSLATE_NOOP("actions", "&Library"),
    BRIEF: QT_TRANSLATE_NOOP("actions", "&Brief"),
    HELP: QT_TRANSLATE_NOOP("actions", "&Help"),
}

_T = QT_TRANSLATE_NOOP

COMMANDS = (
    Command("import", FILE, _T("actions", "Import files…"), ("Ctrl+O",), "import"),
    Command("import-folder", FILE, _T("actions", "Import a folder…"), ("Ctrl+Shift+O",)),
    Command("import-results", FILE, _T("actions", "Results of the last import")),
    Command("export", FILE, _T("actions", "Export…"), ("Ctrl+E",), "file-down", needs="brief", rule=True),
    Command("print", FILE, _T("actions", "Print…"), ("Ctrl+P",), "printer", needs="brief"),
    Command("settings", FILE, _T("actions", "Settings…"), ("Ctrl+,",), "settings", needs="", rule=True),
    Command("quit", FILE, _T("actions", "Quit"), ("Ctrl+Q",), needs="", rule=True),
    Command("undo", EDIT, _T("actions", "Undo"), ("Ctrl+Z",), "undo-2"),
    Command("redo", EDIT, _T("actions", "Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2"),
    Command("paste", EDIT, _T("actions", "Paste as an article"), ("Ctrl+V",), "clipboard-paste", rule=True),
    Command("search", EDIT, _T("actions", "Search or run a command"), ("Ctrl+K",), "search", needs="", rule=True),
    Command("filter", EDIT, _T("actions", "Filter the list"), ("Ctrl+F",)),
    Command("articles", VIEW, _T("actions", "Articles"), ("F9",), "panel-left", needs="", checkable=True),
    Command("preview", VIEW, _T("actions", "Preview"), ("F8",), "eye", needs="brief", checkable=True),
    Command("theme-system", VIEW, _T("actions", "Follow the system"), icon="monitor", needs="", checkable=True, rule=True),
    Command("theme-light", VIEW, _T("actions", "Light"), icon="sun", needs="", checkable=True),
    Command("theme-dark", VIEW, _T("actions", "Dark"), icon="moon", needs="", checkable=True),
    Command("next-pane", VIEW, _T("actions", "Next pane"), ("F6",), needs="", rule=True),
    Command("previous-pane", VIEW, _T("actions", "Previous pane"), ("Shift+F6",), needs=""),
    Command("full-screen", VIEW, _T("actions", "Full screen"), ("F11",), needs="", checkable=True),
    Command("archive", LIBRARY, _T("actions", "Archive"), icon="archive", letter="E", needs="article"),
    Command("mark-reading", LIBRARY, _T("actions", "Mark as reading"), icon="book-open", letter="R", needs="article"),
    Command("mark-new", LIBRARY, _T("actions", "Mark as new"), icon="inbox", letter="U", needs="article"),
    Command("put-in-brief", LIBRARY, _T("actions", "Put into the brief"), icon="layers", letter="B", needs="article"),
    Command("delete-article", LIBRARY, _T("actions", "Delete"), ("Del",), "trash-2", needs="article", rule=True),
    Command("samples", LIBRARY, _T("actions", "Add the samples"), rule=True),
    Command("library-folder", LIBRARY, _T("actions", "Show the library’s folder"), icon="folder-open"),
    Command("new-brief", BRIEF, _T("actions", "New brief"), ("Ctrl+N",), "file-plus"),
    Command("new-story", BRIEF, _T("actions", "New story"), ("Ctrl+Shift+N",), "plus"),
    Command("pick-target", BRIEF, _T("actions", "Choose where points go"), icon="target", letter="G", rule=True),
    Command("delete-brief", BRIEF, _T("actions", "Delete the brief"), icon="trash-2", needs="brief", rule=True),
    Command("shortcuts", HELP, _T("actions", "Keyboard"), ("F1",), "keyboard", needs=""),
    Command("environment", HELP, _T("actions", "Copy what a report needs"), icon="copy", needs=""),
    Command("about", HELP, _T("actions", "About Briefing Desk"), icon="info", needs="", rule=True),
)  # fmt: skip

DONE = {
    Action.IMPORT_ARTICLE: _T("actions", "import article"),
    Action.IMPORT_STORIES: _T("actions", "import stories"),
    Action.EDIT_ARTICLE: _T("actions", "edit article"),
    Action.SET_STATE: _T("actions", "mark article"),
    Action.DELETE_ARTICLE: _T("actions", "delete article"),
    Action.ADD_HIGHLIGHT: _T("actions", "highlight"),
    Action.ADD_STORY_TEXT: _T("actions", "add story text"),
    Action.ADD_KEY_POINT: _T("actions", "add key point"),
    Action.ADD_TAKEAWAY: _T("actions", "add takeaway"),
    Action.ADD_IMPACT: _T("actions", "add impact"),
    Action.EDIT_COMMENT: _T("actions", "edit comment"),
    Action.DELETE_HIGHLIGHT: _T("actions", "delete highlight"),
    Action.NEW_BRIEF: _T("actions", "new brief"),
    Action.EDIT_BRIEF: _T("actions", "edit brief"),
    Action.DELETE_BRIEF: _T("actions", "delete brief"),
    Action.ADD_STORY: _T("actions", "add story"),
    Action.MOVE_STORY: _T("actions", "move story"),
    Action.REMOVE_STORY: _T("actions", "take story out"),
    Action.DELETE_STORY: _T("actions", "delete story"),
    Action.EDIT_HEADLINE: _T("actions", "edit headline"),
    Action.EDIT_AS_OF: _T("actions", "change date"),
    Action.ADD_STATEMENT: _T("actions", "add row"),
    Action.EDIT_STATEMENT: _T("actions", "typing"),
    Action.MOVE_STATEMENT: _T("actions", "move row"),
    Action.SPLIT_STATEMENT: _T("actions", "split row"),
    Action.JOIN_STATEMENTS: _T("actions", "join rows"),
    Action.DELETE_STATEMENT: _T("actions", "delete row"),
    Action.PASTE_STATEMENTS: _T("actions", "paste rows"),
    Action.LINK_EVIDENCE: _T("actions", "link passage"),
    Action.UNLINK_EVIDENCE: _T("actions", "unlink passage"),
    Action.ADD_SAMPLES: _T("actions", "add samples"),
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
        action.setToolTip(hint(action))
        return action


def hint(action: QAction) -> str:
    """Return what a tool tip says: the words and the keys."""
    text, _, letter = action.text().partition("\t")
    keys = letter or action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({keys})" if keys else text
