"""What lies in the trash, and what of it may be emptied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, literal, select

from briefing_app.domain.change import Change, Op
from briefing_app.domain.record import Entity, Key
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    BRIEF,
    CHANGE,
    EDITION,
    EVIDENCES,
    LINK,
    SECTION,
    SET,
    STATEMENT,
    STORY,
    VERSION,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Select

DAY = 24 * 60 * 60 * 1000  # milliseconds
_BATCH = 500
# an article that was joined with another has given its versions away: only undo brings it back
_OWN = (exists().where(VERSION.c.id == ARTICLE.c.current_id, VERSION.c.article_id == ARTICLE.c.id),)
_TABLES = {
    Entity.ARTICLE: ARTICLE,
    Entity.ANNOTATION: ANNOTATION,
    Entity.STORY: STORY,
    Entity.BRIEF: BRIEF,
}


@dataclass(frozen=True, slots=True)
class Discarded:
    """Something in the trash.

    `inside` counts the passages of an article, the rows of a story, the places of a brief; `of` is
    the title of a passage's article.
    Units: `at` is milliseconds since 1970 UTC.
    """

    entity: Entity
    id: str
    title: str
    at: int
    inside: int = 0
    of: str = ""

    @property
    def key(self) -> Key:
        """Return which record it is."""
        return self.entity, self.id


class StoredTrash:
    """The trash of a library as it is on disk; any thread may ask."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def rows(self, limit: int = -1) -> tuple[Discarded, ...]:
        """Return what lies in the trash, what was thrown away last first."""
        found: list[Discarded] = []
        with self._read() as connection:
            for entity, query in _QUERIES.items():
                rows = connection.execute(query.limit(limit)).all()
                found += [
                    Discarded(entity, row.uid, row.title, row.at, row.inside, row.of)
                    for row in rows
                ]
        found.sort(key=lambda one: (-one.at, one.title))
        return tuple(found if limit < 0 else found[:limit])

    def count(self) -> int:
        """Return how many things lie in the trash."""
        with self._read() as connection:
            return sum(
                connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
                for query in _QUERIES.values()
            )

    def thrown_away_by(self, keys: Iterable[Key]) -> dict[str, tuple[Change, ...]]:
        """Return the changes of the sets that put some things into the trash last, by set."""
        sets: dict[str, int] = {}
        with self._read() as connection:
            for entity, uid in keys:
                last = (
                    select(SET.c.uid, SET.c.id)
                    .join(CHANGE, CHANGE.c.set_id == SET.c.id)
                    .where(CHANGE.c.uid == uid, CHANGE.c.entity == entity.value)
                    .where(CHANGE.c.op == Op.TRASH.value)
                    .order_by(CHANGE.c.seq.desc())
                    .limit(1)
                )
                sets.update((row[0], row[1]) for row in connection.execute(last))
            return {uid: _changes(connection, set_id) for uid, set_id in sets.items()}

    def day_before_last(self) -> int:
        """Return the last day but one on which anything was changed; 0 if there is none.

        Units: days since 1970 UTC.
        """
        query = select(SET.c.made_at).order_by(SET.c.id.desc()).execution_options(yield_per=_BATCH)
        with self._read() as connection:
            last = None
            for made_at in connection.execute(query).scalars():
                day = made_at // DAY
                if last is not None and day < last:
                    return int(day)
                last = day if last is None else min(last, day)
        return 0

    def loose(self, before: int, *, undo: bool) -> tuple[Key, ...]:
        """Return what was thrown away before a moment, and that nothing needs any more.

        Needed is what a row of a story rests on that is live or went later, likewise what a place in
        a brief names, and what a published edition holds. With `undo`, so is what any edit since that
        moment was about: its undo is within reach. Units: milliseconds since 1970 UTC.
        """
        with self._read() as connection:
            found = {
                entity: {
                    row.id: row.uid
                    for row in connection.execute(
                        select(table.c.id, table.c.uid).where(table.c.deleted_at < before)
                    )
                }
                for entity, table in _TABLES.items()
            }
            if not any(found.values()):
                return ()
            recent = _recent(connection, before) if undo else set()
            for entity, needed in _needed(connection, found, before).items():
                for row_id in needed:
                    found[entity].pop(row_id, None)
            editions = connection.execute(select(EDITION.c.content)).scalars().all()
            published = set(connection.execute(select(EDITION.c.brief_id)).scalars())
            parts = _parts(connection, found)
        keys = []
        for entity, rows in found.items():
            for row_id, uid in rows.items():
                uids = {uid, *parts.get((entity, row_id), ())}
                if uids & recent or (entity is Entity.BRIEF and row_id in published):
                    continue
                if not any(one in content for content in editions for one in uids):
                    keys.append((entity, uid))
        return tuple(keys)


def _changes(connection: Connection, set_id: int) -> tuple[Change, ...]:
    rows = connection.execute(
        select(CHANGE).where(CHANGE.c.set_id == set_id).order_by(CHANGE.c.seq)
    )
    return tuple(
        Change(Entity(row.entity), row.uid, Op(row.op), row.field, row.old, row.new) for row in rows
    )


def _recent(connection: Connection, since: int) -> set[str]:
    """Return the records that any edit since a moment was about, or that it cited or uncited."""
    first = select(func.min(SET.c.id)).where(SET.c.made_at >= since).scalar_subquery()
    query = select(CHANGE.c.uid, CHANGE.c.field, CHANGE.c.old, CHANGE.c.new).where(
        CHANGE.c.set_id >= first
    )
    found: set[str] = set()
    for row in connection.execute(query):
        found.add(row.uid)
        if row.field == "evidence":
            found.update(link[0] for link in (*(row.old or ()), *(row.new or ())))
    return found


def _needed(
    connection: Connection, found: dict[Entity, dict[int, str]], before: int
) -> dict[Entity, set[int]]:
    """Return the local ids of what something rests on that stays."""
    staying = STATEMENT.c.deleted_at.is_(None) | (STATEMENT.c.deleted_at >= before)
    story_stays = STORY.c.deleted_at.is_(None) | (STORY.c.deleted_at >= before)
    cited: set[int] = set()
    for batch in _batches(sorted(found[Entity.ANNOTATION])):
        query = (
            select(EVIDENCES.c.annotation_id)
            .join(STATEMENT, STATEMENT.c.id == EVIDENCES.c.statement_id)
            .join(STORY, STORY.c.id == STATEMENT.c.story_id)
            .where(EVIDENCES.c.annotation_id.in_(batch), staying, story_stays)
        )
        cited.update(connection.execute(query).scalars())
    marks: set[int] = set()
    for batch in _batches(sorted(found[Entity.ARTICLE])):
        query = (
            select(ANNOTATION.c.article_id)
            .join(EVIDENCES, EVIDENCES.c.annotation_id == ANNOTATION.c.id)
            .join(STATEMENT, STATEMENT.c.id == EVIDENCES.c.statement_id)
            .join(STORY, STORY.c.id == STATEMENT.c.story_id)
            .where(ANNOTATION.c.article_id.in_(batch), staying, story_stays)
        )
        marks.update(connection.execute(query).scalars())
    places: set[int] = set()
    for batch in _batches(sorted(found[Entity.STORY])):
        query = (
            select(LINK.c.story_id)
            .join(SECTION, SECTION.c.id == LINK.c.section_id)
            .join(BRIEF, BRIEF.c.id == SECTION.c.brief_id)
            .where(LINK.c.story_id.in_(batch))
            .where(LINK.c.deleted_at.is_(None) | (LINK.c.deleted_at >= before))
            .where(BRIEF.c.deleted_at.is_(None) | (BRIEF.c.deleted_at >= before))
        )
        places.update(connection.execute(query).scalars())
    return {Entity.ANNOTATION: cited, Entity.ARTICLE: marks, Entity.STORY: places}


def _parts(
    connection: Connection, found: dict[Entity, dict[int, str]]
) -> dict[tuple[Entity, int], set[str]]:
    """Return the UUIDs of what is in each thing: an edit of them is one of it."""
    parts: dict[tuple[Entity, int], set[str]] = {}
    for entity, table, owner in (
        (Entity.ARTICLE, ANNOTATION, ANNOTATION.c.article_id),
        (Entity.ARTICLE, VERSION, VERSION.c.article_id),
        (Entity.STORY, STATEMENT, STATEMENT.c.story_id),
        (Entity.BRIEF, SECTION, SECTION.c.brief_id),
    ):
        for batch in _batches(sorted(found[entity])):
            query = select(owner, table.c.uid).where(owner.in_(batch))
            for row in connection.execute(query):
                parts.setdefault((entity, row[0]), set()).add(row[1])
    return parts


def _queries() -> dict[Entity, Select[Any]]:
    nothing = literal("")
    passages = (
        select(func.count())
        .where(ANNOTATION.c.article_id == ARTICLE.c.id, ANNOTATION.c.deleted_at.is_(None))
        .scalar_subquery()
    )
    rows = (
        select(func.count())
        .where(STATEMENT.c.story_id == STORY.c.id, STATEMENT.c.deleted_at == STORY.c.deleted_at)
        .scalar_subquery()
    )
    places = (
        select(func.count())
        .select_from(LINK.join(SECTION, SECTION.c.id == LINK.c.section_id))
        .where(SECTION.c.brief_id == BRIEF.c.id, LINK.c.deleted_at == BRIEF.c.deleted_at)
        .correlate(BRIEF)
        .scalar_subquery()
    )
    title = select(ARTICLE.c.title).where(ARTICLE.c.id == ANNOTATION.c.article_id).scalar_subquery()
    heads = {
        Entity.ARTICLE: (ARTICLE.c.title, passages, nothing),
        Entity.ANNOTATION: (ANNOTATION.c.exact, literal(0), title),
        Entity.STORY: (STORY.c.headline, rows, nothing),
        Entity.BRIEF: (BRIEF.c.title, places, nothing),
    }
    return {
        entity: select(
            table.c.uid,
            heads[entity][0].label("title"),
            table.c.deleted_at.label("at"),
            heads[entity][1].label("inside"),
            heads[entity][2].label("of"),
        )
        .where(table.c.deleted_at.is_not(None), *(_OWN if entity is Entity.ARTICLE else ()))
        .order_by(table.c.deleted_at.desc())
        for entity, table in _TABLES.items()
    }


def _batches(items: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(items), _BATCH):
        yield items[at : at + _BATCH]


_QUERIES = _queries()
