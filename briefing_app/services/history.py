"""The one apply, undo and redo.

An edit is applied to the records in memory, remembered, told to the views as `Changed`, and queued
for the writer, which tells `Saved`. Undo makes a new set that takes another one back, field by field,
and only where the fields still hold what that set wrote. What can be undone and redone is read from
the journal, so it survives a restart. A history lives on its front's thread.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.domain.change import (
    BY_ITSELF,
    Action,
    Change,
    ChangeSet,
    Op,
    Origin,
    continues,
    inverse,
    squash,
    storable,
    storable_text,
    subject_of,
)
from briefing_app.domain.record import Entity, Key
from briefing_app.errors import StorageFailure
from briefing_app.services.news import Changed, Saved, Trouble
from briefing_app.services.refusals import changed_elsewhere, erased
from briefing_app.services.steps import Step, Steps, steps_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefing_app.services.held import Held
    from briefing_app.storage.changes import Journal
    from briefing_app.storage.writer import Writer

BURST = 5000  # milliseconds without a key after which typing is another step
RECENT = 200  # sets that undo need not read again


class History:
    """Makes edits, remembers them and takes them back."""

    def __init__(
        self,
        held: Held,
        journal: Journal,
        writer: Writer,
        origin: Origin,
        *,
        new_id: Callable[[], str],
        now: Callable[[], int],
    ) -> None:
        self.held = held
        self.new_id = new_id
        self.now = now
        self._journal = journal
        self._writer = writer
        self.origin = origin
        # one that may only be read takes nothing back, and may hold edits that a newer version made
        self._steps = Steps() if writer.refusal else steps_of(journal, origin)
        self._burst: ChangeSet | None = None
        self._typed_at = 0
        self._own: set[str] = set()
        self._recent: dict[str, tuple[Change, ...]] = {}
        self._seen = journal.last()
        self._stale = False
        self._adopted: deque[ChangeSet] = deque()
        self._listeners: list[Callable[[Changed], None]] = []

    @property
    def is_read_only(self) -> bool:
        """Whether no edit can ever be made."""
        return self._writer.refusal is not None

    def check(self) -> None:
        """Refuse an edit before the user is asked for more of it. Raises: StorageFailure."""
        self._writer.check()

    def commit(
        self, action: Action, changes: Iterable[Change], subject: str = ""
    ) -> ChangeSet | None:
        """Make an edit; one that changes nothing is not recorded, and returns None.

        Raises: Refused if something else changed the same fields meanwhile; StorageFailure if the
        library may only be read.
        """
        self.end_burst()
        made = tuple(storable(change) for change in changes)
        if not made:
            return None
        self._writer.check()
        change_set = self._set(action, made, subject)
        self._make(change_set)
        if action not in BY_ITSELF:
            self._steps.did(Step(change_set.id, action, change_set.subject))
        self._writer.submit(change_set)
        self._tell(action, made)
        return change_set

    def burst(
        self, action: Action, changes: Iterable[Change], subject: str = ""
    ) -> ChangeSet | None:
        """Make an edit by typing: it joins the running burst of the same fields.

        Raises: Refused if something else changed the same fields meanwhile.
        """
        made = tuple(storable(change) for change in changes)
        if not made:
            return None
        self._writer.check()
        running, now = self._burst, self.now()
        paused = not 0 <= now - self._typed_at <= BURST  # below 0: the clock was set back
        if running is None or paused or not continues(running, action, made):
            self.end_burst()
            running = None
        change_set = self._set(action, made, subject)
        if running is not None:
            change_set = replace(change_set, id=running.id)
        self._make(change_set)
        if running is None:
            self._steps.did(Step(change_set.id, action, change_set.subject))
        self._burst, self._typed_at = change_set, now
        self._writer.type(change_set)
        self._tell(action, made)
        return change_set

    def end_burst(self) -> None:
        """Store what was typed, and let the next key begin a step of its own.

        The field was left, or Enter was pressed.
        """
        if self._burst is not None:
            self._burst = None
            self._writer.seal()

    @property
    def next_undo(self) -> tuple[Action, str] | None:
        """The edit that undo would take back and its subject, or None."""
        step = None if self._writer.refusal else self._steps.next_undo
        return (step.action, step.subject) if step else None

    @property
    def undo_step(self) -> Step | None:
        """The step that undo would take back, or None."""
        return self._steps.next_undo

    @property
    def redo_step(self) -> Step | None:
        """The step that redo would take back, or None."""
        return self._steps.next_redo

    @property
    def next_redo(self) -> tuple[Action, str] | None:
        """The edit that redo would repeat and its subject, or None."""
        step = None if self._writer.refusal else self._steps.next_redo
        return (step.action, step.subject) if step else None

    def undo(self) -> ChangeSet | None:
        """Take back the newest edit of this front; None if there is none.

        Raises: Refused if its fields were changed since; the edit is passed over from then on.
        """
        self._writer.check()
        self.refresh()
        self.end_burst()
        while step := self._steps.next_undo:
            changes = self._changes_of(step)
            if changes is None:
                self._steps.pass_undo()
                raise erased()
            if changes:
                return self._take_back(step, changes, self._steps.undid, self._steps.pass_undo)
            self._steps.pass_undo()  # typing that came back to where it began
        return None

    def redo(self) -> ChangeSet | None:
        """Make the edit again that undo took back last; None if there is none.

        Raises: Refused if its fields were changed since; the edit is passed over from then on.
        """
        self._writer.check()
        self.refresh()
        self.end_burst()
        step = self._steps.next_redo
        if step is None:
            return None
        changes = self._changes_of(step)
        if changes is None:
            self._steps.pass_redo()
            raise erased()
        return self._take_back(step, changes, self._steps.redid, self._steps.pass_redo)

    def adopt(self, change_set: ChangeSet) -> None:
        """Take over a set that another thread of this front has stored; any thread may call.

        It counts from the next call of this history on its own thread.
        """
        self._adopted.append(change_set)

    def refresh(self) -> bool:
        """Take in what imports and other processes have stored since, and tell the views.

        An edit is not refused because the disk cannot be read now: it is held, and the writer tells.
        Shape: whether there was anything.
        """
        try:
            return self._take_in_news()
        except StorageFailure:
            self._stale = True
            return False

    def look(self) -> bool:
        """Do the same, if anything was stored at all: cheap enough for each second.

        Raises: StorageFailure.
        """
        self._stale = self._journal.moved() or self._stale or bool(self._adopted)
        return self._stale and self._take_in_news()

    def today(self) -> dt.date:
        """Return which day it is for the user."""
        return dt.datetime.fromtimestamp(self.now() / 1000).date()

    def on_changed(self, call: Callable[[Changed], None]) -> Callable[[], None]:
        """Call after each edit, undo and redo; return what ends that."""
        self._listeners.append(call)
        return lambda: self._listeners.remove(call)

    def on_saved(self, call: Callable[[Saved], None]) -> Callable[[], None]:
        """Call after each commit, on the writer's thread; return what ends that."""

        def saved(seq: int) -> None:
            call(Saved(seq, dt.datetime.fromtimestamp(self.now() / 1000, dt.UTC)))

        return self._writer.on_saved(saved)

    def on_trouble(self, call: Callable[[Trouble], None]) -> Callable[[], None]:
        """Call when a commit failed, on the writer's thread; return what ends that."""
        return self._writer.on_trouble(lambda error, pending: call(Trouble(error, pending)))

    @property
    def pending(self) -> int:
        """How many sets are not on disk yet."""
        return self._writer.pending

    def flush(self) -> None:
        """Wait until everything is on disk. Raises: StorageFailure."""
        self.end_burst()
        self._writer.flush()

    def wait(self) -> None:
        """Wait until what was edited is on disk; any thread may. Raises: StorageFailure."""
        self._writer.flush()

    @property
    def stalled(self) -> bool:
        """Whether storing failed and waits for `retry`."""
        return self._writer.stalled

    def retry(self) -> None:
        """Go on storing after a failure."""
        self._writer.retry()

    def _take_in_news(self) -> bool:
        if self._writer.pending:
            return False  # what is read now would be older than what is held
        self._stale = False
        news: dict[Action, set[Key]] = {}
        while self._adopted:
            change_set = self._adopted.popleft()
            self._take_over(change_set)
            news.setdefault(change_set.action, set()).update(c.key for c in change_set.changes)
        if (last := self._journal.last()) != self._seen:
            for action, key in self._journal.since(self._seen, self._own):
                news.setdefault(action, set()).add(key)
            self._seen = last
        if Action.ERASE in news:
            self._forget(news[Action.ERASE])
        told = [self._changed(action, keys) for action, keys in news.items()]
        if news:
            self._let_go(set().union(*news.values()))
        for changed in told:
            self._call(changed)
        return bool(told)

    def _set(self, action: Action, changes: tuple[Change, ...], subject: str) -> ChangeSet:
        name = subject_of(storable_text(subject))
        return ChangeSet(self.new_id(), self.now(), self.origin, action, changes, name)

    def _make(self, change_set: ChangeSet) -> None:
        if not self.held.fit(c for c in change_set.changes if c.op is not Op.CREATE):
            raise changed_elsewhere(change_set.subject)
        self._own.add(change_set.id)
        self.held.apply(change_set.changes)
        earlier = self._recent.pop(change_set.id, ())
        self._recent[change_set.id] = squash((*earlier, *change_set.changes))
        if len(self._recent) > RECENT:
            del self._recent[next(iter(self._recent))]

    def _changes_of(self, step: Step) -> tuple[Change, ...] | None:
        """Return what a set came to, from memory or from the journal; None if something is erased.

        It is closed first: an import that is still running goes on in a set of its own.
        """
        self._writer.end_set(step.id)
        if self._journal.is_erased(step.id):
            return None
        if step.id not in self._recent:
            self._writer.flush()
            try:
                return squash(self._journal.change_set(step.id).changes)
            except LookupError:  # typing that was taken back before it was stored left no trace
                return ()
        return squash(self._recent[step.id])

    def _take_back(
        self,
        step: Step,
        changes: tuple[Change, ...],
        done: Callable[[Step, str], None],
        passed: Callable[[], None],
    ) -> ChangeSet:
        back = inverse(changes)
        self.held.load_trash(change.key for change in back if change.op is Op.RESTORE)
        self.held.load(change.key for change in back)
        if not self.held.fit(back) or not self.held.sound(back):
            passed()
            raise changed_elsewhere(step.subject)
        change_set = replace(self._set(step.action, back, step.subject), undoes=step.id)
        self._make(change_set)
        done(Step(change_set.id, step.action, step.subject), step.id)
        self._writer.submit(change_set)
        self._tell(step.action, back)
        return change_set

    def _take_over(self, change_set: ChangeSet) -> None:
        if change_set.id in self._own:
            return
        self._own.add(change_set.id)
        step = Step(change_set.id, change_set.action, change_set.subject)
        if not change_set.undoes:
            self._steps.did(step)
        elif self._steps.is_done(change_set.undoes):
            self._steps.undid(step, change_set.undoes)
        else:
            self._steps.redid(step, change_set.undoes)

    def _forget(self, keys: set[Key]) -> None:
        """Offer nothing more that has to do with what was erased, and keep nothing of it in memory."""
        self._steps = steps_of(self._journal, self.origin)
        for set_id, changes in tuple(self._recent.items()):
            if any(change.key in keys for change in changes):
                del self._recent[set_id]
        self._burst = None

    def _let_go(self, keys: set[Key]) -> None:
        self.held.let_go({root for key in keys if (root := self.held.root(key)) is not None})

    def _tell(self, action: Action, changes: Iterable[Change]) -> None:
        self._call(self._changed(action, {change.key for change in changes}))

    def _changed(self, action: Action, keys: set[Key]) -> Changed:
        self.held.learn(keys)
        roots = {root for key in keys if (root := self.held.root(key)) is not None}

        def ids(entity: Entity) -> frozenset[str]:
            return frozenset(uid for kind, uid in roots if kind is entity)

        return Changed(
            action,
            frozenset(keys),
            ids(Entity.ARTICLE),
            frozenset(uid for kind, uid in keys if kind is Entity.ANNOTATION),
            ids(Entity.STORY),
            ids(Entity.BRIEF),
        )

    def _call(self, changed: Changed) -> None:
        for call in tuple(self._listeners):
            call(changed)
