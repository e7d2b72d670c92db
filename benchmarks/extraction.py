"""Measure how much of an article comes through, beside the extractors alone.

    python benchmarks/extraction.py --corpus DIR [--corpus DIR ...] [--pages 50]

A corpus is a folder of saved pages with what their articles say: either ``ground-truth.json``, which
maps names of pages (without ``.html``) to objects with ``articleBody``, or folders each with
``source.html`` and ``expected.html``. None ships with the program.

Text is compared as multisets of runs of four words; each page weighs the same. Every figure is one line
of JSON: F1 with its 95 % interval over pages, pages that came out empty or failed, and milliseconds
of processor time a page.
"""

from __future__ import annotations

import argparse
import html
import json
import logging
import random
import re
import statistics
import sys
import time
import warnings
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from briefing_app.errors import BriefingError  # noqa: E402 (the checkout first)
from briefing_app.importers import registry  # noqa: E402 (the same)
from briefing_app.importers.base import Document  # noqa: E402 (the same)
from briefing_app.importers.encoding import decode  # noqa: E402 (the same)
from briefing_app.importers.html import voters  # noqa: E402 (the same)
from briefing_app.progress import NoProgress  # noqa: E402 (the same)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Shingles = Counter[tuple[str, ...]]
_BLOCK = re.compile(
    r"(?i)</?(p|div|h\d|li|ul|ol|br|tr|td|th|table|blockquote|pre|section|article|figure|figcaption)"
    r"\b[^>]*>"
)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Extraction of articles from saved pages.")
    parser.add_argument("--corpus", type=Path, action="append", required=True)
    parser.add_argument("--pages", type=int, default=0, help="only so many of each corpus")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    readers: dict[str, Callable[[bytes], str]] = {
        "briefing": ours,
        **{name: alone(voter) for name, voter in voters.VOTERS},
    }
    for corpus in options.corpus:
        pages = list(truths(corpus))[: options.pages or None]
        for name, reader in readers.items():
            print(json.dumps(measure(corpus.name, name, reader, pages)), flush=True)
    return 0


def ours(data: bytes) -> str:
    """Return what the program includes of a page."""
    found = registry.read(Document("page.html", data), NoProgress())
    return found.articles[0].body.included_text()


def alone(voter: Callable[[str], voters.Voice]) -> Callable[[bytes], str]:
    """Return what one voter alone makes of a page."""
    return lambda data: voter(decode(data).text).text


def truths(corpus: Path) -> Iterator[tuple[bytes, str]]:
    """Go through the pages of a corpus with what their articles say."""
    listed = corpus / "ground-truth.json"
    if listed.exists():
        for name, row in json.loads(listed.read_text(encoding="utf-8")).items():
            page = corpus / f"{name}.html"
            if page.exists():
                yield page.read_bytes(), row["articleBody"]
        return
    for page in sorted(corpus.glob("*/source.html")):
        expected = page.with_name("expected.html").read_text(encoding="utf-8")
        yield page.read_bytes(), without_tags(expected)


def without_tags(page: str) -> str:
    """Return the words of a page, a line a block."""
    page = re.sub(r"(?is)<(script|style)\b.*?</\1>", " ", page)
    return html.unescape(re.sub(r"<[^>]+>", "", _BLOCK.sub("\n", page)))


def measure(
    corpus: str, name: str, reader: Callable[[bytes], str], pages: list[tuple[bytes, str]]
) -> dict[str, object]:
    """Return the figures of one reader on one corpus."""
    counts: list[tuple[float, float, float]] = []
    times: list[float] = []
    empty = failed = 0
    for data, truth in pages:
        started = time.process_time()
        try:
            text = reader(data)
        except BriefingError:
            failed += 1
            text = ""
        except Exception:  # noqa: BLE001 (an extractor alone raises anything; here it is counted)
            failed += 1
            text = ""
        times.append(1000 * (time.process_time() - started))
        empty += not text.strip()
        counts.append(compare(shingles(truth), shingles(text)))
    low, high = interval(counts)
    return {
        "corpus": corpus,
        "reader": name,
        "pages": len(pages),
        "f1": round(f1(counts), 4),
        "f1_low": round(low, 4),
        "f1_high": round(high, 4),
        "empty": empty,
        "failed": failed,
        "cpu_ms_median": round(statistics.median(times), 1),
        "cpu_ms_p95": round(sorted(times)[int(0.95 * len(times))], 1),
    }


def shingles(text: str) -> Shingles:
    """Return the runs of four words of a text."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)) if words)


def compare(want: Shingles, have: Shingles) -> tuple[float, float, float]:
    """Return what was hit, added and lost, as shares of a page."""
    hit = sum((want & have).values())
    added, lost = sum((have - want).values()), sum((want - have).values())
    whole = hit + added + lost or 1
    return hit / whole, added / whole, lost / whole


def f1(counts: list[tuple[float, float, float]]) -> float:
    """Return the harmonic mean of precision and recall over pages."""
    hit, added, lost = (sum(column) for column in zip(*counts, strict=True))
    score: float = 2 * hit / ((2 * hit + added + lost) or 1)
    return score


def interval(counts: list[tuple[float, float, float]]) -> tuple[float, float]:
    """Return the 95 % interval of F1: 1,000 draws of pages, always the same ones."""
    dice = random.Random(20260125)
    drawn = sorted(f1(dice.choices(counts, k=len(counts))) for _ in range(1000))
    return drawn[25], drawn[974]


if __name__ == "__main__":
    raise SystemExit(main())
