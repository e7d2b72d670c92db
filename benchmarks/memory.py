"""Measure the memory of the whole application with 100,000 articles, idle and with an article of 1 MB.

    python benchmarks/memory.py [--articles 100000] [--cache DIR] [--library FOLDER] [--where]

The real window is started on a copy of a made library, which gets an article of 1 MB. Measured are the
resident set (RSS) and the proportional set (PSS: shared pages by halves) of its process, 5 s after its
rows are there and 5 s after the large article is shown. The floor is an empty window of Qt. `--where`
says what the memory of the idle window is: by file and kind. Each figure is one line of JSON, in MB of
a million bytes. Linux only: it reads /proc.
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

if TYPE_CHECKING:
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
    parser.add_argument("--window", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.window:
        return show(options.window, where=options.where)
    start([sys.executable, "-c", BARE])
    with tempfile.TemporaryDirectory() as folder:
        place = options.library
        if place is None:
            from libraries import copy_of, library

            made = library(options.articles, options.cache)
            place = copy_of(made, Path(folder, "Memory.briefinglib"))
        add_large_article(place)
        window = [sys.executable, __file__, "--window", str(place)]
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
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    if home:
        environment |= {"XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    subprocess.run(command, env=environment, check=True)


def show(library: Path, *, where: bool) -> int:
    """Show the window as the program does, measure, open the large article, and measure again."""
    from PySide6.QtCore import QObject, QTimer, Slot

    from briefing_app import app
    from briefing_app.gui import run

    class Watch(QObject):
        def __init__(self, start: Start) -> None:
            super().__init__(start)
            self._start = start
            self._look = QTimer(self)
            self._look.setInterval(100)
            self._look.timeout.connect(self._wait)
            start.window.painted.connect(self._look.start)

        @Slot()
        def _wait(self) -> None:
            rows = getattr(self._start.window.articles, "list", None)
            if rows is not None and rows.rows.rowCount() and self._start.desktop is not None:
                self._look.stop()
                QTimer.singleShot(int(1000 * QUIET), self._idle)

        @Slot()
        def _idle(self) -> None:
            say("idle", where=where)
            desktop = self._start.desktop
            assert desktop is not None  # waited for
            (article,) = (
                hit.id
                for hit in self._start._services.searching.find(f'"{TITLE}"')  # type: ignore[union-attr] # noqa: SLF001 (waited for)
                if hit.title == TITLE
            )
            desktop.reader.open_article(article)
            QTimer.singleShot(int(1000 * QUIET), self._full)

        @Slot()
        def _full(self) -> None:
            desktop = self._start.desktop
            if desktop is None or not desktop.reader.article:
                raise SystemExit("the large article is not shown")
            say("with an article of 1 MB", where=where)
            self._start.window.close()

    class Watched(run.Start):
        def __init__(self, *given: object) -> None:
            super().__init__(*given)  # type: ignore[arg-type] # handed on as they came
            self._watch = Watch(self)

    run.Start = Watched  # type: ignore[misc, assignment] # the one place where the window's start can be watched
    return app.main(["--library", str(library)])


def say(what: str, *, where: bool = False) -> None:
    """Print the memory of this process."""
    import psutil

    memory = psutil.Process().memory_full_info()
    figure = {
        "figure": "memory",
        "what": what,
        "rss_mb": memory.rss / 1e6,
        "pss_mb": memory.pss / 1e6,
    }
    figure["own_mb"] = memory.uss / 1e6
    rounded = {k: round(v, 1) if isinstance(v, float) else v for k, v in figure.items()}
    print(
        json.dumps({**rounded, "platform": os.environ.get("QT_QPA_PLATFORM", "display")}),
        flush=True,
    )
    if where:
        for name, size in resident().most_common(24):
            print(json.dumps({"figure": "resident", "what": name, "mb": round(size / 1e6, 2)}))


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
