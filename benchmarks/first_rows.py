"""Measure from the start of a process to the first rows of its list, and the stalls on the way.

    python benchmarks/first_rows.py [--articles 100000] [--runs 7]

The library is one article, copied within its database; with 0 articles there is none yet, and each run
is a very first start, which adds the sample brief. A stall is how long the event loop was away
between two beats of a timer of 1 ms, from the first paint until a second after the rows are there.
Each figure is one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = "# A report on the harvest\n\n" + "The harvest was good, and the mills had work.\n\n" * 20
ROWS = """
WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
INSERT INTO {table} ({columns}) SELECT {values} FROM {table}, n WHERE {key} = 1
"""
COPIES = {  # table: its key, and what differs in a copy
    "article": ("id", {"uid": "'copy-' || i", "title": "title || ' ' || i", "current_id": "i"}),
    "article_version": ("id", {"uid": "'copy-' || i", "article_id": "i"}),
    "article_body": ("version_id", {}),
}


def main() -> int:
    """Measure and print, or be the window that is measured."""
    parser = argparse.ArgumentParser(description="Start to first rows.")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--window", nargs=2, metavar=("FOLDER", "BEGIN"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if options.window:
        return show(Path(options.window[0]), float(options.window[1]))
    with tempfile.TemporaryDirectory() as folder:
        homes = [Path(folder, str(run)) for run in range(options.runs + 1)]
        if options.articles:
            fill(homes[0] / "Library.briefinglib", options.articles)
            homes = [homes[0]] * len(homes)
        _, *starts = [measure(str(home)) for home in homes]  # the first one warms the disk
    for name in starts[0]:
        values = [start[name] for start in starts]
        print(
            json.dumps(
                {
                    "figure": name,
                    "articles": options.articles,
                    "median": round(statistics.median(values), 1),
                    "max": round(max(values), 1),
                    "runs": len(values),
                }
            )
        )
    return 0


def fill(folder: Path, count: int) -> None:
    """Make a library with as many articles."""
    from briefing_app.app import open_library
    from briefing_app.domain.change import Origin
    from briefing_app.progress import NoProgress
    from briefing_app.services.importing import documents_of

    services = open_library(folder, Origin.COMMAND)
    file = folder / "harvest.md"
    file.write_text(TEXT, encoding="utf-8")
    services.importing.bring_in(documents_of((file,)), NoProgress())
    services.history.flush()
    services.close()
    with closing(sqlite3.connect(folder / "library.sqlite3")) as database:
        for table, (key, other) in COPIES.items():
            changed = {**other, key: "i"}
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            database.execute(
                ROWS.format(
                    table=table,
                    key=f"{table}.{key}",
                    columns=", ".join(columns),
                    values=", ".join(changed.get(name, name) for name in columns),
                ),
                {"count": count},
            )
        database.commit()


def measure(home: str) -> dict[str, float]:
    """Start the window on the library and return what it says of its start."""
    environment = {**os.environ, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, __file__, "--window", f"{home}/Library.briefinglib"]
    done = subprocess.run(
        [*command, str(time.monotonic())], env=environment, capture_output=True, check=True
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def show(library: Path, begin: float) -> int:
    """Show the window as the program does, and write when the rows were there."""
    import psutil
    from PySide6.QtCore import QObject, QTimer, Slot

    from briefing_app import app
    from briefing_app.gui import run

    class Watch(QObject):
        def __init__(self, start: run.Start) -> None:
            super().__init__(start)
            self._start = start
            self._figures: dict[str, float] = {}
            self._stalls: list[float] = []
            self._end = float("inf")
            self._beat = QTimer(self)
            self._beat.setInterval(1)
            self._beat.timeout.connect(self._look)
            start.window.painted.connect(self._painted)

        @Slot()
        def _painted(self) -> None:
            self._last = time.monotonic()
            self._figures["first paint, ms"] = (self._last - begin) * 1000
            self._figures["memory at the first paint, MB"] = (
                psutil.Process().memory_info().rss / 1e6
            )
            self._beat.start()

        @Slot()
        def _look(self) -> None:
            now = time.monotonic()
            self._stalls.append((now - self._last) * 1000)
            self._last = now
            articles = self._start.window.articles
            rows = getattr(articles, "list", None)
            if self._end == float("inf") and rows is not None and rows.rows.rowCount():
                self._figures["first rows, ms"] = (now - begin) * 1000
                self._end = now + 1
            if now > self._end:
                self._figures["longest stall after the first paint, ms"] = max(self._stalls)
                self._figures["stalls over 50 ms"] = sum(stall > 50 for stall in self._stalls)
                self._figures["memory with rows shown, MB"] = (
                    psutil.Process().memory_info().rss / 1e6
                )
                print(json.dumps(self._figures), flush=True)
                self._beat.stop()
                self._start.window.close()

    class Watched(run.Start):
        def __init__(self, *given: object, **named: object) -> None:
            super().__init__(*given, **named)  # type: ignore[arg-type] # handed on as they came
            self._watch = Watch(self)

    run.Start = Watched  # type: ignore[misc] # the one place where the window's start can be watched
    return app.main(["--library", str(library)])


if __name__ == "__main__":
    sys.exit(main())
