"""The versions of articles: heads of them for a list, and what was marked in which."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from briefing_app.storage.schema import ANNOTATION, ARTICLE, ORIGINAL, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class VersionHead:
    """A version without its text. `media_type` and `size` are those of the original, if it is held."""

    id: str
    retrieved: dt.datetime
    importer: str
    words: int
    original: str
    media_type: str
    size: int
    highlights: int
    created: int


class StoredVersions:
    """The versions of a library as they are on disk; any thread may ask."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def of(self, article_id: str) -> tuple[VersionHead, ...]:
        """Return the live versions of an article, the one that came in last first."""
        marks = (
            select(func.count())
            .where(ANNOTATION.c.version_id == VERSION.c.id, ANNOTATION.c.deleted_at.is_(None))
            .scalar_subquery()
        )
        query = (
            select(
                VERSION.c.uid,
                VERSION.c.retrieved,
                VERSION.c.importer,
                VERSION.c.words,
                VERSION.c.original,
                ORIGINAL.c.media_type,
                ORIGINAL.c.size,
                marks.label("marks"),
                VERSION.c.created,
            )
            .join(ARTICLE, ARTICLE.c.id == VERSION.c.article_id)
            .outerjoin(ORIGINAL, ORIGINAL.c.digest == VERSION.c.original)
            .where(ARTICLE.c.uid == article_id, VERSION.c.deleted_at.is_(None))
            .order_by(VERSION.c.id.desc())
        )
        with self._read() as connection:
            rows = connection.execute(query).all()
        return tuple(
            VersionHead(
                row.uid,
                dt.datetime.fromisoformat(row.retrieved),
                row.importer,
                row.words,
                row.original or "",
                row.media_type or "",
                row.size or 0,
                row.marks,
                row.created,
            )
            for row in rows
        )

    def marked_since(self, version_id: str) -> frozenset[str]:
        """Return the passages that were marked in a version: not those carried over to it."""
        query = (
            select(ANNOTATION.c.uid)
            .join(VERSION, VERSION.c.id == ANNOTATION.c.version_id)
            .where(VERSION.c.uid == version_id, ANNOTATION.c.created >= VERSION.c.created)
        )
        with self._read() as connection:
            return frozenset(connection.execute(query).scalars())
