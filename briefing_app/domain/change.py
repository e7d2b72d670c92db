"""Changes, field by field: what an edit did, what the journal keeps, what undo takes back."""

from __future__ import annotations

import operator
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
    ERASE = "erase"  # gone for good; nothing takes it back


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
    PUT_BLOCK_IN = "put-block-in"
    TAKE_BLOCK_OUT = "take-block-out"
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
    UNBUNDLE = "unbundle"
    RESTORE_STATE = "restore-state"
    RESTORE = "restore"
    SPLIT_ARTICLE = "split-article"
    SPLIT_ITEMS = "split-items"
    SPLIT_PAGES = "split-pages"
    JOIN_ARTICLES = "join-articles"
    ERASE = "erase"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value: object) -> Action:
        """Read what a newer version of the program did beside this one as something else."""
        del value
        return cls.OTHER


SUBJECT = 200  # code points: a name for messages, not the text itself

# what the program does by itself, or a newer version did: kept and told like all edits, but no step
# that undo takes back, or a clock could take redo away from the user
BY_ITSELF = frozenset({Action.OPEN_ARTICLE, Action.ERASE, Action.OTHER})


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one record.

    A SET names a field and its old and new JSON value. A CREATE carries all fields in `new`, which are
    written to the record and not to the journal; TRASH and RESTORE carry no values. What comes from
    another library brings its `times` (made, changed) with it, and its former values as marks in `old`.
    Units: `times` are milliseconds since 1970 UTC.
    """

    entity: Entity
    id: str
    op: Op
    field: str = ""
    old: Any = None
    new: Any = None
    times: tuple[int, int] | None = None

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

    A field that came back to where it was is left out, and so is a record that was made and trashed;
    everything else stays, in order.
    """
    made = {change.key for change in changes if change.op is Op.CREATE}
    dropped = {change.key for change in changes if change.op is Op.TRASH and change.key in made}
    places: dict[tuple[Key, str], int] = {}
    kept: list[Change] = []
    for change in changes:
        if change.key in dropped:
            continue
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


def continues(running: ChangeSet, action: Action, changes: tuple[Change, ...]) -> bool:
    """Tell whether changes are more typing in the fields of a running burst."""
    if running.action is not action:
        return False
    fields = {(change.key, change.field) for change in running.changes}
    return all(c.op is Op.SET and (c.key, c.field) in fields for c in changes)


def storable(change: Change) -> Change:
    """Return a change without lone surrogates, which no file can hold."""
    new = _kept(change.new)
    return change if new is change.new else replace(change, new=new)


def storable_text(text: str) -> str:
    """Return a text without lone surrogates."""
    if text.isascii() or not any("\ud800" <= mark <= "\udfff" for mark in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _kept(value: object) -> object:
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, dict):
        cleaned = {name: _kept(item) for name, item in value.items()}
        return value if all(cleaned[name] is value[name] for name in value) else cleaned
    if isinstance(value, list):
        items = [_kept(item) for item in value]
        return value if all(map(operator.is_, items, value)) else items
    return value


def _inverse(change: Change) -> Change:
    match change.op:
        case Op.SET:
            return Change(*change.key, Op.SET, change.field, change.new, change.old)
        case Op.CREATE | Op.RESTORE:
            return Change(*change.key, Op.TRASH)
        case Op.TRASH:
            return Change(*change.key, Op.RESTORE)
        case Op.ERASE:
            raise ValueError("what was erased for good does not come back")
