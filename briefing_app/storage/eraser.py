"""Erasing as a service asks for it: look first, then erase, then tidy, and the backups beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from briefing_app.domain.erasure import Doom, Erased, Wish
from briefing_app.domain.record import Entity
from briefing_app.errors import QT_TRANSLATE_NOOP
from briefing_app.storage import backup, elsewhere, erasing, restoring
from briefing_app.storage.doomed import Doomed, doomed_by, editions_with, quoting
from briefing_app.storage.failure import EXPECTED, storage_failure
from briefing_app.storage.mapping import MAPPINGS
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    BRIEF,
    LINK,
    SECTION,
    STATEMENT,
    STORY,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import ColumnElement, Connection

    from briefing_app.domain.erasure import Deed
    from briefing_app.progress import Progress
    from briefing_app.storage.writer import Writer

_BATCH = 500
_ROWS = QT_TRANSLATE_NOOP("progress", "taking it out of the library")
_INDEX = QT_TRANSLATE_NOOP("progress", "clearing the search index")
_REWRITE = QT_TRANSLATE_NOOP("progress", "writing the library's file anew")
_TITLES = {
    Entity.ARTICLE: ARTICLE.c.title,
    Entity.ANNOTATION: ANNOTATION.c.exact,
    Entity.STORY: STORY.c.headline,
    Entity.BRIEF: BRIEF.c.title,
}


class Eraser:
    """Erases for good in one library. Its methods wait for the disk: call them from a job."""

    def __init__(
        self,
        read: Callable[[], AbstractContextManager[Connection]],
        writer: Writer,
        folder: Path,
    ) -> None:
        self._read = read
        self._writer = writer
        self._folder = folder

    @property
    def unfinished(self) -> bool:
        """Whether traces of something erased are still to be cleared away."""
        return erasing.unfinished(self._folder)

    def look(self, wish: Wish) -> Doom:
        """Return what would go."""
        with self._read() as connection:
            return _doom(connection, doomed_by(connection, self._folder, wish), wish)

    def backups(self, wish: Wish) -> tuple[Path, ...]:
        """Return the copies of the library that hold any of it, here and in the second place.

        Where that cannot be reached now, it is named itself, for it may hold it.
        """
        with self._read() as connection:
            doomed = doomed_by(connection, self._folder, wish)
        return self._copies(doomed)

    def erase(
        self, wish: Wish, deed: Deed, progress: Progress, *, whole: bool, purge: bool
    ) -> Erased:
        """Erase for good, and clear the traces away; `purge` takes the backups that hold it, too.

        Until the first transaction is through it can be stopped; from then on it goes to its end.
        Raises: StorageFailure, Cancelled.
        """
        progress.step(0, 3, _ROWS)
        progress.check()
        self._writer.flush()
        doomed = self._writer.perform(
            lambda connection: erasing.erase(connection, self._folder, wish, deed)
        )
        tidied = self.tidy(progress, whole=whole)
        held = self._copies(doomed)
        purged = self._purge(held) if purge else ()
        return Erased(
            len(doomed.keys),
            len(doomed.originals),
            tidied,
            purged,
            tuple(file for file in held if file not in purged),
        )

    def tidy(self, progress: Progress, *, whole: bool = True) -> bool:
        """Finish what was begun; False if another program still reads the old state.

        Without `whole` the database is not written anew: its free space was zeroed, and single words
        may stay in the index until SQLite merges it.
        Raises: StorageFailure.
        """
        perform, folder = self._writer.perform, self._folder
        done = perform(lambda connection: erasing.remove_files(connection, folder))
        if whole:  # in steps, so that edits are stored in between
            progress.step(1, 3, _INDEX)
            perform(erasing.merge_index)
            progress.step(2, 3, _REWRITE)
            perform(erasing.rewrite)
        return perform(lambda connection: erasing.cut_log(connection, folder, done))

    def _copies(self, doomed: Doomed) -> tuple[Path, ...]:
        folder = self._folder
        kept = (backup.FOLDER, restoring.ASIDE)
        files = [file for name in kept for file in backup.files(folder / name)]
        here = erasing.holding(files, doomed)
        last = elsewhere.last_elsewhere(folder)
        if last is None:
            return here
        if not last.place.is_dir():
            return (*here, last.place)
        copies = elsewhere.copies_of(folder, last.place)
        mirrors = {copy.parent.parent for copy in copies}
        originals = (
            elsewhere.original_file(mirror, digest)
            for mirror in sorted(mirrors)
            for digest in doomed.originals
        )
        return (
            *here,
            *erasing.holding(copies, doomed),
            *(one for one in originals if one.exists()),
        )

    def _purge(self, held: tuple[Path, ...]) -> tuple[Path, ...]:
        """Take copies away, but not a second place that cannot be reached; return what is gone."""
        gone = tuple(file for file in held if file.is_file())
        try:
            with backup.one_at_a_time(self._folder / backup.FOLDER):
                for file in gone:
                    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
                        file.with_name(name).unlink(missing_ok=True)
        except EXPECTED as error:
            raise storage_failure(error, self._folder) from error
        return gone


def _doom(connection: Connection, doomed: Doomed, wish: Wish) -> Doom:
    names: list[str] = []
    for entity, column in _TITLES.items():
        uids = [uid for kind, uid in wish.keys if kind is entity]
        names += _values(connection, column, MAPPINGS[entity].table.c.uid, uids)
    rows = [uid for uid, _, _ in doomed.links.values()]
    sole = [uid for uid, _, after in doomed.links.values() if not after]
    of_rows = select(STORY.c.headline).join(STATEMENT, STATEMENT.c.story_id == STORY.c.id)
    headlines: dict[str, None] = {}
    for at in range(0, len(rows), _BATCH):
        some = of_rows.where(STATEMENT.c.uid.in_(rows[at : at + _BATCH]))
        headlines.update(dict.fromkeys(connection.execute(some.distinct()).scalars()))
    return Doom(
        tuple(names),
        articles=len(doomed.ids(Entity.ARTICLE)),
        versions=len(doomed.ids(Entity.VERSION)),
        highlights=len(doomed.ids(Entity.ANNOTATION)),
        originals=len(doomed.originals),
        size=sum(doomed.originals.values()),
        rows=len(rows),
        sole=len(sole),
        stories=tuple(headlines),
        briefs=_briefs(connection, doomed),
        own_stories=len(doomed.ids(Entity.STORY)),
        own_briefs=len(doomed.ids(Entity.BRIEF)),
        editions=editions_with(connection, doomed),
        quoting=quoting(connection, doomed),
    )


def _briefs(connection: Connection, doomed: Doomed) -> tuple[str, ...]:
    """Return the titles of the briefs that stay and lose a story."""
    stories, gone = doomed.ids(Entity.STORY), set(doomed.ids(Entity.BRIEF))
    found: dict[str, None] = {}
    for at in range(0, len(stories), _BATCH):
        query = (
            select(BRIEF.c.id, BRIEF.c.title)
            .join(SECTION, SECTION.c.brief_id == BRIEF.c.id)
            .join(LINK, LINK.c.section_id == SECTION.c.id)
            .where(
                LINK.c.story_id.in_(stories[at : at + _BATCH]),
                *(table.c.deleted_at.is_(None) for table in (BRIEF, SECTION, LINK)),
            )
        )
        found.update((row[1], None) for row in connection.execute(query) if row[0] not in gone)
    return tuple(found)


def _values(
    connection: Connection, column: ColumnElement[str], key: ColumnElement[str], uids: list[str]
) -> list[str]:
    found: list[str] = []
    for at in range(0, len(uids), _BATCH):
        some = select(column).where(key.in_(uids[at : at + _BATCH]))
        found += connection.execute(some).scalars()
    return found
