"""Every command of the window, in one table: its place in the menu, its words and its keys."""

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

COMMANDS = (
    Command(
        "import",
        FILE,
        QT_TRANSLATE_NOOP("actions", "Import files…"),
        ("Ctrl+O",),
        "import",
        needs="writable",
    ),
    Command(
        "import-folder",
        FILE,
        QT_TRANSLATE_NOOP("actions", "Import a folder…"),
        ("Ctrl+Shift+O",),
        needs="writable",
    ),
    Command("web", FILE, QT_TRANSLATE_NOOP("actions", "Import from the web…"), needs="writable"),
    Command("refresh", FILE, QT_TRANSLATE_NOOP("actions", "Refresh the feeds"), needs="writable"),
    Command("feeds", FILE, QT_TRANSLATE_NOOP("actions", "Feeds…")),
    Command("watch", FILE, QT_TRANSLATE_NOOP("actions", "Watch a folder…"), needs="writable"),
    Command("unbundle", FILE, QT_TRANSLATE_NOOP("actions", "Open a bundle…"), needs="writable"),
    Command("import-results", FILE, QT_TRANSLATE_NOOP("actions", "Results of the last import…")),
    Command(
        "export",
        FILE,
        QT_TRANSLATE_NOOP("actions", "Export…"),
        ("Ctrl+E",),
        "file-down",
        needs="brief",
        rule=True,
    ),
    Command(
        "print", FILE, QT_TRANSLATE_NOOP("actions", "Print…"), ("Ctrl+P",), "printer", needs="brief"
    ),
    Command("bundle", FILE, QT_TRANSLATE_NOOP("actions", "Save a bundle…")),
    Command(
        "settings",
        FILE,
        QT_TRANSLATE_NOOP("actions", "Settings…"),
        ("Ctrl+,",),
        "settings",
        needs="",
        rule=True,
    ),
    Command("quit", FILE, QT_TRANSLATE_NOOP("actions", "Quit"), ("Ctrl+Q",), needs="", rule=True),
    Command("undo", EDIT, QT_TRANSLATE_NOOP("actions", "Undo"), ("Ctrl+Z",), "undo-2"),
    Command(
        "redo", EDIT, QT_TRANSLATE_NOOP("actions", "Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2"
    ),
    Command(
        "paste",
        EDIT,
        QT_TRANSLATE_NOOP("actions", "Paste as an article"),
        ("Ctrl+V",),
        "clipboard-paste",
        rule=True,
        needs="writable",
    ),
    Command(
        "search",
        EDIT,
        QT_TRANSLATE_NOOP("actions", "Search or run a command"),
        ("Ctrl+K",),
        "search",
        needs="",
        rule=True,
    ),
    Command("filter", EDIT, QT_TRANSLATE_NOOP("actions", "Filter the list"), ("Ctrl+F",)),
    Command(
        "save-search",
        EDIT,
        QT_TRANSLATE_NOOP("actions", "Save this search…"),
        icon="search",
        needs="writable",
    ),
    Command(
        "articles",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Articles"),
        ("F9",),
        "panel-left",
        needs="",
        checkable=True,
    ),
    Command(
        "preview",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Preview"),
        ("F8",),
        "eye",
        needs="brief",
        checkable=True,
    ),
    Command(
        "theme-system",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Follow the theme of the system"),
        icon="monitor",
        needs="",
        checkable=True,
        rule=True,
    ),
    Command(
        "theme-light",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Light theme"),
        icon="sun",
        needs="",
        checkable=True,
    ),
    Command(
        "theme-dark",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Dark theme"),
        icon="moon",
        needs="",
        checkable=True,
    ),
    Command(
        "next-pane", VIEW, QT_TRANSLATE_NOOP("actions", "Next pane"), ("F6",), needs="", rule=True
    ),
    Command(
        "previous-pane",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Previous pane"),
        ("Shift+F6",),
        needs="",
    ),
    Command(
        "full-screen",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Full screen"),
        ("F11",),
        needs="",
        checkable=True,
    ),
    Command(
        "archive",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Archive"),
        icon="archive",
        letter="E",
        needs="article writable",
    ),
    Command(
        "mark-reading",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Mark as reading"),
        icon="book-open",
        letter="R",
        needs="article writable",
    ),
    Command(
        "mark-new",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Mark as new"),
        icon="inbox",
        letter="U",
        needs="article writable",
    ),
    Command(
        "put-in-brief",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Put into the brief"),
        icon="layers",
        letter="B",
        needs="article writable",
    ),
    Command(
        "tag-article",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Tags of the article…"),
        ("Ctrl+T",),
        "tag",
        needs="article writable",
        rule=True,
    ),
    Command(
        "collect-article",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Collections of the article…"),
        ("Ctrl+Shift+C",),
        "folder",
        needs="article writable",
    ),
    Command(
        "left-out",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Show what was left out"),
        icon="layers",
        letter="L",
        needs="article",
        rule=True,
    ),
    Command(
        "article-details",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Details…"),
        ("Ctrl+D",),
        "info",
        needs="article",
    ),
    Command(
        "article-versions",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Versions…"),
        icon="history",
        needs="article",
    ),
    Command(
        "open-original",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Open the original"),
        icon="external-link",
        needs="article",
    ),
    Command(
        "save-original",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Save the original as…"),
        needs="article",
    ),
    Command(
        "same-article",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Same article"),
        needs="articles writable",
        rule=True,
    ),
    Command(
        "not-same-article",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Not the same article"),
        needs="article writable",
    ),
    Command(
        "split-items",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Split into its items…"),
        icon="newspaper",
        needs="article writable",
        rule=True,
    ),
    Command(
        "split-pages",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Split a PDF into articles…"),
        needs="article writable",
    ),
    Command(
        "delete-article",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Delete from the library"),
        ("Del",),
        "trash-2",
        needs="article writable",
        rule=True,
    ),
    Command(
        "erase-article",
        ARTICLE,
        QT_TRANSLATE_NOOP("actions", "Erase for good…"),
        needs="article writable",
    ),
    Command("new-library", LIBRARY, QT_TRANSLATE_NOOP("actions", "New library…"), needs=""),
    Command("open-library", LIBRARY, QT_TRANSLATE_NOOP("actions", "Open library…"), needs=""),
    Command("recent-library", LIBRARY, QT_TRANSLATE_NOOP("actions", "Open recent"), needs=""),
    Command(
        "new-collection",
        LIBRARY,
        QT_TRANSLATE_NOOP("actions", "New collection…"),
        needs="writable",
        rule=True,
    ),
    Command("tags", LIBRARY, QT_TRANSLATE_NOOP("actions", "All tags…")),
    Command(
        "trash",
        LIBRARY,
        QT_TRANSLATE_NOOP("actions", "Trash…"),
        icon="trash-2",
        rule=True,
    ),
    Command(
        "back-up",
        LIBRARY,
        QT_TRANSLATE_NOOP("actions", "Back up now"),
        icon="history",
        rule=True,
    ),
    Command(
        "backup-place", LIBRARY, QT_TRANSLATE_NOOP("actions", "Second place…"), icon="hard-drive"
    ),
    Command("restore-backup", LIBRARY, QT_TRANSLATE_NOOP("actions", "Restore a backup…"), needs=""),
    Command(
        "check-library",
        LIBRARY,
        QT_TRANSLATE_NOOP("actions", "Check the library"),
        icon="shield-check",
    ),
    Command(
        "repair-library",
        LIBRARY,
        QT_TRANSLATE_NOOP("actions", "Repair the library…"),
        icon="wrench",
        needs="",
    ),
    Command(
        "samples",
        LIBRARY,
        QT_TRANSLATE_NOOP("actions", "Add the samples"),
        rule=True,
        needs="writable",
    ),
    Command(
        "new-brief",
        BRIEF,
        QT_TRANSLATE_NOOP("actions", "New brief"),
        ("Ctrl+N",),
        "file-plus",
        needs="writable",
    ),
    Command(
        "new-story",
        BRIEF,
        QT_TRANSLATE_NOOP("actions", "New story"),
        ("Ctrl+Shift+N",),
        "plus",
        needs="writable",
    ),
    Command(
        "pick-target",
        BRIEF,
        QT_TRANSLATE_NOOP("actions", "Choose where points go"),
        icon="target",
        letter="G",
        rule=True,
        needs="writable",
    ),
    Command(
        "history",
        BRIEF,
        QT_TRANSLATE_NOOP("actions", "History of the brief…"),
        icon="history",
        needs="brief",
        rule=True,
    ),
    Command(
        "story-history",
        BRIEF,
        QT_TRANSLATE_NOOP("actions", "History of the story…"),
        needs="story",
    ),
    Command(
        "delete-brief",
        BRIEF,
        QT_TRANSLATE_NOOP("actions", "Delete the brief"),
        icon="trash-2",
        needs="brief writable",
        rule=True,
    ),
    Command(
        "shortcuts", HELP, QT_TRANSLATE_NOOP("actions", "Keyboard"), ("F1",), "keyboard", needs=""
    ),
    Command(
        "environment",
        HELP,
        QT_TRANSLATE_NOOP("actions", "Copy what a report needs"),
        icon="copy",
        needs="",
    ),
    Command(
        "about",
        HELP,
        QT_TRANSLATE_NOOP("actions", "About Briefing Desk"),
        icon="info",
        needs="",
        rule=True,
    ),
)
