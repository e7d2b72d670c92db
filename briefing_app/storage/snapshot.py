"""One state of a library, gone through from end to end: what a bundle is made of.

All is read with one connection, a page at a time, so what is written meanwhile does not mix in, and no
library is too large.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, false, or_, select

from briefing_app.domain.bundle import Listed
from briefing_app.domain.change import Action, Op
from briefing_app.domain.entry import Entry, Gone, Past
from briefing_app.domain.past import marks, past_of
from briefing_app.domain.record import Entity
from briefing_app.storage import entries, originals
from briefing_app.storage.articles import versions_of
from briefing_app.storage.failure import storage_failure
from briefing_app.storage.kept import live, needed
from briefing_app.storage.mapping import MAPPINGS
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    CHANGE,
    LIBRARY,
    LINK,
    ORIGINAL,
    SECTION,
    SET,
    STATEMENT,
    VERSION,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import ColumnElement, Connection, Row

    from briefing_app.domain.article import ArticleVersion
    from briefing_app.domain.record import Key

_TEXTS = 16  # texts that are held at a time
_PAGE = 500


class Snapshots:
    """Gives states of a library to read; any thread may ask."""

    def __init__(
        self, read: Callable[[], AbstractContextManager[Connection]], folder: Path
    ) -> None:
        self._read = read
        self._folder = folder

    @contextmanager
    def take(self) -> Iterator[Snapshot]:
        """Lend the state of this moment. Raises: StorageFailure."""
        with self._read() as connection:
            yield Snapshot(connection, self._folder)


class Snapshot:
    """One state of a library."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._undone: frozenset[int] | None = None

    def library(self) -> str:
        """Return the UUID of the library."""
        return str(self._connection.execute(select(LIBRARY.c.uid)).scalar_one())

    def count(self, entity: Entity) -> int:
        """Return about how many live rows of a kind there are."""
        return entries.count(self._connection, entity)

    def pages(self, entity: Entity) -> Iterator[list[Entry]]:
        """Go through all of a kind that counts, the oldest first, with what it was before."""
        wanted = and_(MAPPINGS[entity].table.c.deleted_at.is_(None), *live(entity))
        also = needed(entity)
        where = wanted if also is None else or_(wanted, also)
        yield from self._pages(entity, where)

    def versions_in(self, articles: list[Entry], among: Iterable[str] | None = None) -> list[Entry]:
        """Return the versions of some articles that count (or those `among`), article by article."""
        inside = VERSION.c.article_id.in_(
            select(ARTICLE.c.id).where(ARTICLE.c.uid.in_([article.id for article in articles]))
        )
        also = needed(Entity.VERSION)
        counts: ColumnElement[bool]
        if among is None:
            counts = or_(
                and_(VERSION.c.deleted_at.is_(None), *live(Entity.VERSION)),
                false() if also is None else also,
            )
        else:
            counts = VERSION.c.uid.in_(list(among))
        place = {article.id: at for at, article in enumerate(articles)}
        found = [e for page in self._pages(Entity.VERSION, and_(inside, counts)) for e in page]
        return sorted(found, key=lambda entry: place[entry.fields["article"]])

    def passages_of(self, version: str) -> list[Entry]:
        """Return the live passages that are marked in a version."""
        of_version = ANNOTATION.c.version_id == entries.id_of(Entity.VERSION, version)
        alive = and_(of_version, ANNOTATION.c.deleted_at.is_(None))
        return [e for page in self._pages(Entity.ANNOTATION, alive) for e in page]

    def chosen(self, entity: Entity, uids: Iterable[str]) -> Iterator[list[Entry]]:
        """Go through some of a kind, the oldest first, with what they were before."""
        wanted = list(dict.fromkeys(uids))
        if wanted:
            yield from self._pages(entity, MAPPINGS[entity].table.c.uid.in_(wanted))

    def some(self, entity: Entity, uids: Iterable[str]) -> dict[str, Entry]:
        """Return those of some rows that there are, live or trashed, without their past."""
        return entries.some(self._connection, entity, uids)

    def inside(self, root: Key) -> list[Entry]:
        """Return what is in a story or a brief, live and trashed, the oldest first."""
        return [entry for query in self._inside(root) for page in query for entry in page]

    def gone(self, entry: Entry) -> Gone:
        """Return what tells another library that a record was taken out, and what it was."""
        last = marks(entry.key, entry.fields)
        past = {group: (*entry.past.get(group, ()), value) for group, value in last.items()}
        return Gone(entry.key, past)

    def with_past(self, found: Iterable[Entry]) -> dict[str, Entry]:
        """Return records with what they were before, by UUID."""
        page = list(found)
        pasts = self._pasts(page)
        return {
            e.id: Entry(e.key, e.fields, e.created, e.updated, e.trashed, pasts.get(e.id, {}))
            for e in page
        }

    def taken_back(self, uids: Iterable[str]) -> set[str]:
        """Return those of some records that an undo has put in the trash, and not the user."""
        query = select(CHANGE.c.uid, CHANGE.c.op, SET.c.undoes_id).join(
            SET, SET.c.id == CHANGE.c.set_id
        )
        last: dict[str, bool] = {}
        wanted = list(uids)
        for at in range(0, len(wanted), _PAGE):
            some = query.where(
                CHANGE.c.uid.in_(wanted[at : at + _PAGE]),
                CHANGE.c.op.in_((Op.TRASH.value, Op.RESTORE.value)),
            )
            for row in self._connection.execute(some.order_by(CHANGE.c.seq)):
                last[row.uid] = row.op == Op.TRASH.value and row.undoes_id is not None
        return {uid for uid, undone in last.items() if undone}

    def erased(self, uids: Iterable[str]) -> set[str]:
        """Return those of some records that were here once, and were erased for good."""
        wanted = list(uids)
        found: set[str] = set()
        for at in range(0, len(wanted), _PAGE):
            some = CHANGE.c.uid.in_(wanted[at : at + _PAGE]) & (CHANGE.c.op == Op.ERASE.value)
            found.update(self._connection.execute(select(CHANGE.c.uid).where(some)).scalars())
        return found

    def versions(self, uids: list[str]) -> Iterator[ArticleVersion]:
        """Go through versions with their texts."""
        for at in range(0, len(uids), _TEXTS):
            found = {v.id: v for v in versions_of(self._connection, uids[at : at + _TEXTS])}
            for uid in uids[at : at + _TEXTS]:
                yield found[uid]

    def originals(self, digests: Iterable[str]) -> Iterator[Listed]:
        """Return those of some originals that the library holds, in the order of their digests."""
        wanted = sorted(set(digests))
        for at in range(0, len(wanted), _PAGE):
            yield from self._listed(ORIGINAL.c.digest.in_(wanted[at : at + _PAGE]))

    def unread_originals(self) -> Iterator[Listed]:
        """Go through the originals that no article was made from: files of stories."""
        alone = ~select(VERSION.c.id).where(VERSION.c.original == ORIGINAL.c.digest).exists()
        yield from self._listed(alone)

    def bytes_of(self, digest: str) -> Iterator[bytes]:
        """Go through the bytes of an original. Raises: StorageFailure if its file is gone."""
        try:
            yield from originals.chunks(self._connection, self._folder, digest)
        except OSError as error:
            raise storage_failure(error, self._folder) from error

    def holds_originals(self, digests: Iterable[str]) -> set[str]:
        """Return those of some originals that the library holds."""
        return {original.digest for original in self.originals(digests)}

    def _listed(self, where: ColumnElement[bool]) -> Iterator[Listed]:
        query = select(ORIGINAL.c.digest, ORIGINAL.c.media_type, ORIGINAL.c.size)
        for row in self._connection.execute(query.where(where).order_by(ORIGINAL.c.digest)).all():
            yield Listed(row.digest, row.media_type, row.size)

    def _inside(self, root: Key) -> Iterator[Iterator[list[Entry]]]:
        uid = root[1]
        if root[0] is Entity.STORY:
            of_story = STATEMENT.c.story_id == entries.id_of(Entity.STORY, uid)
            yield self._pages(Entity.STATEMENT, of_story)
        else:
            of_brief = SECTION.c.brief_id == entries.id_of(Entity.BRIEF, uid)
            sections = select(SECTION.c.id).where(of_brief)
            yield self._pages(Entity.SECTION, of_brief)
            yield self._pages(Entity.LINK, LINK.c.section_id.in_(sections))

    def _pages(self, entity: Entity, where: ColumnElement[bool]) -> Iterator[list[Entry]]:
        for page in entries.in_order(self._connection, entity, where):
            yield list(self.with_past(page).values())

    def _pasts(self, page: list[Entry]) -> dict[str, Past]:
        by_id = {entry.id: entry for entry in page}
        sets: dict[str, list[tuple[str, Any]]] = {}
        brought: dict[str, dict[str, list[str]]] = {}
        for row in self._changes(list(by_id)):
            if row.op == Op.SET.value:
                sets.setdefault(row.uid, []).append((row.field, row.old))
            elif isinstance(row.old, dict):
                brought[row.uid] = row.old
        return {
            uid: past_of(by_id[uid].key, by_id[uid].fields, sets.get(uid, ()), brought.get(uid))
            for uid in sets.keys() | brought.keys()
        }

    def _changes(self, uids: list[str]) -> Iterator[Row[Any]]:
        """Go through what made and set some records, without bundles that were taken back.

        Such a bundle has left nothing, and may come in again.
        """
        query = (
            select(CHANGE, SET.c.action, SET.c.undoes_id)
            .join(SET, SET.c.id == CHANGE.c.set_id)
            .where(CHANGE.c.op.in_((Op.CREATE.value, Op.SET.value)))
            .order_by(CHANGE.c.uid, CHANGE.c.seq)
        )
        for at in range(0, len(uids), _PAGE):
            some = query.where(CHANGE.c.uid.in_(uids[at : at + _PAGE]))
            for row in self._connection.execute(some):
                back = row.undoes_id is not None or row.set_id in self._bundles_undone()
                if row.op == Op.CREATE.value or row.action != Action.UNBUNDLE.value or not back:
                    yield row

    def _bundles_undone(self) -> frozenset[int]:
        """Return the sets of the bundles that were taken back, and not brought in again by redo."""
        if self._undone is None:
            query = (
                select(SET.c.id, SET.c.undoes_id)
                .where(SET.c.action == Action.UNBUNDLE.value)
                .order_by(SET.c.id)
            )
            first: dict[int, int] = {}
            undone: set[int] = set()
            for row in self._connection.execute(query):
                if row.undoes_id is None:
                    first[row.id] = row.id
                else:  # an undo, the redo of that, the undo of that, and so on
                    first[row.id] = first.get(row.undoes_id, row.undoes_id)
                    undone ^= {first[row.id]}
            self._undone = frozenset(undone)
        return self._undone
