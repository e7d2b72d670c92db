"""Small facts about stories and briefs that no record holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from briefing_app.domain.record import Entity, Key
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    BRIEF,
    CHANGE,
    EVIDENCES,
    LINK,
    SECTION,
    STATEMENT,
    STORY,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection


class Facts:
    """What the desk asks of the disk beside records."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def briefs(self) -> tuple[tuple[str, int], ...]:
        """Return the ids of all briefs, the one changed last first, and when it or its places were.

        The order is that of the journal: a clock may be set back.
        Units: milliseconds since 1970 UTC.
        """
        places = (
            select(func.max(CHANGE.c.seq))
            .select_from(SECTION)
            .join(LINK, LINK.c.section_id == SECTION.c.id)
            .join(CHANGE, CHANGE.c.uid == LINK.c.uid)
            .where(SECTION.c.brief_id == BRIEF.c.id)
            .correlate(BRIEF)
            .scalar_subquery()
        )
        own = select(func.max(CHANGE.c.seq)).where(CHANGE.c.uid == BRIEF.c.uid).scalar_subquery()
        last = func.max(func.coalesce(own, 0), func.coalesce(places, 0))
        query = (
            select(BRIEF.c.uid, BRIEF.c.updated, func.coalesce(func.max(LINK.c.updated), 0))
            .outerjoin(SECTION, SECTION.c.brief_id == BRIEF.c.id)
            .outerjoin(LINK, LINK.c.section_id == SECTION.c.id)
            .where(BRIEF.c.deleted_at.is_(None))
            .group_by(BRIEF.c.id)
            .order_by(last.desc(), BRIEF.c.id.desc())
        )
        with self._read() as connection:
            return tuple((row[0], max(row[1], row[2])) for row in connection.execute(query))

    def worked_on(self, limit: int) -> tuple[Key, ...]:
        """Return the stories and statements of the newest changes, newest first."""
        kinds = (Entity.STORY.value, Entity.STATEMENT.value)
        query = (
            select(CHANGE.c.entity, CHANGE.c.uid)
            .where(CHANGE.c.entity.in_(kinds))
            .order_by(CHANGE.c.seq.desc())
            .limit(limit)
        )
        with self._read() as connection:
            rows = connection.execute(query).all()
        return tuple(dict.fromkeys((Entity(row[0]), row[1]) for row in rows))

    def citing(self, article_id: str) -> tuple[str, ...]:
        """Return the ids of the stories with a statement that rests on a passage of an article."""
        query = (
            select(STORY.c.uid)
            .join(STATEMENT, STATEMENT.c.story_id == STORY.c.id)
            .join(EVIDENCES, EVIDENCES.c.statement_id == STATEMENT.c.id)
            .join(ANNOTATION, ANNOTATION.c.id == EVIDENCES.c.annotation_id)
            .join(ARTICLE, ARTICLE.c.id == ANNOTATION.c.article_id)
            .where(ARTICLE.c.uid == article_id)
            .group_by(STORY.c.id)
            .order_by(STORY.c.id)
        )
        with self._read() as connection:
            return tuple(connection.execute(query).scalars())
