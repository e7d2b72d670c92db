"""What the journal says of a story or a brief, with all records that it ever had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from briefing_app.domain.change import Action, Change, Op, Origin, squash
from briefing_app.domain.record import Entity, Key, Records
from briefing_app.domain.revision import Past
from briefing_app.storage.records import read_records
from briefing_app.storage.schema import (
    BRIEF,
    CHANGE,
    LIBRARY,
    LINK,
    SECTION,
    SET,
    STATEMENT,
    STORY,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import ColumnElement, Connection, Row, Select

_T = TypeVar("_T")

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One set of the journal, with those of its changes that are about one thing.

    `here` says that it was made in this copy of the library; `depth` is how many sets stand behind
    it: 0 an edit, 1 its undo, 2 the redo of that.
    """

    id: str
    made_at: int
    origin: Origin
    here: bool
    action: Action
    subject: str
    depth: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What is there now, with what ever was, and how it came to be; the newest entry first."""

    now: Past
    entries: tuple[Entry, ...]


class Chronicle:
    """The journal by what it is about; any thread may ask."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def of(self, root: Key) -> Told:
        """Return what the journal says of a story, or of a brief and the stories that it ever held."""
        with self._read() as connection:
            now = _everything(connection, root)
            rows = sorted(_changes(connection, tuple(now.records)), key=lambda row: row.seq)
            by_set: dict[int, list[Change]] = {}
            for row in rows:
                change = Change(
                    Entity(row.entity), row.uid, Op(row.op), row.field, row.old, row.new
                )
                by_set.setdefault(row.set_id, []).append(change)
            heads = _heads(connection, tuple(by_set))
            device = connection.execute(select(LIBRARY.c.device)).scalar_one()
        depths = _depths(heads)
        entries = (
            Entry(
                head.uid,
                head.made_at,
                Origin(head.origin),
                head.device == device,
                Action(head.action),
                head.subject,
                depths[head.id],
                squash(tuple(by_set[head.id])),
            )
            for head in sorted(heads.values(), key=lambda head: -head.id)
            if head.id in by_set
        )
        return Told(now, tuple(entry for entry in entries if entry.changes))

    def briefs_with(self, stories: Iterable[str], but: str) -> tuple[str, ...]:
        """Return the titles of the briefs that hold one of some stories, without the one named."""
        wanted = list(stories)
        query = (
            select(BRIEF.c.title)
            .distinct()
            .join(SECTION, SECTION.c.brief_id == BRIEF.c.id)
            .join(LINK, LINK.c.section_id == SECTION.c.id)
            .join(STORY, STORY.c.id == LINK.c.story_id)
            .where(BRIEF.c.uid != but)
            .where(*(rows.c.deleted_at.is_(None) for rows in (BRIEF, SECTION, LINK, STORY)))
            .order_by(BRIEF.c.title)
        )
        found: dict[str, None] = {}
        with self._read() as connection:
            for batch in _batches(wanted):
                some = query.where(STORY.c.uid.in_(batch))
                found.update(dict.fromkeys(connection.execute(some).scalars()))
        return tuple(found)


def _everything(connection: Connection, root: Key) -> Past:
    entity, uid = root
    if entity is Entity.STORY:
        reading = _stories(STORY.c.uid == uid)
    else:
        brief = select(BRIEF.c.id).where(BRIEF.c.uid == uid)
        sections = select(SECTION.c.id).where(SECTION.c.brief_id.in_(brief))
        stories = select(LINK.c.story_id).where(LINK.c.section_id.in_(sections))
        reading = (
            (Entity.BRIEF, BRIEF.c.uid == uid),
            (Entity.SECTION, SECTION.c.brief_id.in_(brief)),
            (Entity.LINK, LINK.c.section_id.in_(sections)),
            *_stories(STORY.c.id.in_(stories)),
        )
    records: Records = {}
    live: set[Key] = set()
    for kind, where in reading:
        live.update(found := read_records(connection, kind, where))
        records |= found
        records |= read_records(connection, kind, where, trashed=True)
    return Past(records, frozenset(live))


def _stories(which: ColumnElement[bool]) -> tuple[tuple[Entity, ColumnElement[bool]], ...]:
    ids = select(STORY.c.id).where(which)
    return (Entity.STORY, which), (Entity.STATEMENT, STATEMENT.c.story_id.in_(ids))


def _changes(connection: Connection, keys: tuple[Key, ...]) -> Iterator[Row[Any]]:
    for entity, uids in _by_entity(keys).items():
        for batch in _batches(uids):
            query = select(CHANGE).where(CHANGE.c.uid.in_(batch), CHANGE.c.entity == entity.value)
            yield from connection.execute(query)


def _heads(connection: Connection, ids: tuple[int, ...]) -> dict[int, Row[Any]]:
    """Return the sets of these local ids and those that they take back, and so on."""
    heads: dict[int, Row[Any]] = {}
    wanted = set(ids)
    while wanted:
        for batch in _batches(sorted(wanted)):
            query: Select[Any] = select(SET).where(SET.c.id.in_(batch))
            heads.update((row.id, row) for row in connection.execute(query))
        undone = {head.undoes_id for head in heads.values() if head.undoes_id is not None}
        wanted = undone - heads.keys()
    return heads


def _depths(heads: dict[int, Row[Any]]) -> dict[int, int]:
    depths: dict[int, int] = {}
    for set_id in sorted(heads):  # what a set takes back is older
        undone = heads[set_id].undoes_id
        depths[set_id] = 0 if undone is None else depths[undone] + 1
    return depths


def _by_entity(keys: Iterable[Key]) -> dict[Entity, list[str]]:
    found: dict[Entity, list[str]] = {}
    for entity, uid in keys:
        found.setdefault(entity, []).append(uid)
    return found


def _batches(items: list[_T]) -> Iterator[list[_T]]:
    for at in range(0, len(items), _BATCH):
        yield items[at : at + _BATCH]
