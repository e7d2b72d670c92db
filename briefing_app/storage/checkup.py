"""How far the checks in idle time have come, and what they have found: two plain tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from briefing_app.domain.soundness import Fault, Place
from briefing_app.storage.copying import visit
from briefing_app.storage.failure import EXPECTED, storage_failure
from briefing_app.storage.hashes import look_at_originals, look_at_texts
from briefing_app.storage.schema import CHECKUP, DAMAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection

    from briefing_app.domain.soundness import Finding, Looked
    from briefing_app.progress import Progress
    from briefing_app.storage.writer import Writer

AT_ONCE = 40  # texts or originals
BYTES = 32 * 1024 * 1024  # of originals, after which no further one is begun


class StoredCheckup:
    """The round of checks in one library. Any thread may ask; each call waits for the disk."""

    def __init__(
        self,
        folder: Path,
        read: Callable[[], AbstractContextManager[Connection]],
        writer: Writer,
    ) -> None:
        self._folder = folder
        self._read = read
        self._writer = writer

    def places(self) -> dict[Fault, Place]:
        """Return where the round stands. Raises: StorageFailure."""
        with self._read() as connection:
            return {
                Fault(row.kind): Place(row.last, row.began)
                for row in connection.execute(select(CHECKUP))
            }

    def damaged(self) -> int:
        """Return how many texts and originals were found damaged. Raises: StorageFailure."""
        with self._read() as connection:
            return len(connection.execute(select(DAMAGE.c.name)).all())

    def look(self, kind: Fault, after: str, progress: Progress) -> Looked:
        """Compare a few texts or originals with their SHA-256. Raises: StorageFailure, Cancelled."""
        try:
            with visit(self._folder) as connection:
                if kind is Fault.TEXT:
                    return look_at_texts(connection, after, AT_ONCE)
                return look_at_originals(
                    connection, self._folder, after, AT_ONCE, progress, most=BYTES
                )
        except EXPECTED as error:
            raise storage_failure(error, self._folder) from error

    def note(self, places: dict[Fault, Place], findings: Iterable[Finding], now: int) -> None:
        """Remember where the round stands and what it found. Raises: StorageFailure."""
        rows = [{"kind": one.fault.value, "name": one.name, "found": now} for one in findings]

        def write(connection: Connection) -> None:
            with connection.begin():
                for kind, place in places.items():
                    values = {"last": place.last, "began": place.began}
                    connection.execute(
                        insert(CHECKUP)
                        .values(kind=kind.value, **values)
                        .on_conflict_do_update(index_elements=[CHECKUP.c.kind], set_=values)
                    )
                for row in rows:
                    connection.execute(
                        insert(DAMAGE)
                        .values(**row)
                        .on_conflict_do_update(
                            index_elements=[DAMAGE.c.kind, DAMAGE.c.name], set_={"found": now}
                        )
                    )

        self._writer.perform(write)

    def forget_before(self, kind: Fault, began: int) -> None:
        """Forget the damage that a whole round has not found again. Raises: StorageFailure."""

        def write(connection: Connection) -> None:
            with connection.begin():
                connection.execute(
                    delete(DAMAGE).where(DAMAGE.c.kind == kind.value, DAMAGE.c.found < began)
                )

        self._writer.perform(write)
