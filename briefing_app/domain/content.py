"""What an exporter gets: everything of a draft that can be printed, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from briefing_app.domain.moment import Moment
    from briefing_app.domain.story import Story


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """An article as the list of sources names it; `id` is the article's."""

    id: str
    title: str
    source: str = ""
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    url: str = ""
    page: str = ""
    language: str = ""
    retrieved: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage that a statement rests on.

    `annotation` and `article` are ids; `paragraph` is the number of its paragraph in the article, from
    1, or 0 where the text is damaged; `page` the page of a PDF, from 1, where there is one.
    """

    annotation: str
    article: str
    quote: str
    paragraph: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ContentSection:
    """A named run of stories; the name may be empty."""

    name: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that can be printed of a brief, and nothing else: no comments, no paths, no user names.

    `date` stands on the page and in the file; it is never read from a clock by an exporter.
    """

    title: str
    date: Moment
    sections: tuple[ContentSection, ...]
    passages: tuple[CitedPassage, ...] = ()
    articles: tuple[CitedArticle, ...] = ()
    language: str = "en"
    prepared_by: str = ""
    contact: str = ""

    @property
    def stories(self) -> tuple[Story, ...]:
        """Return all stories, in print order."""
        return tuple(story for section in self.sections for story in section.stories)
