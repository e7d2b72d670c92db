"""Short items: an article put into a brief as it stands, with its headline and its first sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.domain import brief as briefs
from briefing_app.domain.annotation import Annotation, Role, select
from briefing_app.domain.article import BlockKind
from briefing_app.domain.change import Action, Change, diff
from briefing_app.domain.record import annotation_records, brief_records, story_records
from briefing_app.domain.statement import Evidence, Part
from briefing_app.domain.story import Story, add_statement, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.domain.article import Article, ArticleVersion, Body
    from briefing_app.domain.brief import Brief
    from briefing_app.services.articles import Articles
    from briefing_app.services.desk import Desk
    from briefing_app.services.history import History

SENTENCES, LONGEST = 2, 400  # what is taken of an article, in sentences and in characters
# a full stop behind a capital is part of a name: U.S.
_END = re.compile(r"(?<![A-Z])[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)")  # noqa: RUF001 (full-width marks end sentences, too)


class ShortItems:
    """Makes stories of articles. Each is a story like any other, so it can grow."""

    def __init__(self, history: History, articles: Articles, desk: Desk) -> None:
        self._history = history
        self._articles = articles
        self._desk = desk

    def put(self, article_ids: Iterable[str], brief_id: str) -> tuple[str, ...]:
        """Put articles at the end of a brief, in one step; return the ids of the stories.

        The first sentences are marked in the article, and are the evidence of the statement.
        Raises: NotFound, Refused.
        """
        self._history.refresh()
        before = after = self._desk.brief(brief_id)
        changes: list[Change] = []
        stories: list[Story] = []
        for article_id in article_ids:
            article = self._articles.article(article_id)
            story, made = self._item(article, self._articles.version_of(article.version))
            stories.append(story)
            changes += made
            after = _shown_small(
                briefs.add_story(after, story.id, self._history.new_id()), story.id
            )
        changes += diff(brief_records(before), brief_records(after))
        subject = stories[0].headline if len(stories) == 1 else before.title
        self._history.commit(Action.ADD_STORY, changes, subject)
        return tuple(story.id for story in stories)

    def _item(self, article: Article, version: ArticleVersion) -> tuple[Story, tuple[Change, ...]]:
        story = Story(self._history.new_id(), one_line(article.title), article.published)
        place = first_sentences(version.shown)
        if place is None:
            return story, diff({}, story_records(story))
        target = select(version.id, version.body.text, *place)
        annotation = Annotation(self._history.new_id(), article.id, target, Role.STORY)
        story = add_statement(
            story,
            self._history.new_id(),
            Part.NARRATIVE,
            one_line(target.exact),
            evidence=(Evidence(annotation.id),),
        )
        return story, (
            *diff({}, annotation_records(annotation)),
            *diff({}, story_records(story)),
        )


def first_sentences(body: Body) -> tuple[int, int] | None:
    """Return where the first sentences of the first paragraph stand; None without a paragraph.

    Units: code points of the canonical text.
    """
    for block in body.blocks:
        text = body.text[block.start : block.end]
        if block.kind is BlockKind.PARAGRAPH and block.included and text.strip():
            ends = [found.end() for found in _END.finditer(text) if found.end() <= LONGEST]
            end = ends[:SENTENCES][-1] if ends else min(len(text), LONGEST)
            return block.start, block.start + end
    return None


def _shown_small(brief: Brief, story_id: str) -> Brief:
    return replace(
        brief,
        sections=tuple(
            replace(
                section,
                links=tuple(
                    replace(link, short=True) if link.story == story_id else link
                    for link in section.links
                ),
            )
            for section in brief.sections
        ),
    )
