"""Bring a library of an earlier version up to date. Imported only when one is met: it loads Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from briefing_app.domain.backup import Reason
from briefing_app.errors import QT_TRANSLATE_NOOP, StorageFailure
from briefing_app.progress import NoProgress
from briefing_app.storage import index, sketches
from briefing_app.storage.backup import back_up
from briefing_app.storage.connection import writing_engine
from briefing_app.storage.failure import EXPECTED, newer_library

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def upgrade(connection: Connection, folder: Path) -> None:
    """Run the migrations that a file lacks, in the caller's transaction; a backup is made first.

    Raises: StorageFailure if a newer version of the program made the file, or if the upgrade or its
    backup failed: then the caller's transaction leaves the library as it was.
    """
    config = configuration(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar_one_or_none()
    if found is not None and found not in known:
        raise newer_library(folder)
    try:
        if found is not None:  # nothing is lost of a new file
            back_up(folder, Reason.UPGRADE, NoProgress())
        command.upgrade(config, "head")
        index.complete(connection)  # a migration may drop a search table that is to look otherwise
        sketches.complete(connection)
    except (*EXPECTED, StorageFailure) as error:
        raise _not_upgraded(folder, error) from error


def configuration(connection: Connection) -> Config:
    """Return what Alembic needs to know to work on this connection."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _not_upgraded(folder: Path, error: Exception) -> StorageFailure:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return StorageFailure(
        QT_TRANSLATE_NOOP(
            "errors",
            "The library “{folder}” is of an earlier version and could not be brought up to date: "
            "{reason}",
        ),
        hint=QT_TRANSLATE_NOOP(
            "errors",
            "It was left as it was. Make room on the disk or ask whoever manages it, then try again; "
            "the earlier version of Briefing Desk still opens it.",
        ),
        folder=folder,
        reason=str(cause).rstrip(".") + ".",
    )


def try_out(file: Path) -> None:
    """Make the tables of a new file by all migrations, to see that they came with the program."""
    engine = writing_engine(file)
    try:
        with engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT NOT NULL)")
            upgrade(connection, file.parent)
    finally:
        engine.dispose()
