"""Which rows of a library count: what is live, and what the live cannot do without.

A deleted article that a story still cites counts, from the trash, with the passages that are cited and
the versions that these stand in; so does a deleted collection that an article still names. Other rows
of deleted things do not, whatever their own column says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from briefing_app.domain.record import Entity
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    BRIEF,
    COLLECTED,
    COLLECTION,
    EVIDENCES,
    LINK,
    SECTION,
    STATEMENT,
    STORY,
    VERSION,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

_ARTICLES = select(ARTICLE.c.id).where(ARTICLE.c.deleted_at.is_(None))
_STORIES = select(STORY.c.id).where(STORY.c.deleted_at.is_(None))
_BRIEFS = select(BRIEF.c.id).where(BRIEF.c.deleted_at.is_(None))
_SECTIONS = select(SECTION.c.id).where(
    SECTION.c.deleted_at.is_(None), SECTION.c.brief_id.in_(_BRIEFS)
)
_CITED = (
    select(EVIDENCES.c.annotation_id)
    .join(STATEMENT, STATEMENT.c.id == EVIDENCES.c.statement_id)
    .where(STATEMENT.c.deleted_at.is_(None), STATEMENT.c.story_id.in_(_STORIES))
)


def live(entity: Entity) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of what a user can see of a kind, beside that it is not in the trash."""
    match entity:
        case Entity.VERSION:
            return (VERSION.c.article_id.in_(_ARTICLES),)
        case Entity.ANNOTATION:
            return (or_(ANNOTATION.c.article_id.in_(_ARTICLES), ANNOTATION.c.id.in_(_CITED)),)
        case Entity.STATEMENT:
            return (STATEMENT.c.story_id.in_(_STORIES),)
        case Entity.SECTION:
            return (SECTION.c.brief_id.in_(_BRIEFS),)
        case Entity.LINK:
            return (LINK.c.section_id.in_(_SECTIONS), LINK.c.story_id.in_(_STORIES))
        case _:
            return ()


def needed(entity: Entity) -> ColumnElement[bool] | None:
    """Return the condition of what is needed of a kind although it may lie in the trash."""
    cited = ANNOTATION.c.id.in_(_CITED)
    match entity:
        case Entity.ANNOTATION:
            return cited
        case Entity.VERSION:
            return or_(
                VERSION.c.id.in_(select(ANNOTATION.c.version_id).where(cited)),
                VERSION.c.id.in_(
                    select(ARTICLE.c.current_id).where(
                        or_(
                            ARTICLE.c.deleted_at.is_(None),
                            ARTICLE.c.id.in_(select(ANNOTATION.c.article_id).where(cited)),
                        )
                    )
                ),
            )
        case Entity.ARTICLE:
            said = VERSION.c.id.in_(select(ANNOTATION.c.version_id).where(cited))
            return or_(
                ARTICLE.c.id.in_(select(ANNOTATION.c.article_id).where(cited)),
                ARTICLE.c.id.in_(select(VERSION.c.article_id).where(said)),
            )
        case Entity.COLLECTION:
            named = COLLECTED.c.article_id.in_(_ARTICLES)
            return COLLECTION.c.id.in_(select(COLLECTED.c.collection_id).where(named))
        case _:
            return None
