"""Measure how well copies of a text are told from other texts, and what that costs.

    python benchmarks/clusters.py [--corpus DIR ...] [--texts 400] [--articles 100000]

The corpus is a folder of saved pages or texts (``*.html``, ``*.htm``, ``*.txt``, ``*.md``), read as
an import reads them; without one, made-up texts take their place, whose figures say little. Each text
of 80 words or more is paired with copies of itself that an editor might have made (`COPIES`), and with
texts that are none (`OTHERS`): one of the same outlet's template, the other half of itself (the same
topic and names in other words), one that quotes it, and the text of the corpus that shares most words
with it. Left out are texts that repeat themselves and copies in the corpus itself: what shares three
in ten runs of three words, exactly counted.

Printed, a line of JSON each: precision and recall by threshold, of ours and of SimHash over runs of
three words (of a third of the pairs: it is slow here); recall of each kind of copy at our threshold,
and how many of each kind of other texts pass it; how many copies the keys find at all; the cost of a
text, of looking one up, and the room, in a table of so many articles as the library has it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import statistics
import sys
import time
from collections import Counter
from contextlib import closing
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from wording import text_of, wording  # noqa: E402 (the checkout first)

from briefing_app.domain.likeness import (  # noqa: E402 (the same)
    ALIKE,
    bands,
    likeness,
    sketch,
    sketch_of,
)
from briefing_app.errors import BriefingError  # noqa: E402 (the same)
from briefing_app.importers import registry  # noqa: E402 (the same)
from briefing_app.importers.base import Document  # noqa: E402 (the same)
from briefing_app.progress import NoProgress  # noqa: E402 (the same)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Paragraphs = list[str]
SUFFIXES = (".html", ".htm", ".txt", ".md")
LEAST = 80  # words of a text that takes part
THRESHOLDS = tuple(step / 20 for step in range(3, 17))
PART = 4096  # articles of one part of the table, as in the library
TEMPLATE = """\
This article is part of our daily briefing, which reaches forty thousand readers every morning.
To receive it by mail, leave your address below; you can change your mind at any time.
Share this story with your friends and colleagues. Our journalism depends on readers like you,
and every contribution, however small, keeps it open to everybody. The views expressed here are
those of the author and need not be shared by the newsroom. All rights reserved; no part may be
reproduced without permission in writing from the publisher.""".split("\n")  # noqa: SIM905 (a text)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Near-duplicates: precision, recall, cost.")
    parser.add_argument("--corpus", type=Path, action="append", default=[])
    parser.add_argument("--texts", type=int, default=400, help="at most so many texts")
    parser.add_argument("--articles", type=int, default=100_000, help="in the table")
    options = parser.parse_args()
    texts = list(_texts(options.corpus, options.texts))
    chance = random.Random(19)
    copies = {kind: [(one, make(one, texts, chance)) for one in texts] for kind, make in COPIES}
    others = {kind: [(one, make(one, texts, chance)) for one in texts] for kind, make in OTHERS}
    others["the text nearest to it"] = list(_nearest(texts))
    print(json.dumps({"figure": "pairs", "texts": len(texts), "words": _words(texts)}))
    scores = _scored(copies, _sketched, likeness), _scored(others, _sketched, likeness)
    _report("MinHash", *scores)
    _report_kinds(*scores)
    _report_keys(copies)
    _report_cost(texts, options.articles)
    some = [{kind: pairs[::3] for kind, pairs in all_.items()} for all_ in (copies, others)]
    _report("SimHash, 64 bits", *(_scored(pairs, _simhash, _bits) for pairs in some))
    return 0


def _texts(corpora: list[Path], most: int) -> Iterator[Paragraphs]:
    if not corpora:
        yield from (text_of(wording(number)).split("\n") for number in range(min(most, 200)))
        return
    seen: list[set[tuple[str, ...]]] = []
    files = [sorted(p for p in c.rglob("*") if p.suffix.lower() in SUFFIXES) for c in corpora]
    for file in chain.from_iterable(files):
        if len(seen) >= most:
            return
        try:
            found = registry.read(Document(file.name, file.read_bytes()), NoProgress())
        except (BriefingError, ValueError):
            continue
        for article in found.articles[:1]:
            text = [line for line in article.body.included_text().split("\n") if line.strip()]
            runs = _runs(text)
            if len(_tokens(" ".join(text))) < LEAST or any(_shared(runs, one) for one in seen):
                continue
            if not _shared(*(_runs(_half(text, second=second)) for second in (False, True))):
                seen.append(runs)
                yield text


def _words(texts: list[Paragraphs]) -> float:
    return statistics.median(len(_tokens("\n".join(text))) for text in texts)


def _tokens(text: str) -> list[str]:
    return re.findall(r"[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7ff]|\w+", text.casefold())


# --- copies, and texts that are none


def _cut(text: Paragraphs, share: float) -> Paragraphs:
    """Leave out the end, as a paper does that has less room."""
    room, kept = (1 - share) * sum(map(len, text)), []
    for paragraph in text:
        kept.append(paragraph[: max(0, int(room))])
        room -= len(paragraph)
        if room <= 0:
            break
    return kept


def _lead(text: Paragraphs, texts: list[Paragraphs], chance: random.Random) -> Paragraphs:
    """Put another headline and another first paragraph above it."""
    other = chance.choice(texts)
    return [other[0][:80], other[len(other) // 2][:400], *text[1:]]


def _reordered(text: Paragraphs, chance: random.Random) -> Paragraphs:
    """Move a third of the paragraphs; one that is alone is parted into its sentences."""
    parts = text if len(text) > 3 else re.split(r"(?<=[.!?。]) ", " ".join(text))
    moved = list(parts)
    for _ in range(max(1, len(moved) // 3)):
        moved.insert(chance.randrange(len(moved)), moved.pop(chance.randrange(len(moved))))
    return moved


def _touched(text: Paragraphs, chance: random.Random) -> Paragraphs:
    """Change one word in fifty."""
    return [
        " ".join("anew" if chance.random() < 0.02 else word for word in paragraph.split(" "))
        for paragraph in text
    ]


def _template(text: Paragraphs) -> Paragraphs:
    return [*TEMPLATE[:2], *text, *TEMPLATE[2:]]


COPIES: tuple[tuple[str, Callable[..., Paragraphs]], ...] = (
    ("cut by 20 %", lambda text, _all, _chance: _cut(text, 0.2)),
    ("cut by 40 %", lambda text, _all, _chance: _cut(text, 0.4)),
    ("another headline and lead", _lead),
    ("paragraphs reordered", lambda text, _all, chance: _reordered(text, chance)),
    ("a word in fifty changed", lambda text, _all, chance: _touched(text, chance)),
    ("a template added", lambda text, _all, _chance: _template(text)),
    (
        "cut by 20 %, lead, template",
        lambda text, every, chance: _template(_cut(_lead(text, every, chance), 0.2)),
    ),
)


def _another(text: Paragraphs, texts: list[Paragraphs], chance: random.Random) -> Paragraphs:
    other = chance.choice(texts)
    return other if other is not text else texts[texts.index(text) - 1]


def _quoting(text: Paragraphs, texts: list[Paragraphs], chance: random.Random) -> Paragraphs:
    """Return another text that quotes a fifth of this one."""
    other = _another(text, texts, chance)
    quoted = " ".join(text)
    begin = len(quoted) // 3
    return [
        *other[:2],
        quoted[begin : begin + min(len(quoted), len(" ".join(other))) // 5],
        *other[2:],
    ]


def _half(text: Paragraphs, *, second: bool) -> Paragraphs:
    whole = " ".join(text)
    at = whole.find(" ", len(whole) // 2)
    return [whole[at:] if second else whole[:at]]


OTHERS: tuple[tuple[str, Callable[..., Paragraphs]], ...] = (
    ("another text", _another),
    ("another text that quotes it", _quoting),
    ("the other half of it", lambda text, _all, _chance: _half(text, second=True)),
    ("another text of the template", lambda *given: _template(_another(*given))),
)


def _mine(kind: str, text: Paragraphs) -> Paragraphs:
    """Return what stands on the other side of a pair."""
    if kind == "the other half of it":
        return _half(text, second=False)
    return _template(text) if kind == "another text of the template" else text


def _nearest(texts: list[Paragraphs]) -> Iterator[tuple[Paragraphs, Paragraphs]]:
    """Pair each text with the one that shares most words with it, and is no copy of it."""
    words = [set(_tokens(" ".join(text))) for text in texts]
    often = Counter(chain.from_iterable(words))
    weights = [{w for w in some if often[w] <= len(texts) / 20} for some in words]
    runs = [_runs(text) for text in texts]
    for at, mine in enumerate(weights):
        ranked = sorted(
            (len(mine & its) / (len(mine | its) or 1), other)
            for other, its in enumerate(weights)
            if other != at
        )
        for _, other in reversed(ranked):
            if not _shared(runs[at], runs[other]):
                yield texts[at], texts[other]
                break


def _shared(mine: set[tuple[str, ...]], its: set[tuple[str, ...]]) -> bool:
    return len(mine & its) >= 0.3 * len(mine | its)


def _runs(text: Paragraphs) -> set[tuple[str, ...]]:
    words = _tokens(" ".join(text))
    return set(zip(words, words[1:], words[2:], strict=False))


# --- what is compared


def _sketched(text: Paragraphs) -> bytes:
    return sketch("\n".join(text))


def _simhash(text: Paragraphs) -> int:
    counts = [0] * 64
    for run in _runs(text):
        digest = blake2b(" ".join(run).encode(), digest_size=8).digest()
        one = int.from_bytes(digest, "big")
        for bit in range(64):
            counts[bit] += 1 if one >> bit & 1 else -1
    return sum(1 << bit for bit in range(64) if counts[bit] > 0)


def _bits(one: int, other: int) -> float:
    """Return the share of bits that agree, 0.5 (by chance) to 1 stretched to 0 to 1."""
    return max(0.0, 1 - 2 * bin(one ^ other).count("1") / 64)


Pairs = dict[str, list[tuple[Paragraphs, Paragraphs]]]
Scores = dict[str, list[float]]


def _scored(pairs: Pairs, known: Callable[..., object], compare: Callable[..., float]) -> Scores:
    return {
        kind: [compare(known(_mine(kind, one)), known(other)) for one, other in some]
        for kind, some in pairs.items()
    }


def _report(name: str, copies: Scores, others: Scores) -> None:
    right, wrong = (list(chain.from_iterable(some.values())) for some in (copies, others))
    for threshold in THRESHOLDS:
        hits = sum(score >= threshold for score in right)
        misses = sum(score >= threshold for score in wrong)
        print(
            json.dumps(
                {
                    "figure": "threshold",
                    "method": name,
                    "threshold": threshold,
                    "precision": round(hits / max(1, hits + misses), 4),
                    "recall": round(hits / len(right), 4),
                }
            )
        )


def _report_kinds(copies: Scores, others: Scores) -> None:
    for what, scores in (("found", copies), ("wrongly found", others)):
        for kind, some in scores.items():
            share = sum(score >= ALIKE for score in some) / len(some)
            median = round(statistics.median(some), 3)
            row = {"figure": what, "kind": kind, "share": round(share, 4), "median": median}
            print(json.dumps(row | {"least": round(min(some), 3), "most": round(max(some), 3)}))


def _report_keys(copies: Pairs) -> None:
    """Print how many of the copies that are alike have a key in common."""
    alike = found = 0
    for one, other in chain.from_iterable(copies.values()):
        mine, its = sketch("\n".join(one)), sketch("\n".join(other))
        if likeness(mine, its) >= ALIKE:
            alike += 1
            found += not set(bands(mine)).isdisjoint(bands(its))
    print(json.dumps({"figure": "found by key", "alike": alike, "share": round(found / alike, 4)}))


# --- what it costs


def _report_cost(texts: list[Paragraphs], articles: int) -> None:
    made = ["\n".join(text) for text in texts]
    words = statistics.mean(len(text.split()) for text in made)
    costs = []
    for _ in range(5):
        began = time.process_time()
        for text in made:
            bands(sketch_of(text))
        costs.append(1e6 * (time.process_time() - began) / len(made))
    row = {"figure": "sketch and keys", "us_a_text": round(min(costs)), "words": round(words)}
    print(json.dumps(row))
    known = [sketch(text) for text in made]
    chance = random.Random(7)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute("CREATE TABLE sketch (id INTEGER PRIMARY KEY, known BLOB NOT NULL)")
        database.execute(
            "CREATE TABLE band (part INTEGER, key INTEGER, id INTEGER, PRIMARY KEY (part, key, id)) "
            "WITHOUT ROWID"
        )
        began = time.process_time()
        for number in range(articles):
            mixed = _mixed(known, chance) if number >= len(known) else known[number]
            database.execute("INSERT INTO sketch VALUES (?, ?)", (number, mixed))
            keys = [(number // PART, key, number) for key in bands(mixed)]
            database.executemany("INSERT INTO band VALUES (?, ?, ?)", keys)
        filled = time.process_time() - began
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        size = pages * database.execute("PRAGMA page_size").fetchone()[0]
        looks = [_looked_up(database, one, articles) for one in known]
    times = sorted(look[0] for look in looks)
    print(
        json.dumps(
            {
                "figure": "table",
                "articles": articles,
                "seconds_to_fill": round(filled, 1),
                "bytes_an_article": round(size / articles),
                "look_up_ms_p50": round(1000 * statistics.median(times), 2),
                "look_up_ms_p99": round(1000 * times[len(times) * 99 // 100], 2),
                "candidates": round(statistics.mean(look[1] for look in looks), 1),
            }
        )
    )


def _mixed(known: list[bytes], chance: random.Random) -> bytes:
    """Return the sketch of a text that was never written: each drawer from another text."""
    return b"".join(chance.choice(known)[at : at + 2] or b"\0\1" for at in range(0, 128, 2))


def _looked_up(database: sqlite3.Connection, known: bytes, articles: int) -> tuple[float, int]:
    began = time.process_time()
    found = database.execute(
        "WITH RECURSIVE parts(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM parts WHERE n < ?) "
        "SELECT known FROM sketch WHERE id IN (SELECT band.id FROM parts CROSS JOIN json_each(?) k "
        "CROSS JOIN band ON band.part = parts.n AND band.key = k.value)",
        (articles // PART, json.dumps(bands(known))),
    ).fetchall()
    for (other,) in found:
        likeness(known, other)
    return time.process_time() - began, len(found)


if __name__ == "__main__":
    sys.exit(main())
