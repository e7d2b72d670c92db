"""Find things by their words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from briefing_app.domain.query import Field, Query, parse
from briefing_app.domain.snippet import Marking, Snippet
from briefing_app.progress import NoProgress, Progress

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from briefing_app.storage.finding import Found, Search

Kind = Literal["article", "story", "brief", "annotation"]
Ranges = tuple[tuple[int, int], ...]

MOST = 1000  # articles are counted so far, and then it is "1,000+"


@dataclass(frozen=True)
class Hit:
    """What was found; `article` is the id of the article that an article or a passage stands in.

    The snippet is made when it is asked for first, as most hits lie below what a screen shows;
    `has_snippet` is known before. Any thread may ask.

    Shape: `marks` are the ranges of the snippet that were asked for, `title_marks` those of the title.
    Units: code points.
    """

    kind: Kind
    id: str
    title: str
    has_snippet: bool
    make: Callable[[], Snippet] = field(repr=False, compare=False)
    article: str = ""
    title_marks: Ranges = ()

    @property
    def snippet(self) -> str:
        """Return the part of the text that was found."""
        return self._made.text

    @property
    def marks(self) -> Ranges:
        """Return what of the snippet was asked for."""
        return self._made.marks

    @cached_property
    def _made(self) -> Snippet:
        return self.make()


class Searching:
    """Finds articles, passages, stories and briefs; any thread may ask."""

    def __init__(self, search: Search, today: Callable[[], dt.date]) -> None:
        self._search = search
        self._today = today
        self.most = MOST

    def asked(self, text: str) -> Query:
        """Return what a text asks for, and what is wrong with it."""
        return parse(text, self._today())

    def find(
        self,
        text: str,
        limit: int = 50,
        *,
        best: bool = False,
        progress: Progress | None = None,
    ) -> tuple[Hit, ...]:
        """Return what a query asks for: briefs, stories, articles, passages, each newest first.

        With `best`, of the newest articles those that fit best come first. Each kind but articles
        gets at most a quarter of the places. Raises: Cancelled.
        """
        query = self.asked(text)
        if query.is_blank or query.is_hopeless or limit < 1:
            return ()
        check = (progress or NoProgress()).check
        share = max(1, limit // 4)
        titles, texts = _Titles(query), Marking(t for t in query.wanted if t.field is None)
        briefs: list[Hit] = []
        stories: list[Hit] = []
        passages: list[Hit] = []
        told: set[str] = set()
        for found in self._search.others(query, share, check):
            match found.kind:
                case "brief" if len(briefs) < share and titles.fit(found.title):
                    briefs.append(_hit("brief", found, titles, texts))
                case "story" if len(stories) < share and titles.fit(found.title):
                    told.add(found.id)
                    stories.append(_hit("story", found, titles, texts))
                case "statement" if len(stories) < share and found.id not in told:
                    told.add(found.id)
                    stories.append(_hit("story", found, titles, texts))
                case "annotation":
                    passages.append(_hit("annotation", found, titles, texts))
        left = max(0, limit - len(briefs) - len(stories) - len(passages))
        articles = [
            _hit("article", found, titles, texts)
            for found in self._search.articles(query, left, check, best=best)
        ]
        return (*briefs, *stories, *articles, *passages)[:limit]

    def count(self, text: str, *, progress: Progress | None = None) -> int:
        """Return how many articles there are; more than `most` is many. Raises: Cancelled."""
        query = self.asked(text)
        if query.is_blank:
            return 0
        return self._search.count(query, self.most + 1, (progress or NoProgress()).check)


class _Titles(Marking):
    """Marks titles, and tells which of them a query is content with."""

    def __init__(self, query: Query) -> None:
        super().__init__(term for term in query.wanted if term.field is not Field.SOURCE)
        self._unwanted = Marking(query.unwanted)

    def fit(self, text: str) -> bool:
        """Tell whether a title holds every word that it should, and none that it should not."""
        return super().fit(text) and not self._unwanted.touch(text)


def _hit(kind: Kind, found: Found, titles: Marking, texts: Marking) -> Hit:
    return Hit(
        kind,
        found.id,
        found.title,
        found.has_text,
        lambda: texts.snippet(found.read()),
        found.article,
        titles.marks(found.title),
    )
