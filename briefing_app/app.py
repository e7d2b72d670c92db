"""The composition root: the one module that knows every layer.

It imports inside functions. A command never loads Qt, `--version` loads next to nothing, and the
window is painted before the database engine is read from disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing_app.domain.change import Origin
    from briefing_app.services.suite import Services
    from briefing_app.storage.library import Upgrade


def main(argv: Sequence[str]) -> int:
    """Do what the arguments ask for and return the exit code."""
    if argv[:1] == ["--worker"]:
        return _work()
    from briefing_app.cli import run

    return run.main(argv)


def open_library(folder: Path, origin: Origin) -> Services:
    """Open a library for one front; an absent or empty folder becomes a new library.

    Raises: StorageFailure.
    """
    import time
    import uuid

    from briefing_app.importers.pool import Pool
    from briefing_app.paths import log_folder
    from briefing_app.services.desk import Desk
    from briefing_app.services.held import Held
    from briefing_app.services.history import History
    from briefing_app.services.importing import Importing
    from briefing_app.services.suite import Services
    from briefing_app.storage.library import Library

    def new_id() -> str:
        return str(uuid.uuid4())

    def now() -> int:
        return time.time_ns() // 1_000_000

    library = Library.open(folder, new_id=new_id, now=now, migrations=_migrations)
    history = History(
        Held(library.records), library.journal, library.writer, origin, new_id=new_id, now=now
    )
    pool = Pool(log=log_folder() / "importing.log")

    def close() -> None:
        pool.close()
        library.close()

    return Services(
        history=history,
        desk=Desk(history, library.facts),
        importing=Importing(pool, library, history, origin),
        close=close,
    )


def _work() -> int:
    """Read documents for another process of this program until it ends."""
    import sys

    from briefing_app.importers import worker

    return worker.main(sys.stdin.buffer, sys.stdout.buffer)


def _migrations() -> Upgrade:
    """Return what brings an older library up to date; it loads Alembic."""
    from briefing_app.storage.migrate import upgrade

    return upgrade
