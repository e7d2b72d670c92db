"""The composition root: the one module that knows every layer.

It imports inside functions. A command never loads Qt, `--version` loads next to nothing, and the
window is painted before the database engine is read from disk.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from briefing_app.cli.program import Program
    from briefing_app.domain.change import ChangeSet, Origin
    from briefing_app.errors import BriefingError
    from briefing_app.exporters.base import Exporter
    from briefing_app.gui.rest import Rest
    from briefing_app.importers.base import Imported
    from briefing_app.importers.pool import Pool
    from briefing_app.importers.web import Web
    from briefing_app.services.bundlework import BundleWork
    from briefing_app.services.exporting import Exporting
    from briefing_app.services.importing import Incoming
    from briefing_app.services.suite import Services
    from briefing_app.services.upkeep import Upkeep
    from briefing_app.storage.library import Library
    from briefing_app.storage.opening import Upgrade


def main(argv: Sequence[str]) -> int:
    """Do what the arguments ask for and return the exit code."""
    if argv[:1] == ["--worker"]:
        return _work()
    if not argv:
        return _window(None)
    if len(argv) == 2 and argv[0] == "--library":  # the window alone: no command is loaded
        from pathlib import Path

        return _window(Path(argv[1]))
    from briefing_app.cli.parser import make_parser, shielded
    from briefing_app.cli.run import carry_out, write_utf8

    write_utf8()
    args = make_parser().parse_args(shielded(argv))
    if args.run is None:
        return _window(getattr(args, "library", None))
    return carry_out(args, _program())


def open_library(folder: Path, origin: Origin, *, make: bool = True) -> Services:
    """Open a library for one front; with `make` an absent or empty folder becomes a new library.

    Raises: StorageFailure.
    """
    from briefing_app.domain.change import Origin

    library = _open(folder, make=make, alone=origin is Origin.WINDOW)
    try:
        return _services_of(library, origin, _new_id, _now)
    except BaseException:
        library.close()
        raise


def _open(folder: Path, *, make: bool, alone: bool) -> Library:
    from briefing_app.storage.library import Library

    return Library.open(
        folder, new_id=_new_id, now=_now, migrations=_migrations, make=make, alone=alone
    )


def _new_id() -> str:
    import uuid

    return str(uuid.uuid4())


def _now() -> int:
    import time

    return time.time_ns() // 1_000_000


def _services_of(
    library: Library, origin: Origin, new_id: Callable[[], str], now: Callable[[], int]
) -> Services:
    from briefing_app.services.about import About
    from briefing_app.services.articles import Articles
    from briefing_app.services.bundling import Bundling
    from briefing_app.services.checkup import Checkup
    from briefing_app.services.clusters import Clusters
    from briefing_app.services.collecting import Collecting
    from briefing_app.services.desk import Desk
    from briefing_app.services.erasing import Erasing
    from briefing_app.services.exporting import LibraryExporting
    from briefing_app.services.feeds import Feeds
    from briefing_app.services.fetching import Fetching
    from briefing_app.services.held import Held
    from briefing_app.services.history import History
    from briefing_app.services.identify import Identify
    from briefing_app.services.importing import Importing
    from briefing_app.services.many import Many
    from briefing_app.services.moving import Moving
    from briefing_app.services.reading import Reading
    from briefing_app.services.recognising import reader_of
    from briefing_app.services.rereading import Rereading
    from briefing_app.services.revisions import Revisions
    from briefing_app.services.sampling import Sampling
    from briefing_app.services.searches import Searches
    from briefing_app.services.searching import Searching
    from briefing_app.services.shortitems import ShortItems
    from briefing_app.services.splitting import Splitting
    from briefing_app.services.suite import Services
    from briefing_app.services.trash import Trash
    from briefing_app.services.versions import Versions
    from briefing_app.services.watching import Watching

    history = History(
        Held(library.records), library.journal, library.writer, origin, new_id=new_id, now=now
    )
    desk = Desk(history, library.facts)
    many = Many(history, library.records, library.journal, library.writer)
    articles = Articles(history, many, library.articles, library.overview)
    reading = Reading(history, articles, desk, library.facts)
    erasing = Erasing(history, library.eraser)
    pool = _pool()
    reader = reader_of(pool)
    importing = Importing(reader, library, history, origin)
    feeds = Feeds(library.feeds)
    fetching = Fetching(_web, importing, feeds, now)
    bundling = Bundling(library, history, _bundle_work)

    def close() -> None:
        for busy in (fetching, importing, bundling):
            busy.close()
        try:
            pool.close()
        finally:
            library.close()

    return Services(
        about=About(
            library.folder, library.read_only, library.describe, library.room, library.cloud
        ),
        history=history,
        desk=desk,
        reading=reading,
        articles=articles,
        many=many,
        collecting=Collecting(history, many, library.overview),
        short_items=ShortItems(history, articles, desk),
        searching=Searching(library.search, history.today),
        searches=Searches(history, library.saved),
        identify=Identify(library.names),
        importing=importing,
        fetching=fetching,
        feeds=feeds,
        watching=Watching(library.watched),
        sampling=Sampling(reader, library, history, origin),
        exporting=LibraryExporting(_exporters, desk, reading),
        bundling=bundling,
        digest=library.digest,
        revisions=Revisions(history, library.chronicle),
        erasing=erasing,
        trash=Trash(history, library.trash, erasing),
        versions=Versions(history, articles, importing, library.versions, library.records),
        splitting=Splitting(pool, library, history, articles),
        clusters=Clusters(articles, library.sketches),
        rereading=Rereading(library, history, articles, importing),
        moving=Moving(library, history),
        upkeep=upkeep_of(library.folder),
        checkup=Checkup(library.checkup, now),
        close=close,
        warning=library.warning,
    )


def _bundle_work() -> BundleWork:
    """Return what writes and reads bundles; most who open a library need neither."""
    from briefing_app.services.bundlework import BundleWork

    return BundleWork()


def _web() -> Web:
    """Return what fetches from the web; it is loaded when the user first asks for a page."""
    from briefing_app.importers.web import Web

    return Web()


def _pool() -> Pool:
    """Return the processes that read files; none is started before the first file."""
    from briefing_app.importers.pool import Pool
    from briefing_app.paths import log_folder

    return Pool(log=log_folder() / "importing.log")


def _work() -> int:
    """Read documents for another process of this program until it ends."""
    import os
    import sys

    from briefing_app.importers import worker

    # a windowed program has pipes, but no streams
    asked = sys.stdin.buffer if sys.stdin is not None else os.fdopen(0, "rb")
    answers = sys.stdout.buffer if sys.stdout is not None else os.fdopen(1, "wb")
    return worker.main(asked, answers)


def _migrations() -> Upgrade:
    """Return what brings an older library up to date; it loads Alembic."""
    from briefing_app.storage.migrate import upgrade

    return upgrade


def _window(folder: Path | None) -> int:
    """Open the window on a library: the one named, else that of the settings, else the user's own."""
    import gc

    gc.disable()  # the objects of the start all stay; `gui/run` switches it on when all is loaded
    import sys
    from functools import partial
    from pathlib import Path

    from briefing_app import paths
    from briefing_app.settings import Settings

    if not _has_display():
        if sys.stderr is not None:
            sys.stderr.write(
                "The window needs a display, and there is none here.\n"
                "Commands work without one: briefing-app --help\n"
            )
        return 1
    from briefing_app.gui import run

    settings = Settings(paths.settings_file())
    chosen = Path(settings.now.library) if settings.now.library else paths.default_library()
    library = (folder or chosen).expanduser().absolute()
    make = folder is not None or library == paths.default_library()  # one that went is not remade
    opening = partial(_open_for_window, library, make)
    return run.run((), opening, settings, library, load_rest=_rest_with_log, make=make)


def _open_for_window(folder: Path, make: bool) -> Services:
    from briefing_app.domain.change import Origin

    return open_library(folder, Origin.WINDOW, make=make)


def _open_carrying(folder: Path, waiting: tuple[ChangeSet, ...]) -> Services:
    """Open a copy of a library for the window, with the edits that its original could not take."""
    from briefing_app.services.moving import carry_over

    library = _open(folder, make=False, alone=True)
    try:
        carry_over(library, waiting)
    finally:
        library.close()
    return _open_for_window(folder, make=False)


def _rest_with_log() -> Rest:
    from briefing_app.gui import log
    from briefing_app.paths import log_folder

    log.keep(log_folder() / "window.log")
    return rest_of_window()


def rest_of_window() -> Rest:
    """Return what the window gets after its first paint."""
    from briefing_app.gui.desktop import Desktop
    from briefing_app.gui.doors import Doors
    from briefing_app.gui.furniture import Furniture
    from briefing_app.gui.instance import Doorbell
    from briefing_app.gui.problems import tell
    from briefing_app.gui.rest import Rest
    from briefing_app.gui.upkeep.safety import Safety

    return Rest(
        Furniture,
        Desktop,
        Doors,
        Doorbell,
        tell,
        _open_for_window,
        _open_carrying,
        Safety,
        upkeep_of,
    )


def _has_display() -> bool:
    """Tell whether a window can be shown; without a display Qt would abort the process."""
    import os
    import sys

    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in names)


def _program() -> Program:
    """Return what a command may ask for; nothing of it is loaded yet."""
    from briefing_app.cli.program import Program

    written: set[Path] = set()

    @contextmanager
    def library(folder: Path, *, make: bool = True) -> Iterator[Services]:
        from briefing_app.cli.output import Output
        from briefing_app.domain.change import Origin
        from briefing_app.services.erasing import finish_left_over

        services = open_library(folder, Origin.COMMAND, make=make)
        leave = services.history.on_saved(lambda _saved: written.add(folder))
        try:
            if services.warning is not None:
                Output().warn(f"{services.warning} {services.warning.next_step}")
            finish_left_over(services.erasing)
            yield services
        finally:
            services.close()
            leave()

    def look_after() -> None:
        """Back up what was written to, if that is due; a command that only reads never waits."""
        from briefing_app.progress import NoProgress

        while written:
            upkeep_of(written.pop()).back_up_if_due(NoProgress())

    return Program(library, upkeep_of, look_after, _exporting, _read, _try_migrations, _try_window)


def upkeep_of(folder: Path) -> Upkeep:
    """Return what keeps the library in a folder safe, open or not."""
    import time

    from briefing_app.services.upkeep import Upkeep
    from briefing_app.storage.upkeep import StoredUpkeep

    return Upkeep(StoredUpkeep(folder), lambda: time.time_ns() // 1_000_000)


def _read(documents: Iterable[Incoming]) -> Iterator[tuple[Incoming, Imported | BriefingError]]:
    from briefing_app.progress import NoProgress
    from briefing_app.services.importing import read_all
    from briefing_app.services.recognising import reader_of

    pool = _pool()
    try:
        yield from read_all(documents, reader_of(pool), NoProgress())
    finally:
        pool.close()


def _exporting() -> Exporting:
    from briefing_app.services.exporting import Exporting

    return Exporting(_exporters)


def _exporters() -> tuple[Exporter, ...]:
    """Return the registry; it loads ReportLab."""
    from briefing_app.exporters.registry import EXPORTERS

    return EXPORTERS


def _try_migrations(file: Path) -> None:
    from briefing_app.storage.migrate import try_out

    try_out(file)


def _try_window(pdf: bytes) -> None:
    from briefing_app.gui.selftest import try_out

    rest_of_window()
    try_out(pdf)
