"""Measure the window with a large library: frames of its list, a filter that goes, keys in a search.

    python benchmarks/large_window.py [--articles 100000] [--cache DIR] [--library FOLDER]

The real window is started on a copy of a made library. Every figure is the time until the paint that
shows it, in milliseconds, counted from when the step was due: whatever holds up the window's thread
counts, too.

- a frame: the list of all articles scrolled by a notch of the wheel each 20 ms, and by leaps anywhere;
- a filter that goes: from the rows of the whole list being there to their paint, and, beside it, from
  the moment that the filter was emptied, with the pause that waits for another letter;
- a key: letters typed and taken back in the list's filter and in the search box while both look.

Each figure is one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from watching import environment, watch  # noqa: E402 (the checkout first)
from wording import SEED, word  # noqa: E402 (the same)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QLineEdit, QWidget

    from briefing_app.gui.articles.list import RowList
    from briefing_app.gui.run import Start

NOTCHES, LEAPS, RESETS, WORDS = 400, 60, 12, 24
BEAT = 0.02  # seconds between two steps of the wheel
PACE = (0.04, 0.16)  # seconds between two keys
PATIENCE = 20.0  # seconds


def main() -> int:
    """Measure, or be the window that is measured."""
    parser = argparse.ArgumentParser(description="The window with a large library.")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--library", type=Path, help="a library that may be changed")
    parser.add_argument("--window", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.window:
        return watch(options.window, measure)
    with tempfile.TemporaryDirectory() as folder:
        place = options.library
        if place is None:
            from libraries import copy_of, library

            made = library(options.articles, options.cache)
            place = copy_of(made, Path(folder, "Large.briefinglib"))
        command = [sys.executable, __file__, "--window", str(place)]
        subprocess.run(command, env=environment(folder), check=True)
    return 0


def measure(start: Start) -> None:
    """Do one measurement after the other, then close the window."""
    from PySide6.QtCore import QTimer

    beat = QTimer(start)  # so that who waits looks again
    beat.setInterval(2)
    beat.start()

    def run() -> None:
        try:
            quiet(3)
            show_all(start)
            articles = start.window.articles
            report("frame of the list, by the wheel", list(scroll(articles.list)))
            report("frame of the list, by leaps", list(leap(articles.list)))
            shown, whole = reset(start)
            report("a filter that goes, rows to paint", shown)
            report("a filter that goes, to paint", whole)
            report("key to paint, filter of the list", type_in(articles.filter))
            box = start._furniture.box  # type: ignore[union-attr] # noqa: SLF001 (it is there with the rows)
            box.open()
            quiet(1)
            report("key to paint, search box", type_in(box.field))
        finally:
            start.window.close()

    QTimer.singleShot(0, run)


def show_all(start: Start) -> None:
    """Choose the shelf with all articles and wait for its rows."""
    articles = start.window.articles
    articles.shelves.choose("all")
    quiet(2)
    rows = articles.list.rows.rowCount()
    print(json.dumps({"figure": "rows in the list", "n": rows}), flush=True)


def scroll(rows: RowList) -> Iterator[float]:
    """Turn the wheel, and give how late each frame was painted."""
    bar = rows.verticalScrollBar()
    bar.setValue(0)
    painted = painted_of(rows)
    due = time.perf_counter()
    for _ in range(NOTCHES):
        due = max(due + BEAT, time.perf_counter())
        quiet(due - time.perf_counter())
        yield framed(painted, due, lambda: bar.setValue(bar.value() + 3 * bar.singleStep()))


def leap(rows: RowList) -> Iterator[float]:
    """Pull the scroll bar to any place."""
    chance = random.Random(SEED)
    bar = rows.verticalScrollBar()
    painted = painted_of(rows)
    for _ in range(LEAPS):
        quiet(0.1)
        value = chance.randrange(1, bar.maximum())
        yield framed(painted, time.perf_counter(), lambda: bar.setValue(value))  # noqa: B023 (called at once)


def framed(painted: list[float], due: float, do: Callable[[], None]) -> float:
    """Do something and return how long after it was due the widget was painted."""
    before = len(painted)
    do()
    wait(lambda: len(painted) > before)
    return 1000 * (painted[before] - due)


def reset(start: Start) -> tuple[list[float], list[float]]:
    """Filter the list, let the filter go, and return how long the rows and the whole took."""
    articles = start.window.articles
    rows = articles.list
    chance = random.Random(SEED)
    shown: list[float] = []
    whole: list[float] = []
    reset_at: list[float] = []
    rows.rows.modelAboutToBeReset.connect(lambda: reset_at.append(time.perf_counter()))
    for _ in range(RESETS):
        articles.filter.setText(word(chance.randrange(100, 3000)))
        quiet(1)
        reset_at.clear()
        painted = painted_of(rows)
        begin = time.perf_counter()
        articles.filter.clear()
        wait(lambda: bool(reset_at))
        count = len(painted)
        wait(lambda: len(painted) > count)  # noqa: B023 (called at once)
        shown.append(1000 * (painted[count] - reset_at[0]))
        whole.append(1000 * (painted[count] - begin))
        quiet(0.5)
    return shown, whole


def type_in(field: QLineEdit) -> list[float]:
    """Type words and take them back; return how long each key took to be seen."""
    from PySide6.QtCore import QCoreApplication, QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    chance = random.Random(SEED)
    field.setFocus()
    painted = painted_of(field)
    posted: list[float] = []
    texts: list[str] = []
    letters = [
        letter for _ in range(WORDS) for letter in (*word(chance.randrange(20, 4000)), "\b" * 3)
    ]
    keys = [one for letter in letters for one in letter]
    field.textChanged.connect(texts.append)

    # the first key event makes Qt's keyboard, which belongs to the window's thread
    QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")

    def post() -> None:
        for letter in keys:
            time.sleep(chance.uniform(*PACE))
            key = Qt.Key.Key_Backspace if letter == "\b" else Qt.Key.Key_A
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
            posted.append(time.perf_counter())
            QCoreApplication.postEvent(field, event)

    thread = threading.Thread(target=post)
    thread.start()
    delays: list[float] = []
    while len(delays) < len(keys):
        count = len(delays)
        wait(lambda: len(texts) > count)  # noqa: B023 (called at once)
        before = len(painted)
        wait(lambda: len(painted) > before)  # noqa: B023 (called at once)
        delays += [1000 * (painted[before] - at) for at in posted[count : len(texts)]]
    thread.join()
    return delays


def painted_of(widget: QWidget) -> list[float]:
    """Return a list that gets the time of each paint of a widget."""
    times: list[float] = []
    paint = type(widget).paintEvent

    def painted(event: object) -> None:
        paint(widget, event)  # type: ignore[arg-type] # a paint event, as Qt hands it over
        times.append(time.perf_counter())

    widget.paintEvent = painted  # type: ignore[method-assign] # measured, not changed
    return times


def quiet(seconds: float) -> None:
    """Let the window live for a while."""
    end = time.perf_counter() + seconds
    wait(lambda: time.perf_counter() > end)


def wait(ready: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    end = time.perf_counter() + PATIENCE
    while not ready():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > end:
            raise TimeoutError("the window did not do it")


def report(what: str, values: list[float]) -> None:
    """Print one figure."""
    ordered = sorted(values)
    figure = {
        "figure": what,
        "n": len(ordered),
        "p50_ms": round(ordered[len(ordered) // 2], 1),
        "p99_ms": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 1),
        "max_ms": round(ordered[-1], 1),
    }
    print(json.dumps(figure), flush=True)


if __name__ == "__main__":
    sys.exit(main())
