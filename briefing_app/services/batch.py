"""What one import has read and not stored yet, and what became of its documents."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from briefing_app.domain.change import ChangeSet, subject_of
from briefing_app.services.intake import address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefing_app.domain.article import Intake, Original
    from briefing_app.domain.change import Action, Change, Origin
    from briefing_app.errors import Remark
    from briefing_app.importers.base import Document, Imported, ImportedArticle, Link
    from briefing_app.storage.parcels import Parcel

TOGETHER = 64  # articles in one transaction, at the most
LARGEST_TOGETHER = 8_000_000  # bytes of originals, likewise
LONGEST_TOGETHER = 1_000_000  # characters of texts, likewise
_SHARE = 4  # how much less while the user edits: an edit waits for the transaction under way

# "listed" is what holds no text, but says where some is
Status = Literal["new", "version", "duplicate", "listed", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document; `article` or `brief` is the id of what it is in the library.

    `reasons` say why it failed, `remarks` what the user should know of one that did not. `links` are
    what it names and the library does not hold.
    """

    name: str
    status: Status
    article: str = ""
    brief: str = ""
    title: str = ""
    reasons: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def reason(self) -> str:
        """Return the reasons in English."""
        return " ".join(map(str, self.reasons))


@dataclass(frozen=True, slots=True)
class Ready:
    """An article as it was read and as it will lie in the library, with the digest of its text."""

    article: ImportedArticle
    said: str
    parcel: Parcel


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from a document, its bytes and its articles made ready to be stored."""

    imported: Imported
    articles: tuple[Ready, ...]
    original: Parcel


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was read from a document, with the bytes of that.

    `first` is whether no other article of the document comes before it.
    """

    document: Document
    read: Read
    original: Original
    ready: Ready
    first: bool

    @property
    def name(self) -> str:
        """Return what it goes by: its address, or its title where it has none."""
        return address(self.ready.article) or self.ready.article.title

    @property
    def said(self) -> str:
        """Return the digest of its text; an empty one says nothing that another might say, too."""
        return self.ready.said if self.ready.article.body.text else ""

    @property
    def parcel(self) -> Parcel:
        """Return all of it as it will lie in the library."""
        ready = self.ready.parcel
        return replace(ready, originals=(*self.read.original.originals, *ready.originals))

    @property
    def marks(self) -> frozenset[str]:
        """Return what it is known by: another article with one of these may be the same."""
        return frozenset({self.said, self.name} - {""})

    @property
    def size(self) -> int:
        """Return how many bytes come in with it."""
        pictures = sum(len(picture.data) for picture in self.ready.article.pictures)
        return pictures + (len(self.original.data) if self.first else 0)


@dataclass(frozen=True, slots=True)
class Kept:
    """An article that is to be stored."""

    found: Found
    outcome: Outcome
    changes: tuple[Change, ...]
    intake: Intake


@dataclass(slots=True)
class Batch:
    """What one import has read and not stored yet, and the steps of undo that it makes.

    There is one step for its articles and one for its stories. Articles that are read faster than they
    are stored go in one transaction. `since` is the number of the change up to which was looked for
    what is there already. With `only_new` nothing becomes another version of an article.
    """

    new_id: Callable[[], str]
    on_outcome: Callable[[Outcome], None] | None
    single: bool
    only_new: bool = False
    since: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    originals: dict[int, Original] = field(default_factory=dict)
    line: list[Found | Outcome] = field(default_factory=list)
    size: int = 0  # bytes of the originals in line
    length: int = 0  # characters of the texts in line
    marks: set[str] = field(default_factory=set)
    heads: dict[Action, ChangeSet] = field(default_factory=dict)

    def is_full(self, *, awaited: bool) -> bool:
        """Tell whether what waits is enough for one transaction; `awaited` by somebody who edits."""
        share = _SHARE if awaited else 1
        return (
            len(self.line) * share >= TOGETHER
            or self.size * share > LARGEST_TOGETHER
            or self.length * share > LONGEST_TOGETHER
        )

    def add(self, one: Found | Outcome) -> None:
        """Put an article in line, or an outcome that nothing has to be stored for."""
        self.line.append(one)
        if isinstance(one, Found):
            self.marks |= one.marks
            self.size += one.size
            self.length += len(one.ready.article.body.text)

    def tell(self, line: Iterable[Kept | Outcome]) -> None:
        """Tell what became of the documents in line: all is on disk."""
        self.marks.clear()
        self.line, self.size, self.length = [], 0, 0
        for one in line:
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
