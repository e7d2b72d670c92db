"""Measure the memory of the whole application with 100,000 articles, idle and with an article of 1 MB.

    python benchmarks/memory.py [--articles 100000] [--cache DIR] [--library FOLDER] [--where]

The real window is started on a copy of a made library, which gets an article of 1 MB. Measured are the
resident set (RSS) and the proportional set (PSS: shared pages by halves) of its process, 5 s after its
rows are there and 5 s after the large article is shown, and beside them the worker that stands ready
to read files for the first minute. The floor is an empty window of Qt. `--where` says what the memory
is: by file and kind. Each figure is one line of JSON, in MB of a million bytes. Linux only: it reads
/proc.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from watching import environment, watch  # noqa: E402 (the checkout first)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.gui.run import Start

QUIET = 5.0  # seconds
LARGE = 1_000_000  # bytes
TITLE = "An article of a megabyte"
_HEAD = re.compile(r"^[0-9a-f]+-[0-9a-f]+ ....? \S+ \S+ \S+\s*(.*)$")
BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(["bare", "-style", "fusion"])
window = QMainWindow()
window.resize(1280, 800)
window.show()
from memory import say
QTimer.singleShot(2000, lambda: (say("an empty window of Qt"), application.quit()))
application.exec()
"""


def main() -> int:
    """Measure and print, or be the window that is measured."""
    parser = argparse.ArgumentParser(description="The memory of the application.")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--library", type=Path, help="a library that may be changed")
    parser.add_argument("--where", action="store_true", help="say what the memory is")
    parser.add_argument("--quiet", type=float, default=QUIET, help="seconds before it is measured")
    parser.add_argument("--window", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.window:
        return show(options.window, options.quiet, where=options.where)
    start([sys.executable, "-c", BARE])
    with tempfile.TemporaryDirectory() as folder:
        place = options.library
        if place is None:
            from libraries import copy_of, library

            made = library(options.articles, options.cache)
            place = copy_of(made, Path(folder, "Memory.briefinglib"))
        add_large_article(place)
        window = [sys.executable, __file__, "--window", str(place), "--quiet", str(options.quiet)]
        start([*window, *(["--where"] if options.where else [])], folder)
    return 0


def add_large_article(folder: Path) -> None:
    """Import an article of 1 MB, unless it is there."""
    from briefing_app.app import open_library
    from briefing_app.domain.change import Origin
    from briefing_app.importers.base import Document
    from briefing_app.progress import NoProgress

    paragraph = "The harvest was good, the mills had work, and the river carried all of it. " * 12
    text = f"# {TITLE}\n\n" + f"{paragraph}\n\n" * (LARGE // len(paragraph))
    services = open_library(folder, Origin.COMMAND)
    services.importing.bring_in((Document("large.md", text.encode()),), NoProgress())
    services.close()


def start(command: list[str], home: str = "") -> None:
    """Run a window to its end; it prints its own figures."""
    place = {"PYTHONPATH": str(Path(__file__).parent)}
    subprocess.run(command, env=environment(home) | place, check=True)


def show(library: Path, seconds: float, *, where: bool) -> int:
    """Show the window as the program does, measure, open the large article, and measure again."""
    from PySide6.QtCore import QTimer

    def ready(begun: Start) -> None:
        QTimer.singleShot(int(1000 * seconds), lambda: idle(begun))

    def idle(begun: Start) -> None:
        say("idle", where=where)
        assert begun.desktop is not None  # the rows are there
        assert begun.services is not None  # the same
        hits = begun.services.searching.find(f'"{TITLE}"')
        begun.desktop.reader.open_article(next(hit.id for hit in hits if hit.title == TITLE))
        QTimer.singleShot(int(1000 * QUIET), lambda: full(begun))

    def full(begun: Start) -> None:
        if begun.desktop is None or not begun.desktop.reader.article:
            raise SystemExit("the large article is not shown")
        say("with an article of 1 MB", where=where)
        begun.window.close()

    return watch(library, ready)


def say(what: str, *, where: bool = False) -> None:
    """Print the memory of this process, and what its children hold."""
    kilobytes = dict(
        re.findall(r"^(\w+): +(\d+) kB$", Path("/proc/self/smaps_rollup").read_text(), re.MULTILINE)
    )
    private = int(kilobytes["Private_Clean"]) + int(kilobytes["Private_Dirty"])
    sizes = {
        "rss": int(kilobytes["Rss"]),
        "pss": int(kilobytes["Pss"]),
        "own": private,
        "workers": sum(children()),
    }
    figure = {f"{name}_mb": round(size * 1024 / 1e6, 1) for name, size in sizes.items()}
    platform = os.environ.get("QT_QPA_PLATFORM", "display")
    print(
        json.dumps({"figure": "memory", "what": what, **figure, "platform": platform}), flush=True
    )
    if where:
        for name, size in resident().most_common(24):
            print(json.dumps({"figure": "resident", "what": name, "mb": round(size / 1e6, 2)}))


def children() -> Iterator[int]:
    """Give the resident kilobytes of each process that this one has started."""
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            status = Path("/proc", child, "status").read_text()
            if found := re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE):
                yield int(found[1])


def resident() -> Counter[str]:
    """Return the resident bytes of this process by the file that they are of."""
    sizes: Counter[str] = Counter()
    name = ""
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines():
        if found := _HEAD.match(line):
            name = Path(found[1]).name if found[1].startswith("/") else found[1] or "[unnamed]"
        elif line.startswith("Rss:"):
            sizes[name] += 1024 * int(line.split()[1])
    return sizes


if __name__ == "__main__":
    sys.exit(main())
