"""What goes with something that is erased for good: all that would still say what it said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from briefing_app.domain.record import Entity, Key
from briefing_app.storage import originals
from briefing_app.storage.mapping import MAPPINGS
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    BODY,
    BRIEF,
    EDITION,
    EVIDENCES,
    LINK,
    ORIGINAL,
    SECTION,
    STATEMENT,
    STORY,
    VERSION,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlalchemy import ColumnElement, Connection

    from briefing_app.domain.erasure import Wish

_T = TypeVar("_T")
_BATCH = 500
_SHORT = 12  # code points; a shorter quotation says nothing of where it comes from


@dataclass(slots=True)
class Doomed:
    """The rows to erase, by kind: local id -> UUID; originals: digest -> size; and what stays changed.

    `links` are the evidence of rows that stay: local id -> (UUID, evidence before, evidence after);
    `bare` are the versions that stay and lose their original.
    """

    rows: dict[Entity, dict[int, str]] = field(default_factory=dict)
    originals: dict[str, int] = field(default_factory=dict)
    links: dict[int, tuple[str, list[list[str]], list[list[str]]]] = field(default_factory=dict)
    bare: list[str] = field(default_factory=list)

    def ids(self, entity: Entity) -> list[int]:
        """Return the local ids of one kind."""
        return list(self.rows.get(entity, ()))

    @property
    def keys(self) -> tuple[Key, ...]:
        """Return all records that go."""
        return tuple((entity, uid) for entity, rows in self.rows.items() for uid in rows.values())


def doomed_by(connection: Connection, folder: Path, wish: Wish) -> Doomed:
    """Return all that goes with what is asked for; what is not there is passed over."""
    found = Doomed()
    for entity, uids in _by_entity(wish.keys).items():
        _add(connection, found, entity, _in(MAPPINGS[entity].table.c.uid, uids))
    _add_parts(connection, found)
    _cut(connection, found, sole=wish.statements)
    _add_originals(connection, folder, found, wish.originals)
    return found


def editions_with(connection: Connection, doomed: Doomed) -> tuple[str, ...]:
    """Return the published editions that hold any of it, as "brief, number"."""
    query = select(EDITION.c.content, EDITION.c.number, BRIEF.c.title, BRIEF.c.uid).join(
        BRIEF, BRIEF.c.id == EDITION.c.brief_id
    )
    uids = {uid for _, uid in doomed.keys}
    return tuple(
        f"{row.title}, {row.number}"
        for row in connection.execute(query)
        if row.uid in uids or any(uid in row.content for uid in uids)
    )


def quoting(connection: Connection, doomed: Doomed) -> int:
    """Return how many rows, headlines and titles stay that hold a title or a quotation of it."""
    words = set(_column(connection, ARTICLE.c.title, ARTICLE.c.id, doomed.ids(Entity.ARTICLE)))
    marks = doomed.ids(Entity.ANNOTATION)
    words.update(_column(connection, ANNOTATION.c.exact, ANNOTATION.c.id, marks))
    wanted = tuple(word for word in words if len(word) >= _SHORT)
    if not wanted:
        return 0
    count = 0
    for entity, column in (
        (Entity.STATEMENT, STATEMENT.c.text),
        (Entity.STORY, STORY.c.headline),
        (Entity.BRIEF, BRIEF.c.title),
    ):
        gone = doomed.rows.get(entity, {})
        for row in connection.execute(select(column.table.c.id, column)):
            count += row[0] not in gone and any(word in row[1] for word in wanted)
    return count


def _add(
    connection: Connection, found: Doomed, entity: Entity, where: Iterable[ColumnElement[bool]]
) -> None:
    table = MAPPINGS[entity].table
    rows = found.rows.setdefault(entity, {})
    for condition in where:
        query = select(table.c.id, table.c.uid).where(condition)
        rows.update((row[0], row[1]) for row in connection.execute(query))


def _add_parts(connection: Connection, found: Doomed) -> None:
    """Add what makes no sense without what goes, whether it is live or lies in the trash."""
    for entity, column, owner in (
        (Entity.VERSION, VERSION.c.article_id, Entity.ARTICLE),
        (Entity.ANNOTATION, ANNOTATION.c.article_id, Entity.ARTICLE),
        (Entity.ANNOTATION, ANNOTATION.c.version_id, Entity.VERSION),
        (Entity.STATEMENT, STATEMENT.c.story_id, Entity.STORY),
        (Entity.SECTION, SECTION.c.brief_id, Entity.BRIEF),
        (Entity.LINK, LINK.c.section_id, Entity.SECTION),
        (Entity.LINK, LINK.c.story_id, Entity.STORY),
    ):
        _add(connection, found, entity, _in(column, found.ids(owner)))


def _cut(connection: Connection, found: Doomed, *, sole: bool) -> None:
    """Note the evidence of rows that stay; with `sole`, a row that rests on nothing else goes."""
    marks = set(found.ids(Entity.ANNOTATION))
    statements: dict[int, None] = {}
    for batch in _batches(sorted(marks)):
        query = select(EVIDENCES.c.statement_id).where(EVIDENCES.c.annotation_id.in_(batch))
        statements.update(dict.fromkeys(connection.execute(query).scalars()))
    going = found.rows.setdefault(Entity.STATEMENT, {})
    for statement in statements:
        if statement in going:
            continue
        query = (
            select(STATEMENT.c.uid, EVIDENCES.c.annotation_id, ANNOTATION.c.uid, EVIDENCES.c.stance)
            .join(EVIDENCES, EVIDENCES.c.statement_id == STATEMENT.c.id)
            .join(ANNOTATION, ANNOTATION.c.id == EVIDENCES.c.annotation_id)
            .where(STATEMENT.c.id == statement)
            .order_by(EVIDENCES.c.position)
        )
        rows = connection.execute(query).all()
        before = [[row[2], row[3]] for row in rows]
        after = [[row[2], row[3]] for row in rows if row[1] not in marks]
        if sole and not after:
            going[statement] = rows[0][0]
        else:
            found.links[statement] = (rows[0][0], before, after)


def _add_originals(
    connection: Connection, folder: Path, found: Doomed, named: tuple[str, ...]
) -> None:
    """Add the bytes that nothing else was made from, and those that were named."""
    wanted = set(named)
    versions = found.ids(Entity.VERSION)
    wanted.update(_column(connection, VERSION.c.original, VERSION.c.id, versions))
    pictures = _pictures(connection, versions)
    wanted.update(pictures)
    wanted.update(_files_of_stories(connection, folder, found))
    gone = set(versions)
    for digest in sorted(wanted - {None}):
        others = connection.execute(select(VERSION.c.id).where(VERSION.c.original == digest))
        if digest in named or not set(others.scalars()) - gone:
            if digest in pictures and digest not in named and _shown(connection, digest, gone):
                continue
            size = connection.execute(
                select(ORIGINAL.c.size).where(ORIGINAL.c.digest == digest)
            ).scalar()
            if size is not None:
                found.originals[digest] = size
    for batch in _batches(list(found.originals)):
        query = select(VERSION.c.id, VERSION.c.uid).where(VERSION.c.original.in_(batch))
        found.bare += [row[1] for row in connection.execute(query) if row[0] not in gone]


def _pictures(connection: Connection, versions: list[int]) -> set[str]:
    """Return the pictures that stand in some versions."""
    found: set[str] = set()
    for batch in _batches(versions):
        query = select(BODY.c.blocks).where(BODY.c.version_id.in_(batch))
        for blocks in connection.execute(query).scalars():
            found.update(row[3]["asset"] for row in blocks if len(row) > 3 and row[3].get("asset"))
    return found


def _shown(connection: Connection, digest: str, gone: set[int]) -> bool:
    """Tell whether a picture stands in a version that stays."""
    query = select(BODY.c.version_id, BODY.c.blocks)
    for row in connection.execute(query):
        if row.version_id not in gone and any(
            len(block) > 3 and block[3].get("asset") == digest for block in row.blocks
        ):
            return True
    return False


def _files_of_stories(connection: Connection, folder: Path, found: Doomed) -> set[str]:
    """Return the files that stories were read from: no row names them, but they hold their words."""
    words = [
        word.encode()
        for column, entity in (
            (STORY.c.headline, Entity.STORY),
            (STATEMENT.c.text, Entity.STATEMENT),
        )
        for word in _column(connection, column, column.table.c.id, found.ids(entity))
        if len(word) >= _SHORT
    ]
    if not words or not found.ids(Entity.STORY):
        return set()
    loose = select(ORIGINAL.c.digest).where(
        ~select(VERSION.c.id).where(VERSION.c.original == ORIGINAL.c.digest).exists()
    )
    digests = connection.execute(loose).scalars().all()
    return {digest for digest in digests if _holds(connection, folder, digest, words)}


def _holds(connection: Connection, folder: Path, digest: str, words: list[bytes]) -> bool:
    try:
        data = originals.load(connection, folder, digest) or b""
    except OSError:  # its file is gone, and what it said with it
        return False
    return any(word in data for word in words)


def _column(
    connection: Connection, column: ColumnElement[_T], key: ColumnElement[int], ids: list[int]
) -> list[_T]:
    values: list[_T] = []
    for batch in _batches(ids):
        values += connection.execute(select(column).where(key.in_(batch))).scalars()
    return values


def _by_entity(keys: Iterable[Key]) -> dict[Entity, list[str]]:
    found: dict[Entity, list[str]] = {}
    for entity, uid in keys:
        found.setdefault(entity, []).append(uid)
    return found


def _in(column: ColumnElement[Any], values: list[Any]) -> Iterator[ColumnElement[bool]]:
    for batch in _batches(values):
        yield column.in_(batch)


def _batches(items: list[_T]) -> Iterator[list[_T]]:
    for at in range(0, len(items), _BATCH):
        yield items[at : at + _BATCH]
