"""What a command of the window is, and the menus that commands stand in."""

from __future__ import annotations

from dataclasses import dataclass

from briefing_app.errors import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `letter` is a single key that works in the articles and the reader."""

    name: str
    menu: str
    words: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    letter: str = ""
    # what has to be there, in words: "library", "article", "brief"; "writable" is a library that takes
    # edits, and is a library too
    needs: str = "library"
    checkable: bool = False
    rule: bool = False  # a line above it in the menu


FILE, EDIT, VIEW, ARTICLE = "file", "edit", "view", "article"
LIBRARY, BRIEF, HELP = "library", "brief", "help"

MENUS = {
    FILE: QT_TRANSLATE_NOOP("actions", "&File"),
    EDIT: QT_TRANSLATE_NOOP("actions", "&Edit"),
    VIEW: QT_TRANSLATE_NOOP("actions", "&View"),
    ARTICLE: QT_TRANSLATE_NOOP("actions", "&Article"),
    LIBRARY: QT_TRANSLATE_NOOP("actions", "&Library"),
    BRIEF: QT_TRANSLATE_NOOP("actions", "&Brief"),
    HELP: QT_TRANSLATE_NOOP("actions", "&Help"),
}
