"""Measure a library on disk: its size, how fast it opens, how long an edit takes until it is stored.

    python benchmarks/library_speed.py [--cache DIR] [--library FOLDER] [--small FOLDER]
                                       [--runs 15] [--edits 400]

- size: bytes of the database for a byte of text (UTF-8), with the originals (Markdown files, as a made
  library has them) and without, and by table;
- open: from the folder to the first 100 rows of the list, 100,000 articles against 1,000, by turns,
  each in a process of its own that has loaded the program before;
- edit: from a call of the desk to the word that it is on disk, journal and index included, with the
  processor time that the calling thread gave to it. Key points are edited, articles moved to a shelf,
  passages marked. The floor is one row written and synced by bare SQLite in the same place.

`--library` and `--small` are copies that may be changed. Each figure is one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from libraries import copy_of, library  # noqa: E402 (the checkout first)

from briefing_app.app import open_library  # noqa: E402 (the same)
from briefing_app.domain.annotation import Role  # noqa: E402 (the same)
from briefing_app.domain.article import State  # noqa: E402 (the same)
from briefing_app.domain.articlelist import ArticleQuery  # noqa: E402 (the same)
from briefing_app.domain.change import Action, Origin  # noqa: E402 (the same)
from briefing_app.domain.story import edit_statement  # noqa: E402 (the same)
from briefing_app.storage.packing import unpack_text  # noqa: E402 (the same)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing_app.services.suite import Services

WARM = 20  # edits that are not counted


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="A library on disk.")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--library", type=Path, help="100,000 articles")
    parser.add_argument("--small", type=Path, help="1,000 articles")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--edits", type=int, default=400)
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.open:
        return open_once(options.open)
    with tempfile.TemporaryDirectory() as folder:
        large = options.library or copy_of(
            library(100_000, options.cache), Path(folder, "Large.briefinglib")
        )
        small = options.small or copy_of(
            library(1000, options.cache), Path(folder, "Small.briefinglib")
        )
        measure_size(large)
        measure_opening(large, small, options.runs)
        measure_edits(large, options.edits)
        measure_floor(large, options.edits)
    return 0


def measure_size(folder: Path) -> None:
    """Print how many bytes of the database there are for a byte of text."""
    with closing(sqlite3.connect(folder / "library.sqlite3")) as database:
        texts = database.execute("SELECT text FROM article_body")
        text = sum(len((unpack_text(row[0]) or "").encode()) for row in texts)
        try:
            found = database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name")
            sizes = {str(name): int(size) for name, size in found}
        except sqlite3.OperationalError:  # this SQLite was built without dbstat
            sizes = {"library.sqlite3": (folder / "library.sqlite3").stat().st_size}
    whole = sum(sizes.values())
    originals = sizes.get("original", 0) + sizes.get("sqlite_autoindex_original_1", 0)
    index = sum(size for name, size in sizes.items() if name.startswith("article_fts"))
    say("database bytes a byte of text", round(whole / text, 3), text_mb=round(text / 1e6))
    say("the same without originals", round((whole - originals) / text, 3))
    say("of it the search index of articles", round(index / text, 3))
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:12]:
        say(f"of it {name}", round(size / text, 3))


def measure_opening(large: Path, small: Path, runs: int) -> None:
    """Print how long both libraries take to their first rows, and the ratio."""
    taken: dict[Path, list[dict[str, float]]] = {large: [], small: []}
    for run in range(runs + 1):
        for folder, figures in taken.items():
            command = [sys.executable, __file__, "--open", str(folder)]
            done = subprocess.run(command, capture_output=True, check=True)
            if run:  # the first one warms the disk
                figures.append(json.loads(done.stdout))
    for kind in ("wall", "cpu"):
        first, second = (
            statistics.median(figure[kind] for figure in taken[folder]) for folder in (large, small)
        )
        say(f"open to first rows, {kind} ms, 100,000", round(first, 1), runs=runs)
        say(f"open to first rows, {kind} ms, 1,000", round(second, 1), runs=runs)
        say(f"open to first rows, {kind}, 100,000 / 1,000", round(first / second, 2))


def open_once(folder: Path) -> int:
    """Open a library, read the first page and print how long that took."""
    with tempfile.TemporaryDirectory() as other:  # everything is loaded then
        services = open_library(Path(other, "Other.briefinglib"), Origin.WINDOW)
        services.articles.page(ArticleQuery("inbox"), limit=100)
        services.close()
    wall, cpu = time.perf_counter(), time.process_time()
    services = open_library(folder, Origin.WINDOW)
    rows = services.articles.page(ArticleQuery("inbox"), limit=100)
    figures = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    services.close()
    if len(rows) != 100:
        raise SystemExit("there are no 100 rows")
    print(json.dumps({name: 1000 * value for name, value in figures.items()}))
    return 0


def measure_edits(folder: Path, count: int) -> None:
    """Make edits one after the other and print how long each took until it was on disk."""
    services = open_library(folder, Origin.WINDOW)
    saved = threading.Event()
    services.history.on_saved(lambda _: saved.set())
    stored: list[float] = []
    calling: list[float] = []
    edits = edits_of(services)
    for number in range(count + WARM):
        edit = next(edits)
        saved.clear()
        begin, busy = time.perf_counter(), time.thread_time()
        edit()
        held = 1000 * (time.thread_time() - busy)
        if not saved.wait(30):
            raise SystemExit("an edit was not stored")
        if number >= WARM:
            stored.append(1000 * (time.perf_counter() - begin))
            calling.append(held)
    services.close()
    spread("edit to disk with journal, ms", stored)
    spread("of it on the calling thread, cpu ms", calling)


def edits_of(services: Services) -> Iterator[Callable[[], object]]:
    """Give edits of different kinds without end."""
    brief = services.desk.briefs()[0]
    story = services.desk.story(services.desk.brief(brief.id).stories[0])
    statements = [statement.id for statement in story.statements]
    rows = services.articles.page(ArticleQuery("all"), limit=200)
    number = 0
    while True:
        number += 1
        row = rows[number % len(rows)]
        match number % 3:
            case 0:
                one, words = statements[number % len(statements)], f"Point {number} of the day"
                yield lambda: services.desk.edit_story(
                    Action.EDIT_STATEMENT,
                    story.id,
                    lambda old: edit_statement(old, one, words),  # noqa: B023 (called at once)
                )
            case 1:
                state = State.READING if row.state is not State.READING else State.NEW
                yield lambda: services.articles.set_state((row.id,), state)  # noqa: B023 (the same)
            case _:
                at = 5 + number % 900
                yield lambda: services.reading.annotate(row.id, at, at + 60, Role.HIGHLIGHT)  # noqa: B023 (the same)


def measure_floor(folder: Path, count: int) -> None:
    """Print how long bare SQLite takes for a row on the same disk."""
    taken: list[float] = []
    with (
        tempfile.TemporaryDirectory(dir=folder.parent) as beside,
        closing(sqlite3.connect(Path(beside, "floor.sqlite3"), isolation_level=None)) as database,
    ):
        for pragma in ("journal_mode = WAL", "synchronous = FULL"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("CREATE TABLE change(id INTEGER PRIMARY KEY, words TEXT)")
        for number in range(count):
            begin = time.perf_counter()
            database.execute("INSERT INTO change(words) VALUES (?)", (f"Point {number}",))
            taken.append(1000 * (time.perf_counter() - begin))
    spread("one row to disk, bare SQLite, ms", taken)


def spread(what: str, values: list[float]) -> None:
    """Print the middle and the end of some times."""
    ordered = sorted(values)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    middle = ordered[len(ordered) // 2]
    say(what, {"p50": round(middle, 2), "p99": round(last, 2), "max": round(ordered[-1], 2)})


def say(what: str, value: object, **more: object) -> None:
    """Print one figure."""
    print(json.dumps({"figure": what, "value": value, **more}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
