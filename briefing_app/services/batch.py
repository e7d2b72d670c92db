"""What one import has read and not stored yet, and what became of its documents."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from briefing_app.domain.change import ChangeSet, subject_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.article import Intake, Original
    from briefing_app.domain.change import Action, Change, Origin
    from briefing_app.errors import Remark

TOGETHER = 64  # articles in one transaction, at the most
LARGEST_TOGETHER = 8_000_000  # bytes of originals, likewise

Status = Literal["new", "version", "duplicate", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document; `article` or `brief` is the id of what it is in the library.

    `reasons` say why it failed, `remarks` what the user should know of one that did not.
    """

    name: str
    status: Status
    article: str = ""
    brief: str = ""
    title: str = ""
    reasons: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def reason(self) -> str:
        """Return the reasons in English."""
        return " ".join(map(str, self.reasons))


@dataclass(frozen=True, slots=True)
class Kept:
    """An article on its way; another one with one of its `marks` may be the same."""

    outcome: Outcome
    changes: tuple[Change, ...]
    intake: Intake
    marks: frozenset[str]


@dataclass(slots=True)
class Batch:
    """What one import has read and not stored yet, and the steps of undo that it makes.

    There is one step for its articles and one for its stories. Articles that are read faster than they
    are stored go in one transaction.
    """

    new_id: Callable[[], str]
    on_outcome: Callable[[Outcome], None] | None
    single: bool
    outcomes: list[Outcome] = field(default_factory=list)
    originals: dict[int, Original] = field(default_factory=dict)
    waiting: list[Kept] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    came: set[str] = field(default_factory=set)
    heads: dict[Action, ChangeSet] = field(default_factory=dict)
    _untold: list[Outcome] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether what waits is enough for one transaction."""
        size = sum(len(each.data) for kept in self.waiting for each in kept.intake.originals)
        return len(self.waiting) >= TOGETHER or size > LARGEST_TOGETHER

    def add(self, outcome: Outcome) -> None:
        """Note an outcome that nothing has to be stored for."""
        self._untold.append(outcome)
        if not self.waiting:
            self.tell()

    def wait(self, kept: Kept) -> None:
        """Take an article in, to be stored with those behind it."""
        self.waiting.append(kept)
        self.marks |= kept.marks
        self._untold.append(kept.outcome)

    def tell(self) -> None:
        """Tell what became of the documents so far: all is on disk."""
        self.came |= self.marks
        self.waiting.clear()
        self.marks.clear()
        told, self._untold = self._untold, []
        for outcome in told:
            self.outcomes.append(outcome)
            if self.on_outcome:
                self.on_outcome(outcome)

    def next(
        self, action: Action, changes: tuple[Change, ...], subject: str, origin: Origin, now: int
    ) -> ChangeSet:
        """Return the set for some documents: more of the step that their action has begun."""
        if head := self.heads.get(action):
            return ChangeSet(head.id, head.made_at, origin, action, changes, head.subject)
        return ChangeSet(
            self.new_id(), now, origin, action, changes, subject_of(subject) if self.single else ""
        )

    def stored(self, change_set: ChangeSet) -> None:
        """Note that a set is on disk."""
        self.heads.setdefault(change_set.action, replace(change_set, changes=()))

    def end(self, action: Action) -> None:
        """Begin another step with the next document."""
        self.heads.pop(action, None)
