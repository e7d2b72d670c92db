"""The stories and briefs of a bundle as Markdown, for people; programs read the JSON beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain.article import web_address
from briefing_app.domain.content import CitedArticle, CitedPassage, Content, ContentSection
from briefing_app.domain.moment import Moment
from briefing_app.domain.record import (
    annotation_from,
    article_from,
    brief_from,
    story_from,
)
from briefing_app.exporters.compose import compose
from briefing_app.exporters.labels import load_labels
from briefing_app.exporters.markdown import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.domain.annotation import Annotation
    from briefing_app.domain.bundle import Root
    from briefing_app.domain.entry import Entry
    from briefing_app.domain.story import Story


@dataclass(frozen=True, slots=True)
class Cited:
    """The passages that stories cite and the articles that these stand in."""

    passages: tuple[Entry, ...] = ()
    articles: tuple[Entry, ...] = ()


def story_markdown(root: Root, cited: Cited) -> bytes:
    """Return a story as Markdown."""
    story = _story(root)
    date = story.as_of or _day(root.entry)
    return _markdown(Content("", date, (ContentSection("", (story,)),), *_sources(cited)))


def brief_markdown(root: Root, stories: Iterable[Root], cited: Cited) -> bytes:
    """Return a brief with its stories as Markdown; one without a date has the day of its last edit."""
    records = {entry.key: entry.fields for entry in (root.entry, *root.inside)}
    brief = brief_from(root.entry.id, records)
    by_id = {one.entry.id: _story(one) for one in stories}
    content = Content(
        brief.title,
        brief.date or _day(root.entry),
        tuple(
            ContentSection(
                section.name,
                tuple(by_id[link.story] for link in section.links if link.story in by_id),
            )
            for section in brief.sections
        ),
        *_sources(cited),
        language=brief.language,
        prepared_by=brief.prepared_by,
        contact=brief.contact,
    )
    return _markdown(content)


def _markdown(content: Content) -> bytes:
    return text_of(compose(content, load_labels(content.language)), content).encode()


def _story(root: Root) -> Story:
    records = {entry.key: entry.fields for entry in (root.entry, *root.inside)}
    return story_from(root.entry.id, records)


def _sources(cited: Cited) -> tuple[tuple[CitedPassage, ...], tuple[CitedArticle, ...]]:
    passages = tuple(
        CitedPassage(found.id, found.article, found.target.exact, 0)
        for found in (_annotation(entry) for entry in cited.passages)
    )
    return passages, tuple(map(_article, cited.articles))


def _annotation(entry: Entry) -> Annotation:
    return annotation_from(entry.id, {"comment": "", "tags": [], **entry.fields})


def _article(entry: Entry) -> CitedArticle:
    known = {"tags": [], "collections": [], "state": "new", **entry.fields}
    article = article_from(entry.id, known)
    return CitedArticle(
        id=article.id,
        title=article.title,
        source=article.source,
        authors=article.authors,
        published=article.published,
        url=web_address(article),
        page=article.page,
        language=article.language,
        retrieved=article.retrieved,
    )


def _day(entry: Entry) -> Moment:
    """Return the day in UTC on which something was edited last."""
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    return Moment((epoch + dt.timedelta(milliseconds=entry.updated)).date())
