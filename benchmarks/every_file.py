"""Read every file of a folder through the program's own workers, and count what came of each.

    python benchmarks/every_file.py --corpus DIR [--reasons] [--skip SUFFIX ...] [--format LABEL]

A line of JSON for each format, which is told by content as an import does: how many files gave text,
how many held other files or links alone, how many were refused with a reason. `fault` is a parser that
raised something it should not have, `crash` a worker that died, `killed` one that took too long or too
much memory: all three should be 0. Files inside files are read as well, and counted as `inside`.
`--reasons` counts the sentences; files that went wrong are named on standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from briefing_app.errors import BriefingError, UnreadableSource  # noqa: E402 (the checkout first)
from briefing_app.importers import registry  # noqa: E402 (the same)
from briefing_app.importers.base import Document, Imported  # noqa: E402 (the same)
from briefing_app.importers.pool import WORKERS, Pool  # noqa: E402 (the same)
from briefing_app.progress import NoProgress  # noqa: E402 (the same)

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 5  # files one in another, as an import has it
_WRONG = {
    "The file made its reader crash; its content is damaged.": "crash",
    "It cannot be read: its content is damaged ({reason}).": "fault",
    "Reading it took more than {seconds} seconds and was stopped.": "killed",
    "Reading it takes more memory than a file is worth.": "killed",
}


@dataclass(frozen=True, slots=True)
class One:
    """What came of a document."""

    name: str
    format: str
    result: str
    seconds: float
    reason: str = ""
    inside: tuple[Document, ...] = ()


@dataclass(slots=True)
class Tally:
    """What came of the documents of one format."""

    results: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def add(self, one: One) -> None:
        """Count a document."""
        self.results[one.result] += 1
        self.slowest = max(self.slowest, one.seconds)

    def figures(self) -> dict[str, object]:
        """Return the figures of a line."""
        kinds = ("text", "children", "links", "reason", "fault", "crash", "killed")
        return {
            "files": self.results.total(),
            **{kind: self.results[kind] for kind in kinds},
            "slowest_s": round(self.slowest, 2),
        }


def main() -> int:
    """Read and print."""
    parser = argparse.ArgumentParser(description="What comes of each file of a folder.")
    parser.add_argument("--corpus", type=Path, required=True, help="a folder of folders of files")
    parser.add_argument("--reasons", action="store_true", help="count the sentences as well")
    parser.add_argument("--skip", nargs="*", default=[], help="endings of files to pass over")
    parser.add_argument("--format", default="", help="only what is of this format")
    options = parser.parse_args()
    paths = [
        path
        for path in sorted(options.corpus.rglob("*"))
        if path.is_file() and not path.name.endswith(tuple(options.skip or ("\0",)))
    ]
    tallies: dict[str, Tally] = {}
    inside, whole = Tally(), Tally()
    reasons: Counter[tuple[str, str]] = Counter()
    pool = Pool()
    try:
        for path, ones in read_all(paths, pool, options.format):
            for at, one in enumerate(ones):
                (inside if at else tallies.setdefault(one.format, Tally())).add(one)
                if not at:
                    whole.add(one)
                if one.reason:
                    reasons[one.format, one.reason] += 1
                if one.result in ("fault", "crash", "killed"):
                    where = path.relative_to(options.corpus)
                    sys.stderr.write(f"{one.result}\t{where}\t{one.name}\t{one.reason}\n")
    finally:
        pool.close()
    for label, tally in sorted(tallies.items()):
        say({"format": label, **tally.figures()})
    say({"format": "(inside)", **inside.figures()})
    say({"format": "(all)", **whole.figures()})
    if options.reasons:
        for (label, reason), count in reasons.most_common():
            say({"format": label, "reason": reason, "count": count})
    return 0


def read_all(paths: list[Path], pool: Pool, wanted: str) -> Iterator[tuple[Path, list[One]]]:
    """Read files by as many threads as there are workers; with `wanted` those of one format."""

    def read(path: Path) -> list[One]:
        return read_file(path, pool, wanted)

    with ThreadPoolExecutor(WORKERS) as threads:
        for start in range(0, len(paths), 64):
            some = paths[start : start + 64]
            yield from zip(some, threads.map(read, some), strict=True)


def read_file(path: Path, pool: Pool, wanted: str) -> list[One]:
    """Return what came of a file, and then of all that lies inside."""
    document = Document(str(path), path.read_bytes())
    if wanted and label_of(document) != wanted:
        return []
    made: list[One] = []
    waiting = [(document, 0)]
    while waiting:
        document, depth = waiting.pop()
        one = read(document, pool)
        made.append(one)
        if depth < _DEEPEST:
            waiting += [(child, depth + 1) for child in one.inside]
    return made


def read(document: Document, pool: Pool) -> One:
    """Return what came of one document."""
    label = label_of(document)
    begin = time.perf_counter()
    try:
        imported = pool.read(document, NoProgress())
    except BriefingError as error:
        seconds = time.perf_counter() - begin
        result = _WRONG.get(error.message, "reason")
        return One(document.name, label, result, seconds, str(error))
    return One(
        document.name,
        label,
        result_of(imported),
        time.perf_counter() - begin,
        "" if has_text(imported) else " ".join(map(str, imported.warnings)),
        imported.children,
    )


def result_of(imported: Imported) -> str:
    """Return what a document held."""
    if has_text(imported):
        return "text"
    if imported.children:
        return "children"
    return "links" if imported.links else "reason"


def has_text(imported: Imported) -> bool:
    """Tell whether there is something to read."""
    return bool(imported.stories) or any(one.body.text.strip() for one in imported.articles)


def label_of(document: Document) -> str:
    """Return the name of the format."""
    try:
        return registry.find(document).label
    except UnreadableSource:
        return "(none)"


def say(figures: dict[str, object]) -> None:
    """Print one line."""
    print(json.dumps({"benchmark": "corpora", **figures}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
