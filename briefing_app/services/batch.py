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
    from briefing_app.importers.base import Document, Imported, ImportedArticle

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
class Found:
    """An article that was read from a document, with the bytes of that and its digests."""

    document: Document
    read: Imported
    article: ImportedArticle
    original: Original
    said: str  # the digest of its text

    @property
    def marks(self) -> frozenset[str]:
        """Return what it is known by: another article with one of these may be the same."""
        where = self.article.canonical_url or self.article.url or self.article.title
        return frozenset((self.original.digest, self.said, where))


@dataclass(frozen=True, slots=True)
class Kept:
    """An article on its way into the library."""

    found: Found
    outcome: Outcome
    changes: tuple[Change, ...]
    intake: Intake


@dataclass(slots=True)
class Batch:
    """What one import has read and not stored yet, and the steps of undo that it makes.

    There is one step for its articles and one for its stories. Articles that are read faster than they
    are stored go in one transaction. `since` is the number of the change up to which was looked for
    what is there already.
    """

    new_id: Callable[[], str]
    on_outcome: Callable[[Outcome], None] | None
    single: bool
    since: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    originals: dict[int, Original] = field(default_factory=dict)
    line: list[Kept | Outcome] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    came: set[str] = field(default_factory=set)
    heads: dict[Action, ChangeSet] = field(default_factory=dict)

    @property
    def waiting(self) -> tuple[Kept, ...]:
        """Return the articles that are to be stored."""
        return tuple(one for one in self.line if isinstance(one, Kept))

    @property
    def is_full(self) -> bool:
        """Whether what waits is enough for one transaction."""
        size = sum(len(kept.found.original.data) for kept in self.waiting)
        return len(self.line) >= TOGETHER or size > LARGEST_TOGETHER

    def add(self, one: Kept | Outcome) -> None:
        """Put an article in line, or an outcome that nothing has to be stored for."""
        self.line.append(one)
        if isinstance(one, Kept):
            self.marks |= one.found.marks

    def tell(self) -> None:
        """Tell what became of the documents so far: all is on disk."""
        self.came |= self.marks
        self.marks.clear()
        told, self.line = self.line, []
        for one in told:
            outcome = one.outcome if isinstance(one, Kept) else one
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
