"""Measure how saved web pages come in: one with a worker ready, a thousand, and the memory after them.

    python benchmarks/pages.py --corpus DIR [--pages 1000] [--rounds 9]

DIR holds saved web pages (.html), in folders or not. `one page` is the time from the call to the
article on disk, each round with another page and one worker warm; the goal is 0.4 s. Then as many
pages as asked for come in at once: real pages, again and again, each time with a paragraph of its own
so that none is there already; the goal is 8 a second on two cores. On a machine that has other work,
look at the processor time, workers included: what two free cores would do is said beside. The memory
is what this process holds before the first and after the last (Linux only), without its workers; the
goal is 30 MB more.
Each figure is one line of JSON.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from briefing_app.app import open_library  # noqa: E402 (the checkout first)
from briefing_app.domain.change import Origin  # noqa: E402 (the same)
from briefing_app.importers.base import Document  # noqa: E402 (the same)
from briefing_app.progress import NoProgress  # noqa: E402 (the same)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing_app.services.importing import Outcome
    from briefing_app.services.suite import Services

LARGEST = 2_000_000  # bytes; a page that is larger is no usual one


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How saved pages come in.")
    parser.add_argument("--corpus", type=Path, required=True, help="a folder with .html files")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    files = [each for each in sorted(options.corpus.rglob("*.html")) if is_usual(each)]
    if not files:
        parser.error(f"there is no .html file in {options.corpus}")
    with tempfile.TemporaryDirectory() as folder:
        services = open_library(Path(folder, "Pages.briefinglib"), Origin.WINDOW)
        try:
            measure(services, files, options.pages, options.rounds)
        finally:
            services.close()
    return 0


def measure(services: Services, files: list[Path], pages: int, rounds: int) -> None:
    """Import, and print what was measured."""
    services.importing.warm(NoProgress())
    step = max(1, len(files) // rounds)
    some = list(islice((Document(one.name, one.read_bytes()) for one in files[::step]), rounds))
    bring_in(services, some[:1])  # whatever is loaded at the first one
    seconds: list[float] = []
    for one in some[1:]:
        begin = time.perf_counter()
        bring_in(services, [one])
        seconds.append(time.perf_counter() - begin)
    say("one_page_s_median", round(statistics.median(seconds), 3))
    say("one_page_s_longest", round(max(seconds), 3))
    gc.collect()
    before = memory()
    begin, busy = time.perf_counter(), processor_time()
    outcomes = bring_in(services, made(files, pages))
    spent, busy = time.perf_counter() - begin, processor_time() - busy
    gc.collect()
    say("pages", pages)
    say("failed", sum(each.status == "failed" for each in outcomes))
    say("pages_a_second", round(pages / spent, 1))
    say("cpu_ms_a_page", round(busy / pages * 1000, 1))
    say("pages_a_second_of_two_free_cores", round(2 * pages / busy, 1))
    if before:
        del outcomes
        say("memory_before_mb", round(before / 1e6, 1))
        say("memory_grown_mb", round((memory() - before) / 1e6, 1))


def bring_in(
    services: Services, documents: Iterator[Document] | Sequence[Document]
) -> tuple[Outcome, ...]:
    """Import documents, to the last commit."""
    outcomes = services.importing.bring_in(documents, NoProgress())
    services.history.flush()
    return outcomes


def made(files: list[Path], count: int) -> Iterator[Document]:
    """Return pages, each different from all others, read from disk when their turn comes."""
    for number, file in enumerate(islice(cycle(files), count)):
        own = f"<p>Copy number {number} of this page has a paragraph that no other copy has.</p>"
        head, body, rest = file.read_bytes().partition(b"</body>")
        address = f'<link rel="canonical" href="https://a.example/{number}">'.encode()
        data = head.replace(b"<head>", b"<head>" + address, 1) + own.encode() + body + rest
        yield Document(f"{number} {file.name}", data)


def is_usual(file: Path) -> bool:
    """Tell whether a page is of a usual size."""
    return 2_000 < file.stat().st_size < LARGEST


def processor_time() -> float:
    """Return the seconds that this process and its workers have computed."""
    workers = (each.cpu_times() for each in psutil.Process().children())
    return time.process_time() + sum(each.user + each.system for each in workers)


def memory() -> int:
    """Return the bytes of memory that this process holds; 0 where that is not known."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def say(name: str, value: object) -> None:
    """Print one figure."""
    print(json.dumps({"benchmark": "pages", "name": name, "value": value}), flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
