"""The jobs of the list: what is asked of the library, and the answers; no widget is touched here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.gui.articles.rows import Row, article_row

if TYPE_CHECKING:
    from briefing_app.domain.article import ArticleRow
    from briefing_app.domain.articlelist import ArticleQuery, Listing
    from briefing_app.progress import Progress
    from briefing_app.services.articles import Articles, Counts

PAGE = 100


@dataclass(frozen=True, slots=True)
class First:
    """The beginning of a list; `number` tells a late answer from the one that is awaited."""

    number: int
    query: ArticleQuery
    rows: tuple[Row, ...]
    counts: Counts

    @property
    def count(self) -> int:
        """How many rows the list has, as far as is known without going through it."""
        if len(self.rows) < PAGE:
            return len(self.rows)
        query, counts = self.query, self.counts
        if query.text.strip() or query.tag:
            return len(self.rows)
        if query.collection:
            known = {one.id: count for one, count in counts.collections}
            return max(known.get(query.collection, 0), len(self.rows))
        return max(int(getattr(counts, query.shelf)), len(self.rows))


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole list; `rows` are those from the place `first` on; `counts` where they were asked for."""

    number: int
    listing: Listing
    first: int
    rows: tuple[Row | None, ...]
    counts: Counts | None


def read_first(
    progress: Progress,
    articles: Articles,
    number: int,
    query: ArticleQuery,
    known: Counts | None,
) -> First:
    """Read what is seen of a list at first; the counts, if they are not `known`."""
    progress.check()
    found = articles.page(query, limit=PAGE)
    progress.check()
    counts = known or articles.counts()
    progress.check()
    return First(number, query, tuple(_row(article) for article in found if article), counts)


def read_whole(
    progress: Progress,
    articles: Articles,
    number: int,
    query: ArticleQuery,
    seen: range | None,
) -> Whole:
    """Read which articles a list holds; `seen` asks for the rows at these places, and for counts."""
    progress.check()
    listing = articles.listing(query)
    progress.check()
    if seen is None:
        return Whole(number, listing, 0, (), None)
    whole = read_rows(progress, articles, number, listing, seen)
    return Whole(number, listing, whole.first, whole.rows, articles.counts())


def read_rows(
    progress: Progress, articles: Articles, number: int, listing: Listing, places: range
) -> Whole:
    """Read the rows at some places of a list."""
    progress.check()
    found = articles.rows(listing.at((places,)))
    progress.check()
    return Whole(
        number, listing, places.start, tuple(_row(row) if row else None for row in found), None
    )


def read_facts(
    progress: Progress, articles: Articles, number: int, listing: Listing, places: range
) -> Whole:
    """Read the rows at some places anew, and the counts."""
    whole = read_rows(progress, articles, number, listing, places)
    return Whole(number, listing, whole.first, whole.rows, articles.counts())


def find_place(
    progress: Progress, articles: Articles, number: int, listing: Listing, article_id: str
) -> tuple[int, str, int]:
    """Find where an article stands in a list."""
    progress.check()
    return number, article_id, articles.place(listing, article_id)


def _row(article: ArticleRow) -> Row:
    return article_row(article, dt.datetime.now().astimezone().date())
