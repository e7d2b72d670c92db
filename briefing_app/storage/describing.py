"""Count what a library holds, and how much room it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from briefing_app.domain.library import LibraryFacts
from briefing_app.storage.opening import FILE
from briefing_app.storage.place import ROLLBACK, WAL
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    BRIEF,
    CHANGE,
    LIBRARY,
    SET,
    STORY,
)

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Table

_MODE = "PRAGMA journal_mode"


def describe(connection: Connection, folder: Path, *, read_only: bool) -> LibraryFacts:
    """Return what can be told of a library. Raises: OSError, DBAPIError."""
    return LibraryFacts(
        folder=folder,
        revision=_pragma(connection, "SELECT version_num FROM alembic_version"),
        journal=_journal(folder / FILE) if read_only else _pragma(connection, _MODE),
        articles=_live(connection, ARTICLE),
        annotations=_live(connection, ANNOTATION),
        stories=_live(connection, STORY),
        briefs=_live(connection, BRIEF),
        changes=connection.execute(select(func.count()).select_from(CHANGE)).scalar_one(),
        created=connection.execute(select(LIBRARY.c.created)).scalar_one(),
        changed=connection.execute(
            select(SET.c.made_at).order_by(SET.c.id.desc()).limit(1)
        ).scalar()
        or 0,
        database=sum(_size(folder / f"{FILE}{end}") for end in ("", "-wal", "-journal")),
        originals=_size(folder / "originals"),
        backups=_size(folder / "backups"),
    )


def _live(connection: Connection, table: Table) -> int:
    query = select(func.count()).select_from(table).where(table.c.deleted_at.is_(None))
    return int(connection.execute(query).scalar_one())


def _pragma(connection: Connection, words: str) -> str:
    return str(connection.exec_driver_sql(words).scalar_one())


def _journal(file: Path) -> str:
    """Return the journal that a file asks for; a connection that only reads may have none.

    Not for a file that this process writes to: to close it would take the locks of SQLite away.
    Source: sqlite.org/fileformat.html, the file format write version at offset 18.
    """
    with file.open("rb") as stream:
        return WAL if stream.read(19)[18:] == b"\x02" else ROLLBACK


def _size(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder; 0 where there is nothing."""
    if path.is_dir():
        return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
    return path.stat().st_size if path.is_file() else 0
