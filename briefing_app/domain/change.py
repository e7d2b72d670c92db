"""Changes, field by field: what an edit did, what the journal keeps, what undo takes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing_app.domain.record import Entity, Key, Records


class Op(StrEnum):
    """What happened to a record."""

    CREATE = "create"
    SET = "set"
    TRASH = "trash"
    RESTORE = "restore"


class Origin(StrEnum):
    """Which front made a change set."""

    WINDOW = "window"
    COMMAND = "command"
    WATCH = "watch"


class Action(StrEnum):
    """The code of an edit; the journal keeps it, and `gui/actions` has the words."""

    IMPORT_ARTICLE = "import-article"
    IMPORT_STORIES = "import-stories"
    EDIT_ARTICLE = "edit-article"
    SET_STATE = "set-state"
    OPEN_ARTICLE = "open-article"
    DELETE_ARTICLE = "delete-article"
    TAG_ARTICLES = "tag-articles"
    RENAME_TAG = "rename-tag"
    DELETE_TAG = "delete-tag"
    NEW_COLLECTION = "new-collection"
    RENAME_COLLECTION = "rename-collection"
    MOVE_COLLECTION = "move-collection"
    DELETE_COLLECTION = "delete-collection"
    COLLECT = "collect"
    UNCOLLECT = "uncollect"
    ADD_HIGHLIGHT = "add-highlight"
    ADD_STORY_TEXT = "add-story-text"
    ADD_KEY_POINT = "add-key-point"
    ADD_TAKEAWAY = "add-takeaway"
    ADD_IMPACT = "add-impact"
    SET_ROLE = "set-role"
    EDIT_COMMENT = "edit-comment"
    DELETE_HIGHLIGHT = "delete-highlight"
    NEW_BRIEF = "new-brief"
    EDIT_BRIEF = "edit-brief"
    DELETE_BRIEF = "delete-brief"
    ADD_STORY = "add-story"
    MOVE_STORY = "move-story"
    REMOVE_STORY = "remove-story"
    DELETE_STORY = "delete-story"
    EDIT_HEADLINE = "edit-headline"
    EDIT_AS_OF = "edit-as-of"
    ADD_STATEMENT = "add-statement"
    EDIT_STATEMENT = "edit-statement"
    MOVE_STATEMENT = "move-statement"
    SPLIT_STATEMENT = "split-statement"
    JOIN_STATEMENTS = "join-statements"
    DELETE_STATEMENT = "delete-statement"
    PASTE_STATEMENTS = "paste-statements"
    LINK_EVIDENCE = "link-evidence"
    UNLINK_EVIDENCE = "unlink-evidence"
    ADD_SAMPLES = "add-samples"
    SAVE_SEARCH = "save-search"
    RENAME_SEARCH = "rename-search"
    DELETE_SEARCH = "delete-search"


SUBJECT = 200  # code points: a name for messages, not the text itself

# what the program does by itself: kept and told like all edits, but no step that undo takes back, or
# a clock could take redo away from the user
BY_ITSELF = frozenset({Action.OPEN_ARTICLE})


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one record.

    A SET names a field and its old and new JSON value. A CREATE carries all fields in `new`, which are
    written to the record and not to the journal; TRASH and RESTORE carry no values.
    """

    entity: Entity
    id: str
    op: Op
    field: str = ""
    old: Any = None
    new: Any = None

    @property
    def key(self) -> Key:
        """Return which record it is about."""
        return (self.entity, self.id)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes that stand or fall together: one step of undo, one transaction.

    `subject` names what the step was about (a headline, a title) for messages; `undoes` is the id of
    the set that this one takes back. Units: `made_at` is milliseconds since 1970 UTC.
    """

    id: str
    made_at: int
    origin: Origin
    action: Action
    changes: tuple[Change, ...]
    subject: str = ""
    undoes: str = ""


def subject_of(title: str) -> str:
    """Return what a step is called by: the beginning of a title, which may be a page long."""
    return title if len(title) <= SUBJECT else title[: SUBJECT - 1] + "…"


def diff(before: Records, after: Records) -> tuple[Change, ...]:
    """Return what turns `before` into `after`: creates first, then sets, then trashed records."""
    creates = [
        Change(*key, Op.CREATE, new=dict(fields))
        for key, fields in after.items()
        if key not in before
    ]
    sets = [
        Change(*key, Op.SET, name, before[key][name], value)
        for key, fields in after.items()
        if key in before
        for name, value in fields.items()
        if before[key][name] != value
    ]
    gone = [Change(*key, Op.TRASH) for key in before if key not in after]
    return (*creates, *sets, *gone)


def squash(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return what changes come to: one SET a field, from its first old value to its last new one.

    A field that came back to where it was is left out; everything else stays, in order.
    """
    places: dict[tuple[Key, str], int] = {}
    kept: list[Change] = []
    for change in changes:
        at = places.get((change.key, change.field)) if change.op is Op.SET else None
        if at is not None:
            kept[at] = replace(kept[at], new=change.new)
            continue
        if change.op is Op.SET:
            places[change.key, change.field] = len(kept)
        kept.append(change)
    return tuple(c for c in kept if c.op is not Op.SET or c.old != c.new)


def inverse(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return the changes that take others back, in reverse order."""
    return tuple(_inverse(change) for change in reversed(changes))


def _inverse(change: Change) -> Change:
    match change.op:
        case Op.SET:
            return Change(*change.key, Op.SET, change.field, change.new, change.old)
        case Op.CREATE | Op.RESTORE:
            return Change(*change.key, Op.TRASH)
        case Op.TRASH:
            return Change(*change.key, Op.RESTORE)
