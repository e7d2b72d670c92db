"""Measure how fast articles come in through the services, against bare SQLite in the same run.

    python benchmarks/import_speed.py [--articles 1500] [--rounds 3] [--files]

The floor is what somebody would write who wants no more than a table and an index: `sqlite3` alone,
one `executemany` into a plain table of titles, authors, outlets and texts, and one into an FTS5 index
with our columns in our order, our tokenizer, no prefix index, contentless as ours is. It commits as
many articles at a time as we do at the most, with our journal mode and our `synchronous`. It packs
nothing, looks for nothing that is there already, keeps no original, no history and no index of its
table, and folds nothing that the tokenizer does not fold.

Ours is `Importing.bring_in` with all it does to store an article: looking for the same one, hashing
text and original, packing both, index, journal, commits. Both get the same articles, read beforehand;
with `--files` ours reads them as well, from Markdown files in its worker processes. Floor and ours
alternate, each with a new library. The processor time is that of all threads of this process: ours
packs on two while another one writes, so that its clock runs less than its processor time where there
is more than one processor to be had. Each figure is one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from libraries import document_of, imported  # noqa: E402 (the checkout first)
from wording import Wording, text_of, wording  # noqa: E402 (the same)

from briefing_app.app import open_library  # noqa: E402 (the same)
from briefing_app.domain.change import Origin  # noqa: E402 (the same)
from briefing_app.importers.base import Document, Imported  # noqa: E402 (the same)
from briefing_app.progress import NoProgress  # noqa: E402 (the same)
from briefing_app.services.batch import TOGETHER  # noqa: E402 (the same)

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.progress import Progress
    from briefing_app.services.suite import Services


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast it went. Units: articles a second, by the clock and by this process's own time."""

    wall: float
    cpu: float


class Prepared:
    """Stands where the workers are, and has read everything already."""

    def __init__(self, read: dict[str, Imported]) -> None:
        self._read = read

    def read(self, document: Document, progress: Progress) -> Imported:
        """Return what is in a document."""
        del progress
        return self._read[document.name]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Import speed against bare SQLite.")
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--files", action="store_true", help="with reading the files")
    options = parser.parse_args()
    articles = [wording(number) for number in range(options.articles)]
    documents = tuple(document_of(article) for article in articles)
    prepared = Prepared(
        {
            document.name: Imported("Markdown", (imported(article),))
            for document, article in zip(documents, articles, strict=True)
        }
    )
    floor: list[Speed] = []
    ours: list[Speed] = []
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory() as folder:
            floor.append(bare(Path(folder, "floor.sqlite3"), articles))
        with tempfile.TemporaryDirectory() as folder:
            services = open_library(Path(folder, "Import.briefinglib"), Origin.COMMAND)
            if not options.files:
                services.importing._pool = prepared  # type: ignore[assignment] # noqa: SLF001 (reading is left out)
            ours.append(through_the_services(services, documents))
            services.close()
    report("sqlite3 with FTS5, executemany", floor)
    report("through the services, files read" if options.files else "through the services", ours)
    for kind in ("wall", "cpu"):
        ratio = _median(ours, kind) / _median(floor, kind)
        print(json.dumps({"figure": f"ours / floor, {kind}", "ratio": round(ratio, 2)}))
    return 0


def bare(file: Path, articles: list[Wording]) -> Speed:
    """Put the articles into a bare database."""
    rows = [
        (number, article.title, ", ".join(article.authors), article.source, text_of(article))
        for number, article in enumerate(articles, 1)
    ]
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        for pragma in ("journal_mode = WAL", "synchronous = FULL"):
            database.execute(f"PRAGMA {pragma}")
        database.execute(
            "CREATE TABLE article(id INTEGER PRIMARY KEY, title, authors, source, body)"
        )
        database.execute(
            "CREATE VIRTUAL TABLE article_fts USING fts5(body, title, authors, source, content='', "
            "tokenize='unicode61 remove_diacritics 2')"
        )

        def insert() -> None:
            for first in range(0, len(rows), TOGETHER):
                some = rows[first : first + TOGETHER]
                database.execute("BEGIN IMMEDIATE")
                database.executemany("INSERT INTO article VALUES (?, ?, ?, ?, ?)", some)
                database.executemany(
                    "INSERT INTO article_fts(rowid, title, authors, source, body) "
                    "VALUES (?, ?, ?, ?, ?)",
                    some,
                )
                database.execute("COMMIT")

        return timed(insert, len(rows))


def through_the_services(services: Services, documents: tuple[Document, ...]) -> Speed:
    """Import the documents into a new library."""

    def bring_in() -> None:
        outcomes = services.importing.bring_in(documents, NoProgress())
        services.history.flush()
        if any(outcome.status != "new" for outcome in outcomes):
            raise SystemExit("not all of them came in")

    return timed(bring_in, len(documents))


def timed(work: Callable[[], None], count: int) -> Speed:
    """Time some work."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Speed(count / (time.perf_counter() - wall), count / (time.process_time() - cpu))


def report(name: str, speeds: list[Speed]) -> None:
    """Print the figures of one way."""
    print(
        json.dumps(
            {
                "figure": "import",
                "how": name,
                "articles_a_second": round(_median(speeds, "wall")),
                "articles_a_cpu_second": round(_median(speeds, "cpu")),
                "rounds": len(speeds),
            }
        )
    )


def _median(speeds: list[Speed], kind: str) -> float:
    return statistics.median(float(getattr(speed, kind)) for speed in speeds)


if __name__ == "__main__":
    sys.exit(main())
