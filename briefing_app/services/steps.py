"""What undo and redo would do next: two lists, derived from the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain.change import BY_ITSELF

if TYPE_CHECKING:
    from briefing_app.domain.change import Action, Origin
    from briefing_app.storage.changes import Journal

REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """A set that can be taken back: an edit, an undo or a redo."""

    id: str
    action: Action
    subject: str


class Steps:
    """The edits that undo takes back, and the undos that redo takes back; newest last."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def next_undo(self) -> Step | None:
        """Return what undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Step | None:
        """Return what redo would take back."""
        return self._undone[-1] if self._undone else None

    def did(self, step: Step) -> None:
        """Note a new edit; it ends redo."""
        self._done.append(step)
        self._undone.clear()

    def undid(self, step: Step, target: str) -> None:
        """Note the set that took an edit back."""
        _take(self._done, target)
        self._undone.append(step)

    def redid(self, step: Step, target: str) -> None:
        """Note the set that took an undo back."""
        _take(self._undone, target)
        self._done.append(step)

    def is_done(self, step_id: str) -> bool:
        """Tell whether a step can be taken back, in its turn."""
        return any(step.id == step_id for step in self._done)

    def pass_undo(self) -> None:
        """Take the newest edit off the list."""
        if self._done:
            self._done.pop()

    def pass_redo(self) -> None:
        """Take the newest undo off the list."""
        if self._undone:
            self._undone.pop()

    def drop(self, set_id: str) -> None:
        """Offer a step no more, on whichever list it is."""
        _take(self._done, set_id)
        _take(self._undone, set_id)


def steps_of(journal: Journal, origin: Origin) -> Steps:
    """Return the lists as the newest sets of an origin leave them.

    What has to do with something that was erased for good is on neither.
    """
    steps = Steps()
    depths: dict[str, int] = {}
    for head in journal.heads(origin, REMEMBERED):
        if head.action in BY_ITSELF:
            continue
        if not head.undoes:
            depth = 0
        elif head.undoes in depths:
            depth = depths[head.undoes] + 1
        else:
            depth = journal.depth(head.id)
        depths[head.id] = depth
        step = Step(head.id, head.action, head.subject)
        if depth == 0:
            steps.did(step)
        elif depth % 2:
            steps.undid(step, head.undoes)
        else:
            steps.redid(step, head.undoes)
        if head.erased:
            steps.drop(head.id)
    return steps


def _take(steps: list[Step], set_id: str) -> None:
    """Take a step off its list; it may be missing where the list was cut short."""
    for at in range(len(steps) - 1, -1, -1):
        if steps[at].id == set_id:
            del steps[at]
            return
