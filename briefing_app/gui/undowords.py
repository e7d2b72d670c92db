"""The words for what can be undone: the journal keeps codes, and these are their names."""

from __future__ import annotations

from briefing_app.domain.change import Action
from briefing_app.errors import QT_TRANSLATE_NOOP
from briefing_app.gui.actions import words

DONE = {
    Action.IMPORT_ARTICLE: QT_TRANSLATE_NOOP("actions", "import article"),
    Action.IMPORT_STORIES: QT_TRANSLATE_NOOP("actions", "import stories"),
    Action.EDIT_ARTICLE: QT_TRANSLATE_NOOP("actions", "edit article"),
    Action.PUT_BLOCK_IN: QT_TRANSLATE_NOOP("actions", "put in what was left out"),
    Action.TAKE_BLOCK_OUT: QT_TRANSLATE_NOOP("actions", "leave out"),
    Action.OPEN_ARTICLE: QT_TRANSLATE_NOOP("actions", "open article"),
    Action.SET_STATE: QT_TRANSLATE_NOOP("actions", "mark article"),
    Action.DELETE_ARTICLE: QT_TRANSLATE_NOOP("actions", "delete article"),
    Action.TAG_ARTICLES: QT_TRANSLATE_NOOP("actions", "change tags"),
    Action.RENAME_TAG: QT_TRANSLATE_NOOP("actions", "rename tag"),
    Action.DELETE_TAG: QT_TRANSLATE_NOOP("actions", "delete tag"),
    Action.NEW_COLLECTION: QT_TRANSLATE_NOOP("actions", "new collection"),
    Action.RENAME_COLLECTION: QT_TRANSLATE_NOOP("actions", "rename collection"),
    Action.MOVE_COLLECTION: QT_TRANSLATE_NOOP("actions", "move collection"),
    Action.DELETE_COLLECTION: QT_TRANSLATE_NOOP("actions", "delete collection"),
    Action.COLLECT: QT_TRANSLATE_NOOP("actions", "put into collection"),
    Action.UNCOLLECT: QT_TRANSLATE_NOOP("actions", "take out of collection"),
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
    Action.UNBUNDLE: QT_TRANSLATE_NOOP("actions", "open bundle"),
    Action.ADD_SAMPLES: QT_TRANSLATE_NOOP("actions", "add samples"),
    Action.RESTORE_STATE: QT_TRANSLATE_NOOP("actions", "restore state"),
    Action.RESTORE: QT_TRANSLATE_NOOP("actions", "restore from the trash"),
    Action.SPLIT_ARTICLE: QT_TRANSLATE_NOOP("actions", "not the same article"),
    Action.SPLIT_ITEMS: QT_TRANSLATE_NOOP("actions", "split into items"),
    Action.SPLIT_PAGES: QT_TRANSLATE_NOOP("actions", "split into articles"),
    Action.JOIN_ARTICLES: QT_TRANSLATE_NOOP("actions", "same article"),
    Action.ERASE: QT_TRANSLATE_NOOP("actions", "erase for good"),
    Action.OTHER: QT_TRANSLATE_NOOP("actions", "edit"),
    Action.SAVE_SEARCH: QT_TRANSLATE_NOOP("actions", "save search"),
    Action.RENAME_SEARCH: QT_TRANSLATE_NOOP("actions", "rename search"),
    Action.DELETE_SEARCH: QT_TRANSLATE_NOOP("actions", "delete search"),
}


def name(step: tuple[Action, str] | None) -> str:
    """Return what an edit is called, e.g. "add key point"; an empty text for none."""
    return words(DONE[step[0]]) if step else ""
