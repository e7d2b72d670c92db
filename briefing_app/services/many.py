"""Edits of many articles, each one step of undo.

A few hundred are changed in memory first, like all edits. More are read, changed and written off the
front's thread: every field is checked in the transaction that writes it, and the front hears of the
step when it is on disk. Their undo and redo go the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing_app.domain.change import (
    Action,
    Change,
    ChangeSet,
    Op,
    inverse,
    squash,
    storable,
    storable_text,
    subject_of,
)
from briefing_app.domain.record import Entity
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound, Refused
from briefing_app.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from briefing_app.progress import Progress
    from briefing_app.services.history import History
    from briefing_app.services.steps import Step
    from briefing_app.storage.changes import Journal
    from briefing_app.storage.records import StoredRecords
    from briefing_app.storage.writer import Writer

FEW = 500  # articles that are changed at once, on the front's thread
_TRIES = 3
_PIECE = 5000


@dataclass(frozen=True, slots=True)
class Edit:
    """What is done to each article: a field becomes another, or (no field) it goes to the trash."""

    action: Action
    field: str = ""
    becomes: Callable[[Any], Any] | None = None

    def changes(self, values: dict[str, Any]) -> tuple[Change, ...]:
        """Return the changes of articles by their ids and what they hold in the field now."""
        if self.becomes is None:
            return tuple(Change(Entity.ARTICLE, uid, Op.TRASH) for uid in values)
        return tuple(
            Change(Entity.ARTICLE, uid, Op.SET, self.field, old, new)
            for uid, old in values.items()
            if (new := self.becomes(old)) != old
        )


class Many:
    """Applies edits to many articles."""

    def __init__(
        self, history: History, records: StoredRecords, journal: Journal, writer: Writer
    ) -> None:
        self._history = history
        self._held = history.held
        self._records = records
        self._journal = journal
        self._writer = writer

    def edit(self, ids: Sequence[str], edit: Edit, subject: str = "") -> int:
        """Edit articles, on the front's thread; return how many changed. Raises: NotFound, Refused."""
        self._history.refresh()
        if len(ids) > FEW:
            self._history.end_burst()
            count = self.edit_all(NoProgress(), ids, edit, subject)
            self._history.refresh()
            return count
        self._held.load((Entity.ARTICLE, uid) for uid in ids)
        values: dict[str, Any] = {}
        title = subject
        for uid in ids:
            fields = self._held.fields((Entity.ARTICLE, uid))
            if fields is None:
                raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such article."))
            values[uid] = fields.get(edit.field)
            title = subject or (fields["title"] if len(ids) == 1 else "")
        made = edit.changes(values)
        self._history.commit(edit.action, made, title)
        return len(made)

    def edit_all(
        self, progress: Progress, ids: Sequence[str], edit: Edit, subject: str = ""
    ) -> int:
        """Edit any number of articles off the front's thread; return how many changed.

        Those that are gone are passed over.
        Raises: StorageFailure, Cancelled; Refused if they are being changed again and again.
        """
        for attempt in range(1, _TRIES + 1):
            self._writer.flush()
            made = tuple(self._read(progress, ids, edit))
            if not made:
                return 0
            progress.check()
            try:
                self._store(edit.action, made, subject)
            except Refused:
                if attempt == _TRIES:
                    raise
            else:
                return len(made)
        return 0

    def next_undo(self) -> Step | None:
        """Return the step that undo takes back, if it is one for `travel`."""
        return self._if_long(self._history.undo_step)

    def next_redo(self) -> Step | None:
        """Return the step that redo takes back, if it is one for `travel`."""
        return self._if_long(self._history.redo_step)

    def travel(self, progress: Progress, step: Step) -> int:
        """Take back a step about many records off the front's thread; return how many changed.

        Raises: StorageFailure, Cancelled; Refused if something was changed since.
        """
        self._writer.end_set(step.id)
        self._writer.flush()
        progress.check()
        back = inverse(squash(self._journal.change_set(step.id).changes))
        progress.check()
        self._store(step.action, _together(back), step.subject, undoes=step.id)
        return len(back)

    def _if_long(self, step: Step | None) -> Step | None:
        if step is None or not self._journal.reaches(step.id, FEW + 1):
            return None
        alone = self._journal.kinds(step.id) <= {Entity.ARTICLE, Entity.VERSION}
        return step if alone else None

    def _read(self, progress: Progress, ids: Sequence[str], edit: Edit) -> Iterable[Change]:
        for at in range(0, len(ids), _PIECE):
            progress.step(at, len(ids))
            progress.check()
            some = ids[at : at + _PIECE]
            values = self._records.values(Entity.ARTICLE, edit.field or "title", some)
            yield from edit.changes({uid: values[uid] for uid in some if uid in values})
        progress.step(len(ids), len(ids))

    def _store(
        self, action: Action, made: tuple[Change, ...], subject: str, undoes: str = ""
    ) -> None:
        history = self._history
        made_at, origin = history.now(), history.origin
        name, changes = subject_of(storable_text(subject)), tuple(map(storable, made))
        change_set = ChangeSet(history.new_id(), made_at, origin, action, changes, name, undoes)
        self._writer.take_in(change_set, checked=True)
        history.adopt(change_set)


def _together(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return changes of different records with those of one kind as neighbours."""
    return tuple(sorted(changes, key=lambda one: (one.entity.value, one.op.value, one.field)))
