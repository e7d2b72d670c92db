"""Measure the search of a large library: the first 50 hits, newest first and best match, and peers.

    python benchmarks/search_speed.py [--articles 100000] [--cache DIR] [--library FOLDER]
                                      [--questions 100] [--no-peers]

Ours is `Searching.find`, with all its snippets, as the command asks it; the window makes those of the
rows that it shows ("a screenful", 10 of them). The questions are made of words of many frequencies:
common ones (rank 20 to 300), rare ones, phrases of an article, beginnings, one word without another,
fields. The floor is FTS5 asked for 50 row ids alone, in the same run. Peers are tantivy (in this
process, its index made in the cache once) and ripgrep (a process a question, all texts in 400 files of
the cache); one that is not installed is left out with the reason. All read from memory: the files are
warm. Each figure is one line of JSON, in milliseconds, by the clock and, for what runs in this process,
of processor time.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from libraries import cache_folder, library  # noqa: E402 (the checkout first)
from wording import SEED, outlets, tags, text_of, word, wording  # noqa: E402 (the same)

from briefing_app.app import open_library  # noqa: E402 (the same)
from briefing_app.domain.change import Origin  # noqa: E402 (the same)

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 50
SCREENFUL = 10  # of the hits
WARM = 10  # questions that are not counted
FILES = 400  # of texts, for ripgrep


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="The search of a large library, and peers.")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--library", type=Path, help="a made library, in place of the cached one")
    parser.add_argument("--questions", type=int, default=100, help="of each kind")
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    folder = options.library or library(options.articles, options.cache)
    asked = questions(options.articles, options.questions)
    services = open_library(folder, Origin.COMMAND)
    gc.freeze()  # as the window does with all that it has loaded

    def find(text: str, shown: int = LIMIT, *, best: bool = False) -> object:
        hits = services.searching.find(text, LIMIT, best=best)
        for hit in hits[:shown]:
            assert hit.snippet or not hit.has_snippet
        return hits

    try:
        for kind, texts in asked.items():
            measure("briefing desk", "newest first", kind, texts, find)
            screenful = partial(find, shown=SCREENFUL)
            measure("briefing desk", "newest first, a screenful", kind, texts, screenful)
            measure("briefing desk", "best match", kind, texts, partial(find, best=True))
    finally:
        services.close()
    floor(folder, asked)
    if not options.no_peers:
        cache = options.cache or cache_folder()
        tantivy_peer(cache, options.articles, asked)
        ripgrep_peer(cache, options.articles, asked)
    return 0


def questions(articles: int, count: int) -> dict[str, list[str]]:
    """Return questions of each kind, the same in each run."""
    chance = random.Random(SEED)
    common = [word(chance.randrange(20, 300)) for _ in range(count)]
    rare = [word(chance.randrange(3000, 60_000)) for _ in range(count)]
    phrases: list[str] = []
    while len(phrases) < count:
        words = wording(chance.randrange(articles)).blocks[0][1].split()
        at = chance.randrange(max(1, len(words) - 3))
        phrase = " ".join(words[at : at + 3]).replace(".", "").replace(",", "")
        if len(words) > 4 and phrase.isascii():
            phrases.append(f'"{phrase}"')
    others = [word(chance.randrange(300, 3000)) for _ in range(count)]
    names, labels = outlets().words, tags().words
    return {
        "common word": common,
        "rare word": rare,
        "phrase": phrases,
        "beginning": [f"{word(chance.randrange(150, 6000))[:4]}*" for _ in range(count)],
        "two words": [f"{a} {b}" for a, b in zip(common, others, strict=True)],
        "one without another": [f"{a} -{b}" for a, b in zip(others, common, strict=True)],
        "a word of a title": [f"title:{word(chance.randrange(300, 3000))}" for _ in range(count)],
        "of an outlet": [f'{a} source:"{chance.choice(names)}"' for a in common],
        "with a tag": [f"{a} tag:{chance.choice(labels)}" for a in common],
        "after a day": [f"{a} after:{chance.randrange(2019, 2027)}-01-01" for a in common],
    }


def measure(who: str, how: str, kind: str, texts: list[str], find: Callable[[str], object]) -> None:
    """Ask all questions and print how long they took."""
    for text in texts[:WARM]:
        find(text)
    wall: list[float] = []
    cpu: list[float] = []
    hits = 0
    for text in texts:
        begin, busy = time.perf_counter(), time.thread_time()
        found = find(text)
        cpu.append(1000 * (time.thread_time() - busy))
        wall.append(1000 * (time.perf_counter() - begin))
        hits += len(found) if isinstance(found, list | tuple) else 0
    figure = {"figure": "search", "who": who, "how": how, "kind": kind, "n": len(texts)}
    figure |= {f"wall_{name}": value for name, value in spread(wall).items()}
    figure |= {f"cpu_{name}": value for name, value in spread(cpu).items()}
    print(json.dumps({**figure, "hits": round(hits / len(texts), 1)}), flush=True)


def spread(values: list[float]) -> dict[str, float]:
    """Return the middle and the end of some times."""
    ordered = sorted(values)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return {"p50": round(ordered[len(ordered) // 2], 2), "p99": round(last, 2)}


def floor(folder: Path, asked: dict[str, list[str]]) -> None:
    """Ask FTS5 alone, for row ids: its tables one after the other, the newest articles first."""
    file = (folder / "library.sqlite3").absolute().as_uri()
    with closing(sqlite3.connect(f"{file}?mode=ro", uri=True)) as database:
        found = database.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE article%'"
        )
        tables = sorted((name for (name,) in found), reverse=True)

        def find(text: str) -> list[int]:
            rows: list[int] = []
            for table in tables:
                query = (
                    f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?"
                )
                left = LIMIT - len(rows)
                rows += [row for (row,) in database.execute(query, (text, left))]
                if len(rows) >= LIMIT:
                    break
            return rows

        for kind in ("common word", "rare word", "phrase", "two words"):
            texts = asked[kind] if kind == "phrase" else [quoted(text) for text in asked[kind]]
            measure("FTS5 alone", "newest first", kind, texts, find)


def quoted(text: str) -> str:
    """Return words as FTS5 takes them without a second thought."""
    return " ".join(f'"{part}"' for part in text.split())


def tantivy_peer(cache: Path, articles: int, asked: dict[str, list[str]]) -> None:
    """Ask tantivy for its best 50, which is what it ranks for."""
    if importlib.util.find_spec("tantivy") is None:
        left_out("tantivy", "the package tantivy is not installed")
        return
    import tantivy

    folder = cache / f"tantivy-{articles}-{SEED}"
    shape = tantivy.SchemaBuilder()
    shape.add_text_field("title", stored=True)
    shape.add_text_field("body", stored=False)
    begun = time.perf_counter()
    fresh = not folder.exists()
    if fresh:
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        writer = tantivy.Index(shape.build(), path=str(part)).writer(100_000_000)
        for number in range(articles):
            article = wording(number)
            writer.add_document(tantivy.Document(title=article.title, body=text_of(article)))
        writer.commit()
        writer.wait_merging_threads()
        part.rename(folder)
    index = tantivy.Index.open(str(folder))
    index.reload()
    searcher = index.searcher()
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    made = round(time.perf_counter() - begun) if fresh else None
    print(json.dumps({"figure": "index of tantivy", "mb": round(size), "seconds_to_make": made}))

    def find(text: str) -> list[object]:
        words = text if text.startswith('"') else " AND ".join(f'"{part}"' for part in text.split())
        query = index.parse_query(words, ["title", "body"])
        hits = searcher.search(query, LIMIT).hits
        return [searcher.doc(address)["title"] for _, address in hits]

    for kind in ("common word", "rare word", "phrase", "two words"):
        measure("tantivy", "best match", kind, asked[kind], find)


def ripgrep_peer(cache: Path, articles: int, asked: dict[str, list[str]]) -> None:
    """Ask ripgrep for the lines that hold a word, in all texts."""
    program = shutil.which("rg") or shutil.which("rg", path=str(Path(sys.executable).parent))
    if program is None:
        left_out("ripgrep", "there is no program rg")
        return
    folder = cache / f"texts-{articles}-{SEED}"
    if not folder.exists():
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        for name in range(FILES):
            numbers = range(name, articles, FILES)
            texts = (f"{wording(n).title}\n{text_of(wording(n))}\n" for n in numbers)
            (part / f"{name:03d}.txt").write_text("".join(texts), encoding="utf-8")
        part.rename(folder)

    def find(text: str) -> list[str]:
        command = [program, "--ignore-case", "--fixed-strings", "--word-regexp", "--count"]
        done = subprocess.run(
            [*command, text.strip('"'), str(folder)], capture_output=True, text=True, check=False
        )
        return done.stdout.splitlines()

    for kind in ("common word", "rare word", "phrase"):
        measure("ripgrep", "all of them", kind, asked[kind][:12], find)


def left_out(who: str, why: str) -> None:
    """Say that a peer is not there."""
    print(json.dumps({"figure": "search", "who": who, "left_out": why}))


if __name__ == "__main__":
    sys.exit(main())
