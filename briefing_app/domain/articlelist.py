"""What a list of articles can be asked for, and the articles of a list in their order."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from operator import neg
from typing import TYPE_CHECKING, Literal

from briefing_app.domain.folding import MARK, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Shelf = Literal["inbox", "new", "reading", "archived", "all", "annotated"]

FEW = 1000  # articles that are found one by one
KEY = 64  # code points of a title or an outlet that count for its place


class Order(StrEnum):
    """How a list is sorted; what has no date or no outlet comes last."""

    ADDED = "added"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    SOURCE = "outlet"


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """A shelf, and what narrows it: a query in words, the id of a collection, a tag."""

    shelf: Shelf = "inbox"
    text: str = ""
    collection: str = ""
    tag: str = ""
    order: Order = Order.ADDED


class Listing:
    """Which articles a list holds, in order, in a few bytes each.

    `tokens` mean something only to the storage that gave them out; a place counts from 0. `falls`
    says that each token is less than the one before it, so that one is found without a search.
    """

    __slots__ = ("falls", "tokens")

    def __init__(self, tokens: Iterable[int] = (), *, falls: bool = False) -> None:
        self.tokens = tokens if isinstance(tokens, array) else array("q", tokens)
        self.falls = falls

    def __len__(self) -> int:
        return len(self.tokens)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listing) and self.tokens == other.tokens

    def __hash__(self) -> int:
        return hash((len(self.tokens), *self.tokens[:8]))

    def at(self, places: Iterable[range]) -> Listing:
        """Return the articles at some places, in their order there."""
        found = array("q")
        for run in places:
            found.extend(self.tokens[run.start : run.stop])
        return Listing(found, falls=self.falls)

    def without(self, places: Iterable[range]) -> Listing:
        """Return the list without the articles at some places."""
        left, end = array("q"), 0
        for run in sorted(places, key=lambda run: run.start):
            left.extend(self.tokens[end : run.start])
            end = max(end, run.stop)
        left.extend(self.tokens[end:])
        return Listing(left, falls=self.falls)

    def place(self, token: int) -> int:
        """Return where an article stands, or -1."""
        if not self.falls:
            return self.tokens.index(token) if token in self.tokens else -1
        at = bisect_left(self.tokens, -token, key=neg)
        return at if at < len(self.tokens) and self.tokens[at] == token else -1

    def moved(self, places: Iterable[int], to: Listing) -> dict[int, int]:
        """Return where the articles at some places stand in another list; those that do."""
        wanted = {self.tokens[at]: at for at in places if 0 <= at < len(self.tokens)}
        if to.falls:
            found = ((to.place(token), at) for token, at in wanted.items())
            return {before: at for at, before in found if at >= 0}
        return {wanted[token]: at for at, token in enumerate(to.tokens) if token in wanted}

    def carried(self, places: Sequence[range], to: Listing) -> tuple[range, ...]:
        """Return the places of the same articles in another list, as few runs as there are."""
        wanted = self.at(places).tokens
        if not wanted:
            return ()
        if to.falls and len(wanted) < FEW:
            return runs(sorted(at for token in wanted if (at := to.place(token)) >= 0))
        among = set(wanted)
        return runs(at for at, token in enumerate(to.tokens) if token in among)


def runs(places: Iterable[int]) -> tuple[range, ...]:
    """Return ascending places as runs of neighbours."""
    found: list[range] = []
    first = last = -2
    for at in places:
        if at != last + 1:
            if last >= 0:
                found.append(range(first, last + 1))
            first = at
        last = at
    if last >= 0:
        found.append(range(first, last + 1))
    return tuple(found)


def sorting_key(text: str) -> str:
    """Return what a title or an outlet is sorted by: no case, no accents, no quotation marks."""
    letters = folded(text[: 4 * KEY]).replace(MARK, "")
    start = next((at for at, letter in enumerate(letters) if letter.isalnum()), 0)
    return " ".join(letters[start:].split())[:KEY]
