"""Measure an import in the window: its longest stall while twenty saved pages come in at once.

    python benchmarks/import_window.py --corpus DIR [--pages 20] [--profile]

DIR holds saved web pages (.html). One broken file goes among them. The stall is the longest time in
which the window's own thread did not come back to its event loop, seen by a timer in that thread that
should ring every 2 ms. Each figure is one line of JSON. Needs a display, or QT_QPA_PLATFORM=offscreen.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QTimer, QUrl  # noqa: E402 (the checkout first)
from PySide6.QtGui import QDragEnterEvent, QDropEvent  # noqa: E402 (the same)
from PySide6.QtWidgets import QApplication  # noqa: E402 (the same)

from briefing_app import app as program  # noqa: E402 (the same)
from briefing_app.domain.change import Origin  # noqa: E402 (the same)
from briefing_app.gui import fonts  # noqa: E402 (the same)
from briefing_app.gui.importing.strip import ImportStrip  # noqa: E402 (the same)
from briefing_app.gui.jobs import share_fairly  # noqa: E402 (the same)
from briefing_app.gui.run import Start  # noqa: E402 (the same)
from briefing_app.settings import Settings  # noqa: E402 (the same)

RING = 2  # ms
ISOLATES = {0x2068: None, 0x2069: None}  # marks of direction around a name
PATIENCE = 300.0  # s
LONG = 0.03  # s without a ring after which `--profile` looks where the thread is


class Pulse(QObject):
    """Rings in the window's thread and keeps the longest time between two rings."""

    def __init__(self) -> None:
        super().__init__()
        self.last = time.perf_counter()
        self.longest = 0.0
        self.stalls: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(RING)
        self._timer.timeout.connect(self._ring)
        self._timer.start()

    def forget(self) -> None:
        """Begin anew."""
        self.last, self.longest, self.stalls = time.perf_counter(), 0.0, []

    def _ring(self) -> None:
        now = time.perf_counter()
        spent = now - self.last
        self.last = now
        self.longest = max(self.longest, spent)
        if spent > LONG:
            self.stalls.append(spent)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Import saved pages in the window.")
    parser.add_argument("--corpus", type=Path, required=True, help="a folder of .html files")
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--profile", action="store_true", help="say where the window was held up")
    options = parser.parse_args()
    pages = sorted(options.corpus.glob("*.html"))[: options.pages]
    if not pages:
        parser.error(f"there is no .html file in {options.corpus}")
    faulthandler.enable()
    app = QApplication([])
    share_fairly()
    fonts.register()
    with tempfile.TemporaryDirectory() as folder:
        measure(app, Path(folder), pages, profile=options.profile)
    return 0


def measure(app: QApplication, folder: Path, pages: list[Path], *, profile: bool) -> None:
    """Open the program, import, and print what was measured."""
    broken = folder / "broken.html"
    broken.write_bytes(b"")
    opening = partial(program.open_library, folder / "Import.briefinglib", Origin.WINDOW)
    start = Start(app, Settings(folder / "settings.toml"), folder, opening, program.rest_of_window)
    start.window.resize(1440, 900)
    start.window.show()
    wait(app, lambda: start.desktop is not None and bool(start.desktop.reader.article))
    quiet(app)
    assert start.desktop is not None  # waited for
    results = start.desktop.imports.results
    strip = start.window.findChildren(ImportStrip)[0]
    pulse = Pulse()
    quiet(app)
    pulse.forget()
    begin = time.perf_counter()
    watch = Watch(pulse) if profile else None
    drop(app, start, [*pages[:10], broken, *pages[10:]])
    wait(app, strip.show_results.isVisible)
    seconds = time.perf_counter() - begin
    quiet(app)  # the lists are read again after the last file
    if watch is not None:
        watch.stop()
    start.desktop.imports.show_results()
    failed = [f"{each.name}\n{each.words}" for each in results.lines() if each.status == "failed"]
    say("pages", len(pages))
    say("summary", strip.text())
    say("failed_names", [text.replace("\n", ": ").translate(ISOLATES) for text in failed])
    say("seconds", round(seconds, 2))
    say("longest_stall_ms", round(pulse.longest * 1000, 1))
    say("stalls_over_30_ms", [round(each * 1000) for each in sorted(pulse.stalls, reverse=True)])
    if watch is not None:
        for place, times in watch.places.most_common(12):
            say("held_up_at", [times, place])
    results.close()
    start.window.close()
    start.end()


def drop(app: QApplication, start: Start, paths: list[Path]) -> None:
    """Let files go over the middle of the window, as from a file manager."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = start.window.rect().center()
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain, frame = Qt.KeyboardModifier.NoModifier, start.window.windowHandle()
    app.sendEvent(frame, QDragEnterEvent(place, copy, mime, left, plain))
    app.sendEvent(frame, QDropEvent(QPointF(place), copy, mime, left, plain))


def wait(app: QApplication, ready: object) -> None:
    """Let the window live until something is so."""
    end = time.perf_counter() + PATIENCE
    while not ready():  # type: ignore[operator] # a function without arguments
        app.processEvents()
        if time.perf_counter() > end:
            raise TimeoutError("the import did not end")


def quiet(app: QApplication) -> None:
    """Let the window live for a second."""
    end = time.perf_counter() + 1
    wait(app, lambda: time.perf_counter() > end)


def say(name: str, value: object) -> None:
    """Print one figure."""
    print(json.dumps({"benchmark": "import_window", "name": name, "value": value}), flush=True)


class Watch:
    """Looks from another thread where the window's thread is while its pulse is late."""

    def __init__(self, pulse: Pulse) -> None:
        self.places: Counter[str] = Counter()
        self._pulse = pulse
        self._window = threading.get_ident()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.005):
            if time.perf_counter() - self._pulse.last > LONG:
                frame = sys._current_frames().get(self._window)  # noqa: SLF001 (no other way)
                names: list[str] = []
                while frame is not None and len(names) < 6:
                    names.append(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}")
                    frame = frame.f_back
                self.places[" < ".join(names)] += 1


if __name__ == "__main__":
    raise SystemExit(main())
